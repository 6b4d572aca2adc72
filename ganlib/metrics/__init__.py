"""Measures of generated samples, and the features they are computed on."""

from ganlib.metrics.features import FashionClassifier
from ganlib.metrics.frechet import frechet_distance
from ganlib.metrics.mmd import Kernel, energy_kernel, gaussian_kernel, mmd_squared
from ganlib.metrics.modes import (
    binned_kl,
    covariance_ratios,
    disc_mass,
    high_quality_fraction,
    mode_shares,
    modes_captured,
    reverse_kl,
    uniform_kl,
)
from ganlib.metrics.stacked import stacked_labels

__all__ = [
    "FashionClassifier",
    "Kernel",
    "binned_kl",
    "covariance_ratios",
    "disc_mass",
    "energy_kernel",
    "frechet_distance",
    "gaussian_kernel",
    "high_quality_fraction",
    "mmd_squared",
    "mode_shares",
    "modes_captured",
    "reverse_kl",
    "stacked_labels",
    "uniform_kl",
]
