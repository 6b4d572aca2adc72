"""The chapter's room: claims, pictures, tables, listings, seeds, progress."""

import base64
import io
import json
import random
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import NamedTuple

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from matplotlib.colors import to_rgb
from PIL import Image

import ganlib.notebook as notebook
from ganlib.notebook import claims, figures, output, session, source, tables
from ganlib.notebook.claims import CLAIM_MIME, ClaimError, claim
from ganlib.notebook.results import committed_results

ALT = "Two curves that cross at the point one half"


@pytest.fixture
def shown(monkeypatch):
    """Catch what a reader would see."""
    bundles = []
    for room in (claims, figures, source, tables):
        monkeypatch.setattr(room, "publish", bundles.append)
    monkeypatch.delenv("GANLIB_CLAIMS", raising=False)
    return bundles


class Outline(HTMLParser):
    """Collect tags with their attributes and the text between them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self.open = [], "", []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("img", "source"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def attrs(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def webp_of(address):
    kind, data = address.split(",", 1)
    assert kind == "data:image/webp;base64"
    return Image.open(io.BytesIO(base64.b64decode(data, validate=True)))


def curve_figure(width=4.0):
    fig, ax = plt.subplots(figsize=(width, 2.5), layout="constrained")
    ax.plot([0, 1, 2], [0, 1, 0])
    return fig


# ---- values -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.49932, "0.4993"),
        (-0.018, "−0.018"),
        (2e-9, "2×10⁻⁹"),
        (123456.0, "1.235×10⁵"),
        (0.0, "0"),
        (-0.0, "0"),
        (8, "8"),
        (-3, "−3"),
        (True, "yes"),
        (np.bool_(False), "no"),
        (np.float32(0.5), "0.5"),
        (np.int64(7), "7"),
        (torch.tensor(0.25), "0.25"),
        (torch.tensor([[3]]), "3"),
        (torch.tensor([1.0, 2.5]), "1, 2.5"),
        ([1, torch.tensor(0.5)], "1, 0.5"),
        ("log 4", "log 4"),
        (float("inf"), "∞"),
        (float("nan"), "nan"),
    ],
)
def test_values_are_written_for_a_reader(value, text):
    assert output.shown_value(value) == text


@pytest.mark.parametrize("value", [None, {"a": 1}, [], torch.zeros(2, 2), object()])
def test_what_is_no_value_is_refused(value):
    with pytest.raises(TypeError, match="flat list"):
        output.shown_value(value)


def test_outside_a_notebook_the_text_is_printed(capsys):
    output.publish({"text/plain": "seen", "text/html": "<b>not seen</b>"})
    assert capsys.readouterr().out == "seen\n"


def test_in_a_notebook_the_whole_bundle_is_shown(monkeypatch):
    calls = []
    monkeypatch.setattr(output, "get_ipython", lambda: object())
    monkeypatch.setattr(output, "display", lambda *a, **k: calls.append((a, k)))
    bundle = {"text/plain": "x", CLAIM_MIME: {}}
    output.publish(bundle)
    assert calls == [((bundle,), {"raw": True})]


# ---- claims -------------------------------------------------------------------------


def test_a_claim_that_holds_shows_its_line_and_returns_nothing(shown):
    assert claim("minimax/half", "D says ½ & no < more", 0.49932, True) is None
    (bundle,) = shown
    assert bundle["text/plain"] == "✓ D says ½ & no < more: 0.4993"
    assert bundle[CLAIM_MIME] == {
        "slug": "minimax/half",
        "statement": "D says ½ & no < more",
        "measured": 0.49932,
        "shown": "0.4993",
        "holds": True,
    }
    page = Outline(bundle["text/html"])
    assert page.attrs("div") == [{"class": "ganlib-claim ganlib-claim--holds"}]
    assert page.text == "✓ D says ½ & no < more 0.4993"
    assert "no &lt; more" in bundle["text/html"]


def test_a_claim_that_fails_is_shown_and_then_raises(shown):
    with pytest.raises(ClaimError, match=r"'a/b' does not hold: two is one: 2\."):
        claim("a/b", "two is one", 2, torch.tensor(False))
    assert shown[0]["text/plain"].startswith("✗ two is one")
    assert shown[0][CLAIM_MIME]["holds"] is False
    page = Outline(shown[0]["text/html"])
    assert page.attrs("div") == [{"class": "ganlib-claim ganlib-claim--fails"}]
    assert "Does not hold" in page.text


def test_recording_keeps_a_failed_claim_quiet(shown, monkeypatch):
    monkeypatch.setenv("GANLIB_CLAIMS", "record")
    claim("a/b", "two is one", 2, False)
    assert shown[0][CLAIM_MIME]["holds"] is False
    monkeypatch.setenv("GANLIB_CLAIMS", "raise")
    with pytest.raises(ClaimError):
        claim("a/b", "two is one", 2, False)


def test_shown_replaces_the_text_but_not_the_measurement(shown):
    claim("a/b", "seeds agree", [1.0, 2.0], True, shown="2 of 2")
    assert shown[0]["text/plain"] == "✓ seeds agree: 2 of 2"
    assert shown[0][CLAIM_MIME]["measured"] == [1.0, 2.0]


@pytest.mark.parametrize(
    "holds", [np.bool_(True), torch.tensor(True), torch.tensor([True])]
)
def test_one_truth_value_of_any_kind_holds(shown, holds):
    claim("a/b", "it holds", 1, holds)
    assert shown[0][CLAIM_MIME]["holds"] is True


@pytest.mark.parametrize(
    "holds", [1, None, "yes", 0.5, torch.tensor(1.0), torch.tensor([True, True])]
)
def test_what_is_no_truth_value_is_refused(shown, holds):
    with pytest.raises(TypeError, match="one truth value"):
        claim("a/b", "it holds", 1, holds)
    assert shown == []


@pytest.mark.parametrize("slug", ["", "a", "A/b", "a/b/c", "a_b/c", "a/b\n", "a/", 3])
def test_a_slug_names_chapter_and_claim(shown, slug):
    with pytest.raises(ValueError, match="chapter/short-name"):
        claim(slug, "it holds", 1, True)


@pytest.mark.parametrize("statement", ["", "  ", "$x$ grows", "two\nlines", None])
def test_a_statement_is_a_line_of_plain_text(shown, statement):
    with pytest.raises(ValueError, match=r"statement"):
        claim("a/b", statement, 1, True)


def test_nan_supports_no_claim(shown):
    for measured in (float("nan"), torch.tensor([1.0, float("nan")])):
        with pytest.raises(ValueError, match="NaN"):
            claim("a/b", "it holds", measured, True)
    assert shown == []
    with pytest.raises(ClaimError):
        claim("a/b", "it holds", float("nan"), False)


def test_the_record_is_strict_json(shown, monkeypatch):
    monkeypatch.setenv("GANLIB_CLAIMS", "record")
    for measured in (float("nan"), float("-inf"), [1.5, float("inf")], "x", True):
        claim("a/b", "it fails", measured, False)
    measured = [bundle[CLAIM_MIME]["measured"] for bundle in shown]
    assert measured == ["nan", "-inf", [1.5, "inf"], "x", True]
    json.dumps([bundle[CLAIM_MIME] for bundle in shown], allow_nan=False)


def test_the_record_drops_digits_that_machines_differ_in(shown):
    claim("a/b", "a third", 1 / 3, True)
    assert shown[0][CLAIM_MIME]["measured"] == 0.333333


# ---- figures ------------------------------------------------------------------------


def test_a_figure_is_shown_once_closed_and_described(shown):
    before = plt.get_fignums()
    notebook.figure(curve_figure(), ALT + ' "quoted"', caption="Here D < ½")
    assert plt.get_fignums() == before
    (bundle,) = shown
    assert bundle["text/plain"] == ALT + ' "quoted"'
    page = Outline(bundle["text/html"])
    assert page.attrs("figure")[0]["class"] == "ganlib-figure ganlib-figure--plot"
    assert page.text == "Here D < ½"
    (img,) = page.attrs("img")
    assert img["alt"] == ALT + ' "quoted"'
    assert img["loading"] == "lazy"
    image = webp_of(img["src"])
    assert image.size == pytest.approx(
        (2 * int(img["width"]), 2 * int(img["height"])), abs=2
    )
    assert 300 < int(img["width"]) < 400  # 4 inches of 90 logical pixels, trimmed


def test_a_plot_is_transparent_and_a_photo_stands_on_white(shown):
    notebook.figure(curve_figure(), ALT)
    notebook.figure(curve_figure(), ALT, kind="photo")
    plot, photo = (
        webp_of(Outline(b["text/html"]).attrs("img")[0]["src"]).convert("RGBA")
        for b in shown
    )
    assert plot.getpixel((1, 1))[3] == 0
    assert photo.getpixel((1, 1)) == (255, 255, 255, 255)
    assert "ganlib-figure--photo" in shown[1]["text/html"]


def test_the_same_figure_gives_the_same_bytes_and_another_gives_others(shown):
    for _ in range(2):
        notebook.figure(curve_figure(), ALT)
    other = curve_figure()
    other.axes[0].plot([0, 2], [1, 0])
    notebook.figure(other, ALT)
    assert shown[0] == shown[1]
    assert shown[2]["text/html"] != shown[0]["text/html"]


def test_a_wide_figure_fits_the_column(shown):
    notebook.figure(curve_figure(width=14), ALT)
    (img,) = Outline(shown[0]["text/html"]).attrs("img")
    assert 700 < int(img["width"]) <= 760
    image = webp_of(img["src"])
    ratio = image.width / image.height
    assert int(img["width"]) / int(img["height"]) == pytest.approx(ratio, rel=0.01)


@pytest.mark.parametrize("alt", ["", "   ", "too short to say", " " * 30, None])
def test_a_figure_without_a_description_is_refused(shown, alt):
    fig = curve_figure()
    with pytest.raises(ValueError, match="at least 20 characters"):
        notebook.figure(fig, alt)
    plt.close(fig)
    assert shown == []


def test_other_misuse_of_figure_is_named(shown):
    with pytest.raises(TypeError, match=r"plt\.subplots"):
        notebook.figure(np.zeros(3), ALT)
    with pytest.raises(ValueError, match="'plot' or 'photo'"):
        notebook.figure(plt, ALT, kind="drawing")


def test_few_colours_keep_drawings_and_spare_shading():
    drawing = figures._render(curve_figure(), "plot")
    shading = np.random.default_rng(0).integers(0, 256, (64, 64, 4), dtype=np.uint8)
    shading[..., 3] = 255
    shading = Image.fromarray(shading)
    few = figures._with_few_colours(drawing)
    assert few is not drawing
    change = np.abs(figures._on_white(few) - figures._on_white(drawing))
    assert change.mean() < 0.6
    assert figures._with_few_colours(shading) is shading


def test_an_ordinary_drawing_is_small():
    assert 1_000 < len(figures.encode(figures._render(curve_figure(), "plot"))) < 15_000


# ---- animations ---------------------------------------------------------------------


def scatter_frame(step, points):
    fig, ax = plt.subplots(figsize=(380 / 90, 380 / 90))
    ax.scatter(*points[:256].T, **notebook.REAL_POINTS)
    ax.scatter(*(points[256:] * (1 - step / 30)).T, **notebook.FAKE_POINTS)
    ax.set(xlim=(-3, 3), ylim=(-3, 3))
    return notebook.frame(fig)


def test_an_animation_loops_and_ends_in_a_still(shown):
    grey = [np.full((40, 60), 20 * i, dtype=np.uint8) for i in range(5)]
    notebook.animation(grey, ALT, caption="Brighter", fps=10, kind="photo", scale=2)
    page = Outline(shown[0]["text/html"])
    (img,), (still,) = page.attrs("img"), page.attrs("source")
    assert still["media"] == "(prefers-reduced-motion: reduce), print"
    assert (img["width"], img["height"]) == ("120", "80")
    movie, last = webp_of(img["src"]), webp_of(still["srcset"])
    assert (movie.n_frames, movie.info["loop"], last.size) == (5, 0, (60, 40))
    for i in range(5):
        movie.seek(i)
        movie.load()
        value = np.asarray(movie.convert("L"), dtype=int)
        assert np.abs(value - 20 * i).max() <= 4
    assert np.abs(np.asarray(last.convert("L"), dtype=int) - 80).max() <= 4


def test_frames_may_be_figures_and_functions_and_are_closed(shown):
    before = plt.get_fignums()
    notebook.animation([curve_figure(), lambda: curve_figure()], ALT)
    assert plt.get_fignums() == before
    (img,) = Outline(shown[0]["text/html"]).attrs("img")
    assert (img["width"], img["height"]) == ("360", "225")


def test_a_frame_is_opaque_white_outside_the_axes():
    pixels = notebook.frame(curve_figure())
    assert (pixels.dtype, pixels.shape) == (np.uint8, (225, 360, 3))
    assert (pixels[0, 0] == 255).all()
    assert pixels.min() < 100


def test_an_animated_scatter_is_small_and_the_same_again(shown):
    rng = np.random.default_rng(0)
    points = rng.normal(size=(512, 2))
    frames = [scatter_frame(step, points) for step in range(24)]
    assert frames[0].shape == (380, 380, 3)
    notebook.animation(frames, ALT)
    notebook.animation(frames, ALT)
    assert shown[0] == shown[1]
    (img,) = Outline(shown[0]["text/html"]).attrs("img")
    weight = len(base64.b64decode(img["src"].split(",")[1]))
    assert 20_000 < weight < 120_000


@pytest.mark.parametrize(
    ("frames", "error", "words"),
    [
        ([np.zeros((4, 4), np.uint8)], ValueError, "at least two"),
        ([np.zeros((4, n), np.uint8) for n in (4, 5)], ValueError, "of one size"),
        ([np.zeros((4, 4))] * 2, TypeError, "uint8"),
        ([np.zeros((3, 4, 4), np.uint8)] * 2, TypeError, "uint8"),
    ],
)
def test_frames_that_make_no_animation_are_named(shown, frames, error, words):
    with pytest.raises(error, match=words):
        notebook.animation(frames, ALT)
    assert shown == []


def test_a_speed_that_flickers_is_refused(shown):
    frames = [np.zeros((4, 4), np.uint8)] * 2
    for fps in (0, 31):
        with pytest.raises(ValueError, match="between 1 and 30"):
            notebook.animation(frames, ALT, fps=fps)


# ---- sets of images -----------------------------------------------------------------


def test_a_grid_lays_images_out_row_by_row():
    images = np.arange(3, dtype=np.uint8).reshape(3, 1, 1, 1) * np.ones(
        (1, 1, 2, 2), np.uint8
    )
    grid = notebook.image_grid(images, columns=2, pad=1)
    paper = 255
    expected = [
        [0, 0, paper, 1, 1],
        [0, 0, paper, 1, 1],
        [paper] * 5,
        [2, 2, paper, paper, paper],
        [2, 2, paper, paper, paper],
    ]
    assert grid.dtype == np.uint8
    assert grid.tolist() == expected


def test_the_documented_size_of_a_grid():
    images = torch.zeros(16, 1, 28, 28)
    assert notebook.image_grid(images, columns=8, pad=2).shape == (58, 238)
    assert notebook.image_grid(torch.zeros(3, 3, 4, 4), columns=8).shape == (4, 16, 3)


def test_floats_reach_every_level_exactly():
    levels = torch.arange(256)
    images = (levels / 127.5 - 1).reshape(256, 1, 1, 1).requires_grad_()
    grid = notebook.image_grid(images, columns=256, pad=0)
    assert grid.ravel().tolist() == levels.tolist()


@pytest.mark.parametrize(
    ("images", "words"),
    [
        (torch.zeros(28, 28), r"\(N, C, H, W\)"),
        (torch.zeros(2, 2, 4, 4), "C = 1 or 3"),
        (torch.zeros(0, 1, 4, 4), "N ≥ 1"),
        (torch.full((1, 1, 4, 4), 255.0), "span 255 to 255"),
        (torch.full((1, 1, 4, 4), float("nan")), "span nan"),
        (torch.zeros(1, 1, 4, 4, dtype=torch.int64), "int64"),
    ],
)
def test_images_of_another_shape_or_range_are_refused(images, words):
    with pytest.raises(ValueError, match=words):
        notebook.image_grid(images)


def test_a_picture_keeps_hard_pixels_at_its_own_size(shown):
    noise = torch.rand(8, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    notebook.picture(noise * 2 - 1, "Eight squares of noise", columns=4, scale=2)
    page = Outline(shown[0]["text/html"])
    (img,) = page.attrs("img")
    image = webp_of(img["src"])
    assert image.size == (4 * 30 - 2, 2 * 30 - 2)
    assert (img["width"], img["height"]) == (str(2 * 118), str(2 * 58))
    assert "image-rendering:pixelated" in img["style"]
    assert "ganlib-figure--photo" in page.attrs("figure")[0]["class"]


# ---- tables -------------------------------------------------------------------------


def test_a_table_has_scopes_a_caption_and_a_scroll_box(shown):
    rows = [["R1 <γ>", 0.49932, True], ["none", -12, False]]
    notebook.table(rows, ["penalty", "value", "settles"], caption="Who settles")
    page = Outline(shown[0]["text/html"])
    (box,) = page.attrs("div")
    assert (box["class"], box["tabindex"], box["role"]) == (
        "ganlib-table",
        "0",
        "region",
    )
    assert box["aria-label"] == "Who settles"
    scopes = [attrs.get("scope") for attrs in page.attrs("th")]
    assert scopes == ["col"] * 3 + ["row"] * 2
    aligned = [attrs["style"] for tag, attrs in page.tags if tag in ("th", "td")]
    left, right = "text-align:left", "text-align:right"
    assert aligned == [left, right, left] * 3
    assert "R1 <γ>0.4993yes" in page.text


def test_the_plain_table_is_aligned(shown):
    notebook.table([["a", 1.5], ["long", 22]], ["n", "value"], caption="Two")
    assert shown[0]["text/plain"] == "Two\nn     value\na       1.5\nlong     22"


def test_a_table_without_caption_is_still_named(shown):
    notebook.table([["a", 1]], ["", "value"])
    page = Outline(shown[0]["text/html"])
    assert page.attrs("div")[0]["aria-label"] == "Table: value"
    assert len(page.attrs("th")) == 2  # the empty corner is no heading


def test_a_ragged_or_empty_table_is_refused(shown):
    with pytest.raises(ValueError, match="Row 2 has 1 cells"):
        notebook.table([["a", 1], ["b"]], ["n", "v"])
    with pytest.raises(ValueError, match="at least one row"):
        notebook.table([], ["n"])


# ---- source -------------------------------------------------------------------------


def double(x):
    """Twice x."""
    # Why: because.
    return 2 * x


def halve(x):
    r"""Half x.

    More words.
    """

    return x / 2


class Pair(NamedTuple):
    """Two functions."""

    discriminator: object
    generator: object


class Documented:
    """Only words."""


def test_source_is_shown_without_docstrings_but_with_comments(shown):
    notebook.show_source(double)
    code = shown[0]["text/plain"]
    assert "def double(x):\n    # Why: because.\n    return 2 * x" in code
    assert "Twice" not in code
    notebook.show_source(double, docstrings=True)
    assert '"""Twice x."""' in shown[1]["text/plain"]


def test_a_pair_of_functions_shows_both_in_order(shown):
    notebook.show_source(Pair(double, halve))
    code = shown[0]["text/plain"]
    assert code.index("def double") < code.index("def halve")
    assert "def halve(x):\n    return x / 2" in code
    notebook.show_source(double, double)
    assert shown[1]["text/plain"].count("def double") == 1


def test_the_listing_names_its_file_and_is_fenced_as_python(shown):
    notebook.show_source(notebook.claim)
    marked = shown[0]["text/markdown"]
    assert marked.startswith(
        "From `ganlib/notebook/claims.py`:\n\n```python\ndef claim("
    )
    assert marked.endswith("\n```")
    compile(marked.split("```python\n")[1].removesuffix("```"), "listing", "exec")


def test_the_fence_outlasts_backticks_in_the_code(shown):
    notebook.show_source(source.show_source)
    assert "````python" in shown[0]["text/markdown"]


def test_instances_show_their_class_and_bare_bodies_stay(shown):
    notebook.show_source(Documented())
    assert "class Documented" in shown[0]["text/plain"]
    assert "Only words" in shown[0]["text/plain"]  # without it, no valid Python


def test_every_module_of_the_room_can_be_listed(shown):
    for name in notebook.__all__:
        thing = getattr(notebook, name)
        if getattr(thing, "__module__", "").startswith("ganlib"):
            notebook.show_source(thing)
            listing = shown[-1]["text/plain"]
            compile(listing, name, "exec")
    assert len(shown) >= 12


@pytest.mark.parametrize("thing", [len, json, 3, int])
def test_what_has_no_source_is_named(shown, thing):
    with pytest.raises(TypeError, match="show"):
        notebook.show_source(thing)
    with pytest.raises(TypeError, match="at least one"):
        notebook.show_source()


# ---- session ------------------------------------------------------------------------


def draws(seed):
    generator = notebook.seed_everything(seed)
    numbers = [random.random(), float(np.random.rand()), float(torch.rand(()))]  # noqa: NPY002
    return [*numbers, float(torch.rand((), generator=generator))]


def test_a_seed_fixes_every_stream_and_another_changes_every_one():
    state = torch.get_num_threads()
    try:
        first, again, other = draws(0), draws(0), draws(np.int64(1))
        assert torch.get_num_threads() == 1
    finally:
        torch.set_num_threads(state)
    assert first == again
    assert all(a != b for a, b in zip(first, other, strict=True))


def test_the_noise_is_not_a_copy_of_the_global_stream():
    generator = notebook.seed_everything(3)
    weights, noise = torch.randn(10_000), torch.randn(10_000, generator=generator)
    # Independent normals: the correlation has standard error 0.01.
    assert abs(float(torch.corrcoef(torch.stack([weights, noise]))[0, 1])) < 0.05


@pytest.mark.parametrize("seed", [1.0, "0", None, True, torch.tensor(0.5)])
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(TypeError, match="whole number"):
        notebook.seed_everything(seed)


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_a_seed_lies_in_range(seed):
    with pytest.raises(ValueError, match="between 0 and"):
        notebook.seed_everything(seed)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def run_progress(monkeypatch, stream, build):
    for name in session._SILENCERS:
        monkeypatch.delenv(name, raising=False)
    if build:
        monkeypatch.setenv("GANLIB_BUILD", "1")
    monkeypatch.setattr(sys, "stderr", stream)
    assert list(notebook.progress(iter(range(4)), 4, "training")) == [0, 1, 2, 3]
    return stream.getvalue()


def test_progress_is_live_in_a_terminal_and_leaves_a_blank_line(monkeypatch):
    text = run_progress(monkeypatch, Terminal(), build=False)
    assert "training" in text
    assert text.split("\r")[-1].strip() == ""
    assert text.split("\r")[-2].strip() == ""


def test_progress_is_silent_in_a_build_and_in_a_pipe(monkeypatch):
    assert run_progress(monkeypatch, Terminal(), build=True) == ""
    assert run_progress(monkeypatch, io.StringIO(), build=False) == ""


def test_progress_is_live_in_a_kernel(monkeypatch):
    class Shell:
        kernel = object()

    monkeypatch.setattr(session, "get_ipython", Shell)
    assert "training" in run_progress(monkeypatch, io.StringIO(), build=False)


def test_progress_under_pytest_is_silent(capsys):
    assert list(notebook.progress([1, 2])) == [1, 2]
    assert capsys.readouterr().err == ""


# ---- style --------------------------------------------------------------------------


def luminance(colour):
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in to_rgb(colour)
    ]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def lightness(colour):
    return 116 * np.cbrt(luminance(colour)) - 16


def test_colours_differ_in_lightness_and_show_on_white():
    values = sorted(lightness(colour) for colour in notebook.INK)
    assert min(np.diff(values)) > 6
    assert all(1.05 / (luminance(c) + 0.05) >= 3 for c in notebook.INK)
    assert lightness(notebook.FAKE) - lightness(notebook.REAL) > 20
    assert notebook.REAL_POINTS["marker"] != notebook.FAKE_POINTS["marker"]


def test_the_wash_is_white_in_the_middle_and_pale_at_the_ends():
    ends, middle = [notebook.WASH(0.0), notebook.WASH(1.0)], notebook.WASH(0.5)
    assert min(middle) > 0.98
    assert ends[0][0] > ends[0][2]  # orange where D says fake
    assert ends[1][2] > ends[1][0]  # indigo where D says real
    for end, ink in zip(ends, (notebook.FAKE, notebook.REAL), strict=True):
        assert lightness(end) > lightness(ink) + 10


def test_style_sets_the_defaults_only_when_called():
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        assert matplotlib.rcParams["axes.spines.top"] is True
        notebook.style()
        assert matplotlib.rcParams["axes.spines.top"] is False
        colours = matplotlib.rcParams["axes.prop_cycle"].by_key()["color"]
        assert tuple(colours) == notebook.INK


def test_importing_changes_no_setting_and_needs_no_display():
    code = (
        "import matplotlib, random; before = dict(matplotlib.rcParams); "
        "state = random.getstate(); import ganlib.notebook; "
        "assert dict(matplotlib.rcParams) == before; "
        "assert random.getstate() == state"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_the_public_names_are_the_documented_ones():
    for name in notebook.__all__:
        thing = getattr(notebook, name)
        if callable(thing) and not isinstance(thing, type) and name != "WASH":
            assert re.search(r"Chapter: ", thing.__doc__), name


def test_committed_results_are_found_from_any_folder_below(tmp_path, monkeypatch):
    folder = tmp_path / "benchmarks" / "results"
    folder.mkdir(parents=True)
    (folder / "modes.json").write_text('{"α": [1, 2]}', encoding="utf-8")
    (tmp_path / "book").mkdir()
    for place in (tmp_path, tmp_path / "book"):
        monkeypatch.chdir(place)
        assert committed_results("modes") == {"α": [1, 2]}


def test_results_that_are_not_there_are_none_with_a_sentence(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    assert committed_results("modes") is None
    assert "clone the repository" in capsys.readouterr().out
