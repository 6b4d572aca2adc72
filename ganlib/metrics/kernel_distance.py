r"""Kernel distance between two sets of features: KID, where they are Inception's."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from ganlib.metrics.checks import Estimate, check_features, in_float64

# Side of the part of a kernel matrix that is made at a time: it stays in the cache.
TILE = 500
# Samples of a subset from which rounding in float32 averages out, to six digits.
MANY = 500


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
    Departure: in float64; for subsets of 500 and more, products of float32 features
    in float32, once the mean of both sets is taken away.
    Chapter: evaluation
    """
    if num_subsets < 1 or subset_size < 2:
        raise ValueError(
            f"{num_subsets} subsets of {subset_size} samples: at least one subset of "
            "at least two is needed."
        )
    check_features(subset_size, real=real, fake=fake)
    sizes = len(real), len(fake)
    subsets = [
        [torch.randperm(num, generator=generator)[:subset_size] for num in sizes]
        for _ in range(num_subsets)
    ]
    single = torch.float64 not in (real.dtype, fake.dtype) and subset_size >= MANY
    x, y = _prepared(real, fake, torch.float32 if single else torch.float64)
    if num_subsets * subset_size**2 < len(real) * len(fake):
        ones = x.offsets.new_ones(subset_size, 1)
        pairs = ((x.take(i), y.take(j)) for i, j in subsets)
        values = torch.cat([_mmd_squared(*pair, ones, ones) for pair in pairs])
    else:  # subsets overlap so much that all pairs are fewer
        of_x, of_y = zip(*subsets, strict=True)
        values = _mmd_squared(x, y, _members(of_x, x), _members(of_y, y))
    return Estimate(values.mean().item(), values.std(correction=0).item())


class _Prepared(NamedTuple):
    r"""Features in two parts: one to multiply, and one that is added in float64.

    $$\frac{x \cdot y}{d} + 1 = \frac{s^2}{d}\, r_x \cdot r_y + o_x + o_y, \qquad
    r_x = \frac{x - m}{s}, \quad
    o_x = \frac{(x - m) \cdot m + \|m\|^2 / 2}{d} + \frac12$$

    m is the mean of both sets, s the largest number in what is left. Products of the r
    take nearly all the time. Of float32 features they are made in float32: what they
    are added to is exact, so rounding hardly reaches the result, as it would without m.

    Args:
        rows: the r (N, d), float32 or float64.
        offsets: the o (N,), float64.
        scale: s² / d.
    """

    rows: Tensor
    offsets: Tensor
    scale: float

    def take(self, indices: Tensor | slice) -> "_Prepared":
        return _Prepared(self.rows[indices], self.offsets[indices], self.scale)


def _prepared(real: Tensor, fake: Tensor, dtype: torch.dtype) -> list[_Prepared]:
    dims = real.shape[1]
    sets = [in_float64(one) for one in (real, fake)]
    mean = sum(one.sum(0) for one in sets) / sum(len(one) for one in sets)
    sets = [one - mean for one in sets]
    largest = max(float(one.abs().max()) for one in sets) or 1.0
    half = mean.square().sum() / 2
    parts = ((one / largest, (one @ mean + half) / dims + 0.5) for one in sets)
    return [_Prepared(r.to(dtype), o, largest**2 / dims) for r, o in parts]


def _members(subsets: Sequence[Tensor], x: _Prepared) -> Tensor:
    """One column of ones and zeros for each of T subsets, (N, T)."""
    members = x.offsets.new_zeros(len(x.rows), len(subsets))
    for column, chosen in enumerate(subsets):
        members[chosen, column] = 1
    return members


def _mmd_squared(x: _Prepared, y: _Prepared, in_x: Tensor, in_y: Tensor) -> Tensor:
    r"""Unbiased squared MMD of T pairs of subsets, every kernel value computed once.

    With u the ones and zeros of a subset, the sum of its kernel matrix is $u^\top K u$.
    """
    num_x, num_y = in_x.sum(0), in_y.sum(0)
    return (
        _sum_within(x, in_x) / (num_x * (num_x - 1))
        + _sum_within(y, in_y) / (num_y * (num_y - 1))
        - 2 * _sum_between(x, y, in_x, in_y) / (num_x * num_y)
    )


def _sum_between(x: _Prepared, y: _Prepared, in_x: Tensor, in_y: Tensor) -> Tensor:
    total = in_x.new_zeros(in_x.shape[1])
    for i in _tiles(len(in_x)):
        for j in _tiles(len(in_y)):
            cubes = _cubes(x.take(i), y.take(j))
            total += (in_x[i] * (cubes @ in_y[j])).sum(0)
    return total


def _sum_within(x: _Prepared, inside: Tensor) -> Tensor:
    """Sum of k(xᵢ, xⱼ) over i ≠ j, from the tiles on and above the diagonal."""
    total = inside.new_zeros(inside.shape[1])
    tiles = _tiles(len(inside))
    for first, i in enumerate(tiles):
        cubes = _cubes(x.take(i), x.take(i)).fill_diagonal_(0)
        total += (inside[i] * (cubes @ inside[i])).sum(0)
        for j in tiles[first + 1 :]:
            cubes = _cubes(x.take(i), x.take(j))
            total += 2 * (inside[i] * (cubes @ inside[j])).sum(0)
    return total


def _tiles(num: int) -> list[slice]:
    return [slice(start, start + TILE) for start in range(0, num, TILE)]


def _cubes(x: _Prepared, y: _Prepared) -> Tensor:
    """`cubic_kernel` of every pair, (N, M) float64, with little memory touched."""
    inner = torch.add(x.offsets[:, None], x.rows @ y.rows.T, alpha=x.scale)
    inner += y.offsets
    return inner.square().mul_(inner)
