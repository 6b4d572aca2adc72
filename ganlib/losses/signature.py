"""What a loss is, and the shapes of logits that every loss refuses."""

from collections.abc import Callable
from typing import NamedTuple

from torch import Tensor

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


def check_logits(real_logits: Tensor, fake_logits: Tensor) -> None:
    """Refuse shapes that would broadcast to a wrong loss in silence."""
    for name, logits in (("real", real_logits), ("fake", fake_logits)):
        if logits.ndim not in (1, 2) or (logits.ndim == 2 and logits.shape[1] == 1):
            raise ValueError(
                f"{name}_logits has shape {tuple(logits.shape)}, but a discriminator "
                "returns one logit a sample: (N,), or (S, N) with N ≥ 2 for S runs. "
                "Drop the last axis with .squeeze(-1); left in, (N, 1) minus (N,) "
                "broadcasts to (N, N) without a word."
            )
    if real_logits.shape != fake_logits.shape:
        raise ValueError(
            f"real_logits {tuple(real_logits.shape)} and fake_logits "
            f"{tuple(fake_logits.shape)} must have one shape: draw as many fakes as "
            "there are real samples in the batch."
        )
