r"""Classifier two-sample test: real and fake differ where a classifier tells them."""

import math
from typing import NamedTuple

import torch
from torch import Tensor

from ganlib.metrics.checks import check_features
from ganlib.metrics.neighbours import nearest_neighbours


class TwoSampleTest(NamedTuple):
    """What `classifier_two_sample_test` has found.

    Args:
        accuracy: share of all samples that are classified rightly, in [0, 1].
        real_accuracy: the same of the real ones; low where fakes crowd among the data.
        fake_accuracy: the same of the fakes; high where they keep to themselves.
        expected: accuracy of a classifier that cannot tell, about ½.
        std: how far chance takes it from there.
        p_value: chance of an accuracy at least this large where real and fake have one
            law; of one at most this small, 1 minus it. Not the chance that they have.
    """

    accuracy: float
    real_accuracy: float
    fake_accuracy: float
    expected: float
    std: float
    p_value: float


def classifier_two_sample_test(real: Tensor, fake: Tensor) -> TwoSampleTest:
    r"""Leave-one-out accuracy of a nearest neighbour that tells fake from real.

    $$t = \frac1n \sum_{i=1}^{n} [\ell_i = \ell_{\nu(i)}], \qquad
    \nu(i) = \arg\min_{j \ne i} \|x_i - x_j\|$$

    over the pooled set. The nearest neighbour has nothing to tune and nothing to
    train, so that two people get one number. If real and fake have one law, labels
    might as well be shuffled: mean and standard deviation of t under all shuffles are
    exact, the p-value takes t for normal.

    Args:
        real: features (N, d), N ≥ 2.
        fake: features (M, d), M ≥ 2; best as many as real ones.

    Returns:
        Accuracies, what chance makes of them, and the p-value. Far apart: 1. Copies of
        the data: 0, as every sample's neighbour is its copy with the other label.

    Raises:
        ValueError: features that cannot be compared, or fewer than two.

    Source: Lopez-Paz and Oquab 2017, section 3; nearest neighbour: Xu 2018; its null
        law: Schilling 1986. Departure: leaving one out, instead of a held-out half.
    Chapter: evaluation
    """
    check_features(2, real=real, fake=fake)
    _, index = nearest_neighbours(torch.cat([real, fake]))
    label = torch.arange(len(index), device=index.device) < len(real)
    right = (label == label[index]).double()
    expected, std = _null_law(index, len(real))
    accuracy = right.mean().item()
    z = (accuracy - expected) / std if std else 0.0
    return TwoSampleTest(
        accuracy,
        right[: len(real)].mean().item(),
        right[len(real) :].mean().item(),
        expected,
        std,
        math.erfc(z / math.sqrt(2)) / 2,
    )


def _null_law(index: Tensor, num_real: int) -> tuple[float, float]:
    """Mean and standard deviation of the accuracy over all shuffles of the labels."""
    num = len(index)
    num_fake = num - num_real
    mutual = int((index[index] == torch.arange(num, device=index.device)).sum())
    popular = torch.bincount(index, minlength=num)
    # Of the ordered pairs of arrows i → ν(i): those that share both ends, one, none.
    one = int((popular * (popular - 1)).sum()) + 2 * (num - mutual)
    none = num * (num - 1) - mutual - one

    def alike(*groups: int) -> float:
        """P(each group of points has one label), the labels being shuffled."""
        ways = 0
        for real in range(2 ** len(groups)):
            chosen = sum(size for i, size in enumerate(groups) if real >> i & 1)
            ways += math.perm(num_real, chosen) * math.perm(
                num_fake, sum(groups) - chosen
            )
        return ways / math.perm(num, sum(groups))

    pair = alike(2)
    second = (num + mutual) * pair + one * alike(3) + none * alike(2, 2)
    variance = max(second - (num * pair) ** 2, 0.0)
    return pair, math.sqrt(variance) / num
