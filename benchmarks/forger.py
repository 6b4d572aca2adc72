"""Images in the reader's browser: milliseconds for 64, beside torch on one thread.

Each published generator of garments draws the same 64 latent vectors in headless
Chromium, with the page's own code, and in torch on one thread of the same machine;
medians of 30 draws, after 5 that do not count. The images of both are compared. Beside
the times stand the bytes that a reader's browser loads: the script, and the weights as
the page has them, in base64, each as it is and gzipped.

Prints JSON. About 10 seconds, and needs what `make live` installs and a Chromium.
"""

import base64
import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import torch
from measuring import provenance
from measuring.browser import opened
from playwright.sync_api import Page

from ganlib import live, zoo
from ganlib.live.figure import BUILT

BROWSER = Path(live.__file__).parent / "browser"
NODE = Path(sys.executable).parent / "node"
NAMES = ("dcgan-fashion", "cgan-fashion")
NUM, Z_DIM, DRAWS, WARM = 64, 100, 30, 5
LOADER = "--loader:.wasm=binary"


def bundled() -> str:
    """Bundle what is measured as the pages' scripts are bundled."""
    options = ["--bundle", "--minify", "--format=iife", "--target=es2022"]
    path = f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["node_modules/.bin/esbuild", "tests/measure.ts", *options, LOADER],
        capture_output=True,
        text=True,
        check=True,
        cwd=BROWSER,
        env=os.environ | {"PATH": path},
    )
    return done.stdout


def milliseconds(draw: Callable[[], Any]) -> list[float]:
    """Time draws in this process."""
    times = []
    for _ in range(WARM + DRAWS):
        began = time.perf_counter()
        draw()
        times.append(1_000 * (time.perf_counter() - began))
    return times


def summary(times: list[float]) -> dict[str, float]:
    """Take the median, and the range, of the draws that count."""
    counted = times[WARM:]
    return {
        "median": round(median(counted), 2),
        "least": round(min(counted), 2),
        "most": round(max(counted), 2),
    }


def weight(content: bytes) -> dict[str, int]:
    """Count bytes."""
    return {"bytes": len(content), "gzipped": len(gzip.compress(content, 9))}


@torch.no_grad()
def measured(name: str, page: Page) -> dict[str, Any]:
    """Draw in the browser and in torch, and compare."""
    network = zoo.load(name)
    z = torch.randn(NUM, Z_DIM, generator=torch.Generator().manual_seed(0))
    labels = torch.arange(NUM) % 10
    given = (z, labels) if name == "cgan-fashion" else (z,)
    text = base64.b64encode(zoo.weight_bytes(name)).decode("ascii")
    there = page.evaluate(
        "given => measure(...given)",
        [text, z.flatten().tolist(), labels.tolist(), WARM + DRAWS],
    )
    here = milliseconds(lambda: network(*given))
    images = torch.tensor(there["images"]).view(NUM, 1, 28, 28)
    return {
        "browser, ms": summary(there["milliseconds"]),
        "torch, ms": summary(here),
        "largest difference": float((images - network(*given)).abs().max()),
        "weights": weight(text.encode("ascii")),
    }


def main() -> None:
    """Measure both generators and print them."""
    torch.set_num_threads(1)
    if not NODE.exists():
        sys.exit("this needs Node: run `make live` first.")
    with opened("") as page:
        page.add_script_tag(content=bundled())
        result = {
            **provenance(__file__),
            "browser": f"Chromium {page.context.browser.version}, headless",
            "images": NUM,
            "draws": DRAWS,
            "script": weight((BUILT / "forger.js").read_bytes()),
            **{name: measured(name, page) for name in NAMES},
        }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
