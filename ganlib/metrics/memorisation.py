r"""Memorisation: fakes that lie nearer to the training set than they should.

Of two equal draws from one law, a generator that has learned the law cannot know which
one it was trained on. One that repeats its data can.
"""

from typing import NamedTuple

import torch
from torch import Tensor

from ganlib.metrics.checks import check_features
from ganlib.metrics.neighbours import nearest_neighbours


class Memorisation(NamedTuple):
    """What `memorisation` has found.

    Args:
        share: of the fakes, that lie nearer to the training set; in [0, 1].
        threshold: a share of this size or more would be rarer than `level`; infinite
            where no share is, because too few samples of the data are near any fake.
        p_value: chance of a share at least this large without memorisation. It is not
            the chance that there was none; and a large one proves nothing.
    """

    share: float
    threshold: float
    p_value: float


def copied_share(train: Tensor, held_out: Tensor, fake: Tensor) -> float:
    r"""How often a fake lies nearer to the training set than to data never shown.

    $P\big(d(y, \text{train}) < d(y, \text{held out})\big)$, the two sets of one size

    A generator that has learned the distribution cannot know which of two equal draws
    it was trained on: ½, however bad or collapsed it is. One that repeats its data can.

    Args:
        train: (N, d), what it was trained on.
        held_out: (M, d), from the same source; the larger set is cut to the smaller.
        fake: (K, d).

    Returns:
        In [0, 1]. ½ without memorisation, 1 for copies.

    Raises:
        ValueError: sets that cannot be compared.

    Source: Meehan 2020 (data copying). Departure: the share of nearer samples, not a
        rank sum of distances.
    Chapter: failures
    """
    a, b = _halves_near(train, held_out, fake)
    return int(a.sum()) / int(a.sum() + b.sum())


def memorisation(
    train: Tensor, held_out: Tensor, fake: Tensor, level: float = 0.01
) -> Memorisation:
    r"""Test `copied_share` against what chance would make of it.

    $$T = \sum_i \big(\min(a_i, b_i) + |a_i - b_i|\, B_i\big), \qquad
    B_i \sim \mathrm{Bernoulli}(\tfrac12)$$

    $a_i$ and $b_i$ count the fakes whose nearest sample is the i-th of the training set
    and of the held-out set. Without memorisation each such pair might as well have been
    dealt the other way round: so T, the number of fakes nearer to the training set, is
    a sum of fair coins, and its law is exact. Where no two fakes share a neighbour it
    is the binomial law; the fakes of a collapsed generator are worth a few coins only.

    Args:
        train: (N, d), what it was trained on.
        held_out: (M, d), independent of it and from the same source, in random order;
            the larger set is cut to the smaller.
        fake: (K, d), independent of the held-out set.
        level: how rarely the threshold may be reached without memorisation, in (0, 1).

    Returns:
        Share, threshold and p-value. K copies of different samples: 1 and 2^−K.

    Raises:
        ValueError: sets that cannot be compared, or another level.

    Source: Meehan 2020 (data copying); Fisher 1935 (the swap of pairs). Departure:
        the share of nearer samples; pairs are swapped, because a rank sum takes fakes
        for independent.
    Chapter: evaluation
    """
    if not 0 < level < 1:
        raise ValueError(f"level is {level}, but a chance lies between 0 and 1.")
    a, b = _halves_near(train, held_out, fake)
    fixed, num_halves = int(torch.minimum(a, b).sum()), int(a.sum() + b.sum())
    law = _law_of_coins((a - b).abs())
    tail = law.flip(0).cumsum(0).flip(0).clamp(max=1)
    rare = ((tail <= level) & (law > 0)).nonzero().flatten().tolist()
    return Memorisation(
        share=int(a.sum()) / num_halves,
        threshold=(fixed + rare[0]) / num_halves if rare else float("inf"),
        p_value=float(tail[int(a.sum()) - fixed]),
    )


def _halves_near(
    train: Tensor, held_out: Tensor, fake: Tensor
) -> tuple[Tensor, Tensor]:
    """Count fakes by their nearest sample, in halves: one that ties gives both one."""
    check_features(1, train=train, held_out=held_out, fake=fake)
    num = min(len(train), len(held_out))
    (to_train, i), (to_other, j) = (
        nearest_neighbours(fake, one[:num]) for one in (train, held_out)
    )
    tie = (to_train == to_other).long()
    return (
        _counts(i, 2 * (to_train < to_other) + tie, num),
        _counts(j, 2 * (to_train > to_other) + tie, num),
    )


def _counts(index: Tensor, halves: Tensor, num: int) -> Tensor:
    return torch.zeros(num, dtype=torch.long).index_add_(0, index.cpu(), halves.cpu())


def _law_of_coins(weights: Tensor) -> Tensor:
    """P(Σ wᵢ Bᵢ = t) for t = 0, 1, … Σ wᵢ, the Bᵢ fair coins."""
    law = torch.zeros(int(weights.sum()) + 1, dtype=torch.float64)
    law[0], reach = 1.0, 1
    for weight in weights[weights > 0].tolist():
        moved = law[:reach] / 2
        law[:reach] /= 2
        law[weight : weight + reach] += moved
        reach += weight
    return law
