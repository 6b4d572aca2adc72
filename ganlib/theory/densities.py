"""One-dimensional densities that can be evaluated.

A density has ``log_pdf(x)`` and ``pdf(x)``, ``sample(num, generator)``, its ``support``
and its ``breakpoints``: places between which it is smooth. The quadrature puts its
panels there, so that a narrow peak or an edge costs no accuracy.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

TAIL = 20  # standard deviations kept on each side: exp(-200) is left outside


def _double(value: float | Tensor) -> Tensor:
    return torch.as_tensor(value, dtype=torch.float64)


class _Density:
    """What follows from ``log_pdf`` alone."""

    def pdf(self, x: Tensor) -> Tensor:
        """Return the density at ``x``, same shape, in units of 1/x."""
        return self.log_pdf(x).exp()


@dataclass(frozen=True)
class Normal(_Density):
    r"""Normal density with the given mean and standard deviation.

    $$p(x) = \frac{1}{s\sqrt{2\pi}}\, e^{-(x-\mu)^2/(2s^2)}$$

    Args:
        mean: μ, a number or a tensor without axes (then results differentiate in it).
        std: s > 0, in units of x.

    Raises:
        ValueError: ``std`` is not positive.

    Source: textbook. Departure: none.
    Chapter: optimal-discriminator
    """

    mean: float | Tensor = 0.0
    std: float | Tensor = 1.0

    def __post_init__(self) -> None:
        if not float(self.std) > 0:
            raise ValueError(f"std is {self.std}, but a normal density needs std > 0.")

    @property
    def support(self) -> tuple[float, float]:
        """The whole line."""
        return (-float("inf"), float("inf"))

    @property
    def breakpoints(self) -> Tensor:
        """Every standard deviation from −20 to 20."""
        steps = torch.arange(-TAIL, TAIL + 1, dtype=torch.float64)
        return float(self.mean) + float(self.std) * steps

    def log_pdf(self, x: Tensor) -> Tensor:
        """Return the log density at ``x``, same shape, in nats."""
        std = _double(self.std)
        z = (_double(x) - _double(self.mean)) / std
        return -0.5 * z**2 - std.log() - 0.5 * np.log(2 * np.pi)

    def sample(self, num: int, generator: torch.Generator) -> Tensor:
        """Return ``num`` draws, shape (num,), float64."""
        noise = torch.randn(num, generator=generator, dtype=torch.float64)
        return _double(self.mean) + _double(self.std) * noise


@dataclass(frozen=True)
class Uniform(_Density):
    r"""Uniform density on the interval from ``low`` to ``high``.

    $$p(x) = \frac{1}{b-a} \quad\text{for } a < x < b, \qquad 0 \text{ elsewhere}$$

    Derivatives in ``low`` and ``high`` are not available by autograd: the edge itself
    moves, and a quadrature at fixed nodes does not see that.

    Args:
        low: a, in units of x.
        high: b > a.

    Raises:
        ValueError: ``high`` is not above ``low``.

    Source: textbook. Departure: none.
    Chapter: optimal-discriminator
    """

    low: float = 0.0
    high: float = 1.0

    def __post_init__(self) -> None:
        if not self.high > self.low:
            raise ValueError(
                f"The interval from {self.low} to {self.high} is empty: "
                "high must lie above low."
            )

    @property
    def support(self) -> tuple[float, float]:
        """The interval itself."""
        return (float(self.low), float(self.high))

    @property
    def breakpoints(self) -> Tensor:
        """The two edges."""
        return torch.tensor(self.support, dtype=torch.float64)

    def log_pdf(self, x: Tensor) -> Tensor:
        """Return the log density at ``x``, same shape, in nats; −inf outside."""
        x = _double(x)
        inside = (x > self.low) & (x < self.high)
        height = torch.full_like(x, -np.log(self.high - self.low))
        return torch.where(inside, height, -torch.inf)

    def sample(self, num: int, generator: torch.Generator) -> Tensor:
        """Return ``num`` draws, shape (num,), float64."""
        unit = torch.rand(num, generator=generator, dtype=torch.float64)
        return self.low + (self.high - self.low) * unit


@dataclass(frozen=True)
class Mixture(_Density):
    r"""Weighted average of densities.

    $$m(x) = \sum_k w_k\, p_k(x), \qquad w_k > 0, \quad \sum_k w_k = 1$$

    ``Mixture((p, q))`` is the m of the Jensen–Shannon divergence; uniform components
    give any piecewise constant density.

    Args:
        components: the p_k.
        weights: the w_k, dimensionless; default equal. They are not rescaled.

    Raises:
        ValueError: a weight is missing or not positive, or they do not add up to 1.

    Source: textbook. Departure: none.
    Chapter: optimal-discriminator
    """

    components: tuple
    weights: tuple[float, ...] = field(default=())

    def __post_init__(self) -> None:
        num = len(self.components)
        if not self.weights:
            object.__setattr__(self, "weights", (1 / num,) * num)
        bad = len(self.weights) != num or min(self.weights) <= 0
        if bad or abs(sum(self.weights) - 1) > 1e-9:
            raise ValueError(
                f"The weights {self.weights} do not fit {num} components: give one "
                "positive weight for each, adding up to 1."
            )

    @property
    def support(self) -> tuple[float, float]:
        """The smallest interval that holds every component's support."""
        lows, highs = zip(*(c.support for c in self.components), strict=True)
        return (min(lows), max(highs))

    @property
    def breakpoints(self) -> Tensor:
        """The components' breakpoints together."""
        return torch.cat([c.breakpoints for c in self.components])

    def log_pdf(self, x: Tensor) -> Tensor:
        """Return the log density at ``x``, same shape, in nats."""
        logs = torch.stack([c.log_pdf(x) for c in self.components], dim=-1)
        return (logs + _double(self.weights).log()).logsumexp(dim=-1)

    def sample(self, num: int, generator: torch.Generator) -> Tensor:
        """Return ``num`` draws, shape (num,), float64."""
        weights = _double(self.weights)
        which = torch.multinomial(weights, num, replacement=True, generator=generator)
        draws = torch.stack([c.sample(num, generator) for c in self.components])
        return draws[which, torch.arange(num)]


def normal_mixture(
    means: Sequence[float], stds: Sequence[float], weights: Sequence[float] = ()
) -> Mixture:
    r"""Return the mixture of normal densities with these means and deviations.

    $$m(x) = \sum_k w_k\, \mathcal N(x; \mu_k, s_k^2)$$

    Args:
        means: the μ_k, K of them, in units of x.
        stds: the s_k > 0, K of them.
        weights: the w_k, adding up to 1; default equal.

    Returns:
        The density. ``normal_mixture([-1, 1], [1, 1]).pdf(0)`` is 0.2420.

    Raises:
        ValueError: the lengths differ.

    Source: textbook. Departure: none.
    Chapter: optimal-discriminator
    """
    parts = tuple(Normal(m, s) for m, s in zip(means, stds, strict=True))
    return Mixture(parts, tuple(weights))
