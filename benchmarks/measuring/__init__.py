"""What every measurement does: keep finished parts, and say how it was made."""

import json
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from ganlib import checkpoint


def kept(path: Path, measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Read a finished part, or measure it: an interrupted script goes on from there.

    Args:
        path: where the part is kept, as JSON; written only when it is whole.
        measure: called without arguments where nothing is kept; progress goes to
            standard error, because the result is what the script prints.

    Returns:
        The part, as JSON brings it back: tuples are lists, keys are texts.
    """
    if not path.exists():
        text = json.dumps(measure())
        checkpoint.write_atomically(path, lambda file: file.write(text.encode()))
        print(path.stem, text, file=sys.stderr, flush=True)
    return json.loads(path.read_text())


def slug(title: str) -> str:
    """Turn the title of a row into a part of a file's name, "a b, c" into "a-b-c"."""
    return title.replace(",", "").replace(" ", "-")


def provenance(script: str) -> dict[str, Any]:
    """Say how a result came about: command, date, versions and machine.

    Args:
        script: the caller's `__file__`.
    """
    return {
        "command": f"python benchmarks/{Path(script).name}",
        "date": time.strftime("%Y-%m-%d"),
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
        "machine": f"one thread of {platform.machine()}",
    }
