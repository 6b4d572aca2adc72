r"""Fidelity and diversity apart: precision and recall, density and coverage.

A set of features stands for a manifold: the union of the balls around its points, each
as wide as the way to the point's k-th neighbour.
"""

from typing import NamedTuple

import torch
from torch import Tensor

from ganlib.metrics.checks import check_features
from ganlib.metrics.neighbours import COLUMNS, ROWS, Points


class PRDC(NamedTuple):
    """The four measures of `prdc`.

    Args:
        precision: share of fakes on the manifold of the data, in [0, 1].
        recall: share of data on the manifold of the fakes, in [0, 1].
        density: how many balls of the data hold a fake, over k; ≥ 0, 1 on average.
        coverage: share of balls of the data that hold a fake, in [0, 1].
    """

    precision: float
    recall: float
    density: float
    coverage: float


def prdc(real: Tensor, fake: Tensor, pr_k: int = 3, dc_k: int = 5) -> PRDC:
    r"""Precision, recall, density and coverage, from one pass over the distances.

    $$P = \frac1M \sum_j \Big[y_j \in \bigcup_i B(x_i)\Big], \quad
    R = \frac1N \sum_i \Big[x_i \in \bigcup_j B(y_j)\Big], \quad
    D = \frac1{kM} \sum_{i,j} [y_j \in B(x_i)], \quad
    C = \frac1N \sum_i \Big[\bigcup_j \{y_j\} \cap B(x_i) \ne \emptyset\Big]$$

    with $B(x_i)$ the open ball around a point of radius $\mathrm{NND}_k(x_i)$, the
    distance to its k-th neighbour in its own set.

    Args:
        real: features (N, d), N > k.
        fake: features (M, d), M > k.
        pr_k: k of precision and recall, ≥ 1.
        dc_k: k of density and coverage, ≥ 1.

    Returns:
        The four. Of two draws of N from one law, on average, density is 1 and coverage
        $1 - \prod_{i=1}^{k} \frac{N - i}{2N - i}$, 0.969 for k = 5; precision and
        recall depend on the law. Where a point has k copies, its ball is empty.

    Raises:
        ValueError: another shape, values that are not finite, or k neighbours that
            are not there.

    Source: Kynkäänniemi 2019, eq. 1 and 2; Naeem 2020, eq. 3 to 6. Departure: balls
        are open in all four, as in Naeem's code.
    Chapter: evaluation
    """
    _check_k(min(pr_k, dc_k))
    check_features(max(pr_k, dc_k) + 1, real=real, fake=fake)
    x, y = Points(real, real[0]), Points(fake, real[0])
    balls, density_balls = x.balls(pr_k, dc_k)
    (fake_balls,) = y.balls(pr_k)
    precise = torch.zeros_like(y.norms, dtype=torch.bool)
    recalled, covered = torch.zeros_like(x.norms.expand(2, -1), dtype=torch.bool)
    num_inside = 0
    for start in range(0, len(real), ROWS):
        rows = slice(start, start + ROWS)
        for first in range(0, len(fake), COLUMNS):
            columns = slice(first, first + COLUMNS)
            block = x.squared_distances(rows, y, columns)
            inside = block < density_balls[rows, None]
            num_inside += int(inside.count_nonzero())
            covered[rows] |= inside.any(1)
            recalled[rows] |= (block < fake_balls[columns]).any(1)
            if pr_k != dc_k:
                inside = block < balls[rows, None]
            precise[columns] |= inside.any(0)
    precision, recall, coverage = (
        float(share.double().mean()) for share in (precise, recalled, covered)
    )
    return PRDC(precision, recall, num_inside / (dc_k * len(fake)), coverage)


def precision_recall(real: Tensor, fake: Tensor, k: int = 3) -> tuple[float, float]:
    """Improved precision and recall: the first two of `prdc`, with its arguments.

    Args:
        real: features (N, d), N > k.
        fake: features (M, d), M > k.
        k: which neighbour sets the width of a ball, ≥ 1.

    Returns:
        Share of fakes on the manifold of the data, and of data on that of the fakes.
        Fakes at one point among the data: 1 and 0.

    Raises:
        ValueError: as `prdc`.

    Source: Kynkäänniemi 2019 (definitions of precision and recall). Departure: open
    balls.
    Chapter: evaluation
    """
    both = prdc(real, fake, k, k)
    return both.precision, both.recall


def density_coverage(real: Tensor, fake: Tensor, k: int = 5) -> tuple[float, float]:
    """Density and coverage: the last two of `prdc`, with its arguments.

    Args:
        real: features (N, d), N > k.
        fake: features (M, d), M > k.
        k: which neighbour sets the width of a ball, ≥ 1.

    Returns:
        Density, ≥ 0, and coverage, in [0, 1]. Fakes far from all data: 0 and 0.

    Raises:
        ValueError: as `prdc`.

    Source: Naeem 2020 (definitions of density and coverage). Departure: none.
    Chapter: evaluation
    """
    both = prdc(real, fake, k, k)
    return both.density, both.coverage


def _check_k(k: int) -> None:
    if k < 1:
        raise ValueError(
            f"k is {k}, but the width of a ball is the way to a neighbour: k must be "
            "1 or more."
        )
