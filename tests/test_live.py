"""Live figures as Python sees them: markup, presets, what the page has in common."""

import json

import pytest
import torch
from live_sources import BUILT, ROOT, node
from matplotlib.colors import to_hex

from ganlib import data, live, recipes
from ganlib.live import games
from ganlib.notebook import FAKE, REAL, WASH

PRESETS = live.presets()
RESULTS = json.loads((ROOT / "benchmarks/results/live_presets.json").read_text())

SHARED = """
import { target } from "./engine/targets.ts";
import { DEFAULTS } from "./playground/settings.ts";
const names = ["gaussian", "two-clusters", "ring", "grid", "moons", "spiral"];
const targets = names.map((name) => [name, target(name)]);
console.log(JSON.stringify({ defaults: DEFAULTS, targets: targets.map(
    ([name, { means, std }]) => [name, { means: [...means], std }]) }));
"""

COMMON = """
import { TOURS } from "./playground/tours.ts";
import { DAYLIGHT } from "./shared/theme.ts";
const { real, fake, wash } = DAYLIGHT;
console.log(JSON.stringify({ tours: Object.keys(TOURS), real, fake, wash }));
"""


@pytest.fixture(scope="module")
def page():
    """The page's defaults and targets."""
    shared = json.loads(node("--input-type=module-typescript", "-e", SHARED))
    return shared["defaults"], dict(shared["targets"])


def test_element_and_script():
    """All that a notebook needs is in the HTML; what came from outside is escaped."""
    figure = live.Figure(
        "gan-x", "playground", {"id": 'a"<b', "none": None}, "<p>s</p>"
    )
    assert figure.element() == (
        '<gan-x class="ganlib-live" id="a&quot;&lt;b"><p>s</p></gan-x>'
    )
    html = figure._repr_html_()
    assert html.count("<script") == html.count("</script>") == 1
    assert (BUILT / "playground.js").read_text() in html
    assert "gan-x" in repr(figure)
    assert len(repr(figure)) < 100


def test_playground():
    """Preset and seed, or a state in their place; a described picture for a still."""
    element = live.playground("spiral", seed="7", name="one", tour="collapse").element()
    for part in ('id="one"', 'preset="spiral"', 'seed="7"', 'tour="collapse"'):
        assert part in element
    assert "data:image/png;base64," in element
    assert PRESETS["spiral"]["caption"] in element
    with_state = live.playground(state="preset=grid&log=b3").element()
    assert PRESETS["grid"]["caption"] in with_state
    assert 'state="preset=grid&amp;log=b3"' in with_state
    assert "seed=" not in with_state


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"preset": "rink"}, "no preset 'rink': take one of gaussian, "),
        ({"seed": -1}, "seed is -1, but must be a whole number from 0 to"),
        ({"seed": 2**32}, "must be a whole number from 0 to 4294967295"),
        ({"seed": "٣"}, "seed is '٣', but must be"),
        ({"state": "preset=rink"}, "no preset 'rink'"),
        ({"name": "My game"}, "name is 'My game', but must be lower-case"),
        ({"tour": "long"}, "no tour 'long': take one of game, collapse"),
    ],
)
def test_playground_refuses(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        live.playground(**arguments)


def test_targets_are_the_package_s(page):
    """Centres to a millionth (the page rounds them to 2⁻²⁰), and widths."""
    ours = {
        "gaussian": data.gaussian(),
        "two-clusters": data.two_clusters(),
        "ring": data.ring(radius=2.0, std=0.1),
        "grid": data.grid(side=3, spacing=2.0, std=0.1),
        "moons": data.moons(),
        "spiral": data.spiral(),
    }
    for name, target in ours.items():
        theirs = page[1][name]
        means = torch.tensor(theirs["means"], dtype=torch.float64).reshape(-1, 2)
        torch.testing.assert_close(means, target.means.double(), rtol=0, atol=1e-6)
        assert theirs["std"] == target.std


def test_defaults_are_the_recipe_s(page):
    """All numbers of the recipe ring but the width, which is half as large."""
    recipe, theirs = recipes.get("ring"), page[0]
    assert (theirs["beta1"], theirs["beta2"]) == recipe.betas
    for name in ("g_lr", "d_lr", "d_steps", "batch_size"):
        assert theirs[name] == getattr(recipe, name), name
    hidden = recipe.discriminator().layers[0].out_features
    assert 2 * theirs["width"] == hidden
    assert theirs["depth"] == len(recipe.discriminator().layers) - 1


@pytest.mark.parametrize("name", PRESETS)
def test_promises_were_kept(name):
    """The committed measurement is of this promise, and 19 of 20 seeds kept it."""
    row = RESULTS["presets"][name]
    assert row["promise"] == PRESETS[name]["expect"]
    assert row["seeds"] == 20
    assert row["kept"] >= 19
    for measure, values in row["measured"].items():
        low, high = PRESETS[name]["expect"][measure]
        assert sum(low <= value <= high for value in values) >= 19


def test_names_and_colours_are_the_same_on_both_sides():
    """Tours, and the colours of the book's figures."""
    told = json.loads(node("--input-type=module-typescript", "-e", COMMON))
    assert tuple(told["tours"]) == games.TOURS
    assert told["real"] == REAL
    assert told["fake"] == FAKE
    wash = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in told["wash"]]
    assert wash == [to_hex(WASH(share)) for share in (0.0, 0.5, 1.0)]


def test_no_promise_is_empty():
    for preset in PRESETS.values():
        ranges = [ends for name, ends in preset["expect"].items() if name != "step"]
        assert ranges
        assert all(low <= high for low, high in ranges)
