"""The rules of a chapter, and the book's own bookkeeping.

They are those of STYLE.md. What a rendered page must be is tested in `browser/`.
"""

import ast
import functools
import importlib
import json
import re
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
BOOK = ROOT / "book"
EXECUTED = ROOT / "_build" / "executed"
sys.path.insert(0, str(ROOT / "_ext"))

from claims import harvest  # noqa: E402 - the path to it is set just above

LONGEST_CELL, WIDEST_LINE = 20, 88
FEWEST_CLAIMS, FEWEST_EXERCISES, FEWEST_FIGURES = 12, 4, 4
SHORTEST_ALT = 20
MOST_SECONDS, MOST_MB = 90, 1500
# What of ganlib/ a chapter does not import: the command line and what serves it.
NOT_ROOMS = {"__init__", "__pycache__", "cli", "runs", "weights"}
SECTIONS = ("Where it breaks", "Departures", "Exercises", "Further reading")
FENCE = re.compile(r"^(`{3,}|:{3,}).*?^\1`*:*$", re.MULTILINE | re.DOTALL)


def toc_files():
    """Every page that _toc.yml names, in order, without its ending."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    parts = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    return [toc["root"], *parts]


def numbered_files():
    """The chapters proper: the files of the numbered parts."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [
        chapter["file"]
        for part in toc["parts"]
        if part.get("numbered")
        for chapter in part["chapters"]
    ]


CHAPTERS = [name.removeprefix("book/") for name in numbered_files()]
each_chapter = pytest.mark.parametrize("slug", CHAPTERS)


@functools.cache
def notebook(slug):
    """Return a chapter as it is committed."""
    return json.loads((BOOK / f"{slug}.ipynb").read_text(encoding="utf-8"))


def executed(slug):
    """Return a chapter with its outputs, or skip the test."""
    path = EXECUTED / f"{slug}.ipynb"
    if not path.is_file():
        pytest.skip(f"{path} does not exist: `make book` executes the chapters")
    return path


def source(cell):
    return "".join(cell["source"])


def cells(slug, kind):
    return [cell for cell in notebook(slug)["cells"] if cell["cell_type"] == kind]


def tags(cell):
    return cell["metadata"].get("tags", [])


def prose(slug):
    """All text cells of a chapter."""
    return "\n\n".join(source(cell) for cell in cells(slug, "markdown"))


def python(cell):
    """Return a code cell as a syntax tree, without the notebook's own commands."""
    lines = source(cell).splitlines()
    kept = [re.sub(r"^(\s*)[%!].*", r"\1pass", line) for line in lines]
    return ast.parse("\n".join(kept))


def calls(slug, *names):
    """Every call of a function with one of these names, however it was imported."""
    found = []
    for cell in cells(slug, "code"):
        for node in ast.walk(python(cell)):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", None))
                if name in names:
                    found.append(node)
    return found


# ------------------------------------------------------------ the book as a whole
def test_every_file_of_the_table_of_contents_exists():
    missing = [
        name
        for name in toc_files()
        if not any((ROOT / f"{name}{end}").is_file() for end in (".md", ".ipynb"))
    ]
    assert missing == []


def test_no_page_is_left_out():
    pages = {
        path.relative_to(ROOT).with_suffix("").as_posix()
        for end in ("md", "ipynb")
        for path in BOOK.glob(f"*.{end}")
    }
    assert pages - set(toc_files()) == set()


def test_chapters_are_notebooks_with_plain_names():
    for slug in CHAPTERS:
        assert (BOOK / f"{slug}.ipynb").is_file(), slug
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", slug), slug


def test_landing_page_introduces_every_chapter():
    text = (ROOT / "index.md").read_text(encoding="utf-8")
    for slug in CHAPTERS:
        assert f":link: book/{slug}\n" in text, slug
        assert f"{{chapter-seconds}}`{slug}`" in text, slug


def test_set_up_is_the_same_everywhere():
    first = {slug: source(cells(slug, "code")[1]) for slug in CHAPTERS}
    assert len(set(first.values())) == 1, "\n\n".join(first.values())


def test_labels_are_used_once():
    """Of equations, theorems, exercises: across all chapters."""
    seen = {}
    for slug in CHAPTERS:
        text = prose(slug)
        labels = re.findall(r"^:label: *(\S+)", text, re.MULTILINE)
        labels += re.findall(r"\$\$ *\(([\w-]+)\)", text)
        for label in labels:
            assert label not in seen, f"{label} in {slug} and {seen[label]}"
            seen[label] = slug


def test_notation_names_what_exists():
    """Every `room.name` of the table of notation is in the package."""
    text = (BOOK / "notation.md").read_text(encoding="utf-8")
    rooms = "data|networks|losses|penalties|theory|dynamics|metrics|training"
    names = re.findall(rf"`((?:{rooms})(?:\.\w+)+)", text)
    assert len(names) > 5
    missing = []
    for name in names:
        room, *rest = name.split(".")
        thing = importlib.import_module(f"ganlib.{room}")
        for part in rest:
            thing = getattr(thing, part, None)
        if thing is None:
            missing.append(name)
    assert missing == []


def test_reference_lists_every_room():
    pages = "".join(path.read_text(encoding="utf-8") for path in BOOK.glob("api*.md"))
    for path in (ROOT / "ganlib").iterdir():
        is_room = path.suffix == ".py" or (path / "__init__.py").is_file()
        if is_room and not path.name.startswith("_"):
            assert f"<!-- modules of ganlib.{path.stem} -->" in pages, path.stem


# ------------------------------------------------------------------ as committed
@each_chapter
def test_notebook_is_clean(slug):
    """No output, no count, no widget, no trace of a machine; every cell has an id."""
    document = notebook(slug)
    assert (document["nbformat"], document["nbformat_minor"]) >= (4, 5)
    assert document["metadata"]["kernelspec"]["name"] == "python3"
    assert "widgets" not in document["metadata"]
    ids = [cell["id"] for cell in document["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in cells(slug, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


@each_chapter
def test_one_first_heading(slug):
    first = notebook(slug)["cells"][0]
    assert first["cell_type"] == "markdown"
    assert source(first).startswith("# ")
    headings = re.findall(r"^# .*", FENCE.sub("", prose(slug)), re.MULTILINE)
    assert len(headings) == 1, headings


@each_chapter
def test_says_what_you_will_do_learn_and_need(slug):
    start = prose(slug)[:4000]
    for word in ("do", "learn", "need"):
        pattern = rf"(you (will )?|\*){word}\b"
        assert re.search(pattern, start, re.IGNORECASE), word
    assert re.search(r"\d+ *(s|seconds)\b", start), "how many seconds?"


@each_chapter
def test_closing_sections_stand_in_order(slug):
    headings = re.findall(r"^##+ (.*)", FENCE.sub("", prose(slug)), re.MULTILINE)
    places = []
    for section in SECTIONS:
        found = [i for i, title in enumerate(headings) if title.startswith(section)]
        assert len(found) == 1, f"{section}: {headings}"
        places += found
    assert places == sorted(places), headings


@each_chapter
def test_departures_are_a_table(slug):
    after = re.split(r"^##+ Departures", prose(slug), flags=re.MULTILINE)[1]
    section = re.split(r"^##+ ", after, flags=re.MULTILINE)[0]
    assert len(re.findall(r"^\|.*\|$", section, re.MULTILINE)) >= 3


@each_chapter
def test_parameters_are_scalars(slug):
    """The first code cell: papermill overrides these names and no others."""
    tagged = [cell for cell in cells(slug, "code") if "parameters" in tags(cell)]
    assert tagged == [cells(slug, "code")[0]]
    values = {}
    for line in python(tagged[0]).body:
        assert isinstance(line, ast.Assign), ast.unparse(line)
        assert len(line.targets) == 1, ast.unparse(line)
        values[line.targets[0].id] = ast.literal_eval(line.value)
    assert values["seed"] == 0
    assert all(isinstance(value, int | float | str) for value in values.values())


@each_chapter
def test_set_up_is_hidden_and_installs_on_colab_only(slug):
    cell = cells(slug, "code")[1]
    assert "hide-input" in tags(cell)
    guard = source(cell).index('if "google.colab" in sys.modules:')
    assert all(place > guard for place in _places(r"%pip|!pip", source(cell)))
    for other in cells(slug, "code")[2:]:
        assert not _places(r"%pip|!pip|google\.colab", source(other))


def _places(pattern, text):
    return [match.start() for match in re.finditer(pattern, text)]


@each_chapter
def test_cells_are_short(slug):
    found = []
    for cell in cells(slug, "code"):
        lines = source(cell).splitlines() or ["(an empty cell)"]
        if len(lines) > LONGEST_CELL or not source(cell).strip():
            found.append(f"{len(lines)} lines: {lines[0]}")
        found += [
            f"{len(line)} wide: {line}" for line in lines if len(line) > WIDEST_LINE
        ]
    assert not found, "\n" + "\n".join(found)


@each_chapter
def test_a_sentence_stands_before_each_cell(slug):
    """It says what to look for. The hidden set-up cell needs none."""
    bare = []
    pairs = zip([None, *notebook(slug)["cells"]], notebook(slug)["cells"], strict=False)
    for before, cell in pairs:
        if cell["cell_type"] != "code" or "hide-input" in tags(cell):
            continue
        words = source(before) if before and before["cell_type"] == "markdown" else ""
        words = re.sub(r"^(#|:\w|`{3}|:{3}).*$", "", words, flags=re.MULTILINE)
        if not re.search(r"\w+ \w+.*[.:?!]", words, re.DOTALL):
            bare.append(source(cell).splitlines()[0])
    assert not bare, "\n".join(["no sentence before the cell that begins with", *bare])


@functools.cache
def exported():
    """Names that ganlib's rooms define for chapters, with the file of each."""
    rooms = [path for path in (ROOT / "ganlib").iterdir() if path.stem not in NOT_ROOMS]
    names = {path.stem: path.relative_to(ROOT).as_posix() for path in rooms}
    files = [file for room in rooms for file in [room, *room.rglob("*.py")]]
    for path in sorted(path for path in files if path.suffix == ".py"):
        where = path.relative_to(ROOT).as_posix()
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.setdefault(node.name, where)
            for target in getattr(node, "targets", []):
                names.setdefault(getattr(target, "id", "_"), where)
    return {name: where for name, where in names.items() if not name.startswith("_")}


def defined(tree):
    """Names that a cell gives a value to at its top level."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
            continue
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                yield inner.id


@each_chapter
def test_defines_no_name_of_the_package(slug):
    clashes = {
        f"{name} ({exported()[name]})"
        for cell in cells(slug, "code")
        for name in defined(python(cell))
        if name in exported()
    }
    assert not clashes, f"also names of ganlib: {', '.join(sorted(clashes))}"


@each_chapter
def test_shows_the_package_source(slug):
    assert calls(slug, "show_source")


@each_chapter
def test_claims(slug):
    """Each slug begins with the chapter's and is used once; there are enough."""
    made = calls(slug, "claim")
    assert len(made) >= FEWEST_CLAIMS
    slugs = [
        call.args[0].value for call in made if isinstance(call.args[0], ast.Constant)
    ]
    assert [name for name in slugs if not name.startswith(f"{slug}/")] == []
    assert len(set(slugs)) == len(slugs)


@each_chapter
def test_figures_have_words(slug):
    """There are enough of them, and each says what it shows."""
    made = calls(slug, "figure", "animation")
    assert len(made) >= FEWEST_FIGURES
    for call in made:
        named = [word for word in call.keywords if word.arg == "alt"]
        assert named or len(call.args) > 1, ast.unparse(call)


@each_chapter
def test_exercises_have_folded_solutions(slug):
    text = prose(slug)
    start = r"^[`:]{3,} *\{%s(?:-start)?\}"
    exercises = re.findall(
        (start % "exercise") + r".*\n(?::.*\n)*?:label: *(\S+)", text, re.MULTILINE
    )
    solutions = re.findall(
        (start % "solution") + r" *(\S+) *\n((?::.*\n)*)", text, re.MULTILINE
    )
    assert len(exercises) >= FEWEST_EXERCISES
    assert sorted(exercises) == sorted(label for label, _ in solutions)
    for label, options in solutions:
        assert re.search(r"^:class: .*dropdown", options, re.MULTILINE), label


# ------------------------------------------------------------------- as executed
@each_chapter
def test_executed_claims_hold(slug):
    claims = harvest(executed(slug))
    assert len(claims) >= FEWEST_CLAIMS
    assert [claim["slug"] for claim in claims if not claim["holds"]] == []


@each_chapter
def test_executed_figures_are_described(slug):
    document = json.loads(executed(slug).read_text(encoding="utf-8"))
    outputs = [
        "".join(output["data"].get("text/html", ""))
        for cell in document["cells"]
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    pictures = [text for text in outputs if "<img" in text]
    assert len(pictures) >= FEWEST_FIGURES
    for text in pictures:
        for tag in re.findall(r"<img[^>]*?>", text):
            words = re.search(r'\balt="([^"]*)"', tag)
            assert words, tag[:200]
            assert len(words[1]) >= SHORTEST_ALT, words[1]


@each_chapter
def test_executed_without_error_or_widget(slug):
    document = json.loads(executed(slug).read_text(encoding="utf-8"))
    for cell in document["cells"]:
        for output in cell.get("outputs", []):
            assert output["output_type"] != "error"
            assert output.get("name") != "stderr", output.get("text")
            assert "vnd.jupyter.widget" not in " ".join(output.get("data", {}))


@each_chapter
def test_costs(slug):
    """90 seconds on one core and 1.5 GB: a reader's laptop, and Binder's 2 GB."""
    path = executed(slug).with_name(f"{slug}.time.json")
    cost = json.loads(path.read_text(encoding="utf-8"))
    assert 0 < cost["seconds"] <= MOST_SECONDS
    assert 0 < cost["peak_mb"] <= MOST_MB
