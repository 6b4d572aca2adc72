"""The divergences of Part I under their own names, in the form their definitions have.

``f_table.py`` has the same quantities, and more, as rows of one table.
"""

from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ganlib.theory.densities import Mixture
from ganlib.theory.quadrature import expectation, integrate, panel_edges

LOG_2 = float(np.log(2))


def kl(p, q) -> Tensor:
    r"""Kullback–Leibler divergence of q from p.

    $$\mathrm{KL}(p\,\|\,q) = \int p(x) \log\frac{p(x)}{q(x)}\, dx$$

    Args:
        p: the density that is averaged over.
        q: the density it is compared with.

    Returns:
        The divergence in nats, a tensor without axes; infinite where p has mass and q
        has none. ``Normal(0, 1)`` and ``Normal(1, 1)``: 1/2.

    Source: Kullback and Leibler 1951. Departure: none.
    Chapter: optimal-discriminator
    """
    return expectation(lambda x: p.log_pdf(x) - q.log_pdf(x), p, q)


def js_divergence(p, q) -> Tensor:
    r"""Jensen–Shannon divergence of p and q.

    $$\mathrm{JSD}(p, q) = \tfrac12 \mathrm{KL}(p\,\|\,m) + \tfrac12
    \mathrm{KL}(q\,\|\,m), \qquad m = \tfrac12 (p + q)$$

    Args:
        p: a density.
        q: a density.

    Returns:
        The divergence in nats, from 0 (p = q) to log 2 = 0.6931 (disjoint supports), a
        tensor without axes.

    Source: Lin 1991, sec. IV, with equal weights. Departure: none.
    Chapter: optimal-discriminator
    """
    m = Mixture((p, q))
    edges = panel_edges(p, q)
    total = torch.zeros((), dtype=torch.float64)
    for density in (p, q):
        total = total + 0.5 * integrate(_kl_integrand(density, m), edges)
    return total


def _kl_integrand(density, reference) -> Callable[[Tensor], Tensor]:
    def integrand(x: Tensor) -> Tensor:
        log_pdf = density.log_pdf(x)
        ratio = log_pdf - reference.log_pdf(x)
        return torch.where(log_pdf > -torch.inf, log_pdf.exp() * ratio, 0.0)

    return integrand


def total_variation(p, q) -> Tensor:
    r"""Total variation distance of p and q.

    $$\mathrm{TV}(p, q) = \tfrac12 \int |p(x) - q(x)|\, dx$$

    Args:
        p: a density.
        q: a density.

    Returns:
        The distance, from 0 (p = q) to 1 (disjoint supports), a tensor without axes.
        ``Normal(0, 1)`` and ``Normal(2, 1)``: erf(1/√2) = 0.6827.

    Source: textbook. Departure: none.
    Chapter: optimal-discriminator
    """
    return 0.5 * integrate(lambda x: (p.pdf(x) - q.pdf(x)).abs(), panel_edges(p, q))


def js_divergence_monte_carlo(
    log_p: Callable[[Tensor], Tensor],
    log_q: Callable[[Tensor], Tensor],
    x_p: Tensor,
    x_q: Tensor,
) -> tuple[Tensor, Tensor]:
    r"""Estimate the Jensen–Shannon divergence from samples of known densities.

    $$\widehat{\mathrm{JSD}} = \tfrac12 \Big[ \tfrac1N \sum_i \log
    \frac{p(x_i)}{m(x_i)} + \tfrac1M \sum_j \log \frac{q(y_j)}{m(y_j)} \Big],
    \quad x_i \sim p,\ y_j \sim q$$

    It works in any dimension. Each summand lies below log 2, so few samples suffice.

    Args:
        log_p: maps (N, …) points to (N,) log densities in nats.
        log_q: the same for q.
        x_p: samples of p, N of them along the first axis.
        x_q: samples of q, M of them along the first axis.

    Returns:
        The estimate and its standard error, both in nats, tensors without axes.
        Equal densities: 0 and 0.

    Raises:
        ValueError: fewer than two samples of either, so no standard error.

    Source: Goodfellow et al. 2014, eq. 6, its expectations as means. Departure: none.
    Chapter: optimal-discriminator
    """
    if min(len(x_p), len(x_q)) < 2:
        raise ValueError("Give at least two samples of each density.")
    real = LOG_2 - F.softplus(log_q(x_p) - log_p(x_p))
    fake = LOG_2 - F.softplus(log_p(x_q) - log_q(x_q))
    estimate = 0.5 * (real.mean() + fake.mean())
    variance = real.var() / len(real) + fake.var() / len(fake)
    return estimate, 0.5 * variance.sqrt()
