"""Multilayer perceptrons, alone or many at once.

A network this small spends its time starting operations, not doing arithmetic. `stack`
puts S of them behind a leading seed axis, so that one operation serves all S; the runs
never mix, and each trains exactly as it would alone.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn.functional import leaky_relu
from torch.nn.utils import skip_init

from ganlib.networks.minibatch import MinibatchLayer, stack_layers, take_layer
from ganlib.networks.spectral import copy_norm, raw_weight


class MLP(nn.Module):
    """Linear layers with leaky rectifiers between them.

    Args:
        in_features: size of one input vector, ≥ 1.
        out_features: size of one output vector, ≥ 1; `None` for one scalar a sample,
            returned without a trailing axis (a discriminator's logit).
        width: units of each hidden layer, ≥ 1.
        depth: number of hidden layers, ≥ 0.
        slope: the rectifier's slope for negative input, in [0, 1).
        minibatch: builds a layer that looks across the batch, put before the last
            linear layer; `None` for none.

    Maps (..., in_features) to (..., out_features), or to (...) for `None`.

    Source: Goodfellow 2014, section 3 (both players are MLPs). Departure: leaky
    rectifiers in both, where the paper mixed rectifiers, sigmoids and maxout.
    Chapter: first-gan
    """

    def __init__(
        self,
        in_features: int,
        out_features: int | None,
        width: int = 64,
        depth: int = 2,
        slope: float = 0.2,
        minibatch: MinibatchLayer | None = None,
    ) -> None:
        super().__init__()
        sizes = [in_features] + [width] * depth
        self.minibatch = minibatch(sizes[-1]) if minibatch else None
        last = self.minibatch.out_features if minibatch else sizes[-1]
        pairs = [*pairwise(sizes), (last, out_features or 1)]
        self.layers = nn.ModuleList(nn.Linear(i, o) for i, o in pairs)
        self.slope = slope
        self.scalar = out_features is None

    def forward(self, x: Tensor) -> Tensor:
        """Map x of shape (..., in_features) to one output for each vector."""
        for layer in self.layers[:-1]:
            x = leaky_relu(layer(x), self.slope)
        if self.minibatch is not None:
            x = self.minibatch(x)
        x = self.layers[-1](x)
        return x.squeeze(-1) if self.scalar else x


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


def mlp_generator(
    z_dim: int = 2,
    out_features: int = 2,
    width: int = 64,
    depth: int = 2,
    gain: float = 1.0,
) -> MLP:
    """Build a generator of points: z of shape (N, z_dim) to (N, out_features).

    Args:
        z_dim: size of the latent vector, ≥ 1.
        out_features: dimension of the data, ≥ 1.
        width: units of each hidden layer.
        depth: number of hidden layers.
        gain: what the first weights are multiplied with, > 0. PyTorch's own draw
            shrinks the signal from layer to layer; 2.4 keeps its size (He 2015), so
            that the first map is steep enough to part clusters.

    Returns:
        An `MLP` with a linear output: points may lie anywhere.

    Raises:
        ValueError: gain of 0 or less.

    Chapter: first-gan
    """
    if gain <= 0:
        raise ValueError(f"gain is {gain}, but weights times 0 or less learn nothing.")
    generator = MLP(z_dim, out_features, width, depth)
    with torch.no_grad():
        for parameter in generator.parameters():
            parameter.mul_(gain)
    return generator


def mlp_discriminator(
    in_features: int = 2,
    width: int = 64,
    depth: int = 2,
    minibatch: MinibatchLayer | None = None,
) -> MLP:
    """Build a discriminator of points: (N, in_features) to logits (N,).

    Args:
        in_features: dimension of the data, ≥ 1; times m for packs of m samples.
        width: units of each hidden layer.
        depth: number of hidden layers.
        minibatch: builds a layer that looks across the batch, such as
            `MinibatchStdDev`; `None` for none.

    Returns:
        An `MLP` that ends in a raw logit; σ(logit) is its probability of "real".

    Chapter: first-gan
    """
    return MLP(in_features, None, width, depth, minibatch=minibatch)


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
    )


def _with_layers(
    network: MLP, layers: Iterable[nn.Module], minibatch: nn.Module | None
) -> MLP:
    """Copy the network around other layers, without drawing a random number."""
    copy = deepcopy(network)
    copy.layers, copy.minibatch = nn.ModuleList(layers), minibatch
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
    return _with_layers(stacked, layers, take_layer(stacked.minibatch, index))


@torch.no_grad()
def _take(stacked: StackedLinear, index: int) -> nn.Linear:
    weight, bias = raw_weight(stacked)[index].T, stacked.bias[index, 0]
    layer = skip_init(nn.Linear, weight.shape[1], weight.shape[0])
    layer.weight.copy_(weight)
    layer.bias.copy_(bias)
    copy_norm([stacked], layer, index)
    return layer
