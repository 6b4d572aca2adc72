"""Make pages lighter, and leave what a reader sees almost as it was.

A third of a chapter's bytes are spans around single names and brackets of its code, to
which the theme gives the colour of plain text; they are taken off. So are the spans of
operators and numbers, 50 KB in a long chapter: these two lose a colour of their own;
keywords, texts and comments, which tell a reader more, keep theirs. The cells of tables
say their alignment in a class, not in a style each. Pictures inside the notebooks' own
HTML are text a third longer than the picture; they become files, which a browser also
loads only when the reader scrolls to them.
"""

import base64
import hashlib
import re
from pathlib import Path

PICTURE = re.compile(r"data:image/(webp|png|svg)(?:\+xml)?;base64,([A-Za-z0-9+/=]+)")
SPAN = re.compile(r'<span class="(\w+)">([^<]*)</span>')
# Name, punctuation, namespace, other name, white space: a11y-high-contrast, light and
# dark, colours them like the text around them.
PLAIN = {"n", "p", "nn", "nx", "w"}
# Operators and numbers, which are known by their shape.
UNCOLOURED = {"o", "mi", "mf"}
# What ganlib.notebook.table writes, for readers of the notebook, who lack our styles.
LEFT, RIGHT = ' style="text-align:left"', ' style="text-align:right"'


def drop_plain_spans(body):
    """Take the span off every token that needs no colour of its own."""
    bare = PLAIN | UNCOLOURED
    return SPAN.sub(lambda found: found[2 if found[1] in bare else 0], body)


def shorten_alignment(body):
    """Say "to the right" in a class; to the left is where our tables' cells stand."""
    return body.replace(LEFT, "").replace(RIGHT, ' class="r"')


def pictures_to_files(app, pagename, body):
    """Write each picture of the page's HTML into _images/ and refer to it there."""
    folder = Path(app.outdir, "_images")
    to_root = "../" * pagename.count("/")

    def written(found):
        content = base64.b64decode(found[2])
        name = f"{hashlib.sha256(content).hexdigest()[:16]}.{found[1]}"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
        return f"{to_root}_images/{name}"

    return PICTURE.sub(written, body)


def lighten(app, pagename, templatename, context, doctree):
    """Lighten one page just before it is written."""
    if app.builder.format == "html" and "body" in context:
        body = shorten_alignment(drop_plain_spans(context["body"]))
        context["body"] = pictures_to_files(app, pagename, body)


def setup(app):
    """Run after everything else has had its say about the page."""
    app.connect("html-page-context", lighten, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
