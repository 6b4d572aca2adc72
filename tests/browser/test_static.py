"""The rendered files themselves, read without a browser: links, words, weight."""

import functools
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from book_pages import HTML, NO_PAGES, ROOT, page_names
from bs4 import BeautifulSoup

SHORTEST_ALT = 20  # characters; ganlib.notebook asks for the same
HEAVIEST_KB = 400
# Pages that Sphinx adds and no table of contents names.
GENERATED = {"genindex", "prf-prf", "py-modindex", "search"}


@functools.cache
def soup(path):
    """Return a page as a tree."""
    return BeautifulSoup(Path(path).read_text(encoding="utf-8"), "html.parser")


@functools.cache
def anchors(path):
    """Every name on a page that an address may end in."""
    named = soup(path).find_all(lambda tag: tag.get("id") or tag.get("name"))
    return {tag.get("id") for tag in named} | {tag.get("name") for tag in named}


def broken_links(page):
    """Links and sources of a page that lead to no file, or to no place in a file."""
    broken = []
    for tag in soup(page).find_all(True):
        address = tag.get("href") or tag.get("src") or ""
        parts = urlsplit(address)
        if not address or parts.scheme or parts.netloc:
            continue
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if target.is_dir():
            broken.append(f"{address}: a folder, which a file:// page cannot open")
        elif not target.is_file():
            broken.append(f"{address}: no such file")
        elif parts.fragment and unquote(parts.fragment) not in anchors(target):
            broken.append(f"{address}: no such place")
    return broken


def short_alts(page):
    """Pictures of the text whose description is missing or too short to be one."""
    # Sphinx's module index has little images that fold a group of modules.
    pictures = soup(page).select("article img:not(.toggler)")
    return [
        f"{str(picture)[:100]}"
        for picture in pictures
        if len((picture.get("alt") or "").strip()) < SHORTEST_ALT
    ]


def foreign_sources(page):
    """Scripts, styles and pictures that a page would fetch from another host."""
    fetched = [
        tag.get("src") or tag.get("href") or ""
        for tag in soup(page).select("script[src], img[src], iframe[src], link[href]")
    ]
    return [
        address for address in fetched if re.match(r"(https?:)?//", address.strip())
    ]


def own_weight(page):
    """Kilobytes of a page's own: its text with all pictures in it, and linked ones."""
    article = soup(page).select_one("article") or soup(page).body
    linked = {
        (page.parent / unquote(urlsplit(tag["src"]).path)).resolve()
        for tag in article.select("img[src]")
        if not urlsplit(tag["src"]).scheme
    }
    files = sum(path.stat().st_size for path in linked if path.is_file())
    return (len(str(article).encode()) + files) / 1000


def assert_none(complaints):
    """Fail with each complaint on a line of its own."""
    assert not complaints, "\n" + "\n".join(complaints)


def test_links_lead_somewhere(page_name):
    assert_none(broken_links(HTML / page_name))


def test_pictures_are_described(page_name):
    assert_none(short_alts(HTML / page_name))


def test_nothing_is_fetched_from_elsewhere(page_name):
    assert_none(foreign_sources(HTML / page_name))


def test_one_first_heading(page_name):
    # The theme repeats the title in a box that only print shows, instead of the bar.
    headings = soup(HTML / page_name).select("h1:not(#jb-print-docs-body h1)")
    assert len(headings) == 1, [heading.get_text() for heading in headings]


def test_no_widget_state(page_name):
    """A widget in a page needs 3.6 MB of scripts from elsewhere: none may stay."""
    text = (HTML / page_name).read_text(encoding="utf-8")
    assert "vnd.jupyter.widget" not in text


def test_weight(page_name):
    kilobytes = own_weight(HTML / page_name)
    assert kilobytes <= HEAVIEST_KB, f"{page_name} weighs {kilobytes:.0f} KB of its own"


def test_heaviest_page(record_testsuite_property):
    """Name the heaviest page: shown by `pytest -rP`, and kept in a report."""
    weights = {name: own_weight(HTML / name) for name in page_names()}
    if not weights:
        pytest.skip(NO_PAGES)
    name = max(weights, key=weights.get)
    words = f"{name}: {weights[name]:.0f} KB of its own"
    record_testsuite_property("heaviest page", words)
    print(words)
    assert weights[name] <= HEAVIEST_KB


def test_every_page_can_be_reached():
    """Each page but Sphinx's own indexes is linked from the landing page's sidebar."""
    names = page_names()
    if not names:
        pytest.skip(NO_PAGES)
    links = soup(HTML / "index.html").select(".bd-sidebar-primary a[href]")
    reached = {urlsplit(tag["href"]).path for tag in links} | {"index.html"}
    orphans = {name for name in names if name.removesuffix(".html") not in GENERATED}
    assert orphans - reached == set()


@pytest.mark.parametrize(
    ("button", "needle"),
    [
        ("Colab", "colab.research.google.com/github/{repo}/blob/main/{source}"),
        ("Binder", "mybinder.org/v2/gh/{repo}/main?urlpath=lab/tree/{source}"),
        ("edit", "github.com/{repo}/edit/main/{source}"),
        ("issue", "github.com/{repo}/issues/new"),
    ],
)
def test_buttons_point_at_files_that_exist(button, needle):
    """Of every chapter: launch, edit and issue buttons name its notebook."""
    chapters = sorted((ROOT / "book").glob("*.ipynb"))
    pages = [HTML / f"book/{chapter.stem}.html" for chapter in chapters]
    if not all(page.is_file() for page in pages) or not pages:
        pytest.skip(NO_PAGES)
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    repo = re.search(r"^  url: https://github\.com/(\S+)$", config, re.MULTILINE)[1]
    for chapter, page in zip(chapters, pages, strict=True):
        source = chapter.relative_to(ROOT).as_posix()
        wanted = needle.format(repo=repo, source=source)
        links = [unquote(tag["href"]) for tag in soup(page).select("a[href]")]
        assert any(wanted in link for link in links), f"{page.name}: no {button} link"
