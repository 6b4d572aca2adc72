"""Let learning rates, penalties and noise shrink as the game goes on."""

import math
from dataclasses import dataclass

from ganlib.training.game import GAN


@dataclass(frozen=True)
class Annealing:
    r"""Shrink learning rates, penalties and instance noise along half a cosine.

    .. math:: s(t) = s_1 + \tfrac12 (1 - s_1)(1 + \cos \pi t),
              \quad t = \text{step} / \text{num\_steps}

    A large penalty keeps the game stable while the fakes are far from the data; near
    the data it blurs what the discriminator can tell apart. So it starts large.

    Args:
        lr: $s_1$ of both learning rates, final over initial, in (0, 1].
        gamma: $s_1$ of every penalty, final over initial, in [0, 1].
        instance_noise: $s_1$ of the instance noise's standard deviation, in [0, 1].

    Raises:
        ValueError: a ratio outside its range.

    Source: Huang 2024, appendix (cosine schedules of γ, learning rate, β₂ and EMA).
    Departure: all of the run, not a burn-in; β₂ and the averaging stay.
    Chapter: modern-baseline
    """

    lr: float = 1.0
    gamma: float = 1.0
    instance_noise: float = 1.0

    def __post_init__(self) -> None:
        """Refuse ratios that would stop the players or raise a penalty."""
        others_fit = all(0 <= one <= 1 for one in (self.gamma, self.instance_noise))
        if not 0 < self.lr <= 1 or not others_fit:
            raise ValueError(
                f"lr is {self.lr}, gamma {self.gamma} and instance_noise "
                f"{self.instance_noise}, but all are final over initial: lr in (0, 1], "
                "the others in [0, 1]."
            )

    def __repr__(self) -> str:
        """Name the noise only where it changes: older cards keep their text."""
        changes = self.instance_noise != 1
        noise = f", instance_noise={self.instance_noise}" if changes else ""
        return f"Annealing(lr={self.lr}, gamma={self.gamma}{noise})"

    def apply(self, gan: GAN, progress: float) -> None:
        """Set both learning rates and the scales of penalties and instance noise.

        Args:
            gan: the game, changed in place. An optimiser's first rate is kept in its
                own state, so that a resumed run goes on from the right one.
            progress: share of the run that is done, t in [0, 1].
        """
        for optimizer in (gan.g_optimizer, gan.d_optimizer):
            for group in optimizer.param_groups:
                first = group.setdefault("initial_lr", group["lr"])
                group["lr"] = first * _cosine(self.lr, progress)
        gan.penalty_scale = _cosine(self.gamma, progress)
        gan.noise_scale = _cosine(self.instance_noise, progress)


def _cosine(final: float, progress: float) -> float:
    """Go from 1 at progress 0 to `final` at progress 1 along half a cosine."""
    return final + (1 - final) * (1 + math.cos(math.pi * progress)) / 2
