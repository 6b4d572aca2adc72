r"""An upper bound of a network's slope, from the norms of its layers."""

from math import ceil, prod

import torch
from torch import Tensor, nn

# Layers that never enlarge a difference of two inputs, in evaluation mode.
_NO_STEEPER_THAN_ONE = (
    nn.ReLU,
    nn.Tanh,
    nn.Sigmoid,
    nn.Softplus,
    nn.Flatten,
    nn.Unflatten,
    nn.Identity,
    nn.Dropout,
    nn.AvgPool2d,
)
_CONVOLUTIONS = nn.Conv2d | nn.ConvTranspose2d


def lipschitz_bound(network: nn.Module, x: Tensor | None = None) -> Tensor:
    r"""Bound a network's slope by the product of its layers' norms.

    .. math:: \frac{|D(x) - D(y)|}{\|x - y\|} \le \prod_l \|A_l\|

    Exact norms of linear layers, by singular values in float64; for convolutions the
    bound of `convolution_bound`. The network has to be a chain: each layer takes what
    the one before returns.

    Args:
        network: an `MLP`, stacked or not, or modules called one after the other.
        x: one input, shape (1, ...), to read the sizes of the maps from; without it
            the bound of convolutions holds for maps of any size.

    Returns:
        Logits per unit of x, float64, shape () or (S,). ``MLP(2, None)`` with all
        three norms 2: 8. Power iterations are neither made nor trusted.

    Raises:
        ValueError: a layer whose slope is not known, such as BatchNorm.

    Source: Szegedy 2014, section 4.3; Miyato 2018, eq. 7. Departure: true bounds of
    convolutions, not norms of their kernels laid out as a matrix.
    Chapter: spectral-norm
    """
    modes = {module: module.training for module in network.modules()}
    network.eval()  # a spectral norm must not iterate while it is looked at
    try:
        with torch.no_grad():
            sides = {} if x is None else _windows(network, x)
            bound = torch.ones((), dtype=torch.float64)
            for name, layer in network.named_modules():
                bound = bound * _slope(name, layer, sides.get(layer))
        return bound
    finally:
        for module, mode in modes.items():
            module.training = mode


def convolution_bound(
    layer: nn.Conv2d | nn.ConvTranspose2d, windows: tuple[int, int] | None = None
) -> Tensor:
    r"""Bound a convolution's norm by that of its kernel, laid out as a matrix.

    .. math:: \|A\| \le \sqrt{m}\;\sigma_1(K), \quad
              m = \prod_{\text{axes}} \min(\lceil k / s \rceil, n)

    K has one row for each output channel and one column for each input channel and
    place of the kernel (for a transposed convolution the other way round); m is the
    largest number of windows that one pixel is in.

    Args:
        layer: one group, padded with zeros.
        windows: number n of windows along each axis; `None` for as many as you like.

    Returns:
        float64, shape (). A 4×4 kernel with stride 2: 2 σ₁(K).

    Raises:
        ValueError: several groups, or padding with other values than zero.

    Source: Tsuzuku 2018 (convolutions). Departure: counts windows of strided kernels.
    Chapter: spectral-norm
    """
    if layer.groups != 1 or layer.padding_mode != "zeros":
        raise ValueError(
            "convolution_bound is for one group and zero padding, but this layer has "
            f"groups={layer.groups} and padding_mode={layer.padding_mode!r}."
        )
    overlaps = [
        ceil(k / s) if d == 1 else k
        for k, s, d in zip(layer.kernel_size, layer.stride, layer.dilation, strict=True)
    ]
    if windows is not None:
        overlaps = [min(pair) for pair in zip(overlaps, windows, strict=True)]
    norm = torch.linalg.matrix_norm(layer.weight.double().flatten(1), ord=2)
    return prod(overlaps) ** 0.5 * norm


def _slope(
    name: str, layer: nn.Module, windows: tuple[int, int] | None
) -> Tensor | float:
    if isinstance(layer, _CONVOLUTIONS):
        return convolution_bound(layer, windows)
    weight = getattr(layer, "weight", None)
    if isinstance(weight, Tensor) and weight.ndim in (2, 3):
        return torch.linalg.matrix_norm(weight.double(), ord=2)
    if isinstance(layer, nn.LeakyReLU):
        return max(1.0, abs(layer.negative_slope))
    if list(layer.children()) or isinstance(layer, _NO_STEEPER_THAN_ONE):
        return 1.0  # its parts are counted by themselves
    if name.endswith("parametrizations.weight.0"):
        return 1.0  # no layer, but what makes the weight of one
    raise ValueError(
        f"lipschitz_bound does not know how steep layer {name!r} is, a "
        f"{type(layer).__name__}. Bound the layers before and after it apart."
    )


def _windows(network: nn.Module, x: Tensor) -> dict[nn.Module, tuple[int, int]]:
    """Count each convolution's windows along height and width for input x."""
    found = {}

    def note(layer: nn.Module, inputs: tuple[Tensor], output: Tensor) -> None:
        maps = inputs[0] if isinstance(layer, nn.ConvTranspose2d) else output
        found[layer] = tuple(maps.shape[-2:])

    layers = [m for m in network.modules() if isinstance(m, _CONVOLUTIONS)]
    hooks = [layer.register_forward_hook(note) for layer in layers]
    try:
        network(x)
    finally:
        for hook in hooks:
            hook.remove()
    return found
