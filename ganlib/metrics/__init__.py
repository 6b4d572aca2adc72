"""Measures of generated samples, and the features they are computed on."""

from ganlib.metrics.checks import Estimate
from ganlib.metrics.extrapolation import Extrapolation, frechet_extrapolated
from ganlib.metrics.features import FashionClassifier, FashionJudge
from ganlib.metrics.frechet import Moments, frechet_distance, frechet_from_moments
from ganlib.metrics.inception import inception_features, inception_network
from ganlib.metrics.inception_score import inception_score
from ganlib.metrics.kernel_distance import kernel_distance
from ganlib.metrics.manifolds import PRDC, density_coverage, prdc, precision_recall
from ganlib.metrics.memorisation import Memorisation, copied_share, memorisation
from ganlib.metrics.mmd import (
    Kernel,
    cubic_kernel,
    energy_kernel,
    gaussian_kernel,
    mmd_squared,
)
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
from ganlib.metrics.two_sample import TwoSampleTest, classifier_two_sample_test

__all__ = [
    "PRDC",
    "Estimate",
    "Extrapolation",
    "FashionClassifier",
    "FashionJudge",
    "Kernel",
    "Memorisation",
    "Moments",
    "TwoSampleTest",
    "binned_kl",
    "classifier_two_sample_test",
    "copied_share",
    "covariance_ratios",
    "cubic_kernel",
    "density_coverage",
    "disc_mass",
    "energy_kernel",
    "frechet_distance",
    "frechet_extrapolated",
    "frechet_from_moments",
    "gaussian_kernel",
    "high_quality_fraction",
    "inception_features",
    "inception_network",
    "inception_score",
    "kernel_distance",
    "memorisation",
    "mmd_squared",
    "mode_shares",
    "modes_captured",
    "prdc",
    "precision_recall",
    "reverse_kl",
    "stacked_labels",
    "uniform_kl",
]
