"""How fast the playground trains, beside TensorFlow.js, and how smooth the page stays.

One headless Chromium. Speed: a step of the discriminator and one of the generator with
Adam, the same networks, batch and loss in each engine, turn by turn; the median of the
turns. Smoothness: the playground trains as a reader sees it, and every frame's own work
on the main thread is timed, at the usual speed and as fast as it goes.

TensorFlow.js comes from npm: `npm ci` in benchmarks/tensorflow_js, which this script
does where it has not been done. Prints JSON. About three minutes, alone on the machine.
"""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from measuring import provenance
from measuring.browser import opened
from playwright.sync_api import Page

from ganlib import live
from ganlib.live.figure import BUILT

SIZES = ((32, 128), (16, 128), (64, 128), (64, 256))  # units, samples a batch
TURNS, SECONDS = 5, 2.0
WATCHED = 10  # seconds of frames
HERE = Path(__file__).parent / "tensorflow_js"
MODULES = HERE / "node_modules" / "@tensorflow"
LOADED = (
    MODULES / "tfjs/dist/tf.min.js",
    MODULES / "tfjs-backend-wasm/dist/tf-backend-wasm.min.js",
)
WASM = tuple(
    MODULES / f"tfjs-backend-wasm/dist/tfjs-backend-wasm{kind}.wasm"
    for kind in ("", "-simd", "-threaded-simd")
)

OURS = """([width, batch, seconds]) => {
    const playground = document.querySelector("gan-playground");
    const state = steps => `width=${width}&batch_size=${batch}&log=b${steps}`;
    const time = steps => {
        const start = performance.now();
        playground.jump(state(steps));
        return (performance.now() - start) / 1000;
    };
    const steps = Math.ceil(500 * seconds / time(500));
    return steps / time(steps);
}"""
THEIRS = """async ([backend, width, batch, seconds]) => {
    await tf.setBackend(backend);
    await tf.ready();
    return tensorflowGame(tf, width, batch)(seconds);
}"""
# Timed from outside: every callback that the page asks to be called back with.
WATCH = """() => {
    const usual = requestAnimationFrame;
    window.spent = [];
    window.began = [];
    window.requestAnimationFrame = callback => usual(now => {
        const start = performance.now();
        callback(now);
        spent.push(performance.now() - start);
        began.push(start);
    });
}"""


def install() -> None:
    """Fetch TensorFlow.js where it is missing."""
    if not all(file.exists() for file in LOADED):
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        subprocess.run(
            ["npm", "ci", "--prefix", HERE, "--no-audit", "--no-fund"],
            check=True,
            env=os.environ | {"PATH": path},
            stdout=sys.stderr,
        )


def speeds(page: Page, width: int, batch: int) -> dict[str, Any]:
    """Measure steps a second of each engine, turn by turn."""
    turns: dict[str, list[float]] = {"playground": [], "wasm": [], "cpu": []}
    for _ in range(TURNS):
        turns["playground"].append(page.evaluate(OURS, [width, batch, SECONDS]))
        for backend in ("wasm", "cpu"):
            turns[backend].append(
                page.evaluate(THEIRS, [backend, width, batch, SECONDS])
            )
    best = {name: round(median(values), 1) for name, values in turns.items()}
    print(width, batch, best, file=sys.stderr, flush=True)
    theirs = max(best["wasm"], best["cpu"])
    return {
        "units": width,
        "batch": batch,
        "steps_per_second": best["playground"],
        "tensorflow_js_wasm": best["wasm"],
        "tensorflow_js_cpu": best["cpu"],
        "ratio_to_its_best": round(best["playground"] / theirs, 1),
        "range": [round(min(turns["playground"])), round(max(turns["playground"]))],
    }


def smoothness(page: Page, speed: str) -> dict[str, Any]:
    """Time the work of each frame, and count frames, while it trains."""
    page.evaluate("document.querySelector('gan-playground').jump('')")
    page.select_option("gan-playground [data-speed]", speed)
    page.click("gan-playground [data-do=train]")
    page.wait_for_timeout(1_000)
    page.evaluate("() => { spent.length = began.length = 0; }")
    page.wait_for_timeout(1_000 * WATCHED)
    spent, began = page.evaluate("[spent, began]")
    steps = page.evaluate("document.querySelector('gan-playground').measures.g_steps")
    page.click("gan-playground [data-do=train]")
    cuts = quantiles(spent, n=100)
    return {
        "frames_per_second": round(len(began) / WATCHED, 1),
        "steps_per_second": round(steps / (WATCHED + 1)),
        "milliseconds_a_frame": {
            "median": round(median(spent), 2),
            "95 of 100": round(cuts[94], 2),
            "99 of 100": round(cuts[98], 2),
            "most": round(max(spent), 2),
        },
    }


def main() -> None:
    """Print speeds, smoothness and weights as JSON."""
    install()
    scripts = "".join(f'<script src="{f.name}"></script>' for f in LOADED)
    game = HERE / "game.js"
    body = (
        f'{live.playground()._repr_html_()}{scripts}<script src="{game.name}"></script>'
    )
    with opened(body, (*LOADED, *WASM, game)) as page:
        page.evaluate("document.querySelector('gan-playground').ready")
        page.evaluate(WATCH)
        smooth = {
            name: smoothness(page, value)
            for name, value in (("usual speed", "1"), ("as fast as it goes", "3"))
        }
        rows = [speeds(page, *size) for size in SIZES]
    code = (BUILT / "playground.js").read_bytes()
    theirs = b"".join(file.read_bytes() for file in (*LOADED, WASM[1]))
    result = {
        "speed": rows,
        "smoothness": smooth,
        "kilobytes_gzipped": {
            "playground": round(len(gzip.compress(code, 9)) / 1000, 1),
            "tensorflow_js_wasm": round(len(gzip.compress(theirs, 9)) / 1000, 1),
        },
    }
    print(json.dumps(provenance(__file__) | result, indent=1))


if __name__ == "__main__":
    main()
