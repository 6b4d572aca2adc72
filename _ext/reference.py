"""The package reference: how autodoc reads ganlib's docstrings.

The pages `book/api*.md` hold one comment for each room,
"<!-- modules of ganlib.data -->", and every public module of that room is documented in
its place. A docstring's last line, "Chapter: minimax", becomes a link to that chapter.
Names that belong to other projects are the only ones that may stay without a target.
"""

import importlib
import importlib.util
import pkgutil
import re

PAGES = "book/api"
ROOM = re.compile(r"^<!-- modules of (ganlib(?:\.\w+)*) -->$", re.MULTILINE)
DISPLAY = re.compile(r"^([ ]*)\$\$(.+?)\$\$(.*)$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<![\\`$])\$(?![$\s])([^$]+?)(?<!\s)\$")
MARK = re.compile(r"\||(?<=\w)_(?!\w)")
LITERAL = re.compile(r"(``.*?``|`[^`]*`)")
CHAPTER = re.compile(r"^(\s*)Chapters?:\s*([a-z0-9, -]+?)\.?\s*$")

# Types of other projects that appear in signatures. Their documentation cannot be
# reached while the book is built, so Sphinx cannot link them.
OUTSIDE = (
    r"(torch|numpy|np|PIL|matplotlib|IPython|collections|pathlib|typing|argparse|"
    r"nn|functools|enum|types|os|plt|anywidget|asyncio|traitlets|t)(\..*)?",
    r"(int|float|str|bool|bytes|object|tuple|list|dict|set|type|None|Any|Callable|"
    r"Iterable|Iterator|Sequence|Mapping|Path|Tensor|Generator|Protocol|NamedTuple|"
    r"\w*Error|Self|Literal|optional)",
)

SETTINGS = {
    "autodoc_member_order": "bysource",
    "autodoc_typehints": "signature",
    "autodoc_preserve_defaults": True,
    "autodoc_class_signature": "mixed",
    "napoleon_google_docstring": True,
    "napoleon_numpy_docstring": False,
    "napoleon_use_param": False,
    "napoleon_use_rtype": False,
    "napoleon_use_ivar": True,
    "add_module_names": False,
    "default_role": "code",
    "toc_object_entries": False,
}


def configure(app, config):
    """Set what belongs together in one place, before the other extensions look."""
    for name, value in SETTINGS.items():
        setattr(config, name, value)
    # A pattern of sphinx must match the whole of the target.
    config.nitpick_ignore_regex = [(r"py:.*", target) for target in OUTSIDE]


def modules_of(room):
    """Return the room's modules: itself, then its public submodules by name."""
    if importlib.util.find_spec(room) is None:
        return []
    package = importlib.import_module(room)
    folders = getattr(package, "__path__", [])
    inner = [name for _, name, _ in pkgutil.iter_modules(folders)]
    return [room] + [f"{room}.{name}" for name in inner if not name.startswith("_")]


def document_rooms(app, docname, source):
    """Put autodoc directives where the reference page names a room."""
    if docname.startswith(PAGES):
        source[0] = ROOM.sub(lambda match: room_text(modules_of(match[1])), source[0])


def room_text(modules):
    """Return the page's text for one room, each submodule under a heading."""
    parts = []
    for index, module in enumerate(modules):
        heading = f"### `{module}`\n\n" if index else ""
        # A package with submodules only introduces them; what it re-exports is below.
        members = "" if index == 0 and len(modules) > 1 else "   :members:\n"
        directive = f"```{{eval-rst}}\n.. automodule:: {module}\n{members}```\n"
        parts.append(heading + directive)
    return "\n".join(parts)


def set_formulas(app, what, name, obj, options, lines):
    """Let a docstring write $…$ and $$…$$, as the chapters do."""
    text = DISPLAY.sub(_display, "\n".join(lines))
    lines[:] = INLINE.sub(r":math:`\1`", text).split("\n")


def _display(match):
    indent = match[1]
    formula = "\n".join(f"{indent}   {line.strip()}" for line in match[2].split("\n"))
    return f"\n{indent}.. math::\n\n{formula}\n\n{indent}{match[3].lstrip()}"


def escape_marks(app, what, name, obj, options, lines):
    """Let a docstring write |p − q| and v_: in reStructuredText both are references."""
    math_indent = None
    for index, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if math_indent is not None and line.strip() and indent <= math_indent:
            math_indent = None
        if line.lstrip().startswith(".. math::"):
            math_indent = indent
        if math_indent is None and not line.lstrip().startswith(("| ", "+", ".. ")):
            pieces = LITERAL.split(line)
            pieces[::2] = [MARK.sub(r"\\\g<0>", piece) for piece in pieces[::2]]
            lines[index] = "".join(pieces)


def skip_field_notes(app, what, name, obj, skip, options):
    """Leave out the fields of a named tuple: Python only numbers them."""
    return True if (obj.__doc__ or "").startswith("Alias for field number") else None


def link_chapter(app, what, name, obj, options, lines):
    """Turn the line "Chapter: slug" into a link to that chapter."""
    known = app.env.found_docs
    for index in range(len(lines) - 1, -1, -1):
        match = CHAPTER.match(lines[index])
        if not match:
            continue
        slugs = [slug.strip() for slug in match[2].split(",")]
        links = [
            f":doc:`/book/{slug}`" if f"book/{slug}" in known else slug
            for slug in slugs
        ]
        # A paragraph of its own, also where the source stands on the line above.
        lines[index : index + 1] = ["", f"{match[1]}Chapter: {', '.join(links)}"]


def setup(app):
    """Register the settings and the docstring hook."""
    app.connect("config-inited", configure, priority=100)
    app.connect("autodoc-skip-member", skip_field_notes)
    app.connect("source-read", document_rooms)
    app.connect("autodoc-process-docstring", set_formulas, priority=700)
    app.connect("autodoc-process-docstring", escape_marks, priority=800)
    app.connect("autodoc-process-docstring", link_chapter, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
