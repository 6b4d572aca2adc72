"""The rendered pages, and how a test opens one and looks at it.

The pages are those of `_build/html`, or of the folder that GANLIB_HTML names.
"""

import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HTML = Path(os.environ.get("GANLIB_HTML", ROOT / "_build/html")).resolve()
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NO_PAGES = f"there are no pages in {HTML}: build them with `make book`"
NO_BROWSER = f"no Chromium found (looked for {', '.join(NAMES)} on the PATH)"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def page_names():
    """Every page of the book, as a path below the root of the pages."""
    pages = sorted(path.relative_to(HTML).as_posix() for path in HTML.rglob("*.html"))
    return [name for name in pages if not name.startswith(("_static/", "_sources/"))]


def find_chromium():
    """Path of the first Chromium on the PATH, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@dataclass
class Visit:
    """An open page and everything it complained about since it was opened."""

    page: object
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def visit(context, address):
    """Open an address, wait until its formulas are set, and note all complaints."""
    own = re.compile(r"^(file|data|blob|about):|^http://127\.0\.0\.1:")
    seen = Visit(context.new_page())
    seen.page.on("pageerror", lambda error: seen.errors.append(f"error: {error}"))
    seen.page.on(
        "console",
        lambda line: (
            line.type == "error" and seen.errors.append(f"console: {line.text}")
        ),
    )
    seen.page.on(
        "request",
        lambda request: own.match(request.url) or seen.foreign.append(request.url),
    )
    seen.page.goto(address, wait_until="load")
    seen.page.evaluate(
        """async () => {
            if (!document.querySelector(".math")) return;
            while (!window.MathJax?.startup?.promise)
                await new Promise(wake => setTimeout(wake, 20));
            await MathJax.startup.promise;
        }"""
    )
    return seen


def show(page, viewport, scheme):
    """Change the window's size and its colours, and let the page settle."""
    page.set_viewport_size(viewport)
    page.emulate_media(color_scheme=scheme)
    page.evaluate(
        "() => new Promise(done =>"
        " requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
