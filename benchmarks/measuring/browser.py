"""A headless Chromium for measurements of what runs in the reader's browser."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "browser"))
from book_pages import FLAGS, NO_BROWSER, find_chromium


@contextmanager
def opened(body: str, flags: tuple[str, ...] = ()) -> Iterator[Page]:
    """Open a page with this body from a file, as a reader without a network does.

    Args:
        body: HTML.
        flags: what Chromium is started with besides the flags of the browser tests.

    Raises:
        RuntimeError: there is no Chromium, or the page complains.
    """
    executable = find_chromium()
    if executable is None:
        raise RuntimeError(NO_BROWSER)
    complaints: list[Any] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as manager:
        file = Path(folder, "page.html")
        file.write_text(f"<!doctype html><meta charset=utf-8>{body}", encoding="utf-8")
        browser = manager.chromium.launch(
            executable_path=executable, args=[*FLAGS, *flags]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("pageerror", lambda error: complaints.append(error))
        page.goto(file.as_uri())
        yield page
        browser.close()
    if complaints:
        raise RuntimeError(f"the page complained: {complaints}")
