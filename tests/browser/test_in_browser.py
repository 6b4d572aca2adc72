"""Every page in a real browser, from its file and from a server, with no network."""

import pytest
from book_pages import DESKTOP, PHONE, show

pytestmark = pytest.mark.browser

UNSET_FORMULAS = r"""() => {
    const bad = [];
    for (const math of document.querySelectorAll(".math"))
        if (!math.querySelector("mjx-container"))
            bad.push("not set: " + math.textContent.slice(0, 80));
    for (const error of document.querySelectorAll("mjx-merror, [data-mjx-error]"))
        bad.push("error: " + (error.getAttribute("title") || error.textContent));
    for (const text of document.querySelectorAll("mjx-container [style*='color: red']"))
        bad.push("unknown command: " + text.textContent);
    const skip = "pre, code, script, style, mjx-container, textarea";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (/\\\(|\\\[|\$\$|\$\\|\{(eq|prf:ref|cite)/.test(node.data)
                && !node.parentElement.closest(skip))
            bad.push("raw: " + node.data.trim().slice(0, 80));
    }
    return bad;
}"""

TOO_WIDE = """() => {
    const bad = [], width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width)
        bad.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    const scrolls = element => {
        for (let at = element; at && at !== document.body; at = at.parentElement)
            if (getComputedStyle(at).overflowX !== "visible") return true;
        return false;
    };
    for (const element of document.querySelectorAll(".bd-article *")) {
        const box = element.getBoundingClientRect();
        if (box.width && box.right > width + 1 && !scrolls(element.parentElement))
            bad.push(`<${element.tagName.toLowerCase()} class="${element.className}">`
                + ` ends at ${Math.round(box.right)} px`);
    }
    return bad.slice(0, 8);
}"""

PICTURES_WITHOUT_TEXT = """() => [...document.images]
    .filter(image => !(image.getAttribute("alt") || "").trim())
    .map(image => image.outerHTML.slice(0, 120))"""

BROKEN_PICTURES = """async () => {
    const images = [...document.images];
    for (const image of images) image.loading = "eager";
    await Promise.allSettled(images.map(image => image.decode()));
    return images.filter(image => image.naturalWidth === 0)
        .map(image => image.outerHTML.slice(0, 120));
}"""


def assert_none(complaints):
    """Fail with each complaint on a line of its own."""
    assert not complaints, "\n" + "\n".join(complaints)


def test_file_is_quiet(opened):
    """No error in the console, no request to a foreign address, from file://."""
    assert_none(opened.errors)
    assert_none(opened.foreign)


def test_served_is_quiet(served):
    """The same from http://, and the formulas are set there too."""
    assert_none(served.errors)
    assert_none(served.foreign)
    assert_none(served.page.evaluate(UNSET_FORMULAS))


def test_formulas_are_set(opened):
    """No formula is left as source, none holds an error or an unknown command."""
    assert_none(opened.page.evaluate(UNSET_FORMULAS))


def test_pictures_load_and_have_text(opened):
    """Every picture is decoded, and says in words what it shows."""
    assert_none(opened.page.evaluate(PICTURES_WITHOUT_TEXT))
    assert_none(opened.page.evaluate(BROKEN_PICTURES))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_a_phone(opened, scheme):
    """At 390 px nothing pushes the page sideways; the colours follow the system."""
    show(opened.page, PHONE, scheme)
    theme = opened.page.evaluate("document.documentElement.dataset.theme")
    wide = opened.page.evaluate(TOO_WIDE)
    show(opened.page, DESKTOP, "light")
    assert theme == scheme
    assert_none(wide)
