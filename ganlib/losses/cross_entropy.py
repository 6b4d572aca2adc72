r"""Losses from logarithms: minimax, non-saturating and relativistic.

No function here meets a probability: $\log\sigma(t) = -\mathrm{softplus}(-t)$ is
exact for every logit; ``log(sigmoid(t))`` is minus infinity below −104 in float32.
"""

from torch import Tensor
from torch.nn.functional import softplus

from ganlib.losses.signature import Loss, check_logits


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
    check_logits(real_logits, fake_logits)
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
    check_logits(real_logits, fake_logits)
    return (-softplus(fake_logits)).mean(-1)


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
    check_logits(real_logits, fake_logits)
    return softplus(-fake_logits).mean(-1)


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
    check_logits(real_logits, fake_logits)
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
    check_logits(real_logits, fake_logits)
    return softplus(real_logits - fake_logits).mean(-1)


minimax = Loss(_minimax_discriminator, _minimax_generator)
non_saturating = Loss(_minimax_discriminator, _non_saturating_generator)
relativistic = Loss(_relativistic_discriminator, _relativistic_generator, paired=True)
