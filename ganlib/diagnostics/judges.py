r"""Measures of a run that know neither its loss nor where the modes are.

Each takes points (N, d) of the data and of one run's snapshots, the generator's samples
from one z at different steps.
"""

from itertools import pairwise

import torch
from torch import Tensor

from ganlib.diagnostics.landscape import (
    BALL,
    Balls,
    cluster_numbers,
    k_means,
    rms_width,
)

# A place with less than this part of its due share is as good as unvisited.
ABSENT = 0.1
NUM_CELLS = 10


class Judge:
    r"""A neutral judge, who knows the data and looks at snapshots.

    Args:
        real: (N, d), held-out data.

    Attributes:
        width: root mean square distance of the data from its mean.
        num_clusters: parts of the data that lie apart, ≥ 1; 1 where such parts hold
            less than half of it.

    Chapter: failures
    """

    def __init__(self, real: Tensor) -> None:
        self.real = real
        self.width = rms_width(real)
        labels = cluster_numbers(real, BALL * self.width)
        # Parts that hold less than half of the data, as those of images do, do not
        # stand for it: then it is taken as one whole.
        stand = (labels >= 0).double().mean() >= 0.5
        self.labels = labels if stand else torch.zeros_like(labels)
        self.num_clusters = max(1, int(self.labels.max()) + 1)
        self._balls = Balls(real, BALL * self.width)
        self._cells = k_means(real, NUM_CELLS)
        rng = torch.Generator().manual_seed(0)
        directions = torch.randn(real.shape[1], 32, generator=rng)
        self._directions = directions / directions.norm(dim=0)

    def mismatch(self, snapshots: list[Tensor]) -> float:
        r"""Mass that is in the wrong place, seen with eyes that blur a ball to a point.

        $\tfrac12\big(E_{p}[(1 - q/p)_+] + E_{q}[(1 - p/q)_+]\big)$, each an estimate of
        $\mathrm{TV}(p, q)$, averaged over the snapshots

        Args:
            snapshots: (M, d) each.

        Returns:
            In [0, 1]; of data against data about 0.1, by chance. Disjoint: 1.

        Source: the total variation as in `theory`. Departure: densities by counting.
        """
        found = []
        for fake in snapshots:
            there = Balls(fake, BALL * self.width).density_ratios(self.real)
            here = self._balls.density_ratios(fake)
            found += [(1 - ratio).clamp(min=0).mean() for ratio in (here, there)]
        return float(sum(found) / len(found))

    def missing(self, snapshots: list[Tensor]) -> float:
        r"""Share of the data in cells that the generator all but never visits.

        $\sum_k p_k\, [\bar q_k < p_k / 10]$ over ten k-means cells of the data;
        $\bar q$ the fakes' shares of the cells, averaged over the snapshots

        Every fake counts for its nearest cell, however far it is from the data: this
        asks *where* the fakes are, not how good.

        Args:
            snapshots: (M, d) each.

        Returns:
            In [0, 1]. One of two equal clusters never visited: ½.

        Source: Richardson and Weiss 2018 (NDB). Departure: by size of share, no test.
        """
        mean = torch.stack([self._shares(fake) for fake in snapshots]).mean(0)
        due = self._shares(self.real)
        return due[mean < ABSENT * due].sum().item()

    def _shares(self, points: Tensor) -> Tensor:
        nearest = torch.cdist(points, self._cells).argmin(1)
        counts = torch.bincount(nearest, minlength=len(self._cells))
        return counts.double() / len(points)

    def held(self, fake: Tensor) -> int:
        r"""Count the clusters of the data that hold a fifth of their due share.

        Args:
            fake: (M, d).

        Returns:
            From 0 to `num_clusters`.

        Source: this course. Departure: none.
        """
        distance, nearest = torch.cdist(fake, self.real).min(1)
        labels = self.labels[nearest][distance < BALL * self.width]
        counts = torch.bincount(labels[labels >= 0], minlength=self.num_clusters)
        due = torch.bincount(self.labels[self.labels >= 0]) / len(self.real)
        return int((counts / len(fake) >= due / 5).sum())

    def travel(self, snapshots: list[Tensor]) -> float:
        r"""How far the fakes move from snapshot to snapshot, in widths of the data.

        The mean over 32 directions of the squared one-dimensional $W_2$ of neighbours
        in time, over the data's mean variance along them; its root, averaged.

        Args:
            snapshots: (M, d) each, all from one z.

        Returns:
            ≥ 0; 0 for a single snapshot. A shift by one width: about 1.

        Source: Bonneel 2015 (sliced transport). Departure: relative to the data.
        """
        lines = [(fake @ self._directions).sort(0).values for fake in snapshots]
        variance = (self.real @ self._directions).var(0).mean()
        steps = [
            ((a - b).square().mean() / variance).sqrt() for a, b in pairwise(lines)
        ]
        return float(sum(steps) / len(steps)) if steps else 0.0

    def spread(self, fake: Tensor) -> float:
        r"""Width of the fakes over the data's: 0 where all fakes are alike."""
        return rms_width(fake) / self.width


def ranking(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    r"""Chance that the discriminator scores a real sample above a fake one (AUC).

    $P(D(x) > D(y)) + \frac12 P(D(x) = D(y))$

    Args:
        real_logits: (..., N).
        fake_logits: (..., M).

    Returns:
        (...), in [0, 1]: ½ for a discriminator that cannot tell, whatever its loss.

    Source: textbook (Mann and Whitney). Departure: none.
    Chapter: failures
    """
    gaps = real_logits.unsqueeze(-1) - fake_logits.unsqueeze(-2)
    return ((gaps > 0).double() + (gaps == 0) / 2).mean((-2, -1))
