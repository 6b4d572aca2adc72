"""A headless Chromium for measurements of what runs in the reader's browser."""

import functools
import http.server
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "browser"))
from book_pages import DESKTOP, FLAGS, NO_BROWSER, find_chromium


@contextmanager
def opened(body: str, files: tuple[Path, ...] = ()) -> Iterator[Page]:
    """Open a page with this body, served on this machine.

    Args:
        body: HTML.
        files: what the page may load, by the files' names.

    Raises:
        RuntimeError: there is no Chromium, or the page complains.
    """
    executable = find_chromium()
    if executable is None:
        raise RuntimeError(NO_BROWSER)
    complaints: list[Any] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        _served(folder) as address,
        sync_playwright() as manager,
    ):
        html = f"<!doctype html><meta charset=utf-8>{body}"
        Path(folder, "index.html").write_text(html, encoding="utf-8")
        for file in files:
            Path(folder, file.name).symlink_to(file.resolve())
        browser = manager.chromium.launch(executable_path=executable, args=FLAGS)
        page = browser.new_page(viewport=DESKTOP)
        page.on("pageerror", lambda error: complaints.append(error))
        page.goto(address)
        yield page
        browser.close()
    if complaints:
        raise RuntimeError(f"the page complained: {complaints}")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing: standard error is for progress."""


@contextmanager
def _served(folder: str) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()
