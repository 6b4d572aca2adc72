r"""One-centred gradient penalty: a slope of one between data and fakes (WGAN-GP)."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ganlib.penalties.slopes import Noise, input_gradients


@dataclass(frozen=True)
class GradientPenalty:
    r"""One-centred gradient penalty on segments between data and fakes (WGAN-GP).

    .. math:: \lambda\, E\,(\|\nabla_x D(\hat x)\| - 1)^2,
              \quad \hat x = \varepsilon x + (1 - \varepsilon) G(z)

    with one ε ~ U[0, 1] for each *sample*: drawn for each pixel, or from a normal,
    the point x̂ would not lie between its two ends.

    Args:
        penalty_weight: λ ≥ 0; 10 in the paper. A tensor (S,) gives each of S stacked
            runs its own.
        target: the slope asked for, ≥ 0, in logits per unit of x.
        one_sided: if true, only slopes above the target cost.

    Calling it returns shape () or (S,). D(x) = 3x in one dimension: 4λ.

    Source: Gulrajani 2017, eq. 3. Departure: the norm is √(‖∇D‖² + 1e-12), because the
    square root has no derivative at 0 and would turn a flat critic into NaN.
    Chapter: gradient-penalty
    """

    penalty_weight: float | Tensor = 10.0
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
    Chapter: gradient-penalty
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
    epsilon = torch.rand(shape, generator=noise, device=real.device).to(real.dtype)
    return epsilon * real + (1 - epsilon) * fake
