"""The small figures on the built pages: by mouse, by keys, on paper, as stills."""

import re

import pytest
from book_pages import DESKTOP, HTML, NO_PAGES, PHONE, show, visit
from test_accessibility import OPTIONS, axe, violations  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

CHAPTERS = {
    "gan-logit-slider": "minimax",
    "gan-two-densities": "optimal-discriminator",
    "gan-dirac-field": "dynamics",
    "gan-moving-masses": "wasserstein",
}
# Of every figure: a handle of the plot, the input of the same number, and its start.
HANDLES = {
    "gan-logit-slider": ("logit", "−4.0"),
    "gan-two-densities": ("fake_centre", "−1.0"),
    "gan-moving-masses": ("fake_centre", "0.50"),
}
each_tag = pytest.mark.parametrize("tag", CHAPTERS, scope="module")
each_handle = pytest.mark.parametrize("tag", HANDLES, scope="module")
of_logit, of_densities, of_dirac, of_masses = (
    pytest.mark.parametrize("tag", [name], scope="module") for name in CHAPTERS
)
PAUSE = 500  # milliseconds; a figure's words follow 300 after the last change


def address(tag):
    """Address of the page with this figure, or skip."""
    page = HTML / f"book/{CHAPTERS[tag]}.html"
    if not page.is_file() or f"<{tag}" not in page.read_text(encoding="utf-8"):
        pytest.skip(NO_PAGES)
    return page.as_uri()


@pytest.fixture(scope="module")
def opened_chapter(context, tag):
    """The page with this figure, opened once; in the end nothing has gone wrong."""
    seen = visit(context, address(tag))
    yield seen.page, seen.page.locator(f"{tag} .words").inner_text()
    seen.page.close()
    assert not seen.errors, seen.errors
    assert not seen.foreign, seen.foreign


@pytest.fixture
def figure(opened_chapter, tag):
    """The figure as it starts, on the screen of a desktop, by daylight."""
    page, words = opened_chapter
    page.emulate_media(media="screen", reduced_motion="no-preference")
    show(page, DESKTOP, "light")
    found = page.locator(tag)
    found.get_by_role("button", name="Start again").click()  # scrolls there
    expect(found.locator(".words")).to_have_text(words)
    return found


def says(figure, pattern):
    """Wait until the figure says something of this pattern."""
    expect(figure.locator(".words")).to_have_text(re.compile(pattern))


def value(figure, key):
    """The number as the handle and the input have it: the same on both."""
    said = {
        figure.locator(selector).get_attribute("aria-valuetext")
        for selector in (f'[data-key="{key}"]', f'input[name="{key}"]')
    }
    assert len(said) == 1, said
    return said.pop()


@each_handle
def test_a_handle_can_be_dragged(figure, tag):
    """It follows the mouse, the drawing follows it, and "Start again" undoes all."""
    key, start = HANDLES[tag]
    assert value(figure, key) == start
    words, drawn = figure.locator(".words"), figure.locator("svg").first.inner_html()
    before = words.inner_text()
    box = figure.locator(f'[data-key="{key}"]').bounding_box()
    mouse = figure.page.mouse
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 40, y + 3, steps=5)
    mouse.up()
    after = float(value(figure, key).replace("−", "-"))
    assert after > float(start.replace("−", "-"))
    moved = figure.locator(f'[data-key="{key}"]').bounding_box()
    assert abs(moved["x"] - box["x"] - 40) < 8  # it stands on a step of the knob
    expect(words).not_to_have_text(before)
    assert figure.locator("svg").first.inner_html() != drawn
    figure.get_by_role("button", name="Start again").click()
    assert value(figure, key) == start
    expect(words).to_have_text(before)


@each_handle
def test_a_handle_can_be_moved_by_keys(figure, tag):
    key, start = HANDLES[tag]
    handle = figure.locator(f'[data-key="{key}"]')
    handle.focus()
    for pressed, back in (
        ("ArrowRight", "ArrowLeft"),
        ("ArrowUp", "ArrowDown"),
        ("PageUp", "PageDown"),
    ):
        figure.page.keyboard.press(pressed)
        assert value(figure, key) != start
        figure.page.keyboard.press(back)
        assert value(figure, key) == start
    scrolled = figure.page.evaluate("scrollY")
    figure.page.keyboard.press("End")
    assert float(value(figure, key)) == float(handle.get_attribute("aria-valuemax"))
    assert figure.page.evaluate("scrollY") == scrolled
    assert handle.evaluate("handle => handle.matches(':focus')")


@each_tag
def test_every_input_works_by_keys(figure, tag):
    """Each range and each list can be reached and changed without a mouse."""
    for control in figure.locator("input:enabled, select").all():
        before = control.input_value()
        control.focus()
        figure.page.keyboard.press("ArrowDown")
        if control.input_value() == before:
            figure.page.keyboard.press("ArrowUp")
        assert control.input_value() != before, control.get_attribute("name")
    assert "NaN" not in figure.locator(".frame").inner_html()
    figure.get_by_role("button", name="Start again").press("Enter")


@each_handle
def test_words_speak_once_the_reader_pauses(figure, tag):
    """Ten quick presses of a key are one announcement."""
    figure.evaluate(
        """(figure, key) => {
            const find = what => figure.shadowRoot.querySelector(what);
            window.said = 0;
            new MutationObserver(() => window.said++).observe(
                find(".words"), { childList: true });
            for (let press = 0; press < 10; press++)
                find(`[data-key=${key}]`).dispatchEvent(new KeyboardEvent(
                    "keydown", { key: "ArrowRight", bubbles: true }));
        }""",
        HANDLES[tag][0],
    )
    assert figure.page.evaluate("window.said") == 0
    figure.page.wait_for_function("window.said > 0")
    figure.page.wait_for_timeout(PAUSE)  # a second one would have come by now
    assert figure.page.evaluate("window.said") == 1


@each_handle
def test_shortcuts_are_left_to_the_browser(figure, tag):
    """Alt and an arrow go a page back, and move nothing here."""
    taken = figure.locator(f'[data-key="{HANDLES[tag][0]}"]').evaluate(
        """handle => ["altKey", "ctrlKey", "metaKey", "none"].map(modifier =>
            ["ArrowRight", "PageUp"].map(key => !handle.dispatchEvent(
                new KeyboardEvent("keydown", {
                    key, [modifier]: true, cancelable: true, bubbles: true }))))"""
    )
    assert taken == [[False, False]] * 3 + [[True, True]]


@each_handle
def test_a_figure_that_is_moved_has_the_words_of_its_state(figure, tag):
    """What was still to be said is said at once, and it goes on following its width."""
    key = HANDLES[tag][0]
    before, after, late = figure.evaluate(
        """async (figure, key) => {
            const find = what => figure.shadowRoot.querySelector(what);
            const words = () => find(".words").textContent, before = words();
            find(`[data-key=${key}]`).dispatchEvent(new KeyboardEvent(
                "keydown", { key: "ArrowRight", bubbles: true }));
            const next = figure.nextSibling, place = figure.parentNode;
            figure.remove();
            const after = words();
            find(".words").textContent = "untouched";
            await new Promise(wake => setTimeout(wake, 500));
            const late = words();
            place.insertBefore(figure, next);
            return [before, after, late];
        }""",
        key,
    )
    assert after != before
    assert late == "untouched"
    show(figure.page, PHONE, "light")
    wait_for_width(figure)


@of_densities
def test_disjoint_supports(figure, tag):
    """Uniform densities apart: the divergence is log 2, its slope exactly 0."""
    figure.locator("select").select_option("uniform")
    numbers = figure.locator(".numbers").inner_text()
    assert re.search(r"slope of JSD in q’s centre\s+0$", numbers), numbers
    assert re.search(r"log 2 − JSD\s+0 nats", numbers), numbers
    says(figure, "exactly log 2")


@of_logit
def test_numbers_of_the_chapter(figure, tag):
    numbers = figure.locator(".numbers").inner_text()
    assert re.search(r"minimax.*−0\.018\s+−0\.018", numbers), numbers
    assert re.search(r"non-saturating.*4\.018\s+−0\.982", numbers), numbers


@of_masses
def test_parallel_lines(figure, tag):
    """One slope is 1, the other 0; with boxes that overlap both have one."""
    numbers = figure.locator(".numbers").inner_text()
    assert re.search(r"W₁\s+1\.000\s+1\.000\s+JSD \(nats\)\s+0\.693\s+0$", numbers)
    figure.locator("select").select_option("boxes")
    figure.locator('[data-key="fake_centre"]').press("ArrowLeft")
    numbers = figure.locator(".numbers").inner_text()
    assert re.search(r"W₁\s+0\.950\s+1\.000\s+JSD \(nats\)\s+0\.658\s+0\.693", numbers)


# ------------------------------------------------------------------------- Dirac-GAN
def paths(figure):
    """How many paths are drawn."""
    return figure.locator(".path").count()


@of_dirac
def test_paths_by_mouse(figure, tag):
    """A click starts a path there, at the end of which the words judge it."""
    assert paths(figure) == 1
    box = figure.locator("svg svg").bounding_box()
    place = (box["x"] + 0.375 * box["width"], box["y"] + 0.25 * box["height"])
    figure.page.mouse.click(*place)
    assert paths(figure) == 2
    says(figure, "^From θ = −0.5, ψ = 1.0, 500 steps: it circles.")
    figure.locator('select[name="remedy"]').select_option("r1")
    says(figure, "it converges")
    figure.locator('select[name="remedy"]').select_option("none")
    figure.locator('select[name="order"]').select_option("simultaneous")
    says(figure, "it leaves")
    figure.get_by_role("button", name="Clear").click()
    assert paths(figure) == 0
    says(figure, "^No path.")


@of_dirac
def test_paths_by_keys(figure, tag):
    cursor = figure.locator("button.cursor")
    cursor.focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown"):
        figure.page.keyboard.press(key)
    assert "θ = 0.8, ψ = 0.9" in cursor.get_attribute("aria-label")
    says(figure, "Next start: θ = 0.8, ψ = 0.9.")
    figure.page.keyboard.press("Enter")
    assert paths(figure) == 2
    says(figure, "^From θ = 0.8, ψ = 0.9, 500 steps")
    assert cursor.evaluate("cursor => cursor.matches(':focus')")


LENGTH = """figure => figure.shadowRoot.querySelector(".last > path")
    .getAttribute("d").split("L").length - 1"""
# Starts a path and says, before any frame, how much of it is drawn.
BEGUN = f"""figure => {{
    figure.shadowRoot.querySelector("button.cursor").click();
    return ({LENGTH})(figure);
}}"""


def length(figure):
    """How many points of the last path are drawn."""
    return figure.evaluate(LENGTH)


def wait_for_the_path(figure):
    """Wait until the last path is drawn to its end; without asking for frames."""
    figure.page.wait_for_function(
        f"figure => ({LENGTH})(figure) === 500",
        arg=figure.element_handle(),
        polling=50,
    )


@of_dirac
def test_motion(figure, tag):
    """A path grows, then nothing runs; a reader who wants no motion gets it at once."""
    assert length(figure) == 500
    assert figure.evaluate(BEGUN) == 0
    wait_for_the_path(figure)
    figure.page.evaluate(
        """() => {
            window.ask ??= requestAnimationFrame;
            window.asked = 0;
            window.requestAnimationFrame = then => (window.asked++, ask(then));
        }"""
    )
    figure.page.wait_for_timeout(300)
    assert figure.page.evaluate("window.asked") == 0
    figure.page.emulate_media(reduced_motion="reduce")
    assert figure.evaluate(BEGUN) == 500
    assert figure.page.evaluate("window.asked") == 0
    figure.page.evaluate("() => void (window.requestAnimationFrame = ask)")


@of_dirac
def test_motion_ends_off_the_screen(figure, tag):
    """No frame comes, so that the path cannot end by running to its end."""
    figure.page.evaluate(
        """() => {
            window.ask ??= requestAnimationFrame;
            window.requestAnimationFrame = () => 1;
        }"""
    )
    assert figure.evaluate(BEGUN) == 0
    figure.page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    wait_for_the_path(figure)
    figure.page.evaluate("() => void (window.requestAnimationFrame = ask)")


# ------------------------------------------------------------- every kind of reader
@each_tag
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe(figure, axe, tag, scheme):  # noqa: F811
    """No violation in the figure after it was used, in either theme."""
    show(figure.page, DESKTOP, scheme)
    before = figure.locator(".words").inner_text()
    figure.locator(".handle").first.press("ArrowRight")
    expect(figure.locator(".words")).not_to_have_text(before)
    figure.page.wait_for_function(
        "([figure, dark]) => figure.hasAttribute('dark') === dark",
        arg=[figure.element_handle(), scheme == "dark"],
    )
    found = violations(axe.run(figure.page, context=tag, options=OPTIONS).response)
    assert not found, "\n" + "\n".join(found)


@each_tag
def test_the_theme_leaves_its_ground(figure, tag):
    """In the dark the theme puts other outputs on a light ground: not this one."""
    show(figure.page, DESKTOP, "dark")
    ground = figure.evaluate(
        "figure => getComputedStyle(figure.parentElement).backgroundColor"
    )
    assert ground == "rgba(0, 0, 0, 0)"


def wait_for_width(figure):
    """Wait until the drawing is as wide as its place: nothing of it is scaled."""
    figure.page.wait_for_function(
        """figure => {
            const svg = figure.shadowRoot.querySelector("svg");
            const shown = svg.getBoundingClientRect().width;
            return Math.abs(svg.viewBox.baseVal.width - shown) < 2;
        }""",
        arg=figure.element_handle(),
    )


@each_tag
def test_fits_a_phone(figure, tag):
    """Nothing of the figure sticks out, and its text is not made smaller."""
    show(figure.page, PHONE, "light")
    wait_for_width(figure)
    frame = figure.locator(".frame").bounding_box()
    assert frame["x"] >= 0
    assert frame["x"] + frame["width"] <= PHONE["width"]
    for inner in figure.locator(".frame :is(input, select, button, svg, table)").all():
        box = inner.bounding_box()
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 0.5


@each_tag
def test_on_paper(figure, tag):
    """No controls; dark colours do not follow onto white paper."""
    show(figure.page, DESKTOP, "dark")
    figure.page.emulate_media(media="print")
    assert not figure.locator(".controls").is_visible()
    assert not figure.locator(".handle").first.is_visible()
    assert figure.locator(".words").is_visible()
    ink = figure.evaluate(
        "figure => getComputedStyle(figure).getPropertyValue('--text')"
    )
    assert ink == "#1c1c24"


@each_tag
def test_without_scripts(browser, tag):
    """The still picture and its sentence stand where the figure would."""
    window = browser.new_context(java_script_enabled=False, viewport=DESKTOP)
    page = window.new_page()
    page.goto(address(tag))
    picture = page.locator(f"{tag} > img")
    picture.scroll_into_view_if_needed()
    assert picture.get_attribute("src").endswith(".svg")
    box = picture.bounding_box()
    assert box["width"] > 500
    assert box["height"] > 250
    assert page.locator(f"{tag} > p").is_visible()
    window.close()
