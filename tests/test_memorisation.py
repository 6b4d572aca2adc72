"""The memorisation test: its null law, exactly, and that copies are caught."""

import itertools
import math

import pytest
import torch
from scipy.stats import binom, kstest

from ganlib.metrics import copied_share, memorisation
from ganlib.metrics.memorisation import _law_of_coins


def normal(num, dim, seed=0):
    rng = torch.Generator().manual_seed(seed)
    return torch.randn(num, dim, generator=rng, dtype=torch.float64)


@pytest.mark.parametrize("weights", [[], [1], [2, 2], [1, 3, 0, 5], [4, 1, 1, 1, 7]])
def test_coins_are_counted_exactly(weights):
    law = _law_of_coins(torch.tensor(weights, dtype=torch.long))
    sums = [
        sum(w * c for w, c in zip(weights, coins, strict=True))
        for coins in itertools.product((0, 1), repeat=len(weights))
    ]
    expected = [sums.count(total) / len(sums) for total in range(sum(weights) + 1)]
    assert law.tolist() == pytest.approx(expected)


def test_equal_coins_are_binomial():
    law = _law_of_coins(torch.full((300,), 2))
    expected = binom.pmf(range(301), 300, 0.5)
    assert law[::2].tolist() == pytest.approx(expected, rel=1e-9)
    assert not law[1::2].any()


def test_copies_of_different_samples():
    train, held_out = normal(50, 4), normal(50, 4, 1)
    found = memorisation(train, held_out, train[:12])
    assert found.share == 1
    assert found.p_value == pytest.approx(2.0**-12)
    assert found.threshold == 11 / 12  # P(≥ 10 of 12) = 0.019, P(≥ 11) = 0.003
    away = memorisation(held_out, train, train[:12])
    assert (away.share, away.p_value) == (0, 1)


def test_threshold_is_where_the_law_says():
    train, held_out = normal(60, 4), normal(60, 4, 1)
    for level in (0.001, 0.01, 0.2):
        found = memorisation(train, held_out, train[:20], level)
        heads = round(found.threshold * 20)
        assert binom.sf(heads - 1, 20, 0.5) <= level < binom.sf(heads - 2, 20, 0.5)


def test_all_fakes_at_one_point_are_worth_one_coin():
    """Binomial tests would call this certain; it is what collapse looks like."""
    train, held_out = normal(100, 3), normal(100, 3, 1)
    found = memorisation(train, held_out, train[:1].repeat(1_000, 1))
    assert (found.share, found.p_value, found.threshold) == (1, 0.5, math.inf)


def test_a_tie_gives_half_to_both_and_decides_nothing():
    train = torch.tensor([[0.0], [5.0]])
    found = memorisation(train, train, torch.tensor([[0.2], [4.0], [5.0]]))
    assert (found.share, found.p_value) == (0.5, 1)
    assert copied_share(train, train, train) == 0.5


def test_share_is_counted_by_brute_force():
    train, held_out, fake = normal(40, 20), normal(55, 20, 1), normal(30, 20, 2)
    to_train, to_other = (
        torch.cdist(fake, one[:40]).amin(1) for one in (train, held_out)
    )
    expected = (to_train < to_other).double().mean().item()
    assert copied_share(train, held_out, fake) == expected
    assert memorisation(train, held_out, fake).share == expected


@pytest.mark.parametrize("width", [1.0, 0.1])
def test_p_values_are_calibrated_without_memorisation(width):
    """Also for a collapsed generator, whose fakes share their neighbours."""
    rng = torch.Generator().manual_seed(0)
    found = []
    for _ in range(400):
        train, held_out, fake = torch.randn(3, 100, 3, generator=rng)
        found.append(memorisation(train, held_out, width * fake).p_value)
    # Conservative, as a discrete law is, and no more than that.
    for level in (0.05, 0.2, 0.5):
        share = sum(p <= level for p in found) / 400
        assert share < level + 3 * math.sqrt(level * (1 - level) / 400)
    assert kstest(found, "uniform").statistic < 0.15


def test_a_fifth_of_copies_is_found():
    rng = torch.Generator().manual_seed(0)
    train, held_out, fake = torch.randn(3, 1_000, 5, generator=rng)
    fake[:200] = train[:200] + 0.01 * torch.randn(200, 5, generator=rng)
    found = memorisation(train, held_out, fake)
    assert found.share > found.threshold > 0.5
    assert found.p_value < 0.01


@pytest.mark.parametrize("level", [0, 1, -0.1])
def test_other_levels_get_a_sentence(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        memorisation(normal(5, 2), normal(5, 2), normal(5, 2), level)
