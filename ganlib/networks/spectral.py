r"""Spectral normalisation: every weight divided by its largest singular value.

`spectral_norm` registers a `SpectralNorm` on each linear layer of a network, alone,
convolutional or stacked, through PyTorch's parametrisations: the optimiser moves the
raw weight, the layer computes with the normalised one, and the state of the power
iteration is saved and resumed with the network.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.utils import parametrize

WARM_UP = 15  # iterations before the first step, as many as PyTorch's own version makes


class SpectralNorm(nn.Module):
    r"""One weight divided by a running estimate of its largest singular value.

    .. math:: W_{SN} = \frac{\kappa\,W}{\hat\sigma}, \quad
              \hat\sigma = \hat u^\top W \hat v, \quad
              \hat u \leftarrow \frac{W \hat v}{\|W \hat v\|}, \;
              \hat v \leftarrow \frac{W^\top \hat u}{\|W^\top \hat u\|}

    Each forward pass in training mode makes one iteration; evaluation mode makes none.
    û and v̂ are constants to autograd, which gives ∂σ̂/∂W = û v̂ᵀ.

    Args:
        weight: the raw weight: (out, in) of a linear layer, (out, in, k, k) of a
            convolution, (S, in, out) of S stacked linear layers.
        outputs: which axis counts the outputs: 0, 1 for a transposed convolution, 2
            for stacked layers.
        gain: $\kappa > 0$, the norm asked for; 1 in the paper.

    Calling it on a weight returns the same shape. (3, 4) as one row with gain 1:
    (0.6, 0.8).

    Raises:
        ValueError: gain of 0 or less, or a weight that is zero or not finite.

    Source: Miyato 2018, eq. 8 and algorithm 1. Departure: û before v̂ in an iteration,
    15 iterations at the start, and the gain.
    Chapter: spectral-norm
    """

    def __init__(self, weight: Tensor, outputs: int = 0, gain: float = 1.0) -> None:
        super().__init__()
        if gain <= 0:
            raise ValueError(f"gain is {gain}, but a norm asked for must be above 0.")
        self.outputs, self.gain = outputs, gain
        matrix = self.matrix(weight.detach())
        if not (matrix.square().sum((-2, -1)) > 0).all() or not matrix.isfinite().all():
            raise ValueError(
                "a weight is zero or not finite and has no direction to normalise: "
                "draw the first weights at random before adding the spectral norm."
            )
        v = matrix.new_empty(matrix.shape[:-2] + matrix.shape[-1:]).normal_()
        self.register_buffer("v", normalize(v, dim=-1))
        self.register_buffer("u", matrix.new_zeros(matrix.shape[:-1]))
        self.iterate(matrix, WARM_UP)

    def matrix(self, weight: Tensor) -> Tensor:
        """Lay a weight out as matrices, one row for each output."""
        if self.outputs == 2:  # (S, in, out): keep the seeds apart
            return weight.mT
        return weight.movedim(self.outputs, 0).flatten(1)

    @torch.no_grad()
    def iterate(self, matrix: Tensor, num: int = 1) -> None:
        """Make iterations of the power method, starting from the last one's v̂."""
        for _ in range(num):
            # New tensors, not changes in place: an earlier pass may still need the old.
            self.u = normalize(_times(matrix, self.v), dim=-1)
            self.v = normalize(_times(matrix.mT, self.u), dim=-1)

    def sigma(self, weight: Tensor) -> Tensor:
        """Estimate the largest singular value, shape () or (S,), from û and v̂."""
        return (self.u * _times(self.matrix(weight), self.v)).sum(-1)

    def forward(self, weight: Tensor) -> Tensor:
        """Divide a weight by its estimated norm."""
        if self.training:
            self.iterate(self.matrix(weight.detach()))
        sigma = self.sigma(weight)
        shape = sigma.shape + (1,) * (weight.ndim - sigma.ndim)
        return weight * (self.gain / sigma).view(shape)


def _times(matrix: Tensor, vector: Tensor) -> Tensor:
    if matrix.ndim == 2:  # half the time for one small matrix
        return matrix @ vector
    return (matrix @ vector.unsqueeze(-1)).squeeze(-1)


def spectral_norm(network: nn.Module, gain: float = 1.0) -> nn.Module:
    r"""Normalise every linear layer and convolution of a network by its spectral norm.

    Args:
        network: changed in place; its first weights are kept as raw weights.
        gain: $\kappa > 0$, the norm that each layer gets.

    Returns:
        The same network; an `MLP` of three layers is then $\kappa^3$-Lipschitz, up to
        the error of the power iteration.

    Raises:
        ValueError: a BatchNorm layer, a layer that has the norm already, or a network
            without linear layers.

    Source: Miyato 2018, section 2.1. Departure: the gain.
    Chapter: spectral-norm
    """
    layers = {n: m for n, m in network.named_modules() if _is_linear(m)}
    for name, module in network.named_modules():
        if isinstance(module, _BatchNorm):
            raise ValueError(
                f"layer {name!r} is a {type(module).__name__}: it divides by a "
                "standard deviation that may be as small as it likes, so no norm of "
                "the weights bounds the network's slope. Build it without BatchNorm."
            )
        if norm_of(module) is not None:
            raise ValueError(f"layer {name!r} has a spectral norm already.")
    if not layers:
        raise ValueError("the network has no linear layer or convolution to normalise.")
    for layer in layers.values():
        attach(layer, SpectralNorm(layer.weight, _outputs(layer), gain))
    return network


def with_spectral_norm(
    build: Callable[..., nn.Module], *args: Any, gain: float = 1.0, **sizes: Any
) -> nn.Module:
    """Build a network and normalise it, for a recipe's `discriminator`.

    Args:
        build: builds the network.
        args: passed on to `build`.
        gain: the norm that each layer gets, > 0.
        sizes: passed on to `build`.

    Returns:
        The normalised network. ``partial(with_spectral_norm, mlp_discriminator,
        width=64)`` is a discriminator as a recipe wants it.

    Raises:
        ValueError: as `spectral_norm`.

    Source: Miyato 2018, section 2.1. Departure: none.
    Chapter: spectral-norm
    """
    return spectral_norm(build(*args, **sizes), gain)


def _is_linear(module: nn.Module) -> bool:
    weight = module._parameters.get("weight")
    return weight is not None and weight.ndim > 1


def _outputs(layer: nn.Module) -> int:
    if isinstance(layer, nn.modules.conv._ConvTransposeNd):
        return 1
    is_convolution = isinstance(layer, nn.modules.conv._ConvNd)
    return 2 if layer.weight.ndim == 3 and not is_convolution else 0


def norm_of(layer: nn.Module) -> SpectralNorm | None:
    """Find a layer's spectral norm, or `None`."""
    if not parametrize.is_parametrized(layer, "weight"):
        return None
    norms = layer.parametrizations.weight
    return next((norm for norm in norms if isinstance(norm, SpectralNorm)), None)


def raw_weight(layer: nn.Module) -> nn.Parameter:
    """Return the weight that the optimiser moves; reading it iterates nothing."""
    if parametrize.is_parametrized(layer, "weight"):
        return layer.parametrizations.weight.original
    return layer.weight


def attach(layer: nn.Module, norm: SpectralNorm) -> None:
    """Put a spectral norm on a layer without an iteration or a change of its mode."""
    parametrize.register_parametrization(layer, "weight", norm.eval(), unsafe=True)
    norm.train(layer.training)


def copy_norm(
    layers: Sequence[nn.Module], target: nn.Module, index: int | None = None
) -> None:
    """Give `target` the spectral norm of the layers that its raw weight came from.

    Args:
        layers: S layers put behind a seed axis, or one stacked layer.
        target: the layer that holds their raw weights already.
        index: which run of the one stacked layer; `None` to stack.

    Raises:
        ValueError: only some of the layers have a norm, or their gains differ.
    """
    norms = [norm_of(layer) for layer in layers]
    if norms == [None] * len(norms):
        return
    if None in norms or len({norm.gain for norm in norms}) > 1:
        raise ValueError(
            "stack needs networks that are built alike, but only some have a spectral "
            "norm, or their gains differ: build all seeds from one recipe."
        )
    copy = deepcopy(norms[0])  # a new one would draw random numbers
    copy.outputs = 2 if index is None else 0
    for name in ("u", "v"):
        states = torch.stack([getattr(norm, name) for norm in norms])
        setattr(copy, name, states if index is None else states[0, index].clone())
    attach(target, copy)
