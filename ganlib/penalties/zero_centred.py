r"""Zero-centred gradient penalties: every slope costs, so that a game can settle."""

from dataclasses import dataclass

from torch import Tensor, nn

from ganlib.penalties.slopes import Noise, input_gradients


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


def _mean_square(gradients: Tensor) -> Tensor:
    return gradients.square().sum(-1).mean(-1)
