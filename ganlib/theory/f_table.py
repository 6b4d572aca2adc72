"""The table of f-divergences: generator, conjugate, optimal critic, closed form."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from ganlib.theory import normals
from ganlib.theory.divergences import LOG_2
from ganlib.theory.f_divergences import INF, FDivergence


def _within(formula, low: float, high: float, below: float = INF):
    """Return the conjugate ``formula`` on its domain; ``below`` under it, inf above."""

    def conjugate(t: Tensor) -> Tensor:
        # The clamp keeps NaN out of the branch that is not taken, gradients included.
        inside = formula(t.clamp(low, high))
        return torch.where(t > high, INF, torch.where(t < low, below, inside))

    return conjugate


def _below(critic, supremum: float):
    """Keep rounding from lifting a critic onto its supremum, where f* is infinite."""
    highest = math.nextafter(supremum, -INF)
    return lambda s: critic(s).clamp(max=highest)


def _js_conjugate(t: Tensor) -> Tensor:
    """−½ log(2 − e^{2t}), without the cancellation near t = ½ log 2."""
    return -0.5 * (LOG_2 + (-torch.expm1(2 * t - LOG_2)).log())


def _js_integrand(log_p: Tensor, log_q: Tensor) -> Tensor:
    real = log_p.exp() * (LOG_2 - F.softplus(log_q - log_p))
    return 0.5 * (real + log_q.exp() * (LOG_2 - F.softplus(log_p - log_q)))


def _gan_integrand(log_p: Tensor, log_q: Tensor) -> Tensor:
    real = -log_p.exp() * F.softplus(log_q - log_p)
    return real - log_q.exp() * F.softplus(log_p - log_q)


def _pearson_integrand(log_p: Tensor, log_q: Tensor) -> Tensor:
    return (2 * log_p - log_q).exp() - 2 * log_p.exp() + log_q.exp()


_ROWS = (
    FDivergence(
        name="Kullback–Leibler",
        f=lambda u: u * u.log(),
        conjugate=lambda t: (t - 1).exp(),
        domain=(-INF, INF),
        critic=lambda s: 1 + s,
        integrand=lambda log_p, log_q: log_p.exp() * (log_p - log_q),
        at_zero=0.0,
        slope_at_infinity=INF,
        for_normals=normals.kl,
    ),
    FDivergence(
        name="reverse Kullback–Leibler",
        f=lambda u: -u.log(),
        conjugate=_within(lambda t: -1 - (-t).log(), -INF, 0.0),
        domain=(-INF, 0.0),
        critic=lambda s: -(-s).exp(),
        integrand=lambda log_p, log_q: log_q.exp() * (log_q - log_p),
        at_zero=INF,
        slope_at_infinity=0.0,
        for_normals=lambda p, q: normals.kl(q, p),
    ),
    FDivergence(
        name="Jensen–Shannon",
        f=lambda u: 0.5 * (u * u.log() - (u + 1) * ((u + 1) / 2).log()),
        conjugate=_within(_js_conjugate, -INF, LOG_2 / 2),
        domain=(-INF, LOG_2 / 2),
        critic=_below(lambda s: 0.5 * (LOG_2 - F.softplus(-s)), LOG_2 / 2),
        integrand=_js_integrand,
        at_zero=LOG_2 / 2,
        slope_at_infinity=LOG_2 / 2,
    ),
    FDivergence(
        name="GAN (2 JSD − log 4)",
        f=lambda u: u * u.log() - (u + 1) * (u + 1).log(),
        conjugate=_within(lambda t: -(-torch.expm1(t)).log(), -INF, 0.0),
        domain=(-INF, 0.0),
        critic=lambda s: -F.softplus(-s),
        integrand=_gan_integrand,
        at_zero=0.0,
        slope_at_infinity=0.0,
    ),
    FDivergence(
        name="total variation",
        f=lambda u: 0.5 * (u - 1).abs(),
        conjugate=_within(lambda t: t, -0.5, 0.5, below=-0.5),
        domain=(-INF, 0.5),
        critic=lambda s: 0.5 * s.sign(),
        integrand=lambda log_p, log_q: 0.5 * (log_p.exp() - log_q.exp()).abs(),
        at_zero=0.5,
        slope_at_infinity=0.5,
        for_normals=normals.total_variation,
    ),
    FDivergence(
        name="squared Hellinger",
        f=lambda u: 0.5 * (u.sqrt() - 1) ** 2,
        conjugate=_within(lambda t: 0.5 / (1 - 2 * t) - 0.5, -INF, 0.5),
        domain=(-INF, 0.5),
        critic=_below(lambda s: -0.5 * torch.expm1(-s / 2), 0.5),
        integrand=lambda log_p, log_q: (
            0.5 * ((log_p / 2).exp() - (log_q / 2).exp()) ** 2
        ),
        at_zero=0.5,
        slope_at_infinity=0.5,
        for_normals=normals.squared_hellinger,
    ),
    FDivergence(
        name="Pearson χ²",
        f=lambda u: (u - 1) ** 2,
        conjugate=_within(lambda t: t + t**2 / 4, -2.0, INF, below=-1.0),
        domain=(-INF, INF),
        critic=lambda s: 2 * torch.expm1(s),
        integrand=_pearson_integrand,
        at_zero=1.0,
        slope_at_infinity=INF,
        for_normals=normals.pearson,
    ),
    FDivergence(
        name="Neyman χ²",
        f=lambda u: (u - 1) ** 2 / u,
        conjugate=_within(lambda t: 2 - 2 * (1 - t).sqrt(), -INF, 1.0),
        domain=(-INF, 1.0),
        critic=lambda s: -torch.expm1(-2 * s),
        integrand=lambda log_p, log_q: _pearson_integrand(log_q, log_p),
        at_zero=INF,
        slope_at_infinity=1.0,
        for_normals=lambda p, q: normals.pearson(q, p),
    ),
    FDivergence(
        name="triangular discrimination",
        f=lambda u: (u - 1) ** 2 / (u + 1),
        conjugate=_within(lambda t: 4 - t - 4 * (1 - t).sqrt(), -3.0, 1.0, below=-1.0),
        domain=(-INF, 1.0),
        critic=lambda s: 1 - 4 * (-s).sigmoid() ** 2,
        integrand=lambda log_p, log_q: (
            (log_p.exp() - log_q.exp()) * ((log_p - log_q) / 2).tanh()
        ),
        at_zero=1.0,
        slope_at_infinity=1.0,
    ),
)

F_DIVERGENCES = {row.name: row for row in _ROWS}
