r"""Maximum mean discrepancy: two samples compared through a kernel.

A kernel is a function of two sets of points, (..., N, d) and (..., M, d), that returns
the matrix of their similarities, (..., N, M). Pass the function: `energy_kernel`,
`cubic_kernel` and `gaussian_kernel(1.0)` are three, any other of that shape will do.
"""

from collections.abc import Callable

import torch
from torch import Tensor

Kernel = Callable[[Tensor, Tensor], Tensor]


def _distances(x: Tensor, y: Tensor) -> Tensor:
    # By differences: |x|² + |y|² − 2xy cancels digits and can fall below zero.
    return torch.cdist(x, y, compute_mode="donot_use_mm_for_euclid_dist")


def gaussian_kernel(*bandwidths: float) -> Kernel:
    r"""Return the Gaussian kernel, averaged over one bandwidth or several.

    $$k(x, y) = \frac1B \sum_b e^{-\|x - y\|^2 / (2 h_b^2)}$$

    Args:
        bandwidths: the h_b > 0, in the unit of the data; at least one.

    Returns:
        The kernel, with values from 0 to 1. h = 1, two points at distance 1: 0.6065.

    Raises:
        ValueError: no bandwidth, or one that is not positive.

    Source: Gretton 2012, section 2.2; several bandwidths: Li 2015.
        Departure: the average instead of the sum.
    Chapter: objectives
    """
    if not bandwidths or min(bandwidths) <= 0:
        raise ValueError(
            f"a Gaussian kernel needs bandwidths above 0, but got {bandwidths}."
        )

    def kernel(x: Tensor, y: Tensor) -> Tensor:
        squared = _distances(x, y).square()
        return sum((-squared / (2 * h**2)).exp() for h in bandwidths) / len(bandwidths)

    return kernel


def energy_kernel(x: Tensor, y: Tensor) -> Tensor:
    r"""Minus the distance: the kernel whose squared MMD is the energy distance.

    $$k(x, y) = -\|x - y\|$$

    Not positive definite, but Σ cᵢcⱼ k(xᵢ, xⱼ) ≥ 0 whenever Σ cᵢ = 0, and differences
    of probabilities are always of that kind.

    Args:
        x: points, shape (..., N, d).
        y: points, shape (..., M, d).

    Returns:
        Shape (..., N, M), at most 0, in the unit of the data. Distance 2: −2. Where
        two points coincide the derivative is taken as 0.

    Source: Székely and Rizzo 2013. Departure: none.
    Chapter: objectives
    """
    return -_distances(x, y)


def cubic_kernel(x: Tensor, y: Tensor) -> Tensor:
    r"""Return a polynomial of the inner product: the kernel of `kernel_distance`.

    $$k(x, y) = \Big(\frac{x \cdot y}{d} + 1\Big)^3$$

    Its MMD sees the first three moments, and nothing beyond.

    Args:
        x: points, shape (..., N, d).
        y: points, shape (..., M, d).

    Returns:
        Shape (..., N, M). Orthogonal points: 1; a point of norm √d and itself: 8.

    Source: Bińkowski 2018 (the kernel of the KID). Departure: none.
    Chapter: evaluation
    """
    return (x @ y.mT / x.shape[-1] + 1) ** 3


def mmd_squared(x: Tensor, y: Tensor, kernel: Kernel, unbiased: bool = True) -> Tensor:
    r"""Squared maximum mean discrepancy of two samples.

    $$\widehat{\mathrm{MMD}}^2 = \frac{1}{N(N-1)} \sum_{i \ne j} k(x_i, x_j)
    + \frac{1}{M(M-1)} \sum_{i \ne j} k(y_i, y_j)
    - \frac{2}{NM} \sum_{i,j} k(x_i, y_j)$$

    Differentiable in both samples; the biased form also averages the terms i = j, and
    is the exact squared MMD of the two samples as distributions.

    Args:
        x: sample, shape (N, d), or (S, N, d) for S pairs at once; N ≥ 2.
        y: sample, shape (M, d) or (S, M, d); M ≥ 2.
        kernel: similarity of two sets of points.
        unbiased: leave out i = j. The estimate may then be negative.

    Returns:
        Shape () or (S,), in units of the kernel. ``energy_kernel``, samples {0, 2} and
        {1, 1}, unbiased: −2 + 0 + 2 = 0.

    Raises:
        ValueError: a sample has another shape, or fewer than two points.

    Source: Gretton 2012, lemma 6, eq. 3 (unbiased) and eq. 5 (biased). Departure: none.
    Chapter: objectives
    """
    for name, points in (("x", x), ("y", y)):
        if points.ndim < 2 or points.shape[-2] < 2:
            raise ValueError(
                f"{name} has shape {tuple(points.shape)}, but a sample is (N, d) with "
                "N ≥ 2 points; one-dimensional points need a last axis of one."
            )
    within = _mean_within(kernel(x, x), unbiased) + _mean_within(kernel(y, y), unbiased)
    return within - 2 * kernel(x, y).mean((-2, -1))


def _mean_within(gram: Tensor, unbiased: bool) -> Tensor:
    num = gram.shape[-1]
    total = gram.sum((-2, -1))
    if not unbiased:
        return total / num**2
    return (total - gram.diagonal(dim1=-2, dim2=-1).sum(-1)) / (num * (num - 1))
