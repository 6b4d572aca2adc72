r"""Pictures with a text alternative, small enough to stand inside the page.

Chapter: all of them.
"""

import base64
from html import escape
from io import BytesIO

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

from ganlib.notebook.output import publish

MAX_WIDTH = 760  # logical pixels: the width of a page's text column
DPI = 90  # logical pixels to a figure's inch
DENSITY = 2  # picture pixels to a logical pixel, for sharp text on phones
_UNSEEN = 0.6  # mean change of a pixel, of 255 levels, that nobody sees
_MIN_ALT = 20  # characters; less than this does not describe a picture


def figure(fig, alt, caption=None, kind="plot"):
    r"""Show a matplotlib figure as an HTML picture with a text alternative; close it.

    Args:
        fig: the matplotlib figure.
        alt: what the picture shows, for whoever cannot see it; ≥ 20 characters.
        caption: a line of plain text under the picture, or None.
        kind: "plot" (the dark theme inverts it) or "photo" (it does not).

    Raises:
        TypeError, ValueError: where one of the arguments cannot be used.

    Chapter: all of them.
    """
    check_words(alt, kind)
    if not hasattr(fig, "savefig"):
        raise TypeError(
            f"figure() shows a matplotlib figure, but this is a {type(fig).__name__}; "
            "pass what plt.subplots() or plt.figure() returned."
        )
    image = _render(fig, kind)
    plt.close(fig)
    width = min(MAX_WIDTH, round(image.width / DENSITY))
    img = img_tag(
        encode(image), alt, (width, round(width * image.height / image.width))
    )
    publish_figure(img, alt, caption, kind)


def check_words(alt, kind="plot"):
    r"""Refuse a missing or empty description and an unknown kind of picture.

    Raises:
        ValueError: where ``alt`` says too little or ``kind`` is unknown.

    Chapter: all of them.
    """
    if not isinstance(alt, str) or len(alt.strip()) < _MIN_ALT:
        raise ValueError(
            f"A picture needs a description (alt) of at least {_MIN_ALT} characters "
            f"that says what can be seen, but this one is {alt!r}."
        )
    if kind not in ("plot", "photo"):
        raise ValueError(f"A picture's kind is 'plot' or 'photo', not {kind!r}.")


def encode(image):
    r"""Compress a PIL image to WebP: the smallest file that looks the same.

    Returns:
        The file's bytes, the same for the same pixels.

    Chapter: all of them.
    """
    lossless = _webp(_with_few_colours(image), lossless=True, quality=60)
    return min(lossless, _webp(image, quality=90), key=len)


def data_uri(webp):
    r"""Write a WebP file as an address that carries the file itself.

    Chapter: all of them.
    """
    return "data:image/webp;base64," + base64.b64encode(webp).decode("ascii")


def img_tag(webp, alt, size, css=""):
    r"""Write the ``<img>`` of a WebP file; size is (width, height) in logical pixels.

    The white background is for notebooks in a dark theme; the book's own style sheet
    takes it away, because there it turns plots to light on dark.

    Chapter: all of them.
    """
    width, height = size
    return (
        f'<img alt="{escape(alt)}" width="{width}" height="{height}" loading="lazy" '
        f'style="background:#fff;max-width:100%;height:auto;{css}" '
        f'src="{data_uri(webp)}">'
    )


def publish_figure(img, alt, caption, kind):
    r"""Show ``img`` in a ``<figure>`` with its caption; the plain text is ``alt``.

    Chapter: all of them.
    """
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    html = (
        f'<figure class="ganlib-figure ganlib-figure--{kind}" style="margin:1em 0">'
        f"{img}{below}</figure>"
    )
    publish({"text/plain": alt, "text/html": html})


def _render(fig, kind):
    dpi = min(DPI, MAX_WIDTH / fig.get_figwidth()) * DENSITY
    buffer = BytesIO()
    fig.savefig(
        buffer,
        format="png",
        dpi=dpi,
        # A photo stays on white: on a dark page its black titles would vanish.
        transparent=kind == "plot",
        bbox_inches="tight",
        pad_inches=0.05,
    )
    return Image.open(buffer).convert("RGBA")


def _webp(image, **options):
    buffer = BytesIO()
    image.save(buffer, "WEBP", method=4, **options)
    return buffer.getvalue()


def _with_few_colours(image):
    # Text and lines lose nothing on a palette, at half the bytes; shading would band.
    if image.mode != "RGBA":
        return image
    octree = Image.Quantize.FASTOCTREE
    few = image.quantize(256, octree, dither=Image.Dither.NONE).convert("RGBA")
    change = np.abs(_on_white(few) - _on_white(image)).mean()
    return few if change < _UNSEEN else image


def _on_white(image):
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    return np.asarray(paper, dtype=np.float32)
