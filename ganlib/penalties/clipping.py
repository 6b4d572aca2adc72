r"""Weight clipping: the first way to bound a critic's slope."""

from dataclasses import dataclass

import torch
from torch import nn


@dataclass(frozen=True)
class WeightClipping:
    r"""Force every weight of the critic into [−c, c] after each of its steps.

    .. math:: w \leftarrow \mathrm{clip}(w, -c, c)

    Args:
        limit: c > 0; 0.01 in the paper.

    Source: Arjovsky 2017, algorithm 1, line 7. Departure: none.
    Chapter: wasserstein
    """

    limit: float = 0.01

    def __post_init__(self) -> None:
        """Refuse a limit that would leave no critic."""
        if self.limit <= 0:
            raise ValueError(f"limit is {self.limit}, but clipping needs limit > 0.")

    @torch.no_grad()
    def apply(self, discriminator: nn.Module) -> None:
        """Clip all parameters in place."""
        for parameter in discriminator.parameters():
            parameter.clamp_(-self.limit, self.limit)
