"""Let torchvision be imported beside a torch its compiled operators do not fit.

The torchvision wheel for Linux is linked against CUDA. Beside a CPU-only torch its
library cannot load, and ``import torchvision`` stops with ``operator torchvision::nms
does not exist``, although its data sets, transforms and models need no such operator.
"""

import importlib.util
import sys
from pathlib import Path

_SCHEMA = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
_OPERATORS = ("nms", "qnms")


def make_importable() -> bool:
    r"""Declare torchvision's two missing operators, if its own cannot be loaded.

    Call it before ``import torchvision``. Declared operators have a name and a
    signature, no implementation: calling ``nms`` still fails, importing does not.

    Returns:
        True if operators were declared now; False if there was nothing to do, because
        torchvision's own load, or they were declared before, or torchvision is not
        installed. Second call: False.

    Source: torchvision's own registration of ``nms`` and ``qnms`` (schemas copied).
        Departure: no implementation.
    Chapter: dcgan
    """
    import torch

    missing = [name for name in _OPERATORS if not hasattr(torch.ops.torchvision, name)]
    if not missing or "torchvision" in sys.modules or _load_compiled_operators():
        return False
    for name in missing:
        torch.library.define(f"torchvision::{name}", _SCHEMA)
    return True


def _load_compiled_operators() -> bool:
    """Load torchvision's library as its own import would; True also without it."""
    import torch

    spec = importlib.util.find_spec("torchvision")
    if spec is None or spec.origin is None:
        return True
    folder = Path(spec.origin).parent
    for library in sorted([*folder.glob("_C*.so"), *folder.glob("_C*.pyd")]):
        try:
            torch.ops.load_library(library)
        except (ImportError, OSError):
            continue
        return True
    return False
