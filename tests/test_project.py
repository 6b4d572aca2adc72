"""The project's papers agree: one address, one set of versions, clean notebooks."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
HTML = ROOT / "_build" / "html"
CHAPTERS = sorted((ROOT / "book").glob("*.ipynb"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ADDRESS = PYPROJECT["project"]["urls"]["Repository"]
OWNER_AND_NAME = ADDRESS.removeprefix("https://github.com/")
# Files in which the address may stand.
TEXT_SUFFIXES = {".cff", ".html", ".ipynb", ".js", ".md", ".py", ".toml", ".yml"}


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def pins(lines):
    """Map each distribution to its exact version; anything but `==` is an error."""
    found = {}
    for line in lines:
        requirement = Requirement(line)
        if requirement.name == "ganlib":
            continue
        (specifier,) = requirement.specifier
        assert specifier.operator == "==", f"{line} is not pinned"
        found[canonicalize_name(requirement.name)] = specifier.version
    return found


def declared(*extras):
    project = PYPROJECT["project"]
    lines = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return pins(lines)


def locked():
    lines = read("requirements.lock").splitlines()
    return pins(line for line in lines if line and not line.startswith("#"))


def pip_section():
    (section,) = (
        entry["pip"]
        for entry in yaml.safe_load(read("environment.yml"))["dependencies"]
        if isinstance(entry, dict)
    )
    return section


def own_files():
    """Files of the project that hold text: tracked ones, and new ones not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    paths = (ROOT / name for name in listed)
    return [path for path in paths if path.suffix in TEXT_SUFFIXES and path.is_file()]


def test_lock_holds_every_declared_version():
    wanted = declared(*PYPROJECT["project"]["optional-dependencies"])
    lock = locked()
    assert {name: lock.get(name) for name in wanted} == wanted


def test_lock_names_no_local_build():
    """`2.13.0+cpu` could be installed from one index only."""
    assert not [name for name, version in locked().items() if "+" in version]


def test_conda_environment_is_what_a_chapter_needs():
    entries = [line for line in pip_section() if not line.startswith("-")]
    assert pins(entries) == declared("chapters")
    assert "-e ." in pip_section()


def test_one_version_number():
    version = PYPROJECT["project"]["version"]
    citation = yaml.safe_load(read("CITATION.cff"))
    source = re.search(r'^__version__ = "(.+)"$', read("ganlib/__init__.py"), re.M)
    assert citation["version"] == version
    assert source
    assert source[1] == version
    assert f"## [{version}]" in read("CHANGELOG.md")


def test_every_copy_of_the_address_is_the_same():
    """Whoever forks the course changes pyproject.toml and is told what must follow."""
    name = re.escape(OWNER_AND_NAME.partition("/")[2])
    mine = re.compile(rf"(?:github\.com|/gh|/github)/([\w.-]+/(?:ganlib|{name}))\b")
    found = {
        (path.relative_to(ROOT).as_posix(), other)
        for path in own_files()
        for other in mine.findall(path.read_text(encoding="utf-8"))
    }
    assert {name for name, _ in found} >= {"_config.yml", "CITATION.cff", "README.md"}
    assert not {(name, other) for name, other in found if other != OWNER_AND_NAME}
    assert yaml.safe_load(read("_config.yml"))["repository"]["url"] == ADDRESS
    assert yaml.safe_load(read("CITATION.cff"))["repository-code"] == ADDRESS


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_set_up_cell_installs_this_repository(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    sources = ("".join(cell["source"]) for cell in cells)
    (cell,) = [text for text in sources if "google.colab" in text]
    assert f"git+{ADDRESS}" in cell
    (extras,) = re.findall(r"ganlib(?:\[(.+?)\])? @", cell)
    known = PYPROJECT["project"]["optional-dependencies"]
    assert all(extra in known for extra in extras.split(",") if extra)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_notebook_is_committed_without_traces_of_a_run(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert not {"widgets", "papermill", "signature"} & set(notebook["metadata"])
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in notebook["cells"]:
        assert not {"execution", "papermill"} & set(cell["metadata"]), cell["id"]
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [], cell["id"]
            assert cell["execution_count"] is None, cell["id"]


def launch_targets(service):
    """Paths inside the repository that the pages' buttons for a service open."""
    pattern = {
        "colab": r"research\.google\.com/github/([^/]+/[^/]+)/blob/main/([^\"?]+)",
        "binder": r"mybinder\.org/v2/gh/([^/]+/[^/]+)/main\?[^\"]*tree/([^\"]+)",
    }[service]
    for page in sorted((HTML / "book").glob("*.html")):
        for repository, path in re.findall(pattern, page.read_text(encoding="utf-8")):
            yield page.stem, repository, path


@pytest.mark.skipif(not HTML.is_dir(), reason="needs the pages: make book")
@pytest.mark.parametrize("service", ["colab", "binder"])
def test_launch_buttons_open_files_that_exist(service):
    found = list(launch_targets(service))
    assert {page for page, _, _ in found} >= {path.stem for path in CHAPTERS}
    for page, repository, path in found:
        assert repository == OWNER_AND_NAME, page
        assert (ROOT / path).is_file(), f"{page} opens {path}, which does not exist"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("LICENSE", "MIT License"),
        ("LICENSE-TEXT", "https://creativecommons.org/licenses/by/4.0/legalcode"),
        ("CITATION.cff", "the ganlib authors"),
        ("README.md", "make book"),
        ("CONTRIBUTING.md", "make test"),
        ("STYLE.md", "claim"),
        ("CHANGELOG.md", "Keep a Changelog"),
    ],
)
def test_papers_are_there(name, words):
    assert words in read(name)


def commands(text):
    return [line for line in text.splitlines() if re.match(r"make \w+$", line)]


def test_continuous_integration_runs_what_the_readme_says():
    (first, *_) = re.findall(r"```\w*\n(.*?)```", read("README.md"), re.S)
    assert commands(read(".ci/run")) == commands(first) == ["make book", "make test"]
    assert "run: .ci/run" in read(".github/workflows/ci.yml")


def test_every_word_of_make_is_explained():
    listed = subprocess.run(
        ["make"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    words = set(re.findall(r"^  make (\w+) +\S", listed, re.M))
    wanted = {"book", "test", "serve", "lint", "bench", "seeds", "clean", "setup"}
    assert words == wanted | {"live", "weights"}


def test_links_between_the_papers_lead_somewhere():
    for name in ("README.md", "CONTRIBUTING.md", "STYLE.md", "CHANGELOG.md"):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", read(name)):
            assert (ROOT / target).exists(), f"{name} links to {target}"
