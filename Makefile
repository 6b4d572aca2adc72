# The words people type. Bare `make` lists them; CONTRIBUTING.md says how they work.

PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
# Two chapters at a time, each with one thread: small networks are slower with two.
JOBS := $(if $(filter 1,$(shell getconf _NPROCESSORS_ONLN)),1,2)

# What everything below runs under. The kernel called python3 is the one in .venv, and
# personal Jupyter and IPython settings do not reach the book.
export OMP_NUM_THREADS := 1
export GANLIB_BUILD := 1
export JUPYTER_PREFER_ENV_PATH := 1
export IPYTHONDIR := $(CURDIR)/_build/ipython
unexport JUPYTER_PATH GANLIB_CLAIMS PYTHONPATH PYTHONHOME

CHAPTERS := $(wildcard book/*.ipynb)
PACKAGE := $(shell find ganlib -name '*.py' -o -path '*/weights/*' -type f \
    -o -path '*/live/built/*' -type f)
EXECUTED := $(CHAPTERS:book/%=_build/executed/%)
SEEDS := 0 1 2 3 4
SEEDED := $(foreach seed,$(SEEDS),$(CHAPTERS:book/%=_build/seeds/$(seed)/%))
PAGES := _config.yml _toc.yml index.md $(wildcard benchmarks/results/*.json) \
    $(shell find book _ext _static -type f -not -name '*.ipynb' -not -name '*.pyc')

# A part of the work that runs JOBS things at once, whatever -j make was called with.
PARALLEL = MAKEFLAGS='$(filter-out -j% --jobserver-%,$(MAKEFLAGS))' \
    $(MAKE) -s --no-print-directory -j$(JOBS)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup book test serve lint live bench seeds weights clean lock chapters \
    seeded chromium

help:
	@echo "The Forger and the Detective. The words are:"
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-7s %s\n", $$1, $$2}' Makefile

## The set-up: .venv with the locked versions, then Fashion-MNIST ##########################

setup: .venv/ready _build/data-ready ## install everything into .venv, fetch Fashion-MNIST

INSTALL := $(PY) -m pip install -qq --disable-pip-version-check
TORCH := $(shell grep -E '^torch(vision)?==' requirements.lock)
# On Linux a plain `pip install torch` brings several GB of CUDA. PyTorch's own index has
# builds without; where it cannot be reached, the plain one does as well.
CPU_TORCH := [ "$$(uname)" = Linux ] && $(INSTALL) --no-deps --retries 0 --timeout 5 \
    --index-url https://download.pytorch.org/whl/cpu $(TORCH)

# .venv/unfinished says that an installation was interrupted: the next one starts afresh.
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else \
	    "Python 3.11 or newer is needed; $(PYTHON) is " + sys.version.split()[0] \
	    + ". Name another one: make PYTHON=python3.12")'
	@if [ ! -x $(PY) ] || [ -e .venv/unfinished ]; then \
	    echo "Creating .venv"; $(PYTHON) -m venv --clear .venv; fi
	@touch .venv/unfinished
	@echo "Installing PyTorch: about 200 MB, the longest step"
	@$(CPU_TORCH) 2>/dev/null || $(INSTALL) $(TORCH)
	@echo "Installing about 150 other packages"
	@$(INSTALL) -r requirements.lock
	@$(INSTALL) --no-deps -e .
	@rm .venv/unfinished
	@touch $@

AS_ROOT := [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null
APT_INSTALL := DEBIAN_FRONTEND=noninteractive apt-get install -y -qq

_build/data-ready: | .venv/ready
	@mkdir -p _build
	@.venv/bin/ganlib data fetch fashion-mnist || { $(AS_ROOT) \
	    && echo "Installing Debian's dataset-fashion-mnist" \
	    && { $(APT_INSTALL) dataset-fashion-mnist >/dev/null 2>&1 \
	        || { apt-get update -qq && $(APT_INSTALL) dataset-fashion-mnist >/dev/null; }; } \
	    && .venv/bin/ganlib data fetch fashion-mnist; }
	@touch $@

## The book: execute each chapter, lay out the source, render ##############################

book: .venv/ready _build/data-ready ## execute every chapter and render the pages
	@$(PARALLEL) chapters
	@$(MAKE) -s --no-print-directory _build/html-ready
	@echo "The book is at file://$(CURDIR)/_build/html/index.html"

chapters: $(EXECUTED)

_build/executed/%.ipynb: book/%.ipynb $(PACKAGE) requirements.lock | .venv/ready _build/data-ready
	@$(PY) _ext/execute.py $< $@

# Always rendered whole: Sphinx repeats no warning about a page that it does not read
# again, so a second, partial build would pass where the first one failed.
_build/html-ready: $(EXECUTED) $(PAGES) | .venv/ready
	@echo "Rendering the pages"
	@rm -rf $@ _build/html _build/.doctrees
	@$(PY) _ext/stage.py
	@.venv/bin/jupyter-book build _build/source --path-output . -n -W --keep-going -q
	@touch $@

serve: book ## show the book at http://127.0.0.1:8000 (or PORT=...)
	$(PY) -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

## The checks ##############################################################################

lint: .venv/ready ## check style, formatting, the import contract, stripped notebooks
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/lint-imports --no-cache
	.venv/bin/nbstripout --keep-id --verify $(CHAPTERS)

# nbval executes the executed chapters again and compares every printed value.
test: lint book chromium _build/live-ready ## lint, then all tests, then every chapter once more, compared
	$(PY) -m pytest -n $(JOBS) --dist loadscope --nbval --nbval-current-env \
	    --nbval-sanitize-with tests/nbval_sanitize.cfg tests $(EXECUTED)

# The browser tests use any Chromium they find, and skip, saying so, where there is none.
chromium: | _build/data-ready
	@command -v chromium >/dev/null || { $(AS_ROOT) \
	    && echo "Installing Debian's chromium" && { $(APT_INSTALL) chromium >/dev/null 2>&1 \
	        || { apt-get update -qq && $(APT_INSTALL) chromium >/dev/null; }; }; } || true

# The live figures, built anew: a test compares them with ganlib/live/built. npm and Node
# come from the test extra. `make live` builds them in place, for whoever changes them.
LIVE := ganlib/live/browser
NPM := PATH="$(CURDIR)/.venv/bin:$$PATH" npm --prefix $(LIVE) --silent --no-audit --no-fund
LIVE_SOURCES := $(shell find $(LIVE) -name node_modules -prune -o -name out -prune \
    -o -type f -print) ganlib/live/presets.json

_build/node-ready: $(LIVE)/package-lock.json | .venv/ready
	@echo "Installing what builds the live figures"
	@$(NPM) ci
	@mkdir -p _build && touch $@

_build/live-ready: $(LIVE_SOURCES) _build/node-ready
	@$(NPM) run build -- $(CURDIR)/_build/live
	@touch $@

live: _build/node-ready ## check the live figures' sources and build them in place
	@$(NPM) run check
	@$(NPM) run build
	@$(NPM) test

## The measurements ########################################################################

bench: .venv/ready _build/data-ready chromium _build/live-ready ## measure the promises again, into benchmarks/results
	@for script in $(filter-out benchmarks/publish.py,$(wildcard benchmarks/*.py)); do \
	    result=benchmarks/results/$$(basename $$script .py).json; echo "$$script"; \
	    $(PY) $$script >$$result.partial && mv $$result.partial $$result || exit 1; done

weights: .venv/ready _build/data-ready ## train and publish the weights in ganlib/weights again
	$(PY) benchmarks/publish.py fashion-classifier
	$(PY) benchmarks/publish.py fashion-judge
	$(PY) benchmarks/publish.py digits-classifier
	.venv/bin/ganlib train dcgan-fashion
	$(PY) benchmarks/publish.py dcgan-fashion
	.venv/bin/ganlib train cgan-fashion
	$(PY) benchmarks/publish.py cgan-fashion
	.venv/bin/ganlib train pairs-digits --seed 1
	$(PY) benchmarks/publish.py pairs-digits

# Claims are recorded here, not enforced; each (seed, chapter) is a file, so an interrupted
# run goes on where it stopped.
seeds: .venv/ready _build/data-ready ## execute every chapter under seeds 0-4 for the ledger
	@$(PARALLEL) -k seeded
	@$(PY) _ext/claims.py benchmarks/results/seeds.json $(SEEDED)

seeded: $(SEEDED)

define seeded_chapter
_build/seeds/$(1)/%.ipynb: book/%.ipynb $$(PACKAGE) requirements.lock | .venv/ready
	@$$(PY) _ext/execute.py --seed $(1) --record $$< $$@
endef
$(foreach seed,$(SEEDS),$(eval $(call seeded_chapter,$(seed))))

clean: ## remove _build (the pages and executed chapters); .venv stays
	rm -rf _build

# For maintainers: write down what .venv holds, after a version in pyproject.toml changed.
lock: .venv/ready
	@{ grep '^#' requirements.lock; .venv/bin/pip freeze --exclude-editable \
	    | sed 's/+cpu$$//'; } >requirements.partial && mv requirements.partial requirements.lock
