"""The playground on the page of the first chapter, used as a reader uses it."""

import re

import pytest
from book_pages import DESKTOP, HTML, NO_PAGES, PHONE, visit

pytestmark = pytest.mark.browser

PAGE = "book/first-gan.html"
STATE = "document.querySelector('gan-playground').state"
MEASURES = "document.querySelector('gan-playground').measures"


@pytest.fixture
def game(context):
    """The page, scrolled to its playground, which can be used."""
    if not (HTML / PAGE).is_file():
        pytest.skip(NO_PAGES)
    seen = visit(context, (HTML / PAGE).as_uri())
    at_the_playground(seen.page)
    yield seen
    seen.page.close()
    assert not seen.errors, "\n".join(seen.errors)
    assert not seen.foreign


def at_the_playground(page):
    """Scroll to the figure and wait until it can be used."""
    page.evaluate("document.querySelector('gan-playground').ready")
    page.locator("gan-playground").scroll_into_view_if_needed()


def press(page, what):
    page.click(f"gan-playground [data-do={what}]")


def read(page, what):
    return page.inner_text(f"gan-playground [data-read={what}]")


def setting(page, name):
    return page.locator(f"gan-playground [data-setting={name}]")


def test_train_and_pause(game):
    """Steps are counted while it trains, and not after."""
    page = game.page
    press(page, "train")
    page.wait_for_function(f"{MEASURES}.g_steps > 100")
    assert page.inner_text("gan-playground [data-do=train]") == "Pause"
    press(page, "train")
    steps = read(page, "g_steps")
    page.wait_for_timeout(200)
    assert read(page, "g_steps") == steps
    status = page.inner_text("gan-playground .status")
    assert f"After {steps} steps of G" in status
    assert "detective’s loss is" in status


def test_single_steps(game):
    """Each button moves whom it names."""
    page = game.page
    for what, steps in (("d", ("0", "1")), ("g", ("1", "1")), ("b", ("2", "2"))):
        press(page, what)
        assert (read(page, "g_steps"), read(page, "d_steps")) == steps
    assert page.evaluate(STATE) == "preset=ring&log=d1*g1*b1"
    press(page, "reset")
    assert (read(page, "g_steps"), read(page, "d_steps")) == ("0", "0")


def test_every_control_by_mouse(game):
    """Presets, seed, speed, settings and layers of the picture act as they say."""
    page = game.page
    page.select_option("gan-playground [data-preset]", "two-clusters-collapse")
    assert setting(page, "g_lr").input_value() == "0.01"
    assert "or on neither" in page.inner_text("gan-playground .caption")
    page.click("gan-playground summary")
    for name, value in {"g_lr": "0.002", "beta1": "0.9", "d_steps": "2"}.items():
        setting(page, name).fill(value)
        setting(page, name).press("Tab")
    page.select_option("gan-playground [data-offer]", "6")
    press(page, "b")
    setting(page, "d_lr").fill("0.003")
    setting(page, "d_lr").press("Tab")
    page.select_option("gan-playground [data-speed]", "3")
    press(page, "b")
    state = page.evaluate(STATE)
    for part in ("loss=relativistic", "restraint=r1_r2", "strength=0.1", "d_steps=2"):
        assert part in state
    assert state.endswith("log=b1*d_lr-0.003*b1")
    assert "Your own settings" in page.inner_text("gan-playground .caption")
    before = page.locator("gan-playground .plane").screenshot()
    for layer in ("pull", "lines", "wash"):
        page.click(f"gan-playground [data-show={layer}]")
        after = page.locator("gan-playground .plane").screenshot()
        assert after != before, layer
        before = after
    setting(page, "width").fill("16")
    setting(page, "width").press("Tab")
    assert read(page, "g_steps") == "0"  # another network: the game starts again


def test_bad_numbers_get_a_sentence(game):
    """And the setting stays what it was."""
    page = game.page
    page.click("gan-playground summary")
    for name, value in {"g_lr": "-1", "width": "3.5", "batch_size": "20"}.items():
        kept = setting(page, name).input_value()
        setting(page, name).fill(value)
        setting(page, name).press("Tab")
        message = page.inner_text("gan-playground .message")
        assert re.search(rf"{name}\)? is {value}, but must be a .*number from", message)
        assert setting(page, name).input_value() == kept


def test_keyboard_alone(game):
    """Tab reaches every control in order; space and Enter train, step and draw."""
    page = game.page
    page.focus("gan-playground [data-preset]")
    reached = []
    for _ in range(24):
        reached.append(
            page.evaluate(
                """() => {
                    const at = document.activeElement.shadowRoot?.activeElement;
                    if (!at) return "outside";
                    const mark = Object.entries(at.dataset)[0];
                    return mark ? mark.join(" ").trim() : at.tagName.toLowerCase();
                }"""
            )
        )
        page.keyboard.press("Tab")
    within = reached[: reached.index("outside")]
    assert within == [
        "preset",
        "setting seed",
        "speed",
        *(f"do {what}" for what in ("train", "d", "g", "b", "reset")),
        *(f"show {layer}" for layer in ("wash", "pull", "lines")),
        "summary",
        "do tour",
        "do link",
    ]
    page.focus("gan-playground [data-do=b]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert read(page, "g_steps") == "2"
    page.focus("gan-playground [data-do=train]")
    page.keyboard.press("Enter")
    page.wait_for_function(f"{MEASURES}.g_steps > 20")
    page.keyboard.press("Enter")
    assert page.inner_text("gan-playground [data-do=train]") == "Train"


def test_draw_by_keyboard_and_by_mouse(game):
    """Every point becomes a cluster; nothing drawn is said, not trained on."""
    page = game.page
    page.select_option("gan-playground [data-preset]", "drawn")
    press(page, "clear")
    press(page, "train")
    assert "nothing to learn from" in page.inner_text("gan-playground .message")
    page.focus("gan-playground .plane")
    for key in ("ArrowRight", "ArrowRight", "Enter", "ArrowUp", "Enter", "Backspace"):
        page.keyboard.press(key)
    assert page.evaluate(STATE) == "preset=drawn&drawn=30.0"
    box = page.locator("gan-playground .plane").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 4, steps=5)
    page.mouse.up()
    assert len(page.evaluate(STATE).split("drawn=")[1].split(".")) >= 6
    press(page, "b")
    assert read(page, "g_steps") == "1"
    press(page, "undo")
    assert read(page, "g_steps") == "0"


def test_a_finger_scrolls_and_only_a_tap_draws(browser):
    if not (HTML / PAGE).is_file():
        pytest.skip(NO_PAGES)
    window = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    seen = visit(window, (HTML / PAGE).as_uri())
    at_the_playground(seen.page)
    seen.page.select_option("gan-playground [data-preset]", "drawn")
    press(seen.page, "clear")
    sheet = seen.page.locator("gan-playground .plane")
    sheet.scroll_into_view_if_needed()
    assert sheet.evaluate("sheet => getComputedStyle(sheet).touchAction") == "pan-y"
    sheet.tap(position={"x": 60, "y": 60})
    state = seen.page.evaluate(STATE)
    window.close()
    assert len(state.split("drawn=")[1].split(".")) == 2


def test_an_empty_sheet_is_empty(game):
    """No wash where there is nothing to tell apart, and no count of nothing."""
    page = game.page
    page.select_option("gan-playground [data-preset]", "drawn")
    press(page, "clear")
    assert "nothing drawn yet" in read(page, "parts")
    corner = page.locator("gan-playground .plane").evaluate(
        "sheet => [...sheet.getContext('2d').getImageData(3, 3, 1, 1).data]"
    )
    assert min(corner[:3]) > 200  # light, not black


def test_a_link_brings_back_the_same_numbers(game, context):
    """Preset, seed, settings, each step, and a setting changed on the way."""
    page = game.page
    page.click("gan-playground summary")
    setting(page, "seed").fill("5")
    setting(page, "seed").press("Tab")
    press(page, "d")
    press(page, "train")
    page.wait_for_function(f"{MEASURES}.g_steps > 60")
    press(page, "train")
    setting(page, "g_lr").fill("0.004")
    setting(page, "g_lr").press("Tab")
    press(page, "g")
    press(page, "link")
    link = page.input_value("gan-playground .link")
    wanted, state = page.evaluate(MEASURES), page.evaluate(STATE)
    other = visit(context, link)
    at_the_playground(other.page)
    other.page.wait_for_function(f"{STATE} === {state!r}")
    other.page.wait_for_function(
        "document.querySelector('gan-playground').shadowRoot"
        ".querySelector('[data-do=train]').textContent === 'Train'"
    )
    found = other.page.evaluate(MEASURES)
    other.page.close()
    assert found == wanted
    assert wanted["g_steps"] > 60


def test_a_link_may_be_paused_on_its_way(game, context):
    """Train goes on to the state that the link asks for, and not past it."""
    address = (HTML / PAGE).as_uri() + "?live=playground&log=b4000&fbclid=x#playground"
    seen = visit(context, address)
    at_the_playground(seen.page)
    press(seen.page, "train")
    paused = seen.page.evaluate(MEASURES)["g_steps"]
    assert paused < 4000
    assert "Paused on the way" in seen.page.inner_text("gan-playground .status")
    press(seen.page, "train")
    seen.page.wait_for_function(f"{MEASURES}.g_steps === 4000", timeout=60_000)
    assert standing(seen.page, MEASURES) == 4000
    seen.page.close()


def test_paper_is_white(game):
    """Printing from a dark page uses the colours of daylight."""
    page = game.page
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.querySelector('gan-playground[dark]')")
    page.emulate_media(color_scheme="dark", media="print")
    page.wait_for_function("document.querySelector('gan-playground:not([dark])')")
    colour = page.evaluate(
        "getComputedStyle(document.querySelector('gan-playground')).color"
    )
    page.emulate_media(color_scheme="light", media="screen")
    assert colour == "rgb(28, 28, 36)"


def test_a_link_that_makes_no_sense_is_told(game, context):
    address = (
        HTML / PAGE
    ).as_uri() + "?live=playground&preset=ring&g_lr=fast#playground"
    seen = visit(context, address)
    at_the_playground(seen.page)
    message = seen.page.inner_text("gan-playground .message")
    seen.page.close()
    assert "(g_lr) is fast, but must be a number from 0 to 1." in message


def test_tour(game):
    """Each stop has its text and its state; the last one gives the page back."""
    page = game.page
    press(page, "tour")
    seen = []
    for steps in (0, 0, 200, 1000, 3000):
        page.wait_for_function(f"{MEASURES}.g_steps >= {steps}", timeout=60_000)
        page.wait_for_function(
            "document.querySelector('gan-playground').shadowRoot"
            ".querySelector('[data-do=train]').textContent === 'Train'"
        )
        seen.append(page.inner_text("gan-playground .tour p"))
        assert page.evaluate(MEASURES)["g_steps"] == steps
        press(page, "next")
    assert len(set(seen)) == 5
    assert page.locator("gan-playground .tour").is_hidden()


def test_nothing_runs_off_screen(game):
    """It rests while it cannot be seen, and goes on when it can."""
    page = game.page
    press(page, "train")
    page.wait_for_function(f"{MEASURES}.g_steps > 20")
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    steps = standing(page, MEASURES)
    at_the_playground(page)
    page.wait_for_function(f"{MEASURES}.g_steps > {steps}")


def standing(page, measures):
    """Wait until steps are no longer made, and return how many there are."""
    before, now = -1, page.evaluate(measures)["g_steps"]
    while before != now:
        page.wait_for_timeout(300)
        before, now = now, page.evaluate(measures)["g_steps"]
    return now


PAINTED = """() => {
    const usual = CanvasRenderingContext2D.prototype.fillRect;
    window.painted = 0;
    CanvasRenderingContext2D.prototype.fillRect = function (...where) {
        window.painted += 1;
        usual.apply(this, where);
    };
}"""


def test_less_motion_where_the_reader_asks_for_it(game):
    """It trains as fast, and shows a picture now and then."""
    page = game.page
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(PAINTED)
    press(page, "train")
    began = page.evaluate("performance.now()")
    page.wait_for_function(f"{MEASURES}.g_steps > 500")
    page.wait_for_function("painted > 3")
    pictures, now = page.evaluate("[painted, performance.now()]")
    press(page, "train")
    assert pictures <= (now - began) / 500 + 2  # two a second, whatever the frame rate


def test_removed_and_put_back(game):
    """A figure that leaves the page stops, and can be used when it comes back."""
    page = game.page
    press(page, "train")
    page.wait_for_function(f"{MEASURES}.g_steps > 20")
    page.evaluate("window.kept = document.querySelector('gan-playground')")
    page.evaluate("window.place = kept.parentElement; kept.remove()")
    steps = standing(page, "kept.measures")
    page.evaluate("place.append(kept)")
    page.wait_for_function(f"{MEASURES}.g_steps > {steps}")


def test_still_without_scripts(browser):
    """Where scripts do not run there is a picture, described, and a sentence."""
    if not (HTML / PAGE).is_file():
        pytest.skip(NO_PAGES)
    window = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = window.new_page()
    page.goto((HTML / PAGE).as_uri())
    picture = page.locator("gan-playground img")
    assert picture.is_visible()
    assert "indigo dots" in picture.get_attribute("alt")
    assert "trains on the page" in page.inner_text("gan-playground")
    window.close()


@pytest.fixture
def measured(launch):
    """The page in a Chromium of its own, which says how much memory is in use."""
    if not (HTML / PAGE).is_file():
        pytest.skip(NO_PAGES)
    chromium = launch("--js-flags=--expose-gc", "--enable-precise-memory-info")
    page = chromium.new_page(viewport=DESKTOP)
    page.goto((HTML / PAGE).as_uri())
    at_the_playground(page)
    yield page
    chromium.close()


def test_memory_does_not_grow(measured):
    """Over a minute of training with everything shown, as much is in use as before."""
    page = measured
    for layer in ("pull", "lines"):
        page.click(f"gan-playground [data-show={layer}]")
    press(page, "train")
    in_use = []
    for seconds in (5, 60):
        page.wait_for_timeout(1_000 * seconds)
        page.evaluate("gc()")
        in_use.append(page.evaluate("performance.memory.usedJSHeapSize"))
    press(page, "train")
    assert in_use[1] - in_use[0] < 200_000  # bytes, of some ten million
