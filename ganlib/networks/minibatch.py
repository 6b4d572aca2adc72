r"""Layers that let a discriminator see how much the samples of a batch differ.

A discriminator that judges one sample at a time cannot notice that all fakes are alike.
Both layers here add to each sample's features a few numbers about the whole batch, so
that a collapsed batch looks different from data. Each maps features (N, A) to
(N, A + B), (S, N, A) of S stacked runs to (S, N, A + B), and feature maps (N, A, H, W)
to (N, A + B, H, W); the statistics never cross from one run to another.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy

import torch
from torch import Tensor, nn

# Builds a layer of this module from the number of features that it is given.
MinibatchLayer = Callable[[int], nn.Module]


class MinibatchStdDev(nn.Module):
    r"""One feature more: the batch's standard deviation, averaged over all features.

    .. math:: s = \frac{1}{A} \sum_a \sqrt{\frac{1}{N} \sum_i (f_a(x_i) - \bar f_a)^2
              + \epsilon}, \qquad f(x_i) \leftarrow [f(x_i), s]

    Args:
        in_features: A ≥ 1, features of a sample, or channels of a feature map.
        epsilon: ε > 0, keeps the root's slope finite where a batch is constant.

    Maps (..., N, A) to (..., N, A + 1). Features ±1 in equal numbers: s = 1; N equal
    samples: s = √ε.

    Source: Karras 2018, section 3. Departure: always the whole batch, no groups of 4.
    Chapter: failures
    """

    mixes_samples = True  # a gradient penalty looks for this mark

    def __init__(self, in_features: int, epsilon: float = 1e-8) -> None:
        super().__init__()
        self.out_features = in_features + 1
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        """Append the statistic to each sample."""
        batch = _batch_axis(x)
        spread = (x.var(batch, correction=0, keepdim=True) + self.epsilon).sqrt()
        per_batch = tuple(range(batch, x.ndim))
        return _append(x, spread.mean(per_batch).unsqueeze(-1).unsqueeze(-1))


class MinibatchDiscrimination(nn.Module):
    r"""B features more: how close a sample is to the others, by B learned measures.

    .. math:: o_b(x_i) = \frac{1}{N} \sum_j \exp(-\|M_{i,b} - M_{j,b}\|_1), \quad
              M_{i,b} = f(x_i)^\top T_b \in \mathbb{R}^C, \qquad
              f(x_i) \leftarrow [f(x_i), o(x_i)]

    Args:
        in_features: A ≥ 1, features of a sample, or channels of a feature map.
        num_kernels: B ≥ 1, measures of closeness.
        kernel_dim: C ≥ 1, size of the space each measures in.

    Maps (..., N, A) to (..., N, A + B). N equal samples: 1 each; N samples far from one
    another: 1/N.

    Source: Salimans 2016, section 3.2. Departure: the mean over j, not the sum, so that
    the size of the batch does not set the scale; feature maps are averaged over the
    image first.
    Chapter: failures
    """

    mixes_samples = True

    def __init__(
        self, in_features: int, num_kernels: int = 8, kernel_dim: int = 4
    ) -> None:
        super().__init__()
        self.out_features = in_features + num_kernels
        self.kernel_dim = kernel_dim
        kernels = torch.randn(in_features, num_kernels * kernel_dim) / in_features**0.5
        self.kernels = nn.Parameter(kernels)

    def forward(self, x: Tensor) -> Tensor:
        """Append the statistics to each sample."""
        _batch_axis(x)  # refuses other shapes
        features = x.mean((-2, -1)) if x.ndim == 4 else x
        m = (features @ self.kernels).unflatten(-1, (-1, self.kernel_dim))
        # One of the C axes at a time: half the time of all (..., B, N, N, C) at once.
        axes = m.transpose(-3, -2).contiguous().unbind(-1)
        distances = sum((a.unsqueeze(-1) - a.unsqueeze(-2)).abs() for a in axes)
        return _append(x, torch.exp(-distances).mean(-1).transpose(-2, -1))


def _batch_axis(x: Tensor) -> int:
    """Find the samples' axis: 1 behind the seeds of stacked runs, otherwise 0."""
    if x.ndim not in (2, 3, 4):
        raise ValueError(
            f"features have shape {tuple(x.shape)}, but this layer takes (N, A), "
            "(S, N, A) of stacked runs, or feature maps (N, A, H, W)."
        )
    return 1 if x.ndim == 3 else 0


def _append(x: Tensor, statistics: Tensor) -> Tensor:
    """Put statistics (..., N or 1, B) behind the features of x."""
    if x.ndim == 4:
        statistics = statistics[..., None, None]
        return torch.cat([x, statistics.expand(len(x), -1, *x.shape[2:])], dim=1)
    return torch.cat([x, statistics.expand(*x.shape[:-1], -1)], dim=-1)


@torch.no_grad()
def stack_layers(layers: Sequence[nn.Module | None]) -> nn.Module | None:
    """Put S equal layers behind a leading seed axis; `None` stays `None`."""
    stacked = deepcopy(layers[0])  # a new one would draw random numbers
    for name, _ in layers[0].named_parameters() if layers[0] else ():
        weights = torch.stack([getattr(layer, name) for layer in layers])
        setattr(stacked, name, nn.Parameter(weights))
    return stacked


@torch.no_grad()
def take_layer(stacked: nn.Module | None, index: int) -> nn.Module | None:
    """Take the layer of one run out of a stacked one; `None` stays `None`."""
    layer = deepcopy(stacked)
    for name, weights in stacked.named_parameters() if stacked else ():
        setattr(layer, name, nn.Parameter(weights[index].clone()))
    return layer
