"""Mixture of Gaussians in the plane: samples, exact density, modes."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, eq=False)
class Mixture:
    r"""Mixture of isotropic Gaussians in the plane.

    $p(x) = \sum_k w_k \, (2\pi\sigma^2)^{-1} \exp(-\|x - \mu_k\|^2 / 2\sigma^2)$

    Args:
        name: what the target is called in tables and figures.
        means: (K, 2) centres $\mu_k$, in the unit of the data; kept as float32.
        std: $\sigma > 0$ of each Gaussian along each axis, in the unit of the data.
        weights: (K,) positive $w_k$, scaled here to sum to 1; None gives 1/K each.

    Raises:
        ValueError: a shape, a width or a weight is out of range, or two centres
            coincide.

    Source: textbook definition. Departure: none.
    Chapter: first-gan
    """

    name: str
    means: Tensor
    std: float
    weights: Tensor | None = None

    def __post_init__(self):
        means = torch.as_tensor(self.means, dtype=torch.float32)
        _check_means(self.name, means)
        if not (math.isfinite(self.std) and self.std > 0):
            raise ValueError(f"{self.name}: std must be above 0, got {self.std}.")
        _check_distinct(self.name, means, self.std)
        weights = _normalised(self.name, self.weights, len(means))
        object.__setattr__(self, "means", means)
        object.__setattr__(self, "weights", weights)
        # Decided once: sample() runs at every training step.
        object.__setattr__(self, "_uniform", bool((weights == weights[0]).all()))

    @property
    def modes(self) -> Tensor:
        r"""Centres of the mixture, (K, 2)."""
        return self.means

    @property
    def num_modes(self) -> int:
        r"""Number of centres $K$; 8 for ``ring()``."""
        return len(self.means)

    def sample(self, num: int, generator: torch.Generator) -> Tensor:
        r"""Draw independent points: $x = \mu_k + \sigma\varepsilon$, $k \sim w$.

        Args:
            num: how many points, at least 1.
            generator: the source of randomness; the points lie on its device.

        Returns:
            (num, 2) float32, in the unit of the data; ``ring().sample(2500, g)`` has
            2500 (1 − e^(−9/2)) ≈ 2472 points within three std of a centre on average.

        Raises:
            TypeError: ``generator`` is not a ``torch.Generator``.
            ValueError: ``num`` is below 1.

        Source: ancestral sampling. Departure: none.
        Chapter: first-gan
        """
        if not isinstance(generator, torch.Generator):
            raise TypeError(
                "sample() needs a torch.Generator, for example "
                f"torch.Generator().manual_seed(0); got {type(generator).__name__}."
            )
        if num < 1:
            raise ValueError(f"sample() needs num of at least 1, got {num}.")
        device = generator.device
        if self._uniform:
            centre = torch.randint(
                self.num_modes, (num,), generator=generator, device=device
            )
        else:
            weights = self.weights.to(device)
            centre = torch.multinomial(weights, num, True, generator=generator)
        noise = torch.randn(num, 2, generator=generator, device=device)
        centres = self.means.to(device).index_select(0, centre)
        return torch.add(centres, noise, alpha=self.std)

    def log_density(self, x: Tensor) -> Tensor:
        r"""Exact log density $\log p(x)$.

        $\log \sum_k \exp(\log w_k - \|x-\mu_k\|^2/2\sigma^2) - \log 2\pi\sigma^2$

        Args:
            x: (..., 2) float32 or float64 points, in the unit of the data.

        Returns:
            (...) nats, in the dtype of ``x``; ``gaussian().log_density`` at the origin
            is −log 2π = −1.8379.

        Raises:
            ValueError: the last axis is not 2, or ``x`` is not floating point.

        Source: textbook definition. Departure: the sum is taken by logsumexp, so
            that far from all centres the result is a large negative number, not −inf.
        Chapter: optimal-discriminator
        """
        if x.ndim < 1 or x.shape[-1] != 2 or not x.is_floating_point():
            raise ValueError(
                "log_density() needs floating-point points of shape (..., 2); got "
                f"{x.dtype} of shape {tuple(x.shape)}."
            )
        means = self.means.to(x)
        # In float64: a float32 1/25 alone would cost eight digits.
        weights = self.weights.to(x.device, torch.float64)
        log_weights = (weights / weights.sum()).log().to(x.dtype)
        squared = (x.unsqueeze(-2) - means).square().sum(-1)
        exponents = log_weights - squared / (2 * self.std**2)
        return exponents.logsumexp(-1) - math.log(2 * math.pi * self.std**2)


def _check_means(name: str, means: Tensor) -> None:
    if means.ndim != 2 or means.shape[1] != 2 or len(means) < 1:
        raise ValueError(
            f"{name}: means must have shape (K, 2) with K of at least 1, got "
            f"{tuple(means.shape)}."
        )
    if not means.isfinite().all():
        raise ValueError(f"{name}: every centre must be finite.")


def _check_distinct(name: str, means: Tensor, std: float) -> None:
    # linspace(0, 2π, 8) ends where it began: seven places, one of them doubled, and
    # equal only up to rounding. Hence the comparison with std and not with zero.
    if len(means) > 1 and torch.pdist(means).min() < 0.01 * std:
        raise ValueError(
            f"{name}: two of the {len(means)} centres coincide (closer than std/100), "
            "so there are fewer modes than centres; angles of a ring must leave out "
            "the end point 2π, which is the start again."
        )


def _normalised(name: str, weights: Tensor | None, num: int) -> Tensor:
    if weights is None:
        return torch.full((num,), 1 / num)
    weights = torch.as_tensor(weights, dtype=torch.float64)
    if weights.shape != (num,):
        raise ValueError(
            f"{name}: weights must have shape ({num},), one for each centre, got "
            f"{tuple(weights.shape)}."
        )
    if not (weights.isfinite().all() and (weights > 0).all()):
        raise ValueError(f"{name}: every weight must be finite and above 0.")
    return (weights / weights.sum()).float()
