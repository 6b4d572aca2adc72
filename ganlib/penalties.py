r"""What holds a discriminator back: gradient penalties and weight clipping.

A gradient penalty is called ``penalty(discriminator, real, fake, noise, labels)`` and
returns what is added to the discriminator's loss, one number for each run. All three
are the same two lines, *where* to measure the slope and *what* slope is wanted:

===================  =====================================  ======================
penalty              points x                               cost of a slope
===================  =====================================  ======================
``R1``               real samples                           γ/2 ‖∇D(x)‖²
``R2``               generated samples                      γ/2 ‖∇D(x)‖²
``GradientPenalty``  one point a pair, between them         λ (‖∇D(x)‖ − 1)²
===================  =====================================  ======================

The slope is each sample's own, so a discriminator that mixes samples (BatchNorm) is
refused: through it, one sample's output depends on all the others.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

Noise = torch.Generator | list[torch.Generator] | None


def _refuse_batch_norm(discriminator: nn.Module) -> None:
    for name, module in discriminator.named_modules():
        if isinstance(module, _BatchNorm):
            raise ValueError(
                f"the discriminator's layer {name!r} is a {type(module).__name__}: it "
                "makes the output for one sample depend on the whole batch, and a "
                "gradient penalty is about each sample alone. Build the discriminator "
                "without BatchNorm, or with a norm over one sample."
            )


def input_gradients(
    discriminator: nn.Module, x: Tensor, labels: Tensor | None = None
) -> Tensor:
    r"""Gradient of each sample's logit with respect to that sample.

    .. math:: \nabla_x D(x_i), \quad i = 1 \dots N

    Args:
        discriminator: maps (N, ...) to logits (N,), or (S, N, ...) to (S, N).
        x: where the slope is measured, shape (N, ...) or (S, N, ...).
        labels: passed on to a conditional discriminator, shape (N,).

    Returns:
        Shape (N, d) or (S, N, d), all axes of a sample flattened into one, with its
        graph kept so that it can be trained. For D(x) = w·x every row is w.

    Raises:
        ValueError: the discriminator holds a BatchNorm layer.

    Source: Gulrajani 2017, algorithm 1, line 7. Departure: none.
    Chapter: dynamics
    """
    _refuse_batch_norm(discriminator)
    x = x.detach().requires_grad_(True)
    logits = discriminator(x) if labels is None else discriminator(x, labels)
    # Each logit depends on its own sample alone, so the gradient of the sum holds
    # every sample's gradient.
    (gradient,) = torch.autograd.grad(logits.sum(), x, create_graph=True)
    return gradient.flatten(start_dim=logits.ndim)


def _mean_square(gradients: Tensor) -> Tensor:
    return gradients.square().sum(-1).mean(-1)


@dataclass(frozen=True)
class R1:
    r"""Zero-centred gradient penalty on the data.

    .. math:: R_1 = \tfrac{\gamma}{2}\, E_{x \sim p}\,\|\nabla_x D(x)\|^2

    Args:
        gamma: strength γ ≥ 0, in (units of x)².

    Calling it returns shape () or (S,). D(x) = 3x in one dimension with γ = 2: 9.

    Source: Mescheder 2018, eq. 9. Departure: none.
    Chapter: dynamics
    """

    gamma: float

    def __call__(
        self,
        discriminator: nn.Module,
        real: Tensor,
        fake: Tensor,
        noise: Noise = None,
        labels: Tensor | None = None,
    ) -> Tensor:
        """Return the penalty at the real samples."""
        gradients = input_gradients(discriminator, real, labels)
        return self.gamma / 2 * _mean_square(gradients)


@dataclass(frozen=True)
class R2:
    r"""Zero-centred gradient penalty on the generated samples.

    .. math:: R_2 = \tfrac{\gamma}{2}\, E_{x \sim q}\,\|\nabla_x D(x)\|^2

    Args:
        gamma: strength γ ≥ 0, in (units of x)².

    Calling it returns shape () or (S,). D(x) = 3x in one dimension with γ = 2: 9.

    Source: Mescheder 2018, eq. 10. Departure: none.
    Chapter: dynamics
    """

    gamma: float

    def __call__(
        self,
        discriminator: nn.Module,
        real: Tensor,
        fake: Tensor,
        noise: Noise = None,
        labels: Tensor | None = None,
    ) -> Tensor:
        """Return the penalty at the generated samples."""
        gradients = input_gradients(discriminator, fake, labels)
        return self.gamma / 2 * _mean_square(gradients)


@dataclass(frozen=True)
class GradientPenalty:
    r"""One-centred gradient penalty on segments between data and fakes (WGAN-GP).

    .. math:: \lambda\, E\,(\|\nabla_x D(\hat x)\| - 1)^2,
              \quad \hat x = \varepsilon x + (1 - \varepsilon) G(z)

    with one ε ~ U[0, 1] for each *sample*: drawn for each pixel, or from a normal,
    the point x̂ would not lie between its two ends.

    Args:
        penalty_weight: λ ≥ 0; 10 in the paper.
        target: the slope asked for, ≥ 0, in logits per unit of x.
        one_sided: if true, only slopes above the target cost.

    Calling it returns shape () or (S,). D(x) = 3x in one dimension: 4λ.

    Source: Gulrajani 2017, eq. 3. Departure: the norm is √(‖∇D‖² + 1e-12), because the
    square root has no derivative at 0 and would turn a flat critic into NaN.
    Chapter: dynamics
    """

    penalty_weight: float = 10.0
    target: float = 1.0
    one_sided: bool = False

    def __call__(
        self,
        discriminator: nn.Module,
        real: Tensor,
        fake: Tensor,
        noise: Noise = None,
        labels: Tensor | None = None,
    ) -> Tensor:
        """Return the penalty at one random point of each real-fake pair."""
        x = interpolate(real, fake, noise)
        gradients = input_gradients(discriminator, x, labels)
        norms = (gradients.square().sum(-1) + 1e-12).sqrt()
        excess = norms - self.target
        if self.one_sided:
            excess = excess.clamp(min=0)
        return self.penalty_weight * excess.square().mean(-1)


def interpolate(real: Tensor, fake: Tensor, noise: Noise = None) -> Tensor:
    r"""One uniform random point on the segment between each real and its fake.

    .. math:: \hat x_i = \varepsilon_i x_i + (1 - \varepsilon_i)\,\tilde x_i,
              \quad \varepsilon_i \sim U[0, 1]

    Args:
        real: shape (N, ...), or (S, N, ...) when `noise` is a list of S generators.
        fake: same shape.
        noise: where ε comes from.

    Returns:
        Same shape. Where ε = 1 it is the real sample.

    Raises:
        ValueError: the shapes differ.

    Source: Gulrajani 2017, algorithm 1, line 6. Departure: none.
    Chapter: dynamics
    """
    if real.shape != fake.shape:
        raise ValueError(
            f"real {tuple(real.shape)} and fake {tuple(fake.shape)} must pair up one "
            "to one: draw as many fakes as there are real samples."
        )
    if isinstance(noise, list):
        pairs = zip(real, fake, noise, strict=True)
        return torch.stack([interpolate(*pair) for pair in pairs])
    shape = (len(real),) + (1,) * (real.ndim - 1)
    epsilon = torch.rand(shape, generator=noise, dtype=real.dtype, device=real.device)
    return epsilon * real + (1 - epsilon) * fake


@dataclass(frozen=True)
class WeightClipping:
    r"""Force every weight of the critic into [−c, c] after each of its steps.

    .. math:: w \leftarrow \mathrm{clip}(w, -c, c)

    Args:
        limit: c > 0; 0.01 in the paper.

    Source: Arjovsky 2017, algorithm 1, line 7. Departure: none.
    Chapter: dynamics
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
