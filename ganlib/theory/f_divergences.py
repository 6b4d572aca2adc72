"""What an f-divergence is: by its integral, and from below by a critic.

Each row is written from the log ratio s = log p − log q as well as from the ratio
u = p/q, because the ratio of two densities overflows long before its logarithm does.
"""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor

from ganlib.theory.densities import Normal
from ganlib.theory.discriminator import optimal_logit
from ganlib.theory.quadrature import expectation, integrate, panel_edges

INF = float("inf")


class FDivergence(NamedTuple):
    r"""One f-divergence and everything the f-GAN view needs of it.

    $$D_f(p\,\|\,q) = \int q(x)\, f\!\left(\frac{p(x)}{q(x)}\right) dx =
    \sup_T\; \mathbb E_p[T] - \mathbb E_q[f^*(T)], \qquad T^* = f'(p/q)$$

    Attributes:
        name: its name in the field.
        f: the convex f(u), for a ratio u > 0.
        conjugate: f*(t) = sup over u ≥ 0 of ut − f(u), for t inside ``domain``.
        domain: the interval of t where f* is finite.
        critic: T* = f'(eˢ) as a function of the log ratio s.
        integrand: q f(p/q) as a function of log p and log q.
        at_zero: f(0), what a unit of q's mass costs where p has none.
        slope_at_infinity: lim f(u)/u, what a unit of p's mass costs where q has none.
        for_normals: closed form for two ``Normal`` densities, or None.

    Source: Nowozin et al. 2016, table 1 and eq. 4. Departure: constants follow each
        divergence's usual name, not that table.
    Chapter: optimal-discriminator
    """

    name: str
    f: Callable[[Tensor], Tensor]
    conjugate: Callable[[Tensor], Tensor]
    domain: tuple[float, float]
    critic: Callable[[Tensor], Tensor]
    integrand: Callable[[Tensor, Tensor], Tensor]
    at_zero: float
    slope_at_infinity: float
    for_normals: Callable[[Normal, Normal], Tensor] | None = None


def f_divergence(p, q, row: FDivergence) -> Tensor:
    r"""f-divergence of two densities by quadrature.

    $$D_f(p\,\|\,q) = \int q(x)\, f\!\left(\frac{p(x)}{q(x)}\right) dx$$

    Args:
        p: the density in the numerator.
        q: the density in the denominator.
        row: a row of ``F_DIVERGENCES``.

    Returns:
        The divergence in nats (dimensionless where f has no logarithm), a tensor
        without axes; infinite if f says so on the part one density does not cover.

    Raises:
        ValueError: the integrand has not died away at the last panel, so the integral
            diverges or lies outside the panels.

    Source: Csiszár 1967. Departure: none.
    Chapter: optimal-discriminator
    """

    def integrand(x: Tensor) -> Tensor:
        log_p, log_q = p.log_pdf(x), q.log_pdf(x)
        no_p, no_q = torch.isneginf(log_p), torch.isneginf(log_q)
        inner = row.integrand(
            torch.where(no_p | no_q, 0.0, log_p), torch.where(no_p | no_q, 0.0, log_q)
        )
        only_q = torch.where(no_q, 0.0, row.at_zero * log_q.exp())
        only_p = torch.where(no_p, 0.0, row.slope_at_infinity * log_p.exp())
        return torch.where(no_p, only_q, torch.where(no_q, only_p, inner))

    edges = panel_edges(p, q)
    total = integrate(integrand, edges)
    _refuse_heavy_tail(integrand, p, q, edges, total, row.name)
    return total


def _refuse_heavy_tail(integrand, p, q, edges, total, name) -> None:
    """Raise if an open end of the line still contributes."""
    lows, highs = zip(p.support, q.support, strict=True)
    with torch.no_grad():
        ends = [integrate(integrand, edges[:2]), integrate(integrand, edges[-2:])]
        open_ends = [min(lows) == -INF, max(highs) == INF]
    for end, is_open in zip(ends, open_ends, strict=True):
        if is_open and end.abs() > 1e-10 * max(1.0, total.abs().item()):
            raise ValueError(
                f"The integrand of the {name} divergence is still {end:.2g} in the "
                "outermost panel. The integral diverges, or its mass lies more than "
                "20 standard deviations out; compare with the closed form."
            )


def optimal_critic(p, q, row: FDivergence) -> Callable[[Tensor], Tensor]:
    r"""Critic that attains the dual bound.

    $$T^*(x) = f'\!\left(\frac{p(x)}{q(x)}\right)$$

    Args:
        p: the density in the numerator.
        q: the density in the denominator.
        row: a row of ``F_DIVERGENCES``.

    Returns:
        A function from x of any shape to T* of that shape, in units of f; it overflows
        where e to the log ratio does and f' grows with it (|log p/q| > 709).
        For the KL divergence T* = 1 + log p/q: 1 where the densities are equal.

    Source: Nguyen et al. 2010; Nowozin et al. 2016, eq. 5. Departure: none.
    Chapter: optimal-discriminator
    """
    logit = optimal_logit(p, q)
    return lambda x: row.critic(logit(x))


def f_dual_value(critic: Callable[[Tensor], Tensor], p, q, row: FDivergence) -> Tensor:
    r"""Value of a critic in the dual of an f-divergence: a lower bound.

    $$\mathbb E_p[T(x)] - \mathbb E_q[f^*(T(x))] \le D_f(p\,\|\,q)$$

    Args:
        critic: T, maps x of shape (N,) to values of shape (N,) inside ``row.domain``.
        p: the density in the numerator.
        q: the density in the denominator.
        row: a row of ``F_DIVERGENCES``.

    Returns:
        The bound in units of f, a tensor without axes; −inf where T leaves the domain.
        For the KL divergence T = 1 everywhere gives 1 − 1 = 0.

    Source: Nowozin et al. 2016, eq. 4. Departure: the critic is given as it is, without
        an output activation.
    Chapter: optimal-discriminator
    """
    real = expectation(critic, p, q)
    return real - expectation(lambda x: row.conjugate(critic(x)), q, p)
