r"""Fréchet distance between two sets of features, each taken for a normal.

The distance needs of each set its number, mean and scatter alone: `Moments`, which add
up over batches, so that no more than one batch of features is ever held.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from ganlib.metrics.checks import check_features

# Columns of a product XᵀX at a time: wide enough for speed, narrow enough to skip half.
PANEL = 256
# How much the root of rounded eigenvalues may be off, relative to the whole.
PRECISION = 1e-11


@dataclass(frozen=True, eq=False)
class Moments:
    r"""Number, mean and scatter of a set of features; the sum is that of the union.

    $$S = \sum_i (x_i - \mu)(x_i - \mu)^\top, \qquad \Sigma = \frac{S}{N - 1}, \qquad
    S_{a \cup b} = S_a + S_b + \tfrac{N_a N_b}{N_a + N_b}
    (\mu_b - \mu_a)(\mu_b - \mu_a)^\top$$

    Args:
        num: N ≥ 1.
        mean: μ, float64 (d,), in units of the features.
        scatter: S, float64 (d, d), in their squared units.

    Of the samples 0 and 2: 2, (1,) and ((2,),); Σ = 2.

    Source: Chan 1979 (pairwise update). Departure: for vectors.
    Chapter: evaluation
    """

    num: int
    mean: Tensor
    scatter: Tensor

    @classmethod
    def of(cls, features: Tensor) -> "Moments":
        """Measure features (N, d), N ≥ 1; of batches, add up what each gives."""
        check_features(1, features=features)
        centred = features.detach().to(torch.float64, copy=True)
        mean = centred.mean(0)
        return cls(len(features), mean, _scatter(centred.sub_(mean)))

    def __add__(self, other: "Moments") -> "Moments":
        """Moments of the union of two sets."""
        num = self.num + other.num
        shift = other.mean - self.mean
        between = torch.outer(shift, shift) * (self.num * other.num / num)
        mean = self.mean + shift * (other.num / num)
        return Moments(num, mean, self.scatter + other.scatter + between)

    @property
    def covariance(self) -> Tensor:
        """Σ = S / (N − 1), float64 (d, d)."""
        return self.scatter / (self.num - 1)


def frechet_distance(a: Tensor, b: Tensor) -> float:
    r"""Squared Fréchet distance between the normals fitted to two sets of features.

    .. math:: \|\mu_a - \mu_b\|^2 + \mathrm{tr}\,\Sigma_a + \mathrm{tr}\,\Sigma_b
              - 2\,\mathrm{tr}\,(\Sigma_a^{1/2} \Sigma_b \Sigma_a^{1/2})^{1/2}

    Args:
        a: features (N, d), N ≥ 2; of any float type, computed in float64.
        b: features (M, d), M ≥ 2.

    Returns:
        The distance, ≥ 0, in squared units of the features. Of a set and its copy
        moved by a vector v: ‖v‖². Of two draws of N from one normal, about
        (2d + d(d + 1)/2)/N and not 0: compare values of equal N only.

    Raises:
        ValueError: other shapes, fewer than two samples, or values that are not finite.

    Source: Heusel 2017 (definition of the FID). Departure: the trace of the root never
    meets a complex number, see `frechet_from_moments`.
    Chapter: dcgan, evaluation
    """
    check_features(2, a=a, b=b)
    return frechet_from_moments(Moments.of(a), Moments.of(b))


def frechet_from_moments(a: Moments, b: Moments) -> float:
    r"""Squared Fréchet distance, from moments that may come from a stream of batches.

    .. math:: \mathrm{tr}\,(\Sigma_a^{1/2} \Sigma_b \Sigma_a^{1/2})^{1/2}
              = \sum_i \lambda_i(L^\top \Sigma_b L)^{1/2}
              = \sum_i \sigma_i(R_a^\top R_b),
              \qquad \Sigma_a = L L^\top = R_a R_a^\top

    The first sum needs one Cholesky factor and symmetric eigenvalues; where rounding
    would show (N < d, a singular covariance), the second one is taken, with roots R
    from eigenvectors.

    Args:
        a: of N ≥ 2 samples.
        b: of M ≥ 2 samples of as many dimensions.

    Returns:
        The distance, ≥ 0. Standard normals of one and of twice the width: d.

    Raises:
        ValueError: fewer than two samples, or dimensions that differ.

    Source: Heusel 2017 (definition of the FID); Gelbrich 1990 (the formula).
    Departure: eigenvalues of a symmetric matrix similar to the product Σa Σb, instead
    of the root of the product.
    Chapter: evaluation
    """
    if min(a.num, b.num) < 2:
        raise ValueError(
            f"moments of {a.num} and {b.num} samples: a covariance needs N ≥ 2."
        )
    if len(a.mean) != len(b.mean):
        raise ValueError(
            f"moments of {len(a.mean)} and {len(b.mean)} dimensions differ: both must "
            "come from the same network."
        )
    first, second = a.covariance, b.covariance
    means = (a.mean - b.mean).square().sum()
    cross = _trace_of_root(first, second)
    return max(float(means + first.trace() + second.trace() - 2 * cross), 0.0)


def _scatter(centred: Tensor) -> Tensor:
    """XᵀX, multiplied on and above the diagonal only: about half the work."""
    dims = centred.shape[1]
    upper = centred.new_zeros(dims, dims)
    for start in range(0, dims, PANEL):
        columns = slice(start, start + PANEL)
        upper[columns, start:] = centred[:, columns].T @ centred[:, start:]
    return upper.triu() + upper.triu(1).T


def _trace_of_root(a: Tensor, b: Tensor) -> Tensor:
    """Tr (Σa^½ Σb Σa^½)^½, fast where rounding allows and exact where it does not."""
    lower, failed = torch.linalg.cholesky_ex(a)
    if not failed:
        values = torch.linalg.eigvalsh(_congruent(lower, b), UPLO="U")
        roots = values.clamp(min=0).sqrt()
        # Eigenvalues are off by ε λ_max, and so their roots by ε λ_max / 2√λ.
        error = torch.finfo(values.dtype).eps * values[-1] / (2 * roots)
        if error.sum() < PRECISION * roots.sum():
            return roots.sum()
    return torch.linalg.svdvals(_root(a).T @ _root(b)).sum()


def _congruent(lower: Tensor, b: Tensor) -> Tensor:
    """Lᵀ Σ L on and above the diagonal, without the half of L that is zero."""
    upper = torch.zeros_like(b)
    for start in range(0, len(b), PANEL):
        columns, end = slice(start, start + PANEL), start + PANEL
        right = b[:, start:] @ lower[start:, columns]
        upper[:end, columns] = lower[:, :end].T @ right
    return upper


def _root(covariance: Tensor) -> Tensor:
    """R (d, r) with R Rᵀ = Σ: scaled eigenvectors, without those of rounding alone."""
    values, vectors = torch.linalg.eigh(covariance)
    noise = len(values) * torch.finfo(values.dtype).eps * values[-1]
    kept = values > noise
    return vectors[:, kept] * values[kept].sqrt()
