"""Multilayer perceptrons: the book's players wherever the data are points."""

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn.functional import leaky_relu

from ganlib.networks.fourier import FeaturesLayer
from ganlib.networks.minibatch import MinibatchLayer


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
        activation: builds what stands between the layers, such as `nn.Tanh`; `None`
            for the leaky rectifier.
        features: builds a layer that is put before the first linear one, such as
            `FourierFeatures`; `None` for none.

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
        activation: Callable[[], nn.Module] | None = None,
        features: FeaturesLayer | None = None,
    ) -> None:
        super().__init__()
        self.activation = activation() if activation else None
        self.features = features(in_features) if features else None
        first = self.features.out_features if features else in_features
        sizes = [first] + [width] * depth
        self.minibatch = minibatch(sizes[-1]) if minibatch else None
        last = self.minibatch.out_features if minibatch else sizes[-1]
        pairs = [*pairwise(sizes), (last, out_features or 1)]
        self.layers = nn.ModuleList(nn.Linear(i, o) for i, o in pairs)
        self.slope = slope
        self.scalar = out_features is None

    def forward(self, x: Tensor) -> Tensor:
        """Map x of shape (..., in_features) to one output for each vector."""
        if self.features is not None:
            x = self.features(x)
        for layer in self.layers[:-1]:
            x = self._activated(layer(x))
        if self.minibatch is not None:
            x = self.minibatch(x)
        x = self.layers[-1](x)
        return x.squeeze(-1) if self.scalar else x

    def _activated(self, x: Tensor) -> Tensor:
        return (
            leaky_relu(x, self.slope) if self.activation is None else self.activation(x)
        )


def mlp_generator(
    z_dim: int = 2,
    out_features: int = 2,
    width: int = 64,
    depth: int = 2,
    gain: float = 1.0,
    activation: Callable[[], nn.Module] | None = None,
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
        activation: builds what stands between the layers; `None` for the leaky
            rectifier. `nn.Tanh` saturates: flat where the samples shall gather, steep
            in between.

    Returns:
        An `MLP` with a linear output: points may lie anywhere.

    Raises:
        ValueError: gain of 0 or less.

    Chapter: first-gan
    """
    if gain <= 0:
        raise ValueError(f"gain is {gain}, but weights times 0 or less learn nothing.")
    generator = MLP(z_dim, out_features, width, depth, activation=activation)
    with torch.no_grad():
        for parameter in generator.parameters():
            parameter.mul_(gain)
    return generator


def mlp_discriminator(
    in_features: int = 2,
    width: int = 64,
    depth: int = 2,
    minibatch: MinibatchLayer | None = None,
    features: FeaturesLayer | None = None,
) -> MLP:
    """Build a discriminator of points: (N, in_features) to logits (N,).

    Args:
        in_features: dimension of the data, ≥ 1; times m for packs of m samples.
        width: units of each hidden layer.
        depth: number of hidden layers.
        minibatch: builds a layer that looks across the batch, such as
            `MinibatchStdDev`; `None` for none.
        features: builds a layer put before the first, such as `FourierFeatures`;
            `None` for none.

    Returns:
        An `MLP` that ends in a raw logit; σ(logit) is its probability of "real".

    Chapter: first-gan
    """
    return MLP(in_features, None, width, depth, minibatch=minibatch, features=features)
