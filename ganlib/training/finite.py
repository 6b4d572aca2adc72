"""Stop a run that has left the numbers, and say where and why."""

import torch
from torch import Tensor

from ganlib import losses
from ganlib.training.game import GAN


def check_finite(
    gan: GAN, step: int, real: Tensor, d_loss: Tensor, g_loss: Tensor
) -> None:
    """Refuse to go on when a loss is NaN or infinite.

    Args:
        gan: the game, to tell what held the discriminator back.
        step: generator steps made, named in the message.
        real: the last batch of data.
        d_loss: the discriminator's loss, shape () or (S,).
        g_loss: the generator's loss, same shape.

    Raises:
        FloatingPointError: a loss is not finite; the message names the step, the
            player, the stacked runs concerned, and the likely causes.

    Chapter: first-gan
    """
    if torch.isfinite(d_loss + g_loss).all():
        return
    player, loss = (
        ("generator", g_loss)
        if torch.isfinite(d_loss).all()
        else ("discriminator", d_loss)
    )
    runs = (~torch.isfinite(d_loss + g_loss)).nonzero().flatten().tolist()
    which = f" in runs {runs} of the stack" if loss.ndim else ""
    raise FloatingPointError(
        f"the {player}'s loss is {loss.tolist()} at step {step}{which}: training has "
        f"diverged. {_likely_cause(gan, real)} Go on from a checkpoint before step "
        f"{step}, if there is one."
    )


def _likely_cause(gan: GAN, real: Tensor) -> str:
    if not torch.isfinite(real).all():
        return (
            "The cause is the data: this batch holds values that are not finite. "
            "Clean or drop them."
        )
    bounded = gan.penalties or gan.clipping
    if gan.loss is losses.wasserstein and not bounded:
        return (
            "Likely cause: the Wasserstein loss has no minimum while nothing bounds "
            "the critic's slope. Add a GradientPenalty or WeightClipping."
        )
    rates = [o.param_groups[0]["lr"] for o in (gan.d_optimizer, gan.g_optimizer)]
    advice = "" if bounded else ", or hold the discriminator back with R1 and R2"
    return (
        f"Likely causes: learning rates too large (D {rates[0]:g}, G {rates[1]:g}), or "
        f"a penalty too strong for them. Divide them by three{advice}."
    )
