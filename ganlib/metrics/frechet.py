r"""Fréchet distance between two sets of features, each taken for a normal."""

import torch
from torch import Tensor


def frechet_distance(a: Tensor, b: Tensor) -> float:
    r"""Squared Fréchet distance between the normals fitted to two sets of features.

    .. math:: \|\mu_a - \mu_b\|^2 + \mathrm{tr}\,\Sigma_a + \mathrm{tr}\,\Sigma_b
              - 2\,\mathrm{tr}\,(\Sigma_a^{1/2} \Sigma_b \Sigma_a^{1/2})^{1/2}

    Args:
        a: features (N, d), N ≥ 2.
        b: features (M, d), M ≥ 2.

    Returns:
        The distance, ≥ 0, in squared units of the features. Of a set and its copy
        moved by a vector v: ‖v‖².

    Raises:
        ValueError: other shapes, fewer than two samples, or values that are not finite.

    Source: Heusel 2017, eq. 6. Departure: the trace of the root is the sum of the
    singular values of Σa^½ Σb^½, which is never complex.
    Chapter: dcgan
    """
    for name, features in (("a", a), ("b", b)):
        if features.ndim != 2 or len(features) < 2:
            raise ValueError(
                f"{name} has shape {tuple(features.shape)}, but a covariance needs "
                "(N, d) with N ≥ 2 samples."
            )
        if not torch.isfinite(features).all():
            raise ValueError(f"{name} holds values that are not finite.")
    if a.shape[1] != b.shape[1]:
        raise ValueError(
            f"features of {a.shape[1]} and {b.shape[1]} dimensions differ."
        )
    a, b = a.double(), b.double()
    roots = [_root(features.T.cov().reshape(a.shape[1], -1)) for features in (a, b)]
    traces = sum(root.square().sum() for root in roots)  # tr Σ = ‖Σ^½‖²
    cross = torch.linalg.svdvals(roots[0] @ roots[1]).sum()
    means = (a.mean(0) - b.mean(0)).square().sum()
    return max(float(means + traces - 2 * cross), 0.0)


def _root(covariance: Tensor) -> Tensor:
    """Symmetric square root; rounding's negative eigenvalues count as zero."""
    values, vectors = torch.linalg.eigh(covariance)
    return (vectors * values.clamp(min=0).sqrt()) @ vectors.T
