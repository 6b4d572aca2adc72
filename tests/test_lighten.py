"""Lighter pages look the same: plain spans go, pictures move into files."""

import base64
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "_ext"))

import lighten  # noqa: E402 - the path to it is set just above

from ganlib.notebook import tables  # noqa: E402

CODE = (
    '<span class="k">def</span><span class="w"> </span><span class="nf">f</span>'
    '<span class="p">(</span><span class="n">x</span><span class="p">):</span>'
)


def text(body):
    return re.sub(r"<[^>]*>", "", body)


def test_plain_spans_go_and_the_text_stays():
    body = lighten.drop_plain_spans(CODE)
    assert body == '<span class="k">def</span> <span class="nf">f</span>(x):'
    assert text(body) == text(CODE)


def test_tables_keep_their_alignment():
    """What the package writes is what the page's styles know under a shorter name."""
    html = tables._html([["a", 1.0]], ["name", "value"], None)
    body = lighten.shorten_alignment(html)
    cells = re.findall(r"<(th|td)\b([^>]*)>([^<]*)<", body)
    assert "text-align" not in body
    assert [(text, 'class="r"' in attributes) for _, attributes, text in cells] == [
        ("name", False),
        ("value", True),
        ("a", False),
        ("1", True),
    ]
    styles = (ROOT / "_static" / "ganlib.css").read_text()
    assert re.search(r"\.ganlib-table \.r \{\s*text-align: right;", styles)
    assert re.search(r"\.ganlib-table :is\(th, td\) \{\s*text-align: left;", styles)


def test_other_spans_are_left_alone():
    body = (
        '<span class="n extra">x</span><span id="a">y</span><span class="n"><b/></span>'
    )
    assert lighten.drop_plain_spans(body) == body


@pytest.mark.parametrize(("pagename", "prefix"), [("index", ""), ("book/dcgan", "../")])
@pytest.mark.parametrize(
    ("kind", "ending"), [("webp", "webp"), ("png", "png"), ("svg+xml", "svg")]
)
def test_pictures_become_files_with_the_very_bytes(
    tmp_path, pagename, prefix, kind, ending
):
    content = bytes(range(256))
    address = f"data:image/{kind};base64," + base64.b64encode(content).decode()
    body = f'<source srcset="{address}"><img alt="a" src="{address}">'
    app = SimpleNamespace(outdir=tmp_path)
    made = lighten.pictures_to_files(app, pagename, body)
    (file,) = (tmp_path / "_images").iterdir()
    assert file.read_bytes() == content
    assert file.suffix == f".{ending}"
    expected = f"{prefix}_images/{file.name}"
    assert made == f'<source srcset="{expected}"><img alt="a" src="{expected}">'


def test_the_plain_classes_have_the_colour_of_plain_text():
    """Read off the theme's own styles: if they change, this says so."""
    from a11y_pygments.a11y_high_contrast_dark.style import Theme as Dark
    from a11y_pygments.a11y_high_contrast_light.style import Theme as Light
    from pygments.token import STANDARD_TYPES, Token

    kinds = {short: kind for kind, short in STANDARD_TYPES.items()}
    for style in (Dark, Light):
        plain = style.style_for_token(Token.Text)["color"]
        for name in lighten.PLAIN:
            assert style.style_for_token(kinds[name])["color"] == plain
