"""A real browser for the rendered book: one Chromium for the whole session.

Every request to a foreign address is noted and fails.
"""

import functools
import http.server
import re
import sys
import threading

import pytest
from book_pages import (
    DESKTOP,
    FLAGS,
    HTML,
    NO_BROWSER,
    NO_PAGES,
    find_chromium,
    page_names,
    visit,
)


def pytest_generate_tests(metafunc):
    """Run a test that asks for `page_name` once for each page, or skip it once."""
    if "page_name" in metafunc.fixturenames:
        no_pages = pytest.param("none", marks=pytest.mark.skip(reason=NO_PAGES))
        names = page_names() or [no_pages]
        metafunc.parametrize("page_name", names, scope="session")


@pytest.fixture(scope="session")
def launch():
    """Start a Chromium, with what flags a test wants besides the usual ones."""
    executable = find_chromium()
    if executable is None:
        pytest.skip(NO_BROWSER)
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as manager:
        yield lambda *flags: manager.chromium.launch(
            executable_path=executable, args=[*FLAGS, *flags]
        )


@pytest.fixture(scope="session")
def browser(launch):
    """Chromium, started once."""
    chromium = launch()
    yield chromium
    chromium.close()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serve files without a line of log for each."""

    def log_message(self, *args):
        """Say nothing."""


class QuietServer(http.server.ThreadingHTTPServer):
    """Take it calmly when a page is closed before its pictures have arrived."""

    def handle_error(self, request, client_address):
        """Let any other error be seen."""
        if not isinstance(sys.exception(), BrokenPipeError | ConnectionResetError):
            super().handle_error(request, client_address)


@pytest.fixture(scope="session")
def server_address():
    """Address of a server of the pages on this machine only."""
    handler = functools.partial(QuietHandler, directory=str(HTML))
    server = QuietServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def context(browser):
    """A window whose requests to foreign addresses all fail."""
    window = browser.new_context(viewport=DESKTOP, color_scheme="light")
    window.route(
        re.compile(r"^(?!file:|data:|blob:|about:|http://127\.0\.0\.1:)"),
        lambda route: route.abort(),
    )
    yield window
    window.close()


@pytest.fixture(scope="session")
def opened(context, page_name):
    """The page opened from its file, as someone who double-clicks it sees it."""
    seen = visit(context, (HTML / page_name).as_uri())
    yield seen
    seen.page.close()


@pytest.fixture
def served(context, server_address, page_name):
    """The page opened from a web server."""
    seen = visit(context, f"{server_address}/{page_name}")
    yield seen
    seen.page.close()
