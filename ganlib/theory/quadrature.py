"""Integrals over the line: Gauss–Legendre panels laid where the densities need them."""

from collections.abc import Callable
from functools import cache

import numpy as np
import torch
from torch import Tensor

NODES_PER_PANEL = 32  # exact for polynomials up to degree 63


@cache
def _gauss_legendre(num: int) -> tuple[Tensor, Tensor]:
    nodes, weights = np.polynomial.legendre.leggauss(num)
    return torch.from_numpy(nodes), torch.from_numpy(weights)


def _crossings(gap: Callable[[Tensor], Tensor], edges: Tensor) -> Tensor:
    """Return where ``gap`` changes sign, to the last bit, by bisection."""
    fractions = torch.linspace(0, 1, 17, dtype=torch.float64)[:-1]
    inner = edges[:-1, None] + edges.diff()[:, None] * fractions
    grid = torch.cat([inner.flatten(), edges[-1:]])
    signs = torch.nan_to_num(gap(grid)).sign()
    change = signs[:-1] * signs[1:] < 0
    low, high, sign = grid[:-1][change], grid[1:][change], signs[:-1][change]
    for _ in range(60):
        middle = (low + high) / 2
        left = torch.nan_to_num(gap(middle)).sign() == sign
        low, high = torch.where(left, middle, low), torch.where(left, high, middle)
    return high


@torch.no_grad()
def panel_edges(*densities) -> Tensor:
    r"""Return panel edges between which every given density is smooth.

    With two densities the points where they cross are edges too: |p − q| has its kinks
    there.

    Args:
        densities: one density or more.

    Returns:
        Increasing edges, shape (E,), float64, in units of x.
        ``panel_edges(Uniform(0, 1))`` is (0, 1).

    Source: none. Departure: none.
    Chapter: optimal-discriminator
    """
    edges = torch.cat([d.breakpoints for d in densities]).unique()
    if len(densities) == 2:
        p, q = densities
        extra = _crossings(lambda x: p.log_pdf(x) - q.log_pdf(x), edges)
        edges = torch.cat([edges, extra]).unique()
    return edges


def integrate(function: Callable[[Tensor], Tensor], edges: Tensor) -> Tensor:
    r"""Integrate a function, Gauss–Legendre with 32 nodes on each panel.

    $$\int g(x)\,dx \approx \sum_{\text{panels}} \frac{b-a}{2} \sum_i w_i\,
    g\!\left(\frac{a+b}{2} + \frac{b-a}{2}\, x_i\right)$$

    Args:
        function: maps x of shape (N,), float64, to values of shape (N,).
        edges: increasing panel edges, shape (E,); from ``panel_edges``.

    Returns:
        The integral, a tensor without axes. x² between 0 and 1: 1/3.

    Source: Gauss's rule, textbook. Departure: none.
    Chapter: optimal-discriminator
    """
    nodes, weights = _gauss_legendre(NODES_PER_PANEL)
    half = edges.diff()[:, None] / 2
    x = (edges[:-1, None] + half) + half * nodes
    return (function(x.flatten()).reshape(x.shape) * (half * weights)).sum()


def expectation(function: Callable[[Tensor], Tensor], density, *others) -> Tensor:
    r"""Average a function of x under a density.

    $$\mathbb E_p[g] = \int p(x)\, g(x)\, dx$$

    Args:
        function: g, maps x of shape (N,) to values of shape (N,). Its values where the
            density is zero are ignored, infinite ones included.
        density: p.
        others: further densities that g is made of; their breakpoints become panel
            edges as well.

    Returns:
        The expectation, a tensor without axes, in units of g.
        g = x² under ``Normal(0, 1)``: 1.

    Source: textbook. Departure: none.
    Chapter: optimal-discriminator
    """

    def weighted(x: Tensor) -> Tensor:
        weight = density.pdf(x)
        return torch.where(weight > 0, weight * function(x), 0.0)

    return integrate(weighted, panel_edges(density, *others))


def entropy(density) -> Tensor:
    r"""Differential entropy of a density.

    $$H[p] = -\int p(x) \log p(x)\, dx$$

    Args:
        density: p.

    Returns:
        The entropy in nats, a tensor without axes. ``Normal(0, 1)``: ½ log(2πe) =
        1.4189; ``Uniform(0, 1)``: 0.

    Source: Shannon 1948. Departure: none.
    Chapter: optimal-discriminator
    """
    return expectation(lambda x: -density.log_pdf(x), density)
