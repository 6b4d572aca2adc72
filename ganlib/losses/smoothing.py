r"""One-sided label smoothing: a discriminator that is never sure of the data."""

from dataclasses import dataclass

from torch import Tensor
from torch.nn.functional import softplus

from ganlib.losses.cross_entropy import minimax
from ganlib.losses.signature import Loss, check_logits


@dataclass(frozen=True)
class SmoothedDiscriminator:
    r"""Binary cross-entropy with label 1 − s for data and 0 for fakes.

    .. math:: -E\,[(1 - s) \log\sigma(t_{real}) + s \log(1 - \sigma(t_{real}))]
              - E\,\log(1 - \sigma(t_{fake}))

    Args:
        smoothing: s in [0, 1).

    Calling it on real and fake logits, (N,) or (S, N), returns nats, shape () or (S,).
    Both logits 0: 2 log 2 = 1.386, for every s.

    Source: Salimans 2016, section 3.4. Departure: written on logits.
    Chapter: failures
    """

    smoothing: float

    def __call__(self, real_logits: Tensor, fake_logits: Tensor) -> Tensor:
        """Return the loss of each run."""
        check_logits(real_logits, fake_logits)
        # s (softplus(t) − softplus(−t)) = s t moves s of the label to the other side.
        real_terms = softplus(-real_logits) + self.smoothing * real_logits
        return (real_terms + softplus(fake_logits)).mean(-1)


def one_sided_smoothing(loss: Loss, smoothing: float = 0.1) -> Loss:
    r"""Lower the data's label from 1 to 1 − s; the fakes' label stays 0.

    .. math:: D^\ast(x) = \frac{(1 - s)\, p(x)}{p(x) + q(x)}

    The best discriminator is the old one times 1 − s: no logit on the data is worth
    more than $\log((1 - s) / s)$, and where there are only fakes nothing changes.

    Why not the fakes' label too: with b instead of 0 the best discriminator is
    $((1 - s)\,p + b\,q) / (p + q)$, which has the fakes' own density above the line.
    Far from the data it is b, flat, and the logit's slope towards the data is gone
    just where the generator needs it.

    Args:
        loss: `minimax` or `non_saturating`; the generator's half is kept as it is.
        smoothing: s in [0, 1); 0 leaves the loss as it was.

    Returns:
        The new pair. Both logits 0: 2 log 2, as before.

    Raises:
        ValueError: a loss whose discriminator has no labels, or s out of range.

    Source: Salimans 2016, section 3.4. Departure: none.
    Chapter: failures
    """
    if loss.discriminator is not minimax.discriminator:
        raise ValueError(
            "one-sided smoothing lowers a label, and this loss's discriminator is not "
            "a cross-entropy with labels: use it on minimax or non_saturating."
        )
    if not 0 <= smoothing < 1:
        raise ValueError(f"smoothing is {smoothing}, but must be in [0, 1).")
    return loss._replace(discriminator=SmoothedDiscriminator(smoothing))
