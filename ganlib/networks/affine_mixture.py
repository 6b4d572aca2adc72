"""A generator whose density can be written down: affine maps of normal noise.

Of a network's samples nobody knows the density. Here it is a mixture of normals, so
that a run can be judged by the exact divergence from its target, and not by samples.
"""

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn


class AffineMixture(nn.Module):
    r"""Mixture of normals, each an affine map of noise, all equally likely.

    $$G(z) = \mu_k + A_k\, z_{1 \dots d}, \quad k = \lfloor K\,\Phi(z_0) \rfloor, \qquad
    q(x) = \frac1K \sum_k \mathcal N(x;\, \mu_k,\, A_k A_k^\top)$$

    The first coordinate of z chooses the component; the choice has no gradient, so the
    weights stay 1/K and only means and factors are learned.

    Args:
        means: the μ_k, shape (K, d), or (S, K, d) for S stacked runs, in the unit of
            the data.
        factors: the A_k, shape (K, d, d) or (S, K, d, d), invertible.

    Maps z of shape (N, d + 1) to (N, d), or (S, N, d + 1) to (S, N, d).

    Raises:
        ValueError: the two shapes do not fit.

    Source: textbook (a mixture of push-forwards). Departure: none.
    Chapter: objectives
    """

    def __init__(self, means: Tensor, factors: Tensor) -> None:
        super().__init__()
        if means.ndim not in (2, 3) or factors.shape != (*means.shape, means.shape[-1]):
            raise ValueError(
                f"means {tuple(means.shape)} and factors {tuple(factors.shape)} do not "
                "fit: give (K, d) and (K, d, d), both with a leading S for S runs."
            )
        self.means = nn.Parameter(means.detach().clone())
        self.factors = nn.Parameter(factors.detach().clone())

    @property
    def num_components(self) -> int:
        """Number of components K."""
        return self.means.shape[-2]

    @property
    def z_dim(self) -> int:
        """How long z is, d + 1 (one coordinate chooses, d are mapped)."""
        return self.means.shape[-1] + 1

    def forward(self, z: Tensor) -> Tensor:
        """Map z of shape (..., N, d + 1) to samples (..., N, d)."""
        if z.ndim != self.means.ndim or z.shape[-1] != self.z_dim:
            raise ValueError(
                f"z has shape {tuple(z.shape)}, but this generator maps "
                f"(N, {self.z_dim}), with a leading seed axis if it is stacked."
            )
        num = self.num_components
        rank = (torch.special.ndtr(z[..., 0]) * num).long().clamp(max=num - 1)
        chosen = nn.functional.one_hot(rank, num).to(z)
        # All K maps of every z, then one of them: a product is cheaper than a gather.
        mapped = torch.einsum("...kij,...nj->...nki", self.factors, z[..., 1:])
        return ((mapped + self.means.unsqueeze(-3)) * chosen.unsqueeze(-1)).sum(-2)

    def log_density(self, x: Tensor) -> Tensor:
        r"""Exact log density of what the generator makes.

        $$\log q(x) = \log \frac1K \sum_k \mathcal N(x;\, \mu_k,\, A_k A_k^\top)$$

        Args:
            x: points, shape (M, d), the same for all runs, or (S, M, d).

        Returns:
            Nats, shape (M,) or (S, M). One component, μ = 0, A = I, d = 2, at the
            origin: −log 2π = −1.8379.

        Source: textbook. Departure: none.
        Chapter: objectives
        """
        dim = self.means.shape[-1]
        offsets = x.unsqueeze(-3) - self.means.unsqueeze(-2)  # (..., K, M, d)
        z = torch.linalg.solve(self.factors, offsets.mT)
        volume = torch.linalg.slogdet(self.factors).logabsdet.unsqueeze(-1)
        logs = -0.5 * z.square().sum(-2) - volume - 0.5 * dim * math.log(2 * math.pi)
        return logs.logsumexp(-2) - math.log(self.num_components)


def stack_mixtures(mixtures: Sequence[AffineMixture]) -> AffineMixture:
    """Put S mixtures of one shape behind a leading seed axis, as `stack` does for MLPs.

    Args:
        mixtures: S ≥ 1 mixtures, none of them stacked; their parameters are copied.

    Returns:
        One generator that maps (S, N, d + 1) to (S, N, d).

    Raises:
        ValueError: no mixture, or mixtures of different shape.

    Chapter: objectives
    """
    shapes = {tuple(mixture.means.shape) for mixture in mixtures}
    if len(shapes) != 1 or len(min(shapes)) != 2:
        raise ValueError(
            "stack_mixtures needs one or more mixtures of one shape (K, d), but got "
            f"means of shape {sorted(shapes) or 'none'}."
        )
    return AffineMixture(
        torch.stack([mixture.means.detach() for mixture in mixtures]),
        torch.stack([mixture.factors.detach() for mixture in mixtures]),
    )
