r"""Adversarial losses: six pairs of functions on logits, one signature for all.

A loss is the pair *(what the discriminator minimises, what the generator minimises)*.
Both take ``(real_logits, fake_logits)``, the discriminator's raw outputs on data and on
generated samples, and both average over the last axis, the batch: logits ``(N,)`` give
one number, the logits ``(S, N)`` of S stacked runs give S. All pairs are written in the
same order of lines, so that the difference between two of them is the science.

No function here meets a probability: :math:`\log\sigma(t) = -\mathrm{softplus}(-t)`
is exact for every logit; ``log(sigmoid(t))`` is minus infinity below −104 in float32.
"""

from collections.abc import Callable
from typing import NamedTuple

from torch import Tensor
from torch.nn.functional import relu, softplus

# A loss of one player: real and fake logits in, the mean over the batch out.
LossFunction = Callable[[Tensor, Tensor], Tensor]


class Loss(NamedTuple):
    r"""The two losses of one adversarial game.

    Pass the object itself (``losses.hinge``), never its name.

    Args:
        discriminator: what the discriminator minimises.
        generator: what the generator minimises.
        paired: whether the generator's loss looks at the data's logits too; where it
            does not, training need not compute them.

    Chapter: minimax
    """

    discriminator: LossFunction
    generator: LossFunction
    paired: bool = False


def _check(real_logits: Tensor, fake_logits: Tensor) -> None:
    """Refuse shapes that would broadcast to a wrong loss in silence."""
    for name, logits in (("real", real_logits), ("fake", fake_logits)):
        if logits.ndim not in (1, 2) or (logits.ndim == 2 and logits.shape[1] == 1):
            raise ValueError(
                f"{name}_logits has shape {tuple(logits.shape)}, but a discriminator "
                "returns one logit a sample: shape (N,), or (S, N) for S stacked runs. "
                "Drop the last axis with .squeeze(-1); left in, (N, 1) minus (N,) "
                "broadcasts to (N, N) without a word."
            )
    if real_logits.shape != fake_logits.shape:
        raise ValueError(
            f"real_logits {tuple(real_logits.shape)} and fake_logits "
            f"{tuple(fake_logits.shape)} must have one shape: draw as many fakes as "
            "there are real samples in the batch."
        )


def _minimax_discriminator(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    r"""Binary cross-entropy with label 1 for data and 0 for fakes.

    .. math:: -E\,\log\sigma(t_{real}) - E\,\log(1 - \sigma(t_{fake}))

    Args:
        real_logits: D's logits on data, shape (N,) or (S, N), any real number.
        fake_logits: D's logits on fakes, same shape.

    Returns:
        Nats, shape () or (S,). Both logits 0: 2 log 2 = 1.386.

    Raises:
        ValueError: shapes differ, or carry a trailing axis of one.

    Source: Goodfellow 2014, eq. 1. Departure: written on logits.
    Chapter: minimax
    """
    _check(real_logits, fake_logits)
    return (softplus(-real_logits) + softplus(fake_logits)).mean(-1)


def _minimax_generator(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    r"""Take the other side of the zero-sum game; saturates where D wins.

    .. math:: E\,\log(1 - \sigma(t_{fake}))

    Args:
        real_logits: not used by this loss; same shape as the fakes.
        fake_logits: D's logits on fakes, shape (N,) or (S, N).

    Returns:
        Nats, shape () or (S,). Logits 0: −log 2 = −0.693.

    Raises:
        ValueError: shapes differ, or carry a trailing axis of one.

    Source: Goodfellow 2014, eq. 1. Departure: written on logits.
    Chapter: minimax
    """
    _check(real_logits, fake_logits)
    return (-softplus(fake_logits)).mean(-1)


# ---------------------------------------------------------- non-saturating
def _non_saturating_generator(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    r"""Binary cross-entropy with the labels exchanged.

    .. math:: -E\,\log\sigma(t_{fake})

    Args:
        real_logits: not used by this loss; same shape as the fakes.
        fake_logits: D's logits on fakes, shape (N,) or (S, N).

    Returns:
        Nats, shape () or (S,). Logits 0: log 2 = 0.693.

    Raises:
        ValueError: shapes differ, or carry a trailing axis of one.

    Source: Goodfellow 2014, section 3. Departure: written on logits.
    Chapter: minimax
    """
    _check(real_logits, fake_logits)
    return softplus(-fake_logits).mean(-1)


def _least_squares_discriminator(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    r"""Squared distance of D's output from 1 on data and from 0 on fakes.

    .. math:: \tfrac12 E\,(t_{real} - 1)^2 + \tfrac12 E\,t_{fake}^2

    Args:
        real_logits: D's outputs on data, shape (N,) or (S, N).
        fake_logits: D's outputs on fakes, same shape.

    Returns:
        Shape () or (S,). Both outputs 0: ½.

    Raises:
        ValueError: shapes differ, or carry a trailing axis of one.

    Source: Mao 2017, eq. 9 (a = 0, b = c = 1). Departure: none.
    Chapter: minimax
    """
    _check(real_logits, fake_logits)
    return ((real_logits - 1) ** 2 + fake_logits**2).mean(-1) / 2


def _least_squares_generator(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    r"""Squared distance of D's output on fakes from 1.

    .. math:: \tfrac12 E\,(t_{fake} - 1)^2

    Args:
        real_logits: not used by this loss; same shape as the fakes.
        fake_logits: D's outputs on fakes, shape (N,) or (S, N).

    Returns:
        Shape () or (S,). Outputs 0: ½.

    Raises:
        ValueError: shapes differ, or carry a trailing axis of one.

    Source: Mao 2017, eq. 9 (a = 0, b = c = 1). Departure: none.
    Chapter: minimax
    """
    _check(real_logits, fake_logits)
    return ((fake_logits - 1) ** 2).mean(-1) / 2


def _wasserstein_discriminator(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    r"""Minus the critic's estimate of the Wasserstein-1 distance.

    .. math:: E\,t_{fake} - E\,t_{real}

    Meaningful only while the critic's slope is bounded: pair it with
    :class:`~ganlib.penalties.WeightClipping` or
    :class:`~ganlib.penalties.GradientPenalty`.

    Args:
        real_logits: the critic's scores on data, shape (N,) or (S, N).
        fake_logits: the critic's scores on fakes, same shape.

    Returns:
        Shape () or (S,), in units of the score. Scores 2 and −3: −5.

    Raises:
        ValueError: shapes differ, or carry a trailing axis of one.

    Source: Arjovsky 2017, algorithm 1, lines 5-6. Departure: minimised, not maximised.
    Chapter: minimax
    """
    _check(real_logits, fake_logits)
    return (fake_logits - real_logits).mean(-1)


def _wasserstein_generator(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    r"""Minus the critic's mean score of the fakes.

    .. math:: -E\,t_{fake}

    Args:
        real_logits: not used by this loss; same shape as the fakes.
        fake_logits: the critic's scores on fakes, shape (N,) or (S, N).

    Returns:
        Shape () or (S,), in units of the score. Score −3: 3.

    Raises:
        ValueError: shapes differ, or carry a trailing axis of one.

    Source: Arjovsky 2017, algorithm 1, line 10. Departure: none.
    Chapter: minimax
    """
    _check(real_logits, fake_logits)
    return (-fake_logits).mean(-1)


def _hinge_discriminator(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    r"""Penalise only what lies on the wrong side of the margin.

    .. math:: E\,\max(0, 1 - t_{real}) + E\,\max(0, 1 + t_{fake})

    Args:
        real_logits: D's outputs on data, shape (N,) or (S, N).
        fake_logits: D's outputs on fakes, same shape.

    Returns:
        Shape () or (S,). Both outputs 0: 2; outputs 2 and −3: 0.

    Raises:
        ValueError: shapes differ, or carry a trailing axis of one.

    Source: Miyato 2018, eq. 16. Departure: minimised, not maximised.
    Chapter: minimax
    """
    _check(real_logits, fake_logits)
    return (relu(1 - real_logits) + relu(1 + fake_logits)).mean(-1)


def _relativistic_discriminator(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    r"""Ask of each pair which of the two is the real one.

    .. math:: -E\,\log\sigma(t_{real} - t_{fake})

    Args:
        real_logits: D's logits on data, shape (N,) or (S, N).
        fake_logits: D's logits on fakes, same shape; the i-th faces the i-th.

    Returns:
        Nats, shape () or (S,). Equal logits: log 2 = 0.693.

    Raises:
        ValueError: shapes differ, or carry a trailing axis of one.

    Source: Jolicoeur-Martineau 2019, section 4.1 (RSGAN). Departure: none.
    Chapter: minimax
    """
    _check(real_logits, fake_logits)
    return softplus(fake_logits - real_logits).mean(-1)


def _relativistic_generator(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    r"""Win the comparison that the discriminator wants to win.

    .. math:: -E\,\log\sigma(t_{fake} - t_{real})

    Args:
        real_logits: D's logits on data, shape (N,) or (S, N).
        fake_logits: D's logits on fakes, same shape; the i-th faces the i-th.

    Returns:
        Nats, shape () or (S,). Equal logits: log 2 = 0.693.

    Raises:
        ValueError: shapes differ, or carry a trailing axis of one.

    Source: Jolicoeur-Martineau 2019, section 4.1 (RSGAN). Departure: none.
    Chapter: minimax
    """
    _check(real_logits, fake_logits)
    return softplus(real_logits - fake_logits).mean(-1)


minimax = Loss(_minimax_discriminator, _minimax_generator)
non_saturating = Loss(_minimax_discriminator, _non_saturating_generator)
least_squares = Loss(_least_squares_discriminator, _least_squares_generator)
wasserstein = Loss(_wasserstein_discriminator, _wasserstein_generator)
hinge = Loss(_hinge_discriminator, _wasserstein_generator)
relativistic = Loss(_relativistic_discriminator, _relativistic_generator, paired=True)

LOSSES = {
    "minimax": minimax,
    "non_saturating": non_saturating,
    "least_squares": least_squares,
    "wasserstein": wasserstein,
    "hinge": hinge,
    "relativistic": relativistic,
}
"""Every loss of the book by the name the book uses, for tables and loops."""
