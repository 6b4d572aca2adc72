"""The best discriminator between two known densities, and what the game is worth."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from ganlib.theory.densities import Mixture
from ganlib.theory.divergences import LOG_2, js_divergence
from ganlib.theory.quadrature import expectation


def optimal_logit(p, q) -> Callable[[Tensor], Tensor]:
    r"""Log-odds of the optimal discriminator: the log ratio of the two densities.

    $$\log\frac{D^*(x)}{1 - D^*(x)} = \log p(x) - \log q(x)$$

    Args:
        p: the density of real samples.
        q: the density of generated samples.

    Returns:
        A function from x of any shape to logits of that shape, in nats; ±inf where only
        one density lives, 0 where neither does (there D* is arbitrary).
        ``Normal(1, 1)`` and ``Normal(-1, 1)``: the logit is 2x.

    Source: Goodfellow et al. 2014, eq. 2, as log-odds. Departure: none.
    Chapter: optimal-discriminator
    """

    def logit(x: Tensor) -> Tensor:
        log_p, log_q = p.log_pdf(x), q.log_pdf(x)
        neither = torch.isneginf(log_p) & torch.isneginf(log_q)
        return torch.where(neither, 0.0, log_p - log_q)

    return logit


def optimal_discriminator(p, q) -> Callable[[Tensor], Tensor]:
    r"""Return the discriminator that maximises the value function, as a probability.

    $$D^*(x) = \frac{p(x)}{p(x) + q(x)}$$

    Args:
        p: the density of real samples.
        q: the density of generated samples.

    Returns:
        A function from x of any shape to probabilities of that shape, from 0 to 1.
        Where p(x) = q(x), and where both vanish: 1/2.

    Source: Goodfellow et al. 2014, eq. 2. Departure: none.
    Chapter: optimal-discriminator
    """
    logit = optimal_logit(p, q)
    return lambda x: logit(x).sigmoid()


def value(logit: Callable[[Tensor], Tensor], p, q) -> Tensor:
    r"""Value of the game for a discriminator given by its logit.

    $$V(D, G) = \mathbb E_p[\log D(x)] + \mathbb E_q[\log(1 - D(x))], \qquad
    D = \sigma(\text{logit})$$

    The logit is asked for, not D: log D = −softplus(−logit) is exact where D rounds
    to 0 or 1.

    Args:
        logit: maps x of shape (N,) to logits of shape (N,).
        p: the density of real samples.
        q: the density of generated samples.

    Returns:
        The value in nats, at most 0, a tensor without axes. Logit 0 everywhere:
        −log 4 = −1.3863.

    Source: Goodfellow et al. 2014, eq. 1. Departure: none.
    Chapter: optimal-discriminator
    """
    real = expectation(lambda x: -F.softplus(-logit(x)), p, q)
    fake = expectation(lambda x: -F.softplus(logit(x)), q, p)
    return real + fake


def value_at_optimum(p, q) -> Tensor:
    r"""Value of the game against the optimal discriminator, from the divergence.

    $$V(D^*, G) = 2\,\mathrm{JSD}(p, q) - \log 4$$

    ``value(optimal_logit(p, q), p, q)`` is the other side of this equation.

    Args:
        p: the density of real samples.
        q: the density of generated samples.

    Returns:
        The value in nats, from −log 4 (p = q) to 0 (disjoint supports), a tensor
        without axes.

    Source: Goodfellow et al. 2014, eq. 6. Departure: none.
    Chapter: optimal-discriminator
    """
    return 2 * js_divergence(p, q) - 2 * LOG_2


def mutual_information(p, q) -> Tensor:
    r"""Mutual information of a sample and its source, each source equally likely.

    $$I(X; S) = H(S) - H(S \mid X) = \log 2 - \mathbb E_m\big[h(D^*(x))\big], \qquad
    h(u) = -u \log u - (1-u) \log(1-u)$$

    It equals JSD(p, q), by a route that never forms a divergence.

    Args:
        p: the density of the first source.
        q: the density of the second source.

    Returns:
        The information in nats, from 0 to log 2 (one bit), a tensor without axes.

    Source: textbook. Departure: none.
    Chapter: optimal-discriminator
    """
    logit = optimal_logit(p, q)

    def doubt(x: Tensor) -> Tensor:
        finite = logit(x).clamp(-800, 800)  # beyond, the binary entropy is 0
        return F.softplus(finite) - finite * finite.sigmoid()

    return LOG_2 - expectation(doubt, Mixture((p, q)), p, q)
