"""The forger's figures on the built pages: every control, by mouse and by keyboard."""

import re

import pytest
from book_pages import DESKTOP, HTML, NO_PAGES, PHONE, show, visit
from test_accessibility import SCHEMES, axe, violations  # noqa: F401 - a fixture

from ganlib import live
from ganlib.live.figure import BUILT

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

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

    def says(self, sentence):
        """Wait until the figure says this."""
        expect(self.at.locator('[role="status"]')).to_have_text(sentence)

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


def wait_for_scheme(figure, scheme):
    """Wait until the figure has the colours of the page."""
    figure.page.wait_for_function(
        "([figure, dark]) => figure.hasAttribute('dark') === dark",
        arg=[figure.element_handle(), scheme == "dark"],
    )


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


# Asks for the drawing and looks about at once, before the generator is there.
ASK = """(figure, leave) => {
    const button = figure.shadowRoot.querySelector("#ask");
    button.focus();
    button.click();
    const stayed = figure.shadowRoot.activeElement === button;
    document.body.tabIndex = -1;
    if (leave) document.body.focus();
    return [stayed, button.ariaDisabled, button.textContent];
}"""


@each_tag
@pytest.mark.parametrize("leave", [False, True])
def test_the_focus_waits_and_is_taken_from_nowhere_else(opened_figure, tag, leave):
    """While it loads the button keeps the focus; a reader who went on is left alone."""
    figure = opened_figure(tag)
    stayed, disabled, _ = figure.at.evaluate(ASK, leave)
    assert stayed
    assert disabled == "true"
    figure.at.locator("[data-first]").wait_for(state="attached")
    figure.settle()
    assert (figure.focused() is None) == leave
    assert figure.page.evaluate("document.activeElement === document.body") == leave


@each_tag
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(opened_figure, axe, tag, scheme):  # noqa: F811
    figure = opened_figure(tag).ask()
    show(figure.page, DESKTOP, scheme)
    wait_for_scheme(figure.at, scheme)
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
    context.route("**/*.weights.js*", lambda route: route.abort())
    figure.at.locator("#ask").click()
    figure.page.wait_for_function(
        """() => document.querySelector("gan-pick-class").shadowRoot
            .querySelector("[role=status]").textContent.startsWith("It cannot draw")"""
    )
    assert "did not arrive" in figure.said()
    context.unroute("**/*.weights.js*")
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


def test_two_networks_of_a_notebook_each_find_their_own(opened_figure, tmp_path):
    """The second figure is built at its opening tag: the first defined its element."""
    path = tmp_path / "notebook.html"
    outputs = [live.latent_slice()._repr_html_(), live.pick_class()._repr_html_()]
    path.write_text(f"<!doctype html><title>a</title>{''.join(outputs)}", "utf-8")
    figure = opened_figure("gan-latent-slice", path.as_uri()).ask()
    slices = figure.pixels("#one")
    figure.at = figure.page.locator("gan-pick-class")
    figure.ask()
    assert figure.pixels("#sheet") != slices
    assert figure.text("#asked").startswith("Asked for: T-shirt/top.")


def test_an_attribute_is_text(opened_figure, tmp_path):
    """What an author writes into an attribute is shown as it is, never as markup."""
    path, code = tmp_path / "page.html", (BUILT / "forger.js").read_text("utf-8")
    path.write_text(
        "<!doctype html><title>a</title><script type='application/octet-stream;base64' "
        "data-ganlib-weights='dcgan-fashion' data-src='nowhere.js'></script>"
        "<gan-latent-slice weights='dcgan-fashion' megabytes='<b>2</b>'>"
        f"</gan-latent-slice><script>{code}</script>",
        "utf-8",
    )
    figure = opened_figure("gan-latent-slice", path.as_uri())
    asks = figure.at.locator("#ask")
    assert asks.inner_text() == "Draw it live (loads <b>2</b> MB)"
    assert asks.locator("b").count() == 0


@each_tag
def test_a_seed_is_a_seed(opened_figure, tag):
    """Another seed, other images; the same, the same; nonsense is taken back, and said.

    What was drawn stays, and nobody is told that there is something new.
    """
    figure, canvas = opened_figure(tag).ask(), "canvas >> nth=0"
    first = figure.pixels(canvas)
    field = figure.at.locator("#seed")
    field.fill("5")
    field.press("Enter")
    fifth = figure.pixels(canvas)
    assert fifth != first
    for wrong in ("-3", "1.5", "", "4294967296"):
        field.fill(wrong)
        field.press("Enter")
        assert field.input_value() == "5"
        assert figure.said() == (
            "A seed is a whole number from 0 to 4294967295: it stays 5."
        )
        assert figure.pixels(canvas) == fifth
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
    figure.says("A garment drawn 5° from the middle, left and down.")
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


def test_slice_leaves_shortcuts_and_the_other_buttons_alone(opened_figure):
    """Alt and an arrow go a page back; the right button opens a menu."""
    figure = opened_figure("gan-latent-slice").ask()
    taken = figure.at.locator("#ring").evaluate(
        """ring => ["altKey", "ctrlKey", "metaKey", "none"].map(modifier =>
            ["ArrowRight", "Home"].map(key => !ring.dispatchEvent(new KeyboardEvent(
                "keydown", { key, [modifier]: true, cancelable: true }))))"""
    )
    assert taken == [[False, False]] * 3 + [[True, True]]
    box = figure.at.locator("#map").bounding_box()
    figure.at.locator("#ring").hover()
    for button, place in (
        ("right", "in the middle"),
        ("left", "90° from the middle, right"),
    ):
        figure.page.mouse.down(button=button)
        figure.page.mouse.move(
            box["x"] + box["width"] - 1, box["y"] + box["height"] / 2
        )
        assert figure.text("#place") == place
        figure.page.mouse.up(button=button)


def test_slice_draws_once_in_every_frame(opened_figure):
    """The frame after a press shows its place; three presses in one are one drawing.

    How long a drawing takes is measured in benchmarks/forger.py.
    """
    figure = opened_figure("gan-latent-slice").ask()
    figure.settle()
    places, images, drawings = figure.at.evaluate(
        """async e => {
            const find = id => e.shadowRoot.querySelector(id), ring = find("#ring");
            let drawings = 0;
            new MutationObserver(() => drawings++).observe(
                find("#length"), { childList: true });
            const places = [], images = new Set();
            for (let k = 0; k < 8; k++) {
                for (let press = 0; press < 3; press++)
                    ring.dispatchEvent(
                        new KeyboardEvent("keydown", { key: "ArrowRight" }));
                await new Promise(requestAnimationFrame);
                places.push(find("#place").textContent);
                images.add(find("#one").toDataURL());
            }
            return [places, images.size, drawings];
        }"""
    )
    told = [re.fullmatch(r"(\d+)° from the middle, right", place) for place in places]
    assert all(told), places
    # Half a degree is told either way: 67.5 as 67 or as 68.
    turned = [int(one[1]) for one in told]
    assert turned == pytest.approx([90 * k / 8 for k in range(1, 9)], abs=0.51)
    assert (images, drawings) == (8, 8)


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
