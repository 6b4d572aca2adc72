"""What each adversarial loss measures, on a finite space where all of it is a sum.

Distributions are vectors of probabilities over n atoms, a critic is the vector of its
n outputs. The losses come in as functions: this room knows none of them by itself.
"""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor

from ganlib.theory.divergences import LOG_2

LossFunction = Callable[[Tensor, Tensor], Tensor]


def expected_loss(
    loss_function: LossFunction, critic: Tensor, p: Tensor, q: Tensor
) -> Tensor:
    r"""Exact expectation of a loss on a finite space, for any loss on two logits.

    $$L(t) = \sum_{i,j} p_i\, q_j\; \ell(t_i, t_j)$$

    The double sum serves losses that score pairs as well; for all others, where
    ℓ(a, b) = φ(a) + ψ(b), it equals Σ pᵢ φ(tᵢ) + Σ qⱼ ψ(tⱼ).

    Args:
        loss_function: one player's loss, (real_logits, fake_logits) to the mean over
            the last axis, such as ``losses.hinge.discriminator``.
        critic: outputs t on the atoms, shape (..., n).
        p: probabilities of the data, shape (..., n).
        q: probabilities of the generator, shape (..., n).

    Returns:
        The expected loss, shape (...). Minimax, t = 0: 2 log 2 = 1.386.

    Source: Goodfellow et al. 2014, eq. 1, on a finite space. Departure: none.
    Chapter: objectives
    """
    weights = p.unsqueeze(-1) * q.unsqueeze(-2)
    critic = critic.expand(weights.shape[:-1])
    real = critic.unsqueeze(-1).expand_as(weights).reshape(-1, 1)
    fake = critic.unsqueeze(-2).expand_as(weights).reshape(-1, 1)
    # Each pair is a batch of two equal samples: the losses refuse batches of one.
    each = loss_function(real.expand(-1, 2), fake.expand(-1, 2))
    return (weights * each.view_as(weights)).sum((-2, -1))


def finite_kl(p: Tensor, q: Tensor) -> Tensor:
    r"""Kullback–Leibler divergence on a finite space.

    $$\mathrm{KL}(p\,\|\,q) = \sum_i p_i \log\frac{p_i}{q_i}$$

    Args:
        p: probabilities, shape (..., n).
        q: probabilities, shape (..., n), positive where p is.

    Returns:
        Nats, shape (...). (1, 0) from (½, ½): log 2.

    Source: Kullback and Leibler 1951. Departure: none.
    Chapter: objectives
    """
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def finite_js(p: Tensor, q: Tensor) -> Tensor:
    r"""Jensen–Shannon divergence on a finite space.

    $$\mathrm{JSD}(p, q) = \tfrac12 \mathrm{KL}(p\,\|\,m) + \tfrac12
    \mathrm{KL}(q\,\|\,m), \qquad m = \tfrac12 (p + q)$$

    Args:
        p: probabilities, shape (..., n).
        q: probabilities, shape (..., n).

    Returns:
        Nats, shape (...), from 0 to log 2. (1, 0) and (½, ½): 0.2158.

    Source: Lin 1991, sec. IV. Departure: none.
    Chapter: objectives
    """
    m = (p + q) / 2
    return (finite_kl(p, m) + finite_kl(q, m)) / 2


def paired_js(p: Tensor, q: Tensor) -> Tensor:
    r"""Jensen–Shannon divergence of a pair (real, fake) from the exchanged pair.

    $$\mathrm{JSD}(p \otimes q,\; q \otimes p)$$

    Args:
        p: probabilities, shape (..., n).
        q: probabilities, shape (..., n).

    Returns:
        Nats, shape (...), from JSD(p, q) to log 2. (1, 0) and (½, ½): ½ log 2.

    Source: this course; proved in modern-baseline. Departure: none.
    Chapter: objectives
    """
    pairs = p.unsqueeze(-1) * q.unsqueeze(-2)
    return finite_js(pairs.flatten(-2), pairs.mT.flatten(-2))


def finite_variation(p: Tensor, q: Tensor) -> Tensor:
    r"""Total variation distance on a finite space.

    $$\mathrm{TV}(p, q) = \tfrac12 \sum_i |p_i - q_i|$$

    Args:
        p: probabilities, shape (..., n).
        q: probabilities, shape (..., n).

    Returns:
        Shape (...), from 0 to 1. (1, 0) and (½, ½): ½.

    Source: textbook. Departure: none.
    Chapter: objectives
    """
    return (p - q).abs().sum(-1) / 2


def triangular(p: Tensor, q: Tensor) -> Tensor:
    r"""Triangular discrimination on a finite space.

    $$\Delta(p, q) = \sum_i \frac{(p_i - q_i)^2}{p_i + q_i}
    = \chi^2_{\mathrm{Pearson}}(p + q\,\|\,2q)$$

    Args:
        p: probabilities, shape (..., n).
        q: probabilities, shape (..., n), not both zero at one atom.

    Returns:
        Shape (...), from 0 to 2. (1, 0) and (½, ½): ⅔.

    Source: Mao 2017, section 3 (the Pearson form). Departure: none.
    Chapter: objectives
    """
    return ((p - q) ** 2 / (p + q)).sum(-1)


class Objective(NamedTuple):
    r"""What one adversarial loss measures.

    $$\min_t L_D(t) = c - D(p, q), \qquad
    \nabla\, \mathbb E_q[g(t^*)]\big|_{t^*\text{ fixed}} = \nabla H(p, q)$$

    Attributes:
        divergence: the name of D, in Unicode.
        chance: c, the discriminator's best loss where p = q.
        critic: t* as a function of p and q, both (..., n).
        gap: D as a function of p and q.
        followed: H as a function of p and q, zero where p = q: what the generator's
            step descends while the critic is held.
        bound: largest |t| the critic may output, or None.

    Chapter: objectives
    """

    divergence: str
    chance: float
    critic: Callable[[Tensor, Tensor], Tensor]
    gap: Callable[[Tensor, Tensor], Tensor]
    followed: Callable[[Tensor, Tensor], Tensor]
    bound: float | None = None


def _log_ratio(p: Tensor, q: Tensor) -> Tensor:
    return p.log() - q.log()


def _sign(p: Tensor, q: Tensor) -> Tensor:
    return (p - q).sign()


def _twice_js(p: Tensor, q: Tensor) -> Tensor:
    return 2 * finite_js(p, q)


def _twice_variation(p: Tensor, q: Tensor) -> Tensor:
    return 2 * finite_variation(p, q)


OBJECTIVES = {
    "minimax": Objective("2 JSD", 2 * LOG_2, _log_ratio, _twice_js, _twice_js),
    "non_saturating": Objective(
        "2 JSD",
        2 * LOG_2,
        _log_ratio,
        _twice_js,
        followed=lambda p, q: 2 * finite_kl((p + q) / 2, p),
    ),
    "least_squares": Objective(
        "Δ/8",
        1 / 4,
        critic=lambda p, q: p / (p + q),
        gap=lambda p, q: triangular(p, q) / 8,
        followed=lambda p, q: finite_kl(p, (p + q) / 2) - triangular(p, q) / 8,
    ),
    "wasserstein": Objective(
        "2 TV", 0.0, _sign, _twice_variation, _twice_variation, bound=1.0
    ),
    "hinge": Objective("2 TV", 2.0, _sign, _twice_variation, _twice_variation),
    "relativistic": Objective(
        "JSD(p⊗q, q⊗p)",
        LOG_2,
        _log_ratio,
        gap=paired_js,
        followed=lambda p, q: finite_kl(q, p) - paired_js(p, q),
    ),
}
"""What each loss of the book measures, by the loss's name."""
