"""Closed forms of f-divergences between two normal densities.

They are reached through the column ``for_normals`` of ``F_DIVERGENCES``. All take p
with mean μ and deviation s, q with mean ν and deviation t, and return a tensor without
axes.
"""

from typing import NamedTuple

import torch
from torch import Tensor

from ganlib.theory.densities import Normal


class _Moments(NamedTuple):
    mean: Tensor
    std: Tensor

    @classmethod
    def of(cls, density: Normal) -> "_Moments":
        pair = (density.mean, density.std)
        return cls(*(torch.as_tensor(v, dtype=torch.float64) for v in pair))

    def below(self, x: Tensor) -> Tensor:
        return 0.5 * (1 + torch.erf((x - self.mean) / (2**0.5 * self.std)))


def kl(p: Normal, q: Normal) -> Tensor:
    r"""Kullback–Leibler divergence of two normals, in nats.

    $$\mathrm{KL}(p\,\|\,q) = \log\frac{t}{s} + \frac{s^2 + (\mu-\nu)^2}{2t^2} -
    \frac12$$
    """
    p, q = _Moments.of(p), _Moments.of(q)
    spread = (p.std**2 + (p.mean - q.mean) ** 2) / (2 * q.std**2)
    return (q.std / p.std).log() + spread - 0.5


def squared_hellinger(p: Normal, q: Normal) -> Tensor:
    r"""Squared Hellinger distance of two normals, from 0 to 1.

    $$H^2(p, q) = 1 - \sqrt{\frac{2st}{s^2+t^2}}\; e^{-(\mu-\nu)^2/(4(s^2+t^2))}$$
    """
    p, q = _Moments.of(p), _Moments.of(q)
    total = p.std**2 + q.std**2
    overlap = (2 * p.std * q.std / total).sqrt()
    return 1 - overlap * (-((p.mean - q.mean) ** 2) / (4 * total)).exp()


def pearson(p: Normal, q: Normal) -> Tensor:
    r"""Pearson χ² divergence of two normals; infinite unless 2t² > s².

    $$\chi^2(p\,\|\,q) = \frac{t^2}{s\sqrt{2t^2-s^2}}\; e^{(\mu-\nu)^2/(2t^2-s^2)} - 1$$
    """
    p, q = _Moments.of(p), _Moments.of(q)
    spare = 2 * q.std**2 - p.std**2
    if spare <= 0:  # q's tails are too thin: the integral of p²/q diverges
        return torch.tensor(float("inf"), dtype=torch.float64)
    scale = q.std**2 / (p.std * spare.sqrt())
    return scale * ((p.mean - q.mean) ** 2 / spare).exp() - 1


def total_variation(p: Normal, q: Normal) -> Tensor:
    r"""Total variation of two normals: |P − Q| of the interval between their crossings.

    $$\mathrm{TV}(p, q) = \operatorname{erf}\frac{|\mu-\nu|}{2\sqrt2\,s} \quad (s = t)$$
    """
    p, q = _Moments.of(p), _Moments.of(q)
    # log p = log q is the quadratic a x² + b x + c = 0.
    a = 1 / q.std**2 - 1 / p.std**2
    b = 2 * (p.mean / p.std**2 - q.mean / q.std**2)
    c = q.mean**2 / q.std**2 - p.mean**2 / p.std**2 + 2 * (q.std / p.std).log()
    if a == 0:
        return torch.erf((p.mean - q.mean).abs() / (8**0.5 * p.std))
    root = (b**2 - 4 * a * c).sqrt()
    x, y = (-b - root) / (2 * a), (-b + root) / (2 * a)
    return ((p.below(y) - p.below(x)) - (q.below(y) - q.below(x))).abs()
