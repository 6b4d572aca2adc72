"""axe-core on every page, in light and in dark: nothing but what the theme brings."""

import re

import pytest
from book_pages import DESKTOP, show

pytestmark = pytest.mark.browser

# What the theme breaks and no style sheet can mend: rule, pattern at the start of the
# element's HTML, reason. Nothing of our own may ever be listed here.
BY_THE_THEME = (
    (
        "region",
        r'<img src="[./]*_static/logo\.svg" class="logo__image',
        "sphinx-book-theme puts the logo in the sidebar outside any landmark",
    ),
)
# Without the second loading of style sheets, which file:// refuses: it serves only the
# rule on locked screen orientation, and no style sheet here locks it.
OPTIONS = {"resultTypes": ["violations"], "preload": False}
# Dark mode changes colours and nothing else, so there only contrast is checked again.
CONTRAST = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
SCHEMES = {"light": OPTIONS, "dark": OPTIONS | {"runOnly": CONTRAST}}


def violations(response):
    """Return "rule: element" for every violation that is not the theme's own."""
    found = []
    for rule in response["violations"]:
        for node in rule["nodes"]:
            known = any(
                rule["id"] == name and re.match(start, node["html"])
                for name, start, _ in BY_THE_THEME
            )
            if not known:
                summary = " ".join(node["failureSummary"].split())
                found.append(f"{rule['id']}: {node['html'][:200]}\n    {summary}")
    return found


@pytest.fixture(scope="session")
def axe():
    """axe-core, as it comes with axe-playwright-python."""
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe(opened, axe, scheme):
    """Names, roles, order of headings, contrast: no violation."""
    show(opened.page, DESKTOP, scheme)
    # Colours fade from one scheme to the other; wait until they stand.
    opened.page.wait_for_function("document.getAnimations().every(a => !a.pending)")
    opened.page.wait_for_timeout(300)
    found = violations(axe.run(opened.page, options=SCHEMES[scheme]).response)
    show(opened.page, DESKTOP, "light")
    assert not found, "\n" + "\n".join(found)
