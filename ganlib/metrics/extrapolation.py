r"""Fréchet distance without its bias in the number of samples, by extrapolation."""

from typing import NamedTuple

import torch
from torch import Tensor

from ganlib.metrics.checks import check_features
from ganlib.metrics.frechet import Moments, frechet_from_moments


class Extrapolation(NamedTuple):
    """A line through the Fréchet distances of several N, and where it ends.

    Args:
        value: the intercept, the estimate at infinite N; may be negative by chance.
        slope: the bias, times N.
        nums: how many samples each distance has used.
        distances: in the order of `nums`.
    """

    value: float
    slope: float
    nums: tuple[int, ...]
    distances: tuple[float, ...]


def frechet_extrapolated(
    real: Moments,
    fake: Tensor,
    generator: torch.Generator,
    num_points: int = 15,
    smallest: int | None = None,
) -> Extrapolation:
    r"""Fréchet distance at infinitely many fakes, by a line in 1/N.

    $$\mathrm{FID}_N \approx \mathrm{FID}_\infty + \frac{c}{N}$$

    Args:
        real: moments of the data; their own bias stays, so take all of the data.
        fake: features (N, d).
        generator: draws the subsets, each without replacement.
        num_points: how many N, evenly from the smallest to all; ≥ 2.
        smallest: the least N, ≥ 2; a tenth of all where it is not given, as in the
            paper, which goes from 5,000 to 50,000.

    Returns:
        Intercept, slope, and the points. Of exact moments and a perfect sampler the
        intercept is 0 on average, whatever N.

    Raises:
        ValueError: fakes that cannot be measured, or too few for the line.

    Source: Chong and Forsyth 2020 (FID∞). Departure: none; their Sobol
        points are a choice of z.
    Chapter: evaluation
    """
    check_features(4, fake=fake)
    least = max(2, len(fake) // 10) if smallest is None else smallest
    if num_points < 2 or not 2 <= least < len(fake):
        raise ValueError(
            f"a line from N = {least} to {len(fake)} through {num_points} points is "
            "none: give at least 2 points, and a smallest N from 2 to below all."
        )
    nums = torch.linspace(least, len(fake), num_points).long()
    distances = [
        frechet_from_moments(
            real, Moments.of(fake[torch.randperm(len(fake), generator=generator)[:num]])
        )
        for num in nums.tolist()
    ]
    x, y = 1 / nums.double(), torch.tensor(distances, dtype=torch.float64)
    slope = ((x - x.mean()) * (y - y.mean())).sum() / (x - x.mean()).square().sum()
    value = y.mean() - slope * x.mean()
    return Extrapolation(
        value.item(), slope.item(), tuple(nums.tolist()), tuple(distances)
    )
