r"""Modes of stacked images: a classifier of grey images names each channel."""

import torch
from torch import Tensor

from ganlib.metrics.features import FashionClassifier, extract


def stacked_labels(
    classifier: FashionClassifier, images: Tensor, batch_size: int = 100
) -> Tensor:
    r"""Mode of each stacked image, the classes of its channels read as digits.

    $k = \sum_{c=1}^{C} k_c\, K^{C - c}$, $k_c$ the class of channel $c$ among $K$

    Args:
        classifier: of grey images, in evaluation mode.
        images: float (N, C, 28, 28) in [−1, 1].
        batch_size: stacked images at a time, ≥ 1; bounds the memory.

    Returns:
        int64 (N,), from 0 to Kᶜ − 1. A 3, a 0 and a 7 among ten classes: 307. What
        `uniform_kl` takes.

    Raises:
        ValueError: images that are not stacked grey ones.

    Source: Metz 2017, section 3.3.1; Lin et al. 2018 (PacGAN), stacked MNIST.
        Departure: none.
    Chapter: mode-counting
    """
    if images.ndim != 4 or not len(images):
        raise ValueError(
            f"images have shape {tuple(images.shape)}, but stacked ones are "
            "(N, C, 28, 28) with N of at least 1."
        )
    rows = []
    for chunk in images.split(batch_size):
        _, probabilities = extract(classifier, chunk.flatten(0, 1).unsqueeze(1))
        classes = probabilities.argmax(-1).view(len(chunk), -1)
        powers = torch.arange(classes.shape[1] - 1, -1, -1)
        rows.append(classes @ probabilities.shape[1] ** powers)
    return torch.cat(rows)
