r"""Kernel distance between two sets of features: KID, where they are Inception's."""

import torch
from torch import Tensor

from ganlib.metrics.checks import Estimate, check_features, in_float64
from ganlib.metrics.mmd import cubic_kernel

# Rows of a kernel matrix at a time: they stay in the processor's cache.
PANEL = 250


def kernel_distance(
    real: Tensor,
    fake: Tensor,
    generator: torch.Generator,
    num_subsets: int = 100,
    subset_size: int = 1_000,
) -> Estimate:
    r"""Unbiased squared MMD under a cubic kernel, over random subsets.

    $$k(x, y) = \Big(\frac{x \cdot y}{d} + 1\Big)^3$$

    in $\widehat{\mathrm{MMD}}^2$ of `mmd_squared`, once for each pair of subsets.

    Args:
        real: features (N, d), N ≥ subset_size.
        fake: features (M, d), M ≥ subset_size.
        generator: draws the subsets, each without replacement; the data's before the
            fakes'.
        num_subsets: how many pairs, ≥ 1.
        subset_size: samples of each, ≥ 2.

    Returns:
        Mean and standard deviation over the subsets. Of two draws from one law 0 on
        average, whatever N: half of the time it is negative. Subsets share samples, so
        std / √num_subsets is not the error of the mean.

    Raises:
        ValueError: features that cannot be compared, or fewer than a subset takes.

    Source: Bińkowski 2018 (the KID, with the unbiased estimator of the squared MMD).
    Departure: in float64.
    Chapter: evaluation
    """
    if num_subsets < 1 or subset_size < 2:
        raise ValueError(
            f"{num_subsets} subsets of {subset_size} samples: at least one subset of "
            "at least two is needed."
        )
    check_features(subset_size, real=real, fake=fake)
    values = []
    for _ in range(num_subsets):
        x, y = (
            in_float64(one[torch.randperm(len(one), generator=generator)[:subset_size]])
            for one in (real, fake)
        )
        values.append(_mean_off_diagonal(x) + _mean_off_diagonal(y) - 2 * _mean(x, y))
    found = torch.tensor(values, dtype=torch.float64)
    return Estimate(found.mean().item(), found.std(correction=0).item())


def _mean(x: Tensor, y: Tensor) -> float:
    total = sum(float(cubic_kernel(rows, y).sum()) for rows in x.split(PANEL))
    return total / (len(x) * len(y))


def _mean_off_diagonal(x: Tensor) -> float:
    """Mean of k(xᵢ, xⱼ) over i ≠ j, from the blocks on and above the diagonal."""
    total = 0.0
    for start in range(0, len(x), PANEL):
        rows = x[start : start + PANEL]
        block = cubic_kernel(rows, x[start:])
        within = block[:, : len(rows)]
        total += float(2 * block.sum() - within.sum() - within.diagonal().sum())
    return total / (len(x) * (len(x) - 1))
