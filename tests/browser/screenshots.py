"""Pictures of pages: `python tests/browser/screenshots.py OUT [PART_OF_A_NAME ...]`.

Each page comes in light and dark at 1280 px and at 390 px, whole.
"""

import sys
from pathlib import Path

from book_pages import (
    DESKTOP,
    FLAGS,
    HTML,
    PHONE,
    find_chromium,
    page_names,
    show,
    visit,
)
from playwright.sync_api import sync_playwright

SHAPES = {"desktop": DESKTOP, "phone": PHONE}


def main(folder, wanted):
    """Save the pictures of the pages whose names contain one of the wanted words."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as manager:
        browser = manager.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        context = browser.new_context(viewport=DESKTOP)
        for name in page_names():
            if wanted and not any(word in name for word in wanted):
                continue
            page = visit(context, (HTML / name).as_uri()).page
            page.evaluate(
                """async () => {
                    for (const image of document.images) image.loading = "eager";
                    const images = [...document.images].map(image => image.decode());
                    await Promise.allSettled(images);
                }"""
            )
            for shape, viewport in SHAPES.items():
                for scheme in ("light", "dark"):
                    show(page, viewport, scheme)
                    page.wait_for_timeout(500)  # the sidebars slide
                    title = f"{name.removesuffix('.html').replace('/', '-')}"
                    target = folder / f"{title}-{shape}-{scheme}.png"
                    page.screenshot(path=target, full_page=True)
                    print(target)
            page.close()
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
