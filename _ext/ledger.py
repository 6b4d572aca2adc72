"""`{claim-ledger}`: every claim of the executed chapters, as tables.

The directive reads the notebooks that lie beside the pages, so the ledger is exactly
what this book's execution measured. Two files add to it where they exist:
`benchmarks/results/seeds.json` (written by `make seeds`) says in how many recorded
seeds each claim held, and `<slug>.time.json` beside a notebook (written by `make book`)
says what the chapter cost. The role `{chapter-seconds}` quotes the run time on the
landing page.
"""

import json
import sys
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

sys.path.append(str(Path(__file__).resolve().parent))

from claims import harvest

SEEDS_FILE = Path("benchmarks/results/seeds.json")
MISSING = "–"
YES, NO = "✓ yes", "✗ no"


def read_json(path):
    """Return the file's content, or an empty dictionary where there is no file."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def seeds_held(slug, recorded):
    """Say in how many recorded seeds a claim held: "5 of 5", or a dash."""
    held = recorded.get(slug, {}).get("held", {})
    return f"{sum(map(bool, held.values()))} of {len(held)}" if held else MISSING


def chapter_cost(times):
    """Say what one execution cost: ("41 s", "620 MB"), dashes where not recorded."""
    seconds, memory = times.get("seconds"), times.get("peak_mb")
    return (
        MISSING if seconds is None else f"{seconds:.0f} s",
        MISSING if memory is None else f"{memory:.0f} MB",
    )


def chapter_seconds(name, rawtext, text, lineno, inliner, options=None, content=None):
    """Role: the run time of a chapter in words, or the limit where none is recorded."""
    env = inliner.document.settings.env
    times_file = Path(env.srcdir) / f"book/{text}.time.json"
    env.note_dependency(str(times_file))
    seconds = read_json(times_file).get("seconds")
    words = "at most 90 s" if seconds is None else f"about {seconds:.0f} s"
    node = nodes.inline(rawtext, f"{words} on one core", classes=["ganlib-seconds"])
    return [node], []


def text_of(value):
    """Return an inline text node."""
    return nodes.paragraph("", str(value))


def link_to(docname, text):
    """Return a reference to another page, resolved by Sphinx like a `{doc}` role."""
    reference = addnodes.pending_xref(
        "",
        nodes.inline("", text),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{docname}",
        refexplicit=True,
        refwarn=True,
    )
    return nodes.paragraph("", "", reference)


def make_table(titles, rows, widths, css_class):
    """Build a table from cell nodes; the first column heads its row."""
    group = nodes.tgroup(cols=len(titles))
    for width in widths:
        group += nodes.colspec(colwidth=width)
    head, body = nodes.thead(), nodes.tbody()
    for section, cells in [(head, [text_of(title) for title in titles])] + [
        (body, row) for row in rows
    ]:
        row = nodes.row()
        row.extend(nodes.entry("", cell) for cell in cells)
        section += row
    group.extend([head, body])
    return nodes.table("", group, classes=[css_class])


class ClaimLedger(SphinxDirective):
    """Tables of the claims of all executed chapters, and of what the chapters cost."""

    def run(self):
        """Return the sections, one for each chapter with claims, and the costs."""
        self.root = Path(self.env.srcdir)
        self.recorded = self._read(self.root / SEEDS_FILE).get("claims", {})
        chapters = [
            (path, harvest(path))
            for path in (self.root / f"{name}.ipynb" for name in self._in_order())
            if path.is_file()
        ]
        for path, _ in chapters:
            self.env.note_dependency(str(path))
        made = [(path, claims) for path, claims in chapters if claims]
        if not made:
            return [self._nothing_executed()]
        found = [self._summary(made), self._costs([path for path, _ in made])]
        return found + [self._chapter(path, claims) for path, claims in made]

    def _read(self, path):
        self.env.note_dependency(str(path))
        return read_json(path)

    def _in_order(self):
        """Page names in the order of _toc.yml."""
        order = ["book/" + path.stem for path in sorted(self.root.glob("book/*.ipynb"))]
        toc = getattr(self.env.config, "external_toc_path", "") or "_toc.yml"
        text = (self.root / toc).read_text(encoding="utf-8")
        return sorted(order, key=lambda name: (text.find(name + "\n"), name))

    def _title(self, docname):
        """Title of a chapter: the first heading of its notebook."""
        notebook = read_json(self.root / f"{docname}.ipynb")
        for cell in notebook["cells"]:
            for line in "".join(cell["source"]).splitlines():
                if cell["cell_type"] == "markdown" and line.startswith("# "):
                    return line[2:].strip()
        return docname

    def _nothing_executed(self):
        return nodes.note(
            "",
            text_of(
                "This copy of the book was rendered without executing its chapters, "
                "so there is nothing to list. `make book` executes them first."
            ),
        )

    def _summary(self, made):
        claims = [claim for _, found in made for claim in found]
        held = sum(claim["holds"] for claim in claims)
        seeds = {
            seed
            for claim in claims
            for seed in self.recorded.get(claim["slug"], {}).get("held", {})
        }
        words = (
            f"{len(claims)} claims in {len(made)} chapters; {held} of them held when "
            "this copy of the book was executed."
        )
        if seeds:
            listed = ", ".join(sorted(seeds, key=lambda seed: (len(seed), seed)))
            words += f" Seeds recorded by make seeds: {listed}."
        return text_of(words)

    def _costs(self, paths):
        rows = []
        for path in paths:
            docname = f"book/{path.stem}"
            times = self._read(path.with_name(f"{path.stem}.time.json"))
            seconds, memory = chapter_cost(times)
            rows.append(
                [
                    link_to(docname, self._title(docname)),
                    text_of(seconds),
                    text_of(memory),
                ]
            )
        titles = ["Chapter", "Run time on one core", "Peak memory"]
        table = make_table(titles, rows, [60, 20, 20], "ganlib-ledger-costs")
        return self._section("What the chapters cost", "ledger-costs", [table])

    def _chapter(self, path, claims):
        docname = f"book/{path.stem}"
        rows = [
            [
                text_of(claim["statement"]),
                text_of(claim["shown"]),
                text_of(YES if claim["holds"] else NO),
                text_of(seeds_held(claim["slug"], self.recorded)),
            ]
            for claim in claims
        ]
        titles = ["Statement", "Measured", "Holds", "Seeds"]
        table = make_table(titles, rows, [52, 28, 10, 10], "ganlib-ledger")
        source = nodes.paragraph("", "From ")
        source.extend([*link_to(docname, docname.removeprefix("book/")).children])
        source += nodes.Text(f", {len(claims)} claims.")
        title = self._title(docname)
        return self._section(title, f"ledger-{path.stem}", [source, table])

    def _section(self, title, name, content):
        section = nodes.section(ids=[name], names=[name])
        section += nodes.title("", title)
        self.state.document.note_implicit_target(section, section)
        section.extend(content)
        return section


def outdated(app, env, added, changed, removed):
    """Read the ledger again in every build: a new notebook is no known dependency."""
    return [name for name in env.found_docs if name == "book/ledger"]


def setup(app):
    """Register the directive."""
    app.add_directive("claim-ledger", ClaimLedger)
    app.add_role("chapter-seconds", chapter_seconds)
    app.connect("env-get-outdated", outdated)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
