"""Losses without a logarithm: least squares, Wasserstein and hinge."""

from torch import Tensor
from torch.nn.functional import relu

from ganlib.losses.signature import Loss, check_logits


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
    check_logits(real_logits, fake_logits)
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
    check_logits(real_logits, fake_logits)
    return ((fake_logits - 1) ** 2).mean(-1) / 2


def _wasserstein_discriminator(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    r"""Minus the critic's estimate of the Wasserstein-1 distance.

    .. math:: E\,t_{fake} - E\,t_{real}

    Meaningful only while the critic's slope is bounded: pair it with
    :class:`~ganlib.penalties.clipping.WeightClipping` or
    :class:`~ganlib.penalties.one_centred.GradientPenalty`.

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
    check_logits(real_logits, fake_logits)
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
    check_logits(real_logits, fake_logits)
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
    check_logits(real_logits, fake_logits)
    return (relu(1 - real_logits) + relu(1 + fake_logits)).mean(-1)


least_squares = Loss(_least_squares_discriminator, _least_squares_generator)
wasserstein = Loss(_wasserstein_discriminator, _wasserstein_generator)
hinge = Loss(_hinge_discriminator, _wasserstein_generator)
