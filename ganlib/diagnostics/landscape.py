r"""The data as a landscape: how near is near, and which parts lie apart."""

import torch
from torch import Tensor
from torch.nn.functional import adaptive_avg_pool2d

# A ball around a point is as wide as this part of the data's own width, and no smaller
# than what it takes to hold this share of the data: in many dimensions nothing lies
# within a fixed part of the width.
BALL, SHARE = 0.3, 0.04
# Side of the small pictures on which images are compared.
SMALL = 7
# A part of the data smaller than either is a few stray points and no cluster.
LEAST_CLUSTER, LEAST_POINTS = 0.015, 10


def as_points(samples: Tensor) -> Tensor:
    r"""Flatten samples to points: points as they are, images as 7×7 averages.

    Pixels are a bad ruler: fine noise that nobody sees outweighs the shape. Averages
    over large squares keep what tells one kind of picture from another.

    Args:
        samples: points (N, d), or images (N, C, H, W).

    Returns:
        float32, (N, d), or (N, C · 49) for images.

    Raises:
        ValueError: another number of axes.

    Chapter: failures
    """
    if samples.ndim == 4:
        return adaptive_avg_pool2d(samples.float(), SMALL).flatten(1)
    if samples.ndim == 2:
        return samples.float()
    raise ValueError(
        f"samples have shape {tuple(samples.shape)}, but a run is judged by points "
        "(N, d) or images (N, C, H, W)."
    )


def rms_width(points: Tensor) -> float:
    r"""Root mean square distance from the mean, $\sqrt{\mathrm{tr}\,\Sigma}$."""
    return points.double().var(0).sum().sqrt().item()


class Balls:
    r"""A ball around each point that holds 4 % of the others, or is as wide as `least`.

    Args:
        points: the $x_i$, (N, d), N ≥ 2.
        least: the smallest radius, > 0, in the unit of the points.

    Attributes:
        radii: $r_i$, (N,).

    Chapter: failures
    """

    def __init__(self, points: Tensor, least: float) -> None:
        self.points = points
        distances = torch.cdist(points, points)
        num = max(1, round(SHARE * (len(points) - 1)))
        # The num nearest others: the nearest of all is the point itself.
        self.radii = distances.kthvalue(num + 1).values.clamp(min=least)
        self._reach = self.radii[:, None] * (1 + 1e-6)  # the last one counts
        self._own = ((distances < self._reach).sum(1) - 1) / (len(points) - 1)

    def density_ratios(self, others: Tensor) -> Tensor:
        r"""Density of other points over that of the own kind, in each ball.

        $\hat\rho(x_i) = \dfrac{\#\{j : \|y_j - x_i\| < r_i\} / M}
        {\#\{j \ne i : \|x_j - x_i\| < r_i\} / (N - 1)}$

        Args:
            others: the $y_j$, (M, d).

        Returns:
            (N,), ≥ 0, about 1 where both kinds are equally dense.
        """
        there = (torch.cdist(self.points, others) < self._reach).sum(1)
        return there / len(others) / self._own


def cluster_numbers(points: Tensor, reach: float) -> Tensor:
    r"""Give each point the number of its cluster; clusters lie apart from one another.

    Two points are of one cluster if a chain of points joins them with no step longer
    than `reach` (single linkage). Parts with less than 1.5 % of the points, or with
    fewer than ten of them, are dropped.

    Args:
        points: (N, d).
        reach: > 0, in the unit of the points.

    Returns:
        int64, (N,): 0, 1, … in order of size; −1 for points of no cluster.

    Source: Florek 1951 (single linkage), cut at `reach`. Departure: none.
    Chapter: failures
    """
    joined = torch.cdist(points, points) < reach
    labels = torch.arange(len(points))
    while True:  # each point takes the least label in reach, until nothing changes
        lowest = torch.where(joined, labels[None], len(points)).min(1).values
        lowest = lowest[lowest]
        if torch.equal(lowest, labels):
            break
        labels = lowest
    _, labels, counts = labels.unique(return_inverse=True, return_counts=True)
    order = counts.argsort(descending=True, stable=True)
    least = max(LEAST_CLUSTER * len(points), LEAST_POINTS)
    large = order[counts[order] >= least]
    numbers = torch.full_like(counts, -1)
    numbers[large] = torch.arange(len(large))
    return numbers[labels]


def k_means(points: Tensor, num: int, num_rounds: int = 15) -> Tensor:
    r"""Centres of the cells into which the data is cut, the same on every call.

    Args:
        points: (N, d).
        num: cells wanted, ≥ 1; fewer where there are fewer distinct points.
        num_rounds: rounds of Lloyd's algorithm.

    Returns:
        (K, d), K ≤ num. Two clusters and num = 2: their means.

    Source: Arthur and Vassilvitskii 2007 (k-means++), Lloyd 1982. Departure: none.
    Chapter: failures
    """
    rng = torch.Generator().manual_seed(0)
    centres = points[:1]
    for _ in range(num - 1):
        squared = torch.cdist(points, centres).min(1).values.square()
        if not squared.any():
            break
        pick = torch.multinomial(squared.double(), 1, generator=rng)
        centres = torch.cat([centres, points[pick]])
    for _ in range(num_rounds):
        nearest = torch.cdist(points, centres).argmin(1)
        sums = torch.zeros_like(centres).index_add_(0, nearest, points)
        counts = torch.bincount(nearest, minlength=len(centres)).to(points)[:, None]
        centres = torch.where(counts > 0, sums / counts.clamp(min=1), centres)
    return centres
