r"""Nearest neighbours among features, exact, and one block of distances at a time.

Distances are squared, in float64. In few dimensions they are sums of squared
differences; in many they come from one matrix product, and a margin that is wider than
its rounding keeps equal distances equal.
"""

import torch
from torch import Tensor

from ganlib.metrics.checks import in_float64

# Distances at a time: a block of this size stays in the processor's cache.
ROWS, COLUMNS = 512, 1024
# From here on a matrix product is faster than the sum of squared differences.
MANY_DIMENSIONS = 16
# Wider than what a product of float64 rounds off, relative to its terms.
ROUNDING = 1e-13


class Points:
    r"""Features made ready for squared distances to others.

    $$\|x - y\|^2 = (-2x, \|x\|^2, 1) \cdot (y, 1, \|y\|^2)$$

    Args:
        features: (N, d).
        origin: (d,), subtracted first, and one for all sets that meet: a point among
            the features, so that norms are no larger than distances.

    Source: textbook. Departure: none.
    Chapter: evaluation
    """

    def __init__(self, features: Tensor, origin: Tensor) -> None:
        plain = in_float64(features) - in_float64(origin)
        self.norms = plain.square().sum(1)
        self.by_product = plain.shape[1] > MANY_DIMENSIONS
        self.left = self.right = plain
        if self.by_product:
            norms, ones = self.norms[:, None], torch.ones_like(self.norms)[:, None]
            self.left = torch.cat([-2 * plain, norms, ones], 1)
            self.right = torch.cat([plain, ones, norms], 1)

    def squared_distances(self, rows: slice, other: "Points", columns: slice) -> Tensor:
        """‖xᵢ − yⱼ‖² of some points to some others, float64; at least −rounding."""
        a, b = self.left[rows], other.right[columns]
        if self.by_product:
            return a @ b.T
        return torch.cdist(a, b, compute_mode="donot_use_mm_for_euclid_dist").square_()

    def balls(self, *ks: int) -> list[Tensor]:
        r"""Squared radius of the open ball around each point up to its k-th neighbour.

        Args:
            ks: which of the other points lie on the spheres, each from 1 to N − 1.

        Returns:
            For each k, float64 (N,), short of the neighbour by what a product may round
            off: a point at the same distance is not inside. Of 0, 1 and 3, k = 1:
            1, 1, 4.

        Source: Naeem 2020 (the balls of the manifold). Departure: none.
        Chapter: evaluation
        """
        num, k = len(self.norms), max(ks)
        best = self.norms.new_full((num, k), torch.inf)
        for start in range(0, num, ROWS):
            rows = slice(start, start + ROWS)
            # On and above the diagonal only: a distance serves both its ends.
            for first in range(start, num, COLUMNS):
                columns = slice(first, first + COLUMNS)
                block = self.squared_distances(rows, self, columns)
                if first == start:
                    block.diagonal().fill_(torch.inf)
                best[rows] = _smallest(best[rows], block, k)
                new = max(start + ROWS - first, 0)  # columns that are not among rows
                columns = slice(first + new, first + COLUMNS)
                best[columns] = _smallest(best[columns], block[:, new:].T, k)
        squared = best.sort(1).values.clamp(min=0)
        # Where d ≈ r, |y|² is at most 2|x|² + 2r².
        margin = 3 * self.norms[:, None] + 2 * squared
        radii = squared - ROUNDING * margin if self.by_product else squared
        return [radii[:, k - 1] for k in ks]


def _smallest(best: Tensor, block: Tensor, k: int) -> Tensor:
    """Merge the k smallest values of each row so far with those of a block."""
    if not block.shape[1]:
        return best
    found = block.topk(min(k, block.shape[1]), largest=False, sorted=False).values
    return torch.cat([best, found], 1).topk(k, largest=False, sorted=False).values


def nearest_neighbours(
    points: Tensor, others: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    r"""Nearest neighbour of each point, among others or in its own set.

    Args:
        points: (N, d).
        others: (M, d); where none are given, the other N − 1 points.

    Returns:
        Squared distances, float64 (N,), exactly 0 for a copy, and indices, int64 (N,).
        Of 0, 1 and 3 among themselves: 1, 1, 4 and 1, 0, 1.

    Source: textbook. Departure: none.
    Chapter: evaluation
    """
    among = points if others is None else others
    origin = among[0]
    left, right = Points(points, origin), Points(among, origin)
    indices = []
    for start in range(0, len(points), ROWS):
        rows = slice(start, start + ROWS)
        block = left.squared_distances(rows, right, slice(None))
        if others is None:
            block[:, start:].diagonal().fill_(torch.inf)
        indices.append(block.argmin(1))
    index = torch.cat(indices)
    gaps = in_float64(points) - in_float64(among)[index]
    return gaps.square_().sum(1), index
