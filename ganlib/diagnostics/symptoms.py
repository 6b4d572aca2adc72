r"""What was measured of one run: the numbers that a verdict rests on."""

import math
from collections.abc import Callable
from statistics import median
from typing import NamedTuple

import torch
from torch import Tensor

from ganlib.diagnostics.judges import Judge
from ganlib.metrics import copied_share

# Below this the fakes are, for the most part, where the data is.
WRONG_PLACE = 0.5


class Symptoms(NamedTuple):
    """Measures of one run over its last snapshots; see `Judge` for each.

    Args:
        finite: whether all losses and fakes are numbers.
        loss: the largest loss of either player in absolute value, in its own unit.
        reach: distance of the fakes from the data's mean, in widths of the data.
        mismatch: mass in the wrong place, in [0, 1].
        trend: mismatch of the later half of the snapshots minus that of the earlier.
        missing: share of the data that the generator never visits, in [0, 1].
        held: clusters of the data that hold fakes, the median over the snapshots.
        most_held: the same, the largest over the snapshots.
        num_clusters: clusters that the data has.
        spread: width of the fakes over the data's, the median over the snapshots.
        travel: distance that the fakes move between snapshots, in widths.
        signal: slope of the generator's loss at the fakes, per width; the median.
        patience: share of its loss that D would shed against a standing generator; NaN
            where nothing asked for it.
        copies: share of fakes nearer to the training set than to other data; NaN where
            no training set is known.
    """

    finite: bool
    loss: float
    reach: float = math.nan
    mismatch: float = math.nan
    trend: float = 0.0
    missing: float = math.nan
    held: float = math.nan
    most_held: int = 0
    num_clusters: int = 1
    spread: float = math.nan
    travel: float = 0.0
    signal: float = math.nan
    patience: float = math.nan
    copies: float = math.nan


def symptoms_of(
    judge: Judge,
    snapshots: list[Tensor],
    signals: list[float],
    losses: list[float],
    train: Tensor | None = None,
    patience: Callable[[], float] | None = None,
) -> Symptoms:
    r"""Measure one run.

    Args:
        judge: knows the data.
        snapshots: the generator's samples at different steps, (M, d) each, ≥ 1.
        signals: the slope at each snapshot, per unit of the data.
        losses: what the players' losses were.
        train: the training set, (N, d), where there is one.
        patience: asks the discriminator; called only where the fakes are in the wrong
            place, because it takes time.

    Returns:
        The symptoms; a run that left the numbers has no others.

    Chapter: failures
    """
    largest = max(map(abs, losses), default=0.0)
    finite = math.isfinite(sum(losses)) and bool(torch.isfinite(snapshots[-1]).all())
    if not finite:
        return Symptoms(False, largest)
    held = [judge.held(fake) for fake in snapshots]
    each = [judge.mismatch([fake]) for fake in snapshots]
    mismatch, half = sum(each) / len(each), len(each) // 2
    early, late = each[:half] or each, each[half:]
    off = snapshots[-1] - judge.real.mean(0)
    copied = (
        math.nan if train is None else copied_share(train, judge.real, snapshots[-1])
    )
    return Symptoms(
        True,
        largest,
        reach=off.square().sum(1).mean().sqrt().item() / judge.width,
        mismatch=mismatch,
        trend=sum(late) / len(late) - sum(early) / len(early),
        missing=judge.missing(snapshots),
        held=median(held),
        most_held=max(held),
        num_clusters=judge.num_clusters,
        spread=median(judge.spread(fake) for fake in snapshots),
        travel=judge.travel(snapshots),
        signal=median(signals) * judge.width,
        patience=patience() if patience and mismatch >= WRONG_PLACE else math.nan,
        copies=copied,
    )
