"""Published networks: loaded by name, checked by hash, each with its card.

A card says what made the weights: recipe, seed, steps, time, data and metrics. Weights
rest in half precision, as safetensors, inside the package: nothing is downloaded, and
loading runs no code from the file.
"""

import hashlib
import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors
from torch import Tensor, nn

from ganlib.metrics import FashionClassifier, FashionJudge
from ganlib.recipes import RECIPES

WEIGHTS = files("ganlib") / "weights"


def _builders() -> dict[str, Callable[[], nn.Module]]:
    generators = {name: recipe.generator for name, recipe in RECIPES.items()}
    classifiers = dict.fromkeys(
        ("fashion-classifier", "digits-classifier"), FashionClassifier
    )
    return generators | classifiers | {"fashion-judge": FashionJudge}


def names() -> list[str]:
    """List the published networks by name."""
    return sorted(
        path.name.removesuffix(".json")
        for path in WEIGHTS.iterdir()
        if path.name.endswith(".json")
    )


def card(name: str) -> dict[str, Any]:
    """Read what is known of a published network.

    Args:
        name: one of `names()`.

    Returns:
        Its card: recipe, seed, steps, seconds, data, metrics, date, sha256, bytes.

    Raises:
        ValueError: nothing is published under this name.

    Chapter: dcgan
    """
    if name not in names():
        raise ValueError(
            f"no network is published as {name!r}; there are: {', '.join(names())}."
        )
    return json.loads((WEIGHTS / f"{name}.json").read_text(encoding="utf-8"))


def load(name: str) -> nn.Module:
    """Load a published network, in single precision and evaluation mode.

    Args:
        name: one of `names()`.

    Returns:
        The network; it asks for no gradients.

    Raises:
        ValueError: nothing is published under this name, or the file is not the one
            that its card describes.

    Chapter: dcgan
    """
    content = weight_bytes(name)
    network = _builders()[name]()
    network.load_state_dict(load_tensors(content))
    return network.eval().requires_grad_(False)


def weight_bytes(name: str) -> bytes:
    """Read the file that holds a published network's weights.

    Args:
        name: one of `names()`.

    Returns:
        The bytes of a safetensors file in half precision, as `pack` makes them.

    Raises:
        ValueError: nothing is published under this name, or the file is not the one
            that its card describes.

    Chapter: dcgan
    """
    about = card(name)
    content = (WEIGHTS / f"{name}.safetensors").read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != about["sha256"]:
        raise ValueError(
            f"the weights of {name!r} have SHA-256 {digest[:12]}…, but their card says "
            f"{about['sha256'][:12]}…: the file is damaged. Install ganlib again."
        )
    return content


def pack(network: nn.Module) -> tuple[bytes, dict[str, Any]]:
    """Turn a network into publishable bytes and the part of its card that they fix.

    Args:
        network: the network as trained.

    Returns:
        The bytes of a safetensors file in half precision, and its size and hash.

    Chapter: dcgan
    """
    content = save_tensors({k: _half(v) for k, v in network.state_dict().items()})
    facts = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return content, facts


def _half(tensor: Tensor) -> Tensor:
    return (tensor.half() if tensor.is_floating_point() else tensor).contiguous()
