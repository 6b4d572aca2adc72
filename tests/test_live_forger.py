"""The forger in the page: its face in Python, and its images against PyTorch's."""

import base64
import gzip
import io
import json
import re
import sys
from types import SimpleNamespace

import pytest
import torch
from live_sources import BUILT, ROOT, node
from PIL import Image

from ganlib import data, latent, live, zoo
from ganlib.live import forger

sys.path.insert(0, str(ROOT / "_ext"))

import live as extension

FIGURES = {
    live.latent_slice: ("gan-latent-slice", "dcgan-fashion"),
    live.latent_path: ("gan-latent-path", "dcgan-fashion"),
    live.pick_class: ("gan-pick-class", "cgan-fashion"),
}
HEAVIEST_STILL = 15_000  # bytes
HEAVIEST_SCRIPT = 15_000  # bytes, gzipped
each_figure = pytest.mark.parametrize("make", FIGURES)
each_network = pytest.mark.parametrize("name", ["dcgan-fashion", "cgan-fashion"])


def still_of(figure):
    """The picture of a figure: its bytes and its words."""
    found = re.search(
        r'<img alt="([^"]+)" src="data:image/webp;base64,([^"]+)"', figure.still
    )
    return base64.b64decode(found[2]), found[1]


# ---------------------------------------------------------------------- the face
@each_figure
def test_a_figure_brings_all_it_needs(make):
    tag, weights = FIGURES[make]
    figure = make(seed=3)
    html = figure._repr_html_()
    element = html.index(f'<{tag} class="ganlib-live" ')
    assert html.index("<script ") < html.index("</script>") < element
    assert 'seed="3"' in html
    (name, content) = extension.WEIGHTS.findall(html)[0]
    assert (name, figure.weights) == (weights, weights)
    assert base64.b64decode(content) == zoo.weight_bytes(weights)
    assert extension.SCRIPT.findall(html) == ["forger"]


@each_figure
def test_the_still_is_light_and_described(make):
    content, words = still_of(make())
    assert len(content) <= HEAVIEST_STILL
    assert len(words) >= 20
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.mode in ("L", "RGB")
        assert min(picture.size) >= 28
    assert still_of(make())[0] == content
    assert still_of(make(seed=1))[0] != content


def test_the_script_is_light():
    """Below what any script may weigh: it comes with every page that has a figure."""
    code = (BUILT / "forger.js").read_bytes()
    assert 0 < len(gzip.compress(code, 9)) <= HEAVIEST_SCRIPT


@each_figure
def test_a_seed_may_be_text_and_must_be_one(make):
    assert make("7") == make(7)
    assert make(2**32 - 1).attributes["seed"] == "4294967295"
    for wrong in (-1, 1.5, "x", "", 2**32, "٣"):
        with pytest.raises(ValueError, match="a whole number from 0 to 4294967295"):
            make(wrong)


def test_classes_travel_in_their_order():
    attributes = live.pick_class().attributes
    assert attributes["classes"].split(", ") == list(data.FASHION_CLASSES)


# -------------------------------------------------------------------- the images
def drawn(name, z, labels):
    """Images as the page draws them."""
    case = {"z": z.flatten().tolist(), "labels": labels.tolist()}
    weights = ROOT / f"ganlib/weights/{name}.safetensors"
    images = json.loads(node("tests/draw.ts", weights, given=json.dumps(case)))
    return torch.tensor(images).view(len(z), 1, 28, 28)


@each_network
@pytest.mark.parametrize("num", [1, 64])
def test_the_page_draws_what_torch_draws(name, num):
    """To 1e-5, the published half precision and all: nothing is rounded again."""
    rng = torch.Generator().manual_seed(num)
    z, labels = torch.randn(num, 100, generator=rng), torch.arange(num) % 10
    network = zoo.load(name)
    with torch.no_grad():
        expected = network(z, labels) if name == "cgan-fashion" else network(z)
    images = drawn(name, z, labels)
    assert images.std() > 0.1  # else nothing was tested
    torch.testing.assert_close(images, expected, rtol=0, atol=1e-5)


def test_paths_and_slice_are_those_of_the_package():
    rng = torch.Generator().manual_seed(5)
    start, end = torch.randn(2, 100, generator=rng)
    t = torch.linspace(0, 1, 11)
    noise = forger._draws("dcgan-fashion", 3, 5).double()
    directions = torch.linalg.qr(noise.T).Q.T
    at = [(x / 3, y / 3) for y in range(3, -4, -1) for x in range(-3, 4)]
    case = {
        "start": start.tolist(),
        "end": end.tolist(),
        "t": t.tolist(),
        "directions": directions.tolist(),
        "at": at,
    }
    page = json.loads(node("tests/places.ts", given=json.dumps(case)))
    pairs = {
        "slerp": latent.slerp(start, end, t),
        "lerp": latent.lerp(start, end, t),
        "slice": forger._slice_of_shell(5),
    }
    for kind, expected in pairs.items():
        torch.testing.assert_close(
            torch.tensor(page[kind]), expected, rtol=0, atol=1e-5, msg=kind
        )
    lengths = pairs["slice"].norm(dim=1)
    torch.testing.assert_close(lengths, torch.full_like(lengths, 10))


# ---------------------------------------------------------------------- the book
@pytest.mark.parametrize(("pagename", "prefix"), [("index", ""), ("book/a", "../")])
def test_the_book_moves_the_weights_into_a_script(tmp_path, pagename, prefix):
    """The page keeps an address; the script there leaves the very bytes."""
    (tmp_path / "_static/live").mkdir(parents=True)
    builder = SimpleNamespace(format="html")
    app = SimpleNamespace(outdir=tmp_path, builder=builder)
    context = {"body": f"<p>a</p>{live.latent_slice()._repr_html_()}<p>b</p>"}
    extension.weights_to_files(app, pagename, "page.html", context, None)
    address = f"{prefix}_static/live/dcgan-fashion.weights.js"
    assert f'data-src="{address}?v=' in context["body"]
    assert len(context["body"]) < 60_000
    (file,) = (tmp_path / "_static/live").iterdir()
    printed = node(
        "--eval",
        "require(process.argv[1]);"
        "process.stdout.write(globalThis.ganlibWeights['dcgan-fashion'])",
        file,
    )
    assert base64.b64decode(printed) == zoo.weight_bytes("dcgan-fashion")


def test_a_page_without_weights_stays_as_it_is():
    app = SimpleNamespace(builder=SimpleNamespace(format="html"))
    context = {"body": "<p>nothing live</p>"}
    extension.weights_to_files(app, "index", "page.html", context, None)
    assert context == {"body": "<p>nothing live</p>"}
