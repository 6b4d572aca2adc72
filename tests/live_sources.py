"""Where the live figures' sources are, and the Node that checks and builds them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BROWSER = ROOT / "ganlib/live/browser"
BUILT = ROOT / "ganlib/live/built"
NODE = Path(sys.executable).parent / "node"


def require_node():
    """Skip, saying what to do, where the sources cannot be built."""
    if not NODE.exists() or not (BROWSER / "node_modules").is_dir():
        pytest.skip("what builds the live figures is not installed: run `make live`")


def node(*arguments, given=None, cwd=BROWSER):
    """Run Node and return what it printed; fail with what it complained about."""
    require_node()
    ran = subprocess.run(
        [NODE, *map(str, arguments)],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def ask(what, **question):
    """Return what the small figures' code answers: see `tests/ask.ts`."""
    given = json.dumps([{"ask": what, **question}])
    (answer,) = json.loads(node("tests/ask.ts", given=given))
    return answer
