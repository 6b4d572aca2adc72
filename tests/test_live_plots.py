"""The small figures' Python face: complete, described, and strict about arguments."""

import base64
import inspect
import math
import re

import pytest
from live_sources import BUILT, ask

from ganlib import live
from ganlib.live.arguments import PLOT_ARGUMENTS

NAMES = ("logit_slider", "two_densities", "dirac_field", "moving_masses")
each_name = pytest.mark.parametrize("name", NAMES)


@each_name
def test_figure_is_complete(name):
    """Element, script and still picture; the picture is the built one and described."""
    figure = getattr(live, name)()
    html, tag = figure._repr_html_(), f"gan-{name.replace('_', '-')}"
    assert html.startswith(f'<{tag} class="ganlib-live" ')
    assert f'"{tag}"' in html  # the script defines it
    assert html.count("<script") == html.count("</script>") == 1
    (picture,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]*)"', figure.still)
    assert base64.b64decode(picture) == (BUILT / f"{name}.svg").read_bytes()
    (alt,) = re.findall(r'alt="([^"]*)"', figure.still)
    assert len(alt) >= 100


def test_arguments_become_attributes():
    """As numbers, and as the text that the directive hands over."""
    for given in ({"logit": 2.5}, {"logit": "2.5"}):
        assert ' logit="2.5"' in live.logit_slider(**given).element()
    element = live.two_densities(shape="uniform", fake_centre="-3").element()
    assert ' shape="uniform"' in element
    assert ' fake-centre="-3"' in element
    assert "strength" not in live.dirac_field(remedy="r1").element()
    assert ' strength="0.3"' in live.dirac_field(remedy="r1", strength=0.3).element()


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("logit_slider", {"logit": 9}, "logit is 9.*from -8 to 8"),
        ("logit_slider", {"logit": "far"}, "logit is 'far'.*a number from"),
        ("logit_slider", {"logit": math.nan}, "logit is nan"),
        ("two_densities", {"shape": "box"}, "shape is 'box'.*normal, uniform"),
        ("two_densities", {"real_width": 0}, "real_width is 0.*from 0.3 to 2"),
        ("dirac_field", {"remedy": "R1"}, "remedy is 'R1'.*r1_r2"),
        ("dirac_field", {"strength": -1}, "strength is -1"),
        ("moving_masses", {"fake_centre": None}, "fake_centre is None"),
    ],
)
def test_wrong_arguments_get_a_sentence(name, given, told):
    with pytest.raises(ValueError, match=told):
        getattr(live, name)(**given)


def test_both_faces_know_the_same_arguments():
    """Names, limits and what the figure starts with, in Python and in the browser."""
    for name, page in ask("limits").items():
        defaults = {
            key: parameter.default
            for key, parameter in inspect.signature(
                getattr(live, name)
            ).parameters.items()
        }
        assert defaults.keys() == PLOT_ARGUMENTS[name].keys()
        for key, limits in PLOT_ARGUMENTS[name].items():
            if key in page["names"]:
                assert list(limits.names) == page["names"][key]
            else:
                assert [limits.low, limits.high] == page["ranges"][key]
            if key != "strength":  # None here: the remedy's own
                assert defaults[key] == page["start"][key]
