"""The forger's figures on the built pages: every control, by mouse and by keyboard."""

import re

import pytest
from book_pages import DESKTOP, HTML, NO_PAGES, PHONE, show, visit
from test_accessibility import SCHEMES, axe, violations  # noqa: F401 - a fixture

from ganlib import live

pytestmark = pytest.mark.browser

PAGES = {
    "gan-latent-slice": "book/latent-space.html",
    "gan-latent-path": "book/latent-space.html",
    "gan-pick-class": "book/conditional.html",
}
MAKERS = {
    "gan-latent-slice": live.latent_slice,
    "gan-latent-path": live.latent_path,
    "gan-pick-class": live.pick_class,
}
each_tag = pytest.mark.parametrize("tag", PAGES)
SLOWEST_FRAME = 33  # ms
PIXELS = "canvas => canvas.toDataURL()"


class Opened:
    """One figure on one page, and what the page asked for and complained about."""

    def __init__(self, context, tag, address=None):
        page_file = HTML / PAGES[tag]
        if address is None and not page_file.is_file():
            pytest.skip(NO_PAGES)
        self.requests = []
        context.on("request", self.note)
        self.seen = visit(context, address or page_file.as_uri())
        self.page, self.at = self.seen.page, self.seen.page.locator(tag)
        self.at.scroll_into_view_if_needed()

    def note(self, request):
        self.requests.append(request.url)

    @property
    def weights(self):
        """Names of the files with weights that were asked for."""
        return re.findall(r"([a-z-]+)\.weights\.js", "\n".join(self.requests))

    def ask(self):
        """Press the button and wait for the first images."""
        self.at.locator("#ask").click()
        self.at.locator("[data-first]").wait_for(state="attached")
        self.settle()
        return self

    def settle(self):
        """Wait until what was asked for is painted."""
        show(self.page, self.page.viewport_size, "light")

    def pixels(self, name):
        """What a canvas shows."""
        self.settle()
        return self.at.locator(name).evaluate(PIXELS)

    def text(self, name):
        self.settle()
        return self.at.locator(name).inner_text()

    def said(self):
        return self.at.locator('[role="status"]').text_content()

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self):
        """Id or value of what has the focus inside the figure."""
        return self.at.evaluate(
            "({ shadowRoot: { activeElement: one } }) => one && (one.id || one.value)"
        )


@pytest.fixture
def opened_figure(context):
    """Open figures, and see at the end that no page complained."""
    made = []

    def opening(tag, address=None):
        made.append(Opened(context, tag, address))
        return made[-1]

    yield opening
    for one in made:
        context.remove_listener("request", one.note)
        one.page.close()
        assert not one.seen.errors
        assert not one.seen.foreign


# ------------------------------------------------------------------- all of them
@each_tag
def test_nothing_is_loaded_before_the_reader_asks(opened_figure, tag):
    figure = opened_figure(tag)
    assert figure.weights == []
    assert "MB)" in figure.at.locator("#ask").inner_text()
    figure.ask()
    assert figure.weights == [MAKERS[tag]().weights]


def test_two_figures_of_a_page_load_once(opened_figure):
    figure = opened_figure("gan-latent-slice").ask()
    figure.at = figure.page.locator("gan-latent-path")
    figure.ask()
    assert figure.weights == ["dcgan-fashion"]


@each_tag
def test_from_a_server(opened_figure, server_address, tag):
    if not (HTML / PAGES[tag]).is_file():
        pytest.skip(NO_PAGES)
    opened_figure(tag, f"{server_address}/{PAGES[tag]}").ask()


@each_tag
def test_by_keyboard_alone_the_focus_goes_on(opened_figure, tag):
    figure = opened_figure(tag)
    figure.at.locator("#ask").focus()
    figure.press("Enter")
    figure.at.locator("[data-first]").wait_for(state="attached")
    figure.page.wait_for_function(
        "tag => document.querySelector(tag).shadowRoot.activeElement", arg=tag
    )


@each_tag
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(opened_figure, axe, tag, scheme):  # noqa: F811
    figure = opened_figure(tag).ask()
    show(figure.page, DESKTOP, scheme)
    figure.page.wait_for_timeout(300)
    dark = figure.at.get_attribute("dark") is not None
    assert dark == (scheme == "dark")
    response = axe.run(figure.page, context=tag, options=SCHEMES[scheme]).response
    assert violations(response) == []


@each_tag
def test_fits_a_phone(opened_figure, tag):
    figure = opened_figure(tag).ask()
    show(figure.page, PHONE, "light")
    wide = figure.at.evaluate(
        """e => [...e.shadowRoot.querySelectorAll("*")]
            .filter(one => one.getBoundingClientRect().right > innerWidth)
            .map(one => one.outerHTML.slice(0, 80))"""
    )
    assert wide == []


@each_tag
def test_print_shows_the_images_and_no_controls(opened_figure, tag):
    figure = opened_figure(tag).ask()
    figure.page.emulate_media(media="print")
    assert not figure.at.locator("#seed").is_visible()
    assert figure.at.locator("canvas").first.is_visible()


@each_tag
def test_without_scripts_there_is_a_picture_and_a_sentence(browser, tag):
    if not (HTML / PAGES[tag]).is_file():
        pytest.skip(NO_PAGES)
    window = browser.new_context(java_script_enabled=False)
    page = window.new_page()
    page.goto((HTML / PAGES[tag]).as_uri())
    still = page.locator(f"{tag} img")
    assert still.is_visible()
    assert len(still.get_attribute("alt")) >= 20
    assert page.locator(f"{tag} p").inner_text().startswith("A still picture")
    window.close()


def test_weights_that_do_not_arrive_are_asked_for_again(opened_figure, context):
    figure = opened_figure("gan-pick-class")
    context.route("**/*.weights.js", lambda route: route.abort())
    figure.at.locator("#ask").click()
    figure.page.wait_for_function(
        """() => document.querySelector("gan-pick-class").shadowRoot
            .querySelector("[role=status]").textContent.startsWith("It cannot draw")"""
    )
    assert "did not arrive" in figure.said()
    context.unroute("**/*.weights.js")
    figure.seen.errors.clear()  # the browser's own word on the failed request
    figure.ask()


@each_tag
def test_in_a_notebook_all_comes_inline(opened_figure, tmp_path, tag):
    """As Jupyter shows it: no file beside it, and no request."""
    path = tmp_path / "notebook.html"
    path.write_text(
        f"<!doctype html><title>a</title>{MAKERS[tag](1)._repr_html_()}", "utf-8"
    )
    figure = opened_figure(tag, path.as_uri())
    assert figure.at.locator("#ask").inner_text() == "Draw it live"
    figure.ask()
    asked = [url for url in figure.requests if not url.startswith("data:")]
    assert [url.rpartition("/")[2] for url in asked] == ["notebook.html"]
    assert figure.at.locator("#seed").input_value() == "1"


@each_tag
def test_a_seed_is_a_seed(opened_figure, tag):
    """Another seed, other images; the same seed, the same; nonsense is put back."""
    figure, canvas = opened_figure(tag).ask(), "canvas >> nth=0"
    first = figure.pixels(canvas)
    field = figure.at.locator("#seed")
    field.fill("5")
    field.press("Enter")
    assert figure.pixels(canvas) != first
    field.fill("-3")
    field.press("Enter")
    assert field.input_value() == "5"
    field.fill("0")
    field.press("Enter")
    assert figure.pixels(canvas) == first


# --------------------------------------------------------------------- the slice
def test_slice_by_mouse(opened_figure):
    figure = opened_figure("gan-latent-slice").ask()
    one, far = figure.pixels("#one"), figure.at.locator("#map").bounding_box()
    figure.at.locator("#ring").hover()
    figure.page.mouse.down()
    figure.page.mouse.move(far["x"] + far["width"] - 1, far["y"] + far["height"] / 2)
    assert figure.text("#place") == "90° from the middle, right"
    assert figure.said() == ""  # said once, when the ring is let go
    figure.page.mouse.up()
    assert figure.said() == "A garment drawn 90° from the middle, right."
    assert figure.pixels("#one") != one
    assert figure.text("#length") == "10.00"
    figure.at.locator("#map").click(position={"x": 1, "y": 1})
    assert figure.text("#place") == "127° from the middle, left and up"
    figure.at.locator("#back").click()
    assert figure.pixels("#one") == one


def test_slice_by_keyboard(opened_figure):
    figure = opened_figure("gan-latent-slice").ask()
    one, ring = figure.pixels("#one"), figure.at.locator("#ring")
    assert figure.focused() == "ring"
    figure.press(
        "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "ArrowRight"
    )
    assert figure.text("#place") == "90° from the middle, right"  # and no farther
    assert ring.get_attribute("aria-valuenow") == "90"
    assert ring.get_attribute("aria-valuetext") == "90° from the middle, right"
    figure.press("Home", "ArrowUp")
    assert figure.text("#place") == "4° from the middle, up"
    figure.press("ArrowDown", "ArrowDown", "ArrowLeft")
    assert figure.text("#place") == "5° from the middle, left and down"
    figure.page.wait_for_timeout(500)
    assert figure.said() == "A garment drawn 5° from the middle, left and down."
    figure.press("Home")
    assert figure.pixels("#one") == one
    figure.press("Tab", "Tab")
    assert figure.focused() == "other"
    before = figure.pixels("#map")
    figure.press("Enter")
    assert figure.pixels("#map") != before
    assert figure.pixels("#one") == one  # the middle stays
    figure.press("Tab")
    assert figure.focused() == "back"


def test_slice_follows_at_thirty_frames_a_second(opened_figure):
    """The median time between frames while the ring moves in each of them."""
    figure = opened_figure("gan-latent-slice").ask()
    median = figure.at.evaluate(
        """async e => {
            const ring = e.shadowRoot.querySelector("#ring"), times = [];
            const press = key =>
                ring.dispatchEvent(new KeyboardEvent("keydown", { key }));
            for (let k = 0; k < 40; k++) {
                press(k < 20 ? "ArrowRight" : "ArrowLeft");
                times.push(await new Promise(requestAnimationFrame));
            }
            const steps = times.slice(1).map((time, k) => time - times[k]);
            return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)];
        }"""
    )
    assert 0 < median <= SLOWEST_FRAME


# ---------------------------------------------------------------------- the path
def lengths(figure):
    return [float(figure.text(f"#{name}-length")) for name in ("circle", "chord")]


def test_path_by_mouse(opened_figure):
    figure = opened_figure("gan-latent-path").ask()
    circle, chord = lengths(figure)
    assert 9 < circle < 12
    assert chord < 0.85 * circle
    before = figure.pixels("#circle")
    figure.at.locator(".strip-B label").nth(9).click()
    assert figure.said() == "B is now garment 10."
    assert figure.pixels("#circle") != before
    box = figure.at.locator("#t").bounding_box()
    figure.page.mouse.click(box["x"] + 2, box["y"] + box["height"] / 2)
    assert len(set(lengths(figure))) == 1  # at A both paths are
    assert figure.pixels("#circle") == figure.pixels("#chord")
    chosen = figure.at.locator(".strip-A canvas").first.evaluate(PIXELS)
    assert figure.pixels("#circle") == chosen


def test_path_by_keyboard(opened_figure):
    figure = opened_figure("gan-latent-path").ask()
    before = figure.pixels("#circle")
    figure.press("ArrowRight", "ArrowRight")
    assert figure.said() == "A is now garment 3."
    assert figure.pixels("#circle") != before
    figure.press("Tab", "ArrowRight")
    assert figure.said() == "B is now garment 3."
    assert len(set(lengths(figure))) == 1  # from a garment to itself
    figure.press("ArrowRight", "Tab", "ArrowRight")
    slider = figure.at.locator("#t")
    assert figure.focused() == "t"
    figure.settle()
    assert slider.get_attribute("aria-valuetext") == "51 % of the way from A to B"
    assert re.fullmatch(
        r"Length of z: \d+\.\d on the great circle, \d+\.\d on the chord\.",
        figure.said(),
    )
    figure.press("End")
    end = figure.at.locator(".strip-B canvas").nth(3).evaluate(PIXELS)
    assert figure.pixels("#circle") == figure.pixels("#chord") == end


# ------------------------------------------------------------------- the classes
def test_class_by_mouse(opened_figure):
    figure = opened_figure("gan-pick-class").ask()
    shirts, row = figure.pixels("#sheet"), figure.pixels("canvas >> nth=3")
    figure.at.locator("label", has_text="Dress").click()
    assert figure.said() == "Sixteen images, asked for: Dress."
    assert figure.text("#asked").startswith("Asked for: Dress.")
    words = figure.at.locator("#sheet").get_attribute("aria-label")
    assert words == "Sixteen images, asked for: Dress."
    dresses = figure.pixels("#sheet")
    assert dresses != shirts
    assert figure.pixels("canvas >> nth=3") == row  # z is as it was
    figure.at.locator("#next").click()
    assert figure.pixels("#sheet") != dresses
    assert figure.pixels("canvas >> nth=3") != row
    assert figure.at.locator("#seed").input_value() == "1"
    assert figure.said() == "Sixteen other z, seed 1; asked for: Dress."


def test_class_by_keyboard(opened_figure):
    figure = opened_figure("gan-pick-class").ask()
    first = figure.pixels("#sheet")
    figure.press("ArrowLeft")  # round to the last
    assert figure.said() == "Sixteen images, asked for: Ankle boot."
    figure.press("ArrowRight")
    assert figure.pixels("#sheet") == first
    figure.press("Tab", "Enter")
    assert figure.said() == "Sixteen other z, seed 1; asked for: T-shirt/top."
    assert figure.pixels("#sheet") != first


def test_slice_by_finger(browser):
    """A tap moves the ring; a finger that scrolls across the map does not."""
    file = HTML / PAGES["gan-latent-slice"]
    if not file.is_file():
        pytest.skip(NO_PAGES)
    window = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    figure = Opened(window, "gan-latent-slice").ask()
    figure.at.locator("#map").tap(position={"x": 2, "y": 2})
    assert figure.text("#place") == "127° from the middle, left and up"
    assert figure.said() == "A garment drawn 127° from the middle, left and up."
    box = figure.at.locator("#map").bounding_box()
    figure.page.mouse.move(0, 0)
    touch = {"pointerType": "touch", "bubbles": True, "pointerId": 7}
    touch |= {"clientX": box["x"] + 90, "clientY": box["y"] + 90}
    figure.at.locator("#map").dispatch_event("pointerdown", touch)
    assert figure.text("#place") == "127° from the middle, left and up"
    assert not figure.seen.errors
    window.close()
