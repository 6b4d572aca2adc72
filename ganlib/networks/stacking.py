"""Many small networks as one, behind a leading seed axis.

A network this small spends its time starting operations, not doing arithmetic. `stack`
puts S of them behind a leading seed axis, so that one operation serves all S; the runs
never mix, and each trains exactly as it would alone.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy

import torch
from torch import Tensor, nn
from torch.nn.utils import skip_init

from ganlib.networks.fourier import FourierFeatures, stack_features, take_features
from ganlib.networks.minibatch import stack_layers, take_layer
from ganlib.networks.mlp import MLP
from ganlib.networks.spectral import copy_norm, raw_weight


class StackedLinear(nn.Module):
    """S linear layers as one: a batched product with a leading seed axis.

    Maps (S, N, in_features) to (S, N, out_features).
    """

    def __init__(self, layers: Sequence[nn.Linear]) -> None:
        super().__init__()
        self.weight = nn.Parameter(
            torch.stack([raw_weight(layer).detach().T for layer in layers])
        )
        self.bias = nn.Parameter(
            torch.stack([layer.bias.detach()[None] for layer in layers])
        )
        copy_norm(list(layers), self)

    def forward(self, x: Tensor) -> Tensor:
        """Apply the s-th layer to the s-th batch."""
        return torch.baddbmm(self.bias, x, self.weight)


def stack(networks: Sequence[MLP]) -> MLP:
    """Put S networks of one shape behind a leading seed axis.

    Args:
        networks: S ≥ 1 MLPs of equal sizes; their weights are copied.

    Returns:
        One network that maps (S, N, in_features) to (S, N, out_features), or (S, N).

    Raises:
        ValueError: no network, or networks of different shape.

    Chapter: first-gan
    """
    if not networks:
        raise ValueError("stack needs at least one network, but got none.")
    shapes = {tuple(p.shape for p in network.parameters()) for network in networks}
    if len(shapes) > 1:
        raise ValueError(
            "stack needs networks of one shape, but got "
            f"{len(shapes)} different ones: build all seeds with the same sizes."
        )
    return _with_layers(
        networks[0],
        (
            StackedLinear(layers)
            for layers in zip(*(network.layers for network in networks), strict=True)
        ),
        stack_layers([network.minibatch for network in networks]),
        stack_features([network.features for network in networks]),
    )


def _with_layers(
    network: MLP,
    layers: Iterable[nn.Module],
    minibatch: nn.Module | None,
    features: FourierFeatures | None,
) -> MLP:
    """Copy the network around other layers, without drawing a random number."""
    copy = deepcopy(network)
    copy.layers, copy.minibatch = nn.ModuleList(layers), minibatch
    copy.features = features
    return copy


def unstack(stacked: MLP, index: int) -> MLP:
    """Take one network out of a stack.

    Args:
        stacked: what `stack` returned.
        index: which run, 0 ≤ index < S.

    Returns:
        A copy of the index-th network, mapping (N, in_features) to its output.

    Raises:
        IndexError: there is no such run.

    Chapter: first-gan
    """
    num_networks = len(raw_weight(stacked.layers[0]))
    if not 0 <= index < num_networks:
        raise IndexError(f"index is {index}, but the stack holds {num_networks} runs.")
    layers = (_take(layer, index) for layer in stacked.layers)
    minibatch = take_layer(stacked.minibatch, index)
    return _with_layers(
        stacked, layers, minibatch, take_features(stacked.features, index)
    )


@torch.no_grad()
def _take(stacked: StackedLinear, index: int) -> nn.Linear:
    weight, bias = raw_weight(stacked)[index].T, stacked.bias[index, 0]
    layer = skip_init(nn.Linear, weight.shape[1], weight.shape[0])
    layer.weight.copy_(weight)
    layer.bias.copy_(bias)
    copy_norm([stacked], layer, index)
    return layer
