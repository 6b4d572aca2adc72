"""The picture of a training in Python: tied to a kernel, and on a page without one."""

import base64

import pytest
from book_pages import HTML, NO_PAGES, visit

from ganlib import recipes, training

pytestmark = pytest.mark.browser
watching = pytest.importorskip("ganlib.live.watching")

# Stands in for a kernel: values, what was saved, and a way to change them from Python.
MODEL = """async ([code, frame, values]) => {
    const bytes = text => new DataView(
        Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer);
    const called = {};
    window.kernel = {
        values: { ...values, frame: bytes(frame) },
        saved: [],
        get(name) { return this.values[name]; },
        set(name, value) { this.values[name] = value; },
        save_changes() {
            const { frame, ...told } = this.values;
            this.saved.push(told);
            for (const name of Object.keys(told)) called[`change:${name}`]?.();
        },
        on(event, call) { called[event] = call; },
        off(event) { delete called[event]; },
        receive(frame) {
            this.values.frame = bytes(frame);
            called["change:frame"]();
        },
        listeners: called,
    };
    const file = new Blob([code], { type: "text/javascript" });
    const widget = await import(URL.createObjectURL(file));
    window.leave = widget.default.render({ model: kernel, el: document.body });
    await document.querySelector("gan-watch").ready;
}"""


@pytest.fixture
def one():
    recipe = recipes.get("ring")
    gan, batches = recipes.build(recipe, 0)
    settings = training.Settings(1_000, log_every=5)
    return watching.Watch(gan, training.train(gan, batches, settings), recipe.data)


@pytest.fixture
def tied(context, one):
    """An empty page with the widget that Python sends, tied to a kernel."""
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("about:blank")
    values = {
        "message": "",
        "running": False,
        "g_lr": one.g_lr,
        "d_lr": one.d_lr,
    }
    page.evaluate(MODEL, [one._esm, encoded(one), values])
    yield page
    page.close()
    assert not errors


def encoded(one):
    return base64.b64encode(one.frame).decode()


def test_frames_from_python_are_painted(tied, one):
    before = tied.locator(".plane").screenshot()
    for _ in range(3):
        one.train(20)
        tied.evaluate("frame => kernel.receive(frame)", encoded(one))
    assert tied.inner_text("[data-read=step]") == "300"
    assert tied.inner_text("[data-read=d_loss]") == f"{one.record.d_loss:.3g}"
    assert tied.locator(".plane").screenshot() != before
    assert "step 300" in tied.locator(".plane").get_attribute("aria-label")


def test_the_reader_s_wishes_reach_python(tied):
    tied.click("[data-do=run]")
    assert tied.evaluate("kernel.saved.at(-1)")["running"] is True
    assert tied.inner_text("[data-do=run]") == "Pause"
    tied.fill("[data-rate=g_lr]", "0.01")
    tied.keyboard.press("Tab")
    assert tied.evaluate("kernel.saved.at(-1)")["g_lr"] == 0.01
    tied.fill("[data-rate=d_lr]", "2")
    tied.keyboard.press("Tab")
    assert "d_lr is 2, but must be from 0 to 1." in tied.inner_text(".status")
    assert tied.evaluate("kernel.saved.length") == 2
    tied.fill("[data-rate=d_lr]", "0.02")
    tied.keyboard.press("Tab")
    assert tied.inner_text(".status") == ""
    tied.evaluate("kernel.set('message', 'It broke.'); kernel.save_changes()")
    assert tied.inner_text(".status") == "It broke."
    tied.evaluate("leave()")
    assert tied.evaluate("Object.keys(kernel.listeners).length") == 0
    assert tied.locator("gan-watch").count() == 0


def test_a_page_shows_the_last_picture(context):
    """No controls without a kernel, and a sentence that says why."""
    page = HTML / "book/first-gan.html"
    if not page.is_file():
        pytest.skip(NO_PAGES)
    seen = visit(context, page.as_uri())
    seen.page.evaluate("document.querySelector('gan-watch').ready")
    seen.page.locator("gan-watch").scroll_into_view_if_needed()
    assert seen.page.inner_text("gan-watch [data-read=step]") == "300"
    assert seen.page.locator("gan-watch [data-do=run]").is_hidden()
    assert "goes on here" in seen.page.inner_text("gan-watch .alone")
    seen.page.close()
    assert not seen.errors
