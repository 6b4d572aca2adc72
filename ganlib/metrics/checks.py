r"""What every measure asks of its features, and the pair that an estimate is."""

from typing import NamedTuple

import torch
from torch import Tensor


class Estimate(NamedTuple):
    """Mean and standard deviation of a measure over parts of the samples.

    Args:
        mean: in the measure's unit.
        std: of the parts' values around the mean, divided by their number; the error
            of the mean only where the parts share no sample.
    """

    mean: float
    std: float


def check_features(needed: int, **sets: Tensor) -> None:
    """Refuse sets of features that a measure cannot use.

    Args:
        needed: how many samples the measure needs of each set.
        sets: features (N, d) by the name under which the caller knows them.

    Raises:
        ValueError: another shape, too few samples, dimensions that differ, or values
            that are not finite.
    """
    for name, features in sets.items():
        if features.ndim != 2 or len(features) < needed or not features.shape[1]:
            raise ValueError(
                f"{name} has shape {tuple(features.shape)}, but this measure needs "
                f"features (N, d) with N ≥ {needed} samples and d ≥ 1."
            )
        # A finite sum proves finite terms in one pass; an infinite one may overflow.
        if not (features.sum().isfinite() or features.isfinite().all()):
            bad = int((~features.isfinite()).any(1).sum())
            raise ValueError(
                f"{name} holds values that are not finite, in {bad} of "
                f"{len(features)} samples: find out what made them (a diverged "
                "network, or an overflow of float16) instead of leaving them out."
            )
    widths = {name: features.shape[1] for name, features in sets.items()}
    if len(set(widths.values())) > 1:
        raise ValueError(
            f"features of {' and '.join(map(str, widths.values()))} dimensions "
            f"differ: {' and '.join(widths)} must come from the same network."
        )


def in_float64(features: Tensor) -> Tensor:
    """Return features in float64, cut off from any gradient."""
    return features.detach().to(torch.float64)
