"""Whether each preset of the playground does what its caption says, seed by seed.

Every preset is trained under twenty seeds in one headless Chromium, for as many steps
as its promise names, and the page's own measures are held against the promise's ranges
(`ganlib/live/presets.json`). A promise is kept if at least nineteen of twenty seeds do.

Prints JSON. About two minutes on one core.
"""

import json
import sys
from typing import Any

from measuring import provenance
from measuring.browser import opened
from playwright.sync_api import Page

from ganlib import live

SEEDS = range(20)
PLAYED = "state => document.querySelector('gan-playground').jump(state)"


def kept(measures: dict[str, float], promise: dict[str, Any]) -> bool:
    """Say whether every measure that the promise names lies in its range."""
    ranges = {name: ends for name, ends in promise.items() if name != "step"}
    return all(low <= measures[name] <= high for name, (low, high) in ranges.items())


def play(page: Page, preset: str, promise: dict[str, Any]) -> dict[str, Any]:
    """Train one preset under every seed."""
    runs = [
        page.evaluate(PLAYED, f"preset={preset}&seed={seed}&log=b{promise['step']}")
        for seed in SEEDS
    ]
    fits = [kept(run, promise) for run in runs]
    named = [name for name in promise if name != "step"]
    print(preset, sum(fits), "of", len(fits), file=sys.stderr, flush=True)
    return {
        "promise": promise,
        "seeds": len(fits),
        "kept": sum(fits),
        "measured": {name: [round(run[name], 4) for run in runs] for name in named},
    }


def main() -> None:
    """Print all presets, promises and measures as JSON."""
    figure = live.playground()
    with opened(figure._repr_html_()) as page:
        page.evaluate("document.querySelector('gan-playground').ready")
        rows = {
            name: play(page, name, preset["expect"])
            for name, preset in live.presets().items()
        }
    print(json.dumps(provenance(__file__) | {"presets": rows}, indent=1))


if __name__ == "__main__":
    main()
