"""The dual Sobolev norm on a grid: how far mass has to go, to first order.

A grid function is a float64 tensor (K,) on a line or (K, L) in the plane, with equal
spacing; a distribution is the mass at each point. Critics may not jump: between
neighbours each is a straight line, so that its slope is a difference over the spacing.
"""

import torch
from torch import Tensor


def stiffness(weight: Tensor, spacing: float) -> Tensor:
    r"""Matrix of the weighted mean squared slope on a grid.

    $$t^\top K t = \sum_{x \sim y} \frac{w(x) + w(y)}{2}
    \Big(\frac{t(x) - t(y)}{\Delta}\Big)^2 \;\approx\; \int w\, \|\nabla t\|^2$$

    The sum is over pairs of neighbours. With the weight γ(p + q) and a half in front it
    is R1 and R2 together.

    Args:
        weight: w, the mass at each point, shape (K,) or (K, L), ≥ 0.
        spacing: Δ > 0 between neighbours, in units of x.

    Returns:
        K, shape (N, N) for a grid of N points in C order, float64, symmetric, in
        1/(units of x)². Weight (½, ½) and Δ = 1: ((½, −½), (−½, ½)).

    Raises:
        ValueError: the grid has more than two axes.

    Source: textbook (finite volumes, no flow through the border). Departure: none.
    Chapter: modern-baseline
    """
    num = weight.numel()
    matrix = torch.zeros(num, num, dtype=weight.dtype)
    for first, second, strength in _edges(weight):
        strength = strength / spacing**2
        matrix[first, second] -= strength
        matrix[second, first] -= strength
        matrix[first, first] += strength  # an axis names each point at most once
        matrix[second, second] += strength
    return matrix


def _edges(weight: Tensor) -> list[tuple[Tensor, Tensor, Tensor]]:
    """List for each axis the two ends of all edges, and the mean weight of the two."""
    if weight.ndim not in (1, 2):
        raise ValueError(
            f"weight has shape {tuple(weight.shape)}, but the grid is a line or a "
            "plane: give one or two axes."
        )
    index = torch.arange(weight.numel()).view(weight.shape)
    edges = []
    for axis, size in enumerate(weight.shape):
        first, second = (
            index.narrow(axis, start, size - 1).flatten() for start in (0, 1)
        )
        flat = weight.flatten()
        edges.append((first, second, (flat[first] + flat[second]) / 2))
    return edges


def dual_sobolev_potential(
    difference: Tensor, weight: Tensor, spacing: float
) -> Tensor:
    r"""Critic that tells two distributions apart best for its mean squared slope.

    $$-\nabla \cdot (w \nabla t) = p - q, \qquad\text{that is}\qquad
    t = \arg\max_t\; 2\textstyle\sum (p - q)\, t - t^\top K t$$

    Args:
        difference: p − q, shape (K,) or (K, L), sum 0.
        weight: w, the mass at each point, same shape, ≥ 0.
        spacing: Δ > 0, in units of x.

    Returns:
        t, same shape, with mean 0, in (units of x)².

    Raises:
        ValueError: shapes differ, or the difference does not sum to 0.
        ArithmeticError: mass would have to cross points of weight 0.

    Source: Peyre 2018, section 1, as an Euler–Lagrange equation. Departure: on a grid.
    Chapter: modern-baseline
    """
    _check(difference, weight)
    matrix = stiffness(weight, spacing)[1:, 1:]
    factor, flaw = torch.linalg.cholesky_ex(matrix)  # the first point is held at 0
    if flaw:
        raise ArithmeticError(
            "the weight vanishes on a way that mass has to take, so the norm is "
            "infinite: give a weight above 0, such as the mean of the two densities."
        )
    potential = torch.zeros_like(difference).flatten()
    right = difference.flatten()[1:, None]
    potential[1:] = torch.cholesky_solve(right, factor).squeeze(1)
    return (potential - potential.mean()).view(difference.shape)


def dual_sobolev_norm(difference: Tensor, weight: Tensor, spacing: float) -> Tensor:
    r"""Dual Sobolev norm of a difference of distributions, on a grid.

    $$\|p - q\|_{\dot H^{-1}(w)} = \sup\Big\{ \textstyle\int (p - q)\, t \;:\;
    \int w\, \|\nabla t\|^2 \le 1 \Big\}$$

    With w = p it is, for q near p, the Wasserstein distance W₂(p, q).

    Args:
        difference: p − q, shape (K,) or (K, L), sum 0.
        weight: w, the mass at each point, same shape, ≥ 0.
        spacing: Δ > 0, in units of x.

    Returns:
        The norm in units of x, a tensor without axes. Masses (1, 0) against (½, ½),
        weight (½, ½), Δ = 1: 1/√2.

    Raises:
        ValueError: shapes differ, or the difference does not sum to 0.
        ArithmeticError: mass would have to cross points of weight 0.

    Source: Peyre 2018, section 1. Departure: on a grid.
    Chapter: modern-baseline
    """
    potential = dual_sobolev_potential(difference, weight, spacing)
    return (difference * potential).sum().clamp(min=0).sqrt()


def dual_sobolev_norm_line(
    difference: Tensor, weight: Tensor, spacing: float
) -> Tensor:
    r"""Compute the same norm on a line from cumulative distribution functions.

    $$\|p - q\|_{\dot H^{-1}(w)}^2 = \int \frac{(P - Q)^2}{w}\, dx$$

    Args:
        difference: p − q, shape (K,), sum 0.
        weight: w, the mass at each point, shape (K,), ≥ 0.
        spacing: Δ > 0, in units of x.

    Returns:
        The norm in units of x, a tensor without axes; infinite where mass has to cross
        a gap in the weight.

    Raises:
        ValueError: shapes differ, more than one axis, or the sum is not 0.

    Source: textbook (integration by parts). Departure: on a grid.
    Chapter: modern-baseline
    """
    _check(difference, weight)
    if difference.ndim != 1:
        raise ValueError(f"a line has one axis, not {difference.ndim}.")
    crossing = difference.cumsum(0)[:-1]  # mass that has to pass each edge
    between = (weight[1:] + weight[:-1]) / 2
    cost = torch.where(crossing == 0, 0.0, crossing.square() / between)
    return spacing * cost.sum().sqrt()


def _check(difference: Tensor, weight: Tensor) -> None:
    if difference.shape != weight.shape:
        raise ValueError(
            f"difference {tuple(difference.shape)} and weight {tuple(weight.shape)} "
            "must lie on one grid."
        )
    if abs(difference.sum().item()) > 1e-9:
        raise ValueError(
            f"the difference sums to {difference.sum():.3g}, but no mass may appear or "
            "vanish: both distributions must have the same sum."
        )
