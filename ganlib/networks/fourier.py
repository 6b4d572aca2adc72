r"""Waves of a point's coordinates, so that a small network can tell near points apart.

A rectifier network bends at its corners alone, and learns what is coarse long before
what is fine. With waves of many lengths at hand, fine differences are as near as coarse
ones. Lengths are drawn over several octaves: which of them matter is left to training.
"""

import math
from collections.abc import Callable, Sequence
from copy import deepcopy

import torch
from torch import Tensor, nn

# Builds a layer of this module from the number of features that it is given.
FeaturesLayer = Callable[[int], nn.Module]


class FourierFeatures(nn.Module):
    r"""Sines and cosines of fixed random directions, beside the point itself.

    .. math:: x \mapsto \big[x,\; a_j \sin(b_j^\top x),\; a_j \cos(b_j^\top x)\big],
              \quad a_j = \|b_j\|^{-1/2}

    Each $b_j$ has a uniform direction and a length whose logarithm is uniform, so each
    octave has as many waves. The amplitudes lie half-way between equal waves and waves
    of equal slope.

    Args:
        in_features: d ≥ 1, size of a point.
        num: k ≥ 1, number of waves.
        lowest: shortest $\|b_j\|$, > 0, in radians per unit of x.
        highest: longest $\|b_j\|$, above `lowest`, in radians per unit of x.

    Maps (..., d) to (..., d + 2k), and (S, N, d) of S stacked runs likewise. The
    directions are drawn once and not trained. At x = 0: zeros, zeros, $a_j$.

    Raises:
        ValueError: no wave, or lengths out of order.

    Source: Tancik 2020, section 4. Departure: lengths over octaves and not of one
    normal, amplitudes that fall, and x itself among the features.
    Chapter: mode-counting
    """

    def __init__(
        self,
        in_features: int,
        num: int = 64,
        lowest: float = 0.5,
        highest: float = 64.0,
    ) -> None:
        super().__init__()
        if num < 1 or not 0 < lowest < highest:
            raise ValueError(
                f"num is {num}, lowest {lowest} and highest {highest}, but there must "
                "be at least one wave, and 0 < lowest < highest."
            )
        self.out_features = in_features + 2 * num
        octaves = torch.rand(num) * math.log(highest / lowest)
        directions = nn.functional.normalize(torch.randn(in_features, num), dim=0)
        self.register_buffer("directions", directions * lowest * octaves.exp())

    def forward(self, x: Tensor) -> Tensor:
        """Append the waves to each point."""
        phase = x @ self.directions
        amplitude = self.directions.norm(dim=-2, keepdim=True).rsqrt()
        return torch.cat([x, amplitude * phase.sin(), amplitude * phase.cos()], dim=-1)


def stack_features(
    layers: Sequence[FourierFeatures | None],
) -> FourierFeatures | None:
    """Put S layers behind a leading seed axis; `None` stays `None`."""
    stacked = deepcopy(layers[0])  # a new one would draw random numbers
    if stacked is not None:
        stacked.directions = torch.stack([layer.directions for layer in layers])
    return stacked


def take_features(
    stacked: FourierFeatures | None, index: int
) -> FourierFeatures | None:
    """Take the layer of one run out of a stacked one; `None` stays `None`."""
    layer = deepcopy(stacked)
    if layer is not None:
        layer.directions = layer.directions[index].clone()
    return layer
