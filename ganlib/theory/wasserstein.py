r"""The Wasserstein-1 distance: its cost, its potential, and the case of the line."""

import torch
from torch import Tensor

from ganlib.theory.transport import Transport


def euclidean_cost(x: Tensor, y: Tensor) -> Tensor:
    r"""Euclidean distance of each point of x from each point of y.

    $$c_{ij} = \|x_i - y_j\|$$

    Args:
        x: n points, shape (n, d).
        y: m points, shape (m, d).

    Returns:
        Shape (n, m), float64, ≥ 0, in the unit of the points. From (0, 0) to (3, 4):
        5. Differentiable; where two points coincide the gradient is 0.

    Source: textbook. Departure: none.
    Chapter: wasserstein
    """
    # Not through ‖x‖² − 2xy + ‖y‖², which cancels for points that lie close together.
    mode = "donot_use_mm_for_euclid_dist"
    return torch.cdist(x.double(), y.double(), compute_mode=mode)


def potential(x: Tensor, targets: Tensor, solution: Transport) -> Tensor:
    r"""Value at any point of the Kantorovich potential: an optimal critic for W1.

    $$\varphi(x) = \min_j \big( \|x - y_j\| - g_j \big)$$

    A minimum of functions of slope 1, so its slope is at most 1. At the sources it is
    f, at the targets −g, so the difference of its two means is the transport cost.

    Args:
        x: where, shape (..., d).
        targets: the y_j that the plan ends in, shape (m, d).
        solution: what `transport` returned for `euclidean_cost(sources, targets)`.

    Returns:
        Shape (...), float64, in the unit of the points, differentiable in x. One
        source at 0, one target at 3: φ(0) − φ(3) = 3.

    Source: Villani 2009, theorem 5.10 (c-conjugate). Departure: none.
    Chapter: wasserstein
    """
    flat = x.reshape(-1, x.shape[-1])
    values = (euclidean_cost(flat, targets) - solution.g).amin(dim=1)
    return values.reshape(x.shape[:-1])


def wasserstein_1d(
    x: Tensor, y: Tensor, p: Tensor | None = None, q: Tensor | None = None
) -> Tensor:
    r"""Wasserstein-1 distance on the line, from the two quantile functions.

    $$W_1(p, q) = \int_0^1 |F_p^{-1}(u) - F_q^{-1}(u)|\,du$$

    Args:
        x: n points, shape (n,).
        y: m points, shape (m,).
        p: weights of x, shape (n,), ≥ 0, summing to 1; default equal.
        q: weights of y, shape (m,), ≥ 0, summing to 1; default equal.

    Returns:
        The distance in the unit of x, a tensor without axes, float64, differentiable
        in x and y. Costs one sort, O((n + m) log(n + m)). {0, 1} and {2, 3}: 2.

    Raises:
        ValueError: shapes that do not fit, a NaN, weights that do not sum to 1.

    Source: Villani 2003, theorem 2.18 and remark 2.19. Departure: none.
    Chapter: wasserstein
    """
    (x, up_x), (y, up_y) = _quantiles("x", x, p), _quantiles("y", y, q)
    levels = torch.cat([up_x, up_y]).sort().values
    widths = levels.diff(prepend=levels.new_zeros(1))
    # Both quantile functions are constant between two levels: look in the middle.
    middle = levels - widths / 2
    at = [torch.searchsorted(up, middle).clamp(max=len(up) - 1) for up in (up_x, up_y)]
    return (widths * (x[at[0]] - y[at[1]]).abs()).sum()


def _quantiles(name: str, points: Tensor, weights: Tensor | None) -> tuple:
    """Sort the points; return them and how much weight lies at or below each."""
    num = len(points) if points.ndim == 1 else 0
    if weights is None:
        weights = torch.full((num,), 1 / max(num, 1), dtype=torch.float64)
    fits = num > 0 and weights.shape == points.shape
    fits = fits and bool((weights >= 0).all()) and abs(float(weights.sum()) - 1) < 1e-6
    if not fits or not torch.isfinite(points).all():
        raise ValueError(
            f"{name} must be a row of at least one finite number, with as many weights "
            f"≥ 0 that sum to 1, but has shape {tuple(points.shape)} and weights of "
            f"shape {tuple(weights.shape)} and sum {float(weights.sum()):.6g}."
        )
    points, order = points.double().sort()
    up = weights.double()[order].cumsum(0)
    return points, up / up[-1]
