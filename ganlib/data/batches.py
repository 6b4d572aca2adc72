"""Endless streams of batches that can be stopped and resumed at any step.

All the randomness of a stream is in its ``torch.Generator``, so its state is a few
kilobytes and a resumed stream gives the same bits as one that never stopped.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor

from ganlib.data.images import ImageSet, to_unit_range
from ganlib.data.mixture import Mixture


class Batch(NamedTuple):
    r"""One batch of real data.

    Args:
        real: (N, ...) float32; (S, N, ...) when S seeds are stacked.
        labels: (N,) or (S, N) int64 class indices, or None.

    Chapter: first-gan
    """

    real: Tensor
    labels: Tensor | None = None


class SampleBatches:
    r"""Endless fresh samples of a 2-D target.

    Args:
        target: the mixture to draw from.
        batch_size: points in a batch, at least 2.
        generator: the source of randomness; the batches lie on its device.

    Returns:
        An iterator of ``Batch(real, None)``, ``real`` (batch_size, 2) float32 in the
        unit of the data; with ``ring()`` and 128 the shape is (128, 2).

    Raises:
        ValueError: ``batch_size`` below 2.

    Source: Goodfellow et al. 2014, Algorithm 1, "sample minibatch". Departure: none.
    Chapter: first-gan
    """

    def __init__(self, target: Mixture, batch_size: int, generator: torch.Generator):
        _check_batch_size(batch_size)
        self.target = target
        self.batch_size = batch_size
        self.generator = generator

    def __iter__(self):
        return self

    def __next__(self) -> Batch:
        return Batch(self.target.sample(self.batch_size, self.generator))

    def state_dict(self) -> dict[str, Any]:
        r"""State to resume from, for ``load_state_dict``."""
        return {"batch_size": self.batch_size, "rng": self.generator.get_state()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        r"""Go on from where ``state_dict`` was taken, to the bit."""
        _check_same("batch_size", state["batch_size"], self.batch_size)
        self.generator.set_state(state["rng"].cpu())


class ImageBatches:
    r"""Endless shuffled batches of an image set.

    Each epoch is a fresh permutation; images left over at its end, fewer than a batch,
    are skipped in that epoch. Bytes become floats batch by batch, on the device.

    Args:
        image_set: images (M, C, H, W) uint8 with labels.
        batch_size: images in a batch, from 2 to M.
        generator: the source of the permutations.
        with_labels: whether batches carry labels.
        device: where images rest and batches are made.

    Returns:
        An iterator of ``Batch(real, labels)``, ``real`` (batch_size, C, H, W) float32
        in [−1, 1]; Fashion-MNIST with 64 gives 937 batches an epoch and skips 32
        images.

    Raises:
        TypeError: images that are not uint8, or labels that are not int64.
        ValueError: images that are not 4-D, labels out of range, or a batch size
            below 2 or above M.

    Source: Goodfellow et al. 2014, Algorithm 1, "sample minibatch". Departure: without
        replacement inside an epoch, as is usual.
    Chapter: dcgan
    """

    def __init__(
        self,
        image_set: ImageSet,
        batch_size: int,
        generator: torch.Generator,
        with_labels: bool = False,
        device: torch.device | str = "cpu",
    ):
        _check_image_set(image_set)
        _check_batch_size(batch_size, len(image_set.images))
        self.images = image_set.images.to(device)
        self.labels = image_set.labels.to(device) if with_labels else None
        self.batch_size = batch_size
        self.generator = generator
        self.epoch = -1
        self._position = len(self.images)
        self._order = None
        self._epoch_rng = generator.get_state()

    def __iter__(self):
        return self

    def __next__(self) -> Batch:
        if self._position + self.batch_size > len(self.images):
            self._shuffle()
        chosen = self._order[self._position : self._position + self.batch_size]
        self._position += self.batch_size
        real = to_unit_range(self.images.index_select(0, chosen))
        if self.labels is None:
            return Batch(real)
        return Batch(real, self.labels.index_select(0, chosen))

    def _shuffle(self) -> None:
        self._epoch_rng = self.generator.get_state()
        self._order = self._draw_order()
        self._position = 0
        self.epoch += 1

    def _draw_order(self) -> Tensor:
        rng = self.generator
        order = torch.randperm(len(self.images), generator=rng, device=rng.device)
        return order.to(self.images.device)

    def state_dict(self) -> dict[str, Any]:
        r"""State to resume from, for ``load_state_dict``."""
        # The permutation is not kept: the state it was drawn from is a hundred times
        # smaller. The state of now is kept too, for the generator may be shared.
        return {
            "batch_size": self.batch_size,
            "num_images": len(self.images),
            "epoch": self.epoch,
            "position": self._position,
            "epoch_rng": self._epoch_rng,
            "rng": self.generator.get_state(),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        r"""Go on from where ``state_dict`` was taken, to the bit."""
        _check_same("batch_size", state["batch_size"], self.batch_size)
        _check_same("number of images", state["num_images"], len(self.images))
        self.epoch = state["epoch"]
        self._position = state["position"]
        self._epoch_rng = state["epoch_rng"].cpu()
        self.generator.set_state(self._epoch_rng)
        self._order = self._draw_order()
        self.generator.set_state(state["rng"].cpu())


class StackedBatches:
    r"""Several streams side by side, along a leading seed axis.

    Args:
        streams: S streams of equal batch shape, each with its own generator.

    Returns:
        An iterator of ``Batch`` whose slice $s$ is what stream $s$ alone would give;
        ten streams of (128, 2) give (10, 128, 2).

    Raises:
        ValueError: no stream, streams of unequal batch size, or a shared generator.

    Source: this course. Departure: none.
    Chapter: first-gan
    """

    def __init__(self, streams: Sequence[SampleBatches | ImageBatches]):
        self.streams = list(streams)
        if not self.streams:
            raise ValueError("StackedBatches needs at least one stream.")
        sizes = {stream.batch_size for stream in self.streams}
        if len(sizes) > 1:
            raise ValueError(
                f"Stacked streams need one batch size, got {sorted(sizes)}."
            )
        if len({id(stream.generator) for stream in self.streams}) < len(self.streams):
            raise ValueError(
                "Each stacked stream needs a generator of its own; a shared one would "
                "give every seed other data than when it is trained alone."
            )
        self.batch_size = sizes.pop()

    def __iter__(self):
        return self

    def __next__(self) -> Batch:
        batches = [next(stream) for stream in self.streams]
        real = torch.stack([batch.real for batch in batches])
        if batches[0].labels is None:
            return Batch(real)
        return Batch(real, torch.stack([batch.labels for batch in batches]))

    def state_dict(self) -> dict[str, Any]:
        r"""State to resume from, for ``load_state_dict``."""
        return {"streams": [stream.state_dict() for stream in self.streams]}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        r"""Go on from where ``state_dict`` was taken, to the bit."""
        states = state["streams"]
        _check_same("number of streams", len(states), len(self.streams))
        for stream, own in zip(self.streams, states, strict=True):
            stream.load_state_dict(own)


def _check_batch_size(batch_size: int, available: int | None = None) -> None:
    if batch_size < 2:
        raise ValueError(
            f"batch_size must be at least 2, got {batch_size}: batch normalisation "
            "has no variance to divide by in a batch of one."
        )
    if available is not None and batch_size > available:
        raise ValueError(
            f"batch_size is {batch_size} but the set has only {available} images; "
            "choose a smaller batch."
        )


def _check_image_set(image_set: ImageSet) -> None:
    images, labels, class_names = image_set
    if images.dtype != torch.uint8:
        raise TypeError(
            f"Images must be uint8, 0 to 255, at rest; got {images.dtype}. The stream "
            "scales them to [−1, 1] itself."
        )
    if images.ndim != 4:
        raise ValueError(
            "Images must have shape (N, C, H, W), with C = 1 for grey; got "
            f"{tuple(images.shape)}."
        )
    if labels.dtype != torch.int64:
        raise TypeError(f"Labels must be int64, got {labels.dtype}.")
    if labels.shape != images.shape[:1]:
        raise ValueError(
            f"{len(images)} images need labels of shape ({len(images)},), got "
            f"{tuple(labels.shape)}."
        )
    highest = len(class_names) - 1
    if len(labels) and not 0 <= labels.min() <= labels.max() <= highest:
        raise ValueError(
            f"Labels must lie in 0 … {highest}, one for each class name; they run "
            f"from {labels.min()} to {labels.max()}."
        )


def _check_same(what: str, saved: int, now: int) -> None:
    if saved != now:
        raise ValueError(
            f"The saved stream had {what} {saved}, this one has {now}: resume with "
            "the set-up that was saved."
        )
