"""torchvision can be imported beside a torch that its operators do not fit.

Operators once declared stay for the life of a process, hence the processes.
"""

import subprocess
import sys

import pytest

LIGHT = """
import sys
from ganlib import data
heavy = {"torchvision", "mlxtend", "matplotlib", "scipy", "IPython"} & set(sys.modules)
assert not heavy, heavy
"""

IMPORT = """
import torch
from ganlib.data.torchvision_ops import make_importable
declared = make_importable()
import torchvision
from torchvision.datasets import FashionMNIST
from torchvision.utils import make_grid
assert make_grid(torch.zeros(4, 1, 8, 8)).shape == (3, 12, 42)
# Declared by us exactly when torchvision could not load its own.
assert declared == (not torchvision.extension._has_ops()), declared
assert make_importable() is False
"""

AFTER_A_FAILURE = """
try:
    import torchvision
except RuntimeError as error:
    assert "nms" in str(error), error
from ganlib.data.torchvision_ops import make_importable
make_importable()
import torchvision
"""

# The library loads: it brings its own operators, and nothing may be declared twice.
OPERATORS_LOAD = """
import torch
from ganlib.data import torchvision_ops
loaded = []
torch.ops.load_library = lambda path: loaded.append(str(path))
def refuse(*args, **kwargs):
    raise AssertionError("declared although the operators load")
torch.library.define = refuse
assert torchvision_ops.make_importable() is False
assert len(loaded) == 1 and "_C" in loaded[0], loaded
"""

OPERATORS_DO_NOT_LOAD = """
import torch
from ganlib.data import torchvision_ops
def fail(path):
    raise OSError("libcudart.so.13: cannot open shared object file")
torch.ops.load_library = fail
assert not hasattr(torch.ops.torchvision, "nms")
assert torchvision_ops.make_importable() is True
assert hasattr(torch.ops.torchvision, "nms")
assert hasattr(torch.ops.torchvision, "qnms")
assert torchvision_ops.make_importable() is False
"""

OPERATORS_ALREADY_THERE = """
import torch
from ganlib.data import torchvision_ops
for name in ("nms", "qnms"):
    torch.library.define(f"torchvision::{name}", torchvision_ops._SCHEMA)
def refuse(*args, **kwargs):
    raise AssertionError("touched although the operators are there")
torch.ops.load_library = torch.library.define = refuse
assert torchvision_ops.make_importable() is False
"""

NOT_INSTALLED = """
import importlib.util, torch
from ganlib.data import torchvision_ops
importlib.util.find_spec = lambda name: None
assert torchvision_ops.make_importable() is False
assert not hasattr(torch.ops.torchvision, "nms")
"""


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(LIGHT, id="importing the room stays light"),
        pytest.param(IMPORT, id="import works"),
        pytest.param(AFTER_A_FAILURE, id="import works after a failed one"),
        pytest.param(OPERATORS_LOAD, id="nothing declared when they load"),
        pytest.param(OPERATORS_DO_NOT_LOAD, id="declared when they do not"),
        pytest.param(OPERATORS_ALREADY_THERE, id="nothing done twice"),
        pytest.param(NOT_INSTALLED, id="torchvision missing"),
    ],
)
def test_in_a_fresh_process(program):
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
