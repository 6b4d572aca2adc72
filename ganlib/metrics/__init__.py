"""Measures of generated samples, and the features they are computed on."""

from ganlib.metrics.features import FashionClassifier
from ganlib.metrics.frechet import frechet_distance

__all__ = ["FashionClassifier", "frechet_distance"]
