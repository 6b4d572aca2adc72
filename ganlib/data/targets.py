"""Two-dimensional targets with known density and modes.

Each is a mixture of Gaussians with one width. A curve (the spiral, the moons) is a
mixture too, of many centres laid along it, so its density stays exact.
"""

import math
from collections.abc import Sequence

import numpy as np
import torch

from ganlib.data.mixture import Mixture


def ring(num_modes: int = 8, radius: float = 1.0, std: float = 0.01) -> Mixture:
    r"""Gaussians evenly spaced on a circle.

    $\mu_k = r\,(\cos 2\pi k/K, \sin 2\pi k/K)$, $k = 0, \dots, K-1$

    Args:
        num_modes: $K$, at least 1.
        radius: $r > 0$, in the unit of the data.
        std: width of each Gaussian, in the unit of the data.

    Returns:
        The mixture with equal weights; ``ring().modes[2]`` is (0, 1).

    Raises:
        ValueError: ``num_modes`` below 1, or centres that coincide.

    Source: Lin et al. 2018 (PacGAN), the 2D-ring of its synthetic experiments.
        Departure: none.
    Chapter: first-gan
    """
    _check_count("num_modes", num_modes)
    angles = 2 * math.pi * torch.arange(num_modes, dtype=torch.float64) / num_modes
    means = radius * torch.stack([angles.cos(), angles.sin()], dim=1)
    return Mixture("ring", means, std)


def grid(side: int = 5, spacing: float = 2.0, std: float = 0.05) -> Mixture:
    r"""Gaussians on a square grid around the origin.

    $\mu_{ij} = s\,(i - (n-1)/2,\; j - (n-1)/2)$, $i, j = 0, \dots, n-1$

    Args:
        side: $n$, Gaussians along one side, at least 1.
        spacing: $s > 0$ between neighbours, in the unit of the data.
        std: width of each Gaussian, in the unit of the data.

    Returns:
        The mixture of $n^2$ Gaussians with equal weights; the 25 centres of
        ``grid()`` are {−4, −2, 0, 2, 4}².

    Raises:
        ValueError: ``side`` below 1, or centres that coincide.

    Source: Lin et al. 2018 (PacGAN), the 2D-grid of its synthetic experiments.
        Departure: none.
    Chapter: first-gan
    """
    _check_count("side", side)
    ticks = spacing * (torch.arange(side, dtype=torch.float64) - (side - 1) / 2)
    return Mixture("grid", torch.cartesian_prod(ticks, ticks).reshape(-1, 2), std)


def two_clusters(distance: float = 2.0, std: float = 0.2) -> Mixture:
    r"""Two equal Gaussians side by side, $\mu = (\pm d/2, 0)$.

    Args:
        distance: $d > 0$ between the centres, in the unit of the data.
        std: width of each Gaussian, in the unit of the data.

    Returns:
        The mixture; with the defaults the centres are ten std apart, so a sampler
        that sits on one of them has lost half of the data.

    Raises:
        ValueError: the centres coincide.

    Source: this course. Departure: none.
    Chapter: first-gan
    """
    half = distance / 2
    return Mixture("two clusters", torch.tensor([[-half, 0.0], [half, 0.0]]), std)


def gaussian(std: float = 1.0, mean: Sequence[float] = (0.0, 0.0)) -> Mixture:
    r"""One isotropic Gaussian, $x \sim N(\mu, \sigma^2 I)$.

    Args:
        std: $\sigma > 0$, in the unit of the data.
        mean: $\mu$, two coordinates, in the unit of the data.

    Returns:
        The mixture of one; its log density at the mean is $-\log 2\pi\sigma^2$,
        −1.8379 nats with the defaults.

    Raises:
        ValueError: ``std`` not above 0, or ``mean`` not two numbers.

    Source: textbook definition. Departure: none.
    Chapter: optimal-discriminator
    """
    return Mixture("gaussian", torch.tensor([list(mean)]), std)


def spiral(
    num_modes: int = 200, turns: float = 2.0, radius: float = 2.0, std: float = 0.08
) -> Mixture:
    r"""Archimedean spiral, as Gaussians at equal steps along the curve.

    $\mu(\varphi) = r(\varphi)\,(\cos\varphi, \sin\varphi)$,
    $r(\varphi) = R\,(0.1 + 0.9\,\varphi/\varphi_{\max})$

    Args:
        num_modes: centres along the curve, at least 1.
        turns: $\varphi_{\max}/2\pi > 0$, how often it winds.
        radius: $R > 0$, where it ends, in the unit of the data.
        std: width across the curve, in the unit of the data.

    Returns:
        The mixture with equal weights; with the defaults neighbours are 0.070 apart,
        less than one std, so the density along the curve has no visible beads.

    Raises:
        ValueError: ``num_modes`` below 1, or centres that coincide.

    Source: this course. Departure: none.
    Chapter: first-gan
    """
    _check_count("num_modes", num_modes)
    angles = np.linspace(0, 2 * math.pi * turns, 4097)
    radii = radius * np.linspace(0.1, 1.0, 4097)
    curve = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)
    # Equal steps of arc length, not of angle: the density is even along the curve.
    lengths = np.linalg.norm(np.diff(curve, axis=0), axis=1)
    travelled = np.concatenate([[0.0], np.cumsum(lengths)])
    stops = np.linspace(0, travelled[-1], num_modes)
    means = [np.interp(stops, travelled, curve[:, axis]) for axis in (0, 1)]
    return Mixture("spiral", torch.tensor(np.stack(means, axis=1)), std)


def moons(num_modes: int = 100, std: float = 0.08) -> Mixture:
    r"""Two interleaved half circles of radius 1, as Gaussians along each.

    $\mu(t) = \pm(\cos t - \tfrac12,\; \sin t - \tfrac14)$, $t \in [0, \pi]$

    Args:
        num_modes: centres on both moons together, even, at least 2.
        std: width across the curve, in the unit of the data.

    Returns:
        The mixture with equal weights, centred on the origin; with the defaults
        neighbours are 0.064 apart, less than one std.

    Raises:
        ValueError: ``num_modes`` odd or below 2, or centres that coincide.

    Source: the layout of scikit-learn's ``make_moons``. Departure: centred, and given
        as a mixture, so that its density is known.
    Chapter: first-gan
    """
    _check_count("num_modes", num_modes)
    if num_modes % 2:
        raise ValueError(
            f"moons: num_modes must be even, half for each moon; got {num_modes}."
        )
    angles = torch.linspace(0, math.pi, num_modes // 2, dtype=torch.float64)
    upper = torch.stack([angles.cos() - 0.5, angles.sin() - 0.25], dim=1)
    return Mixture("moons", torch.cat([upper, -upper]), std)


def _check_count(name: str, value: int) -> None:
    if value < 1:
        raise ValueError(f"{name} must be at least 1, got {value}.")
