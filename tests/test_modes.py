"""Mode counting against closed forms, hand-made samples and the perfect sampler."""

import math

import pytest
import torch

from ganlib import data
from ganlib.metrics import (
    binned_kl,
    covariance_ratios,
    disc_mass,
    high_quality_fraction,
    mode_shares,
    modes_captured,
    reverse_kl,
    uniform_kl,
)

TARGETS = [data.ring(), data.grid()]
targets = pytest.mark.parametrize("target", TARGETS, ids=["ring", "grid"])
MEASURES = [
    binned_kl,
    covariance_ratios,
    high_quality_fraction,
    mode_shares,
    modes_captured,
    reverse_kl,
]
measures = pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.__name__)


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("target", [data.ring(), data.grid()], ids=["ring", "grid"])
def test_perfect_sampler_has_the_share_of_the_closed_form(target, seed):
    num = 20_000
    expected = 1 - math.exp(-9 / 2)
    assert expected == pytest.approx(0.98889, abs=1e-5)
    error = math.sqrt(expected * (1 - expected) / num)
    samples = target.sample(num, rng(seed))
    share = float(high_quality_fraction(samples, target))
    assert abs(share - expected) < 4 * error
    assert int(modes_captured(samples, target)) == target.num_modes


def test_worked_count():
    samples = torch.tensor([[1.0, 0.0], [0.0, 0.0]])
    assert int(modes_captured(samples, data.ring())) == 1
    assert float(high_quality_fraction(samples, data.ring())) == 0.5


def test_the_disc_is_euclidean_and_ends_at_within_std():
    target = data.gaussian()
    corner = torch.tensor([[2.5, 2.5]])  # inside the box of 3 std, outside the disc
    assert float(high_quality_fraction(corner, target)) == 0
    edges = torch.tensor([[2.99, 0.0], [3.01, 0.0]])
    assert float(high_quality_fraction(edges, target)) == 0.5
    assert float(high_quality_fraction(edges, target, within=2.0)) == 0


def test_distances_far_from_the_origin_keep_their_digits():
    # A radius of 8 and discs of 0.03: ‖x‖² + ‖μ‖² − 2xμ would cancel to noise.
    target = data.ring(radius=8.0, std=0.01)
    offset = torch.tensor([0.02996, 0.0])
    inside = (target.modes + offset).repeat(40, 1)
    outside = (target.modes + offset * 1.002).repeat(40, 1)
    assert float(high_quality_fraction(inside, target)) == 1
    assert float(high_quality_fraction(outside, target)) == 0
    assert int(modes_captured(outside, target)) == 0


def test_stacked_seeds_are_counted_one_by_one():
    target = data.ring()
    collapsed = target.modes[0].expand(800, 2)
    perfect = target.modes.repeat(100, 1)
    nowhere = torch.full((800, 2), float("nan"))
    stacked = torch.stack([collapsed, perfect, nowhere])
    assert modes_captured(stacked, target).tolist() == [1, 8, 0]
    assert high_quality_fraction(stacked, target).tolist() == [1, 1, 0]
    for index, alone in enumerate(stacked):
        assert modes_captured(alone, target) == modes_captured(stacked, target)[index]


@pytest.mark.parametrize("shape", [(2,), (4, 3), (0, 2), (1, 2, 3, 2)])
def test_samples_of_another_shape_are_refused(shape):
    for measure in MEASURES:
        with pytest.raises(ValueError, match="samples must have shape"):
            measure(torch.zeros(shape), data.ring())


@targets
def test_perfect_samplers_stay_within_the_laws_of_their_mean(target):
    num, runs, bins = 2_500, 400, target.num_modes
    samples = torch.stack([target.sample(num, rng(seed)) for seed in range(runs)])
    # 2N·KL is a chi-square of (bins − 1) degrees: mean bins − 1, variance 2(bins − 1).
    for measure, freedom in ((reverse_kl, bins - 1), (binned_kl, bins)):
        mean = freedom / (2 * num)
        error = math.sqrt(2 * freedom) / (2 * num) / math.sqrt(runs)
        # The law holds to first order in bins/N: allow its next term too.
        assert abs(measure(samples, target).mean() - mean) < 4 * error + mean / 20
    ratios = covariance_ratios(samples, target)
    count = num / target.num_modes
    # The mean of the two eigenvalues is half the trace, free of their spreading apart.
    assert abs(ratios.mean() - (1 - 1 / count)) < 4 / math.sqrt(num * runs)


@targets
def test_samples_on_the_centres(target):
    samples = target.means.repeat(40, 1)
    expected = -math.log(disc_mass())  # the weights are float32
    assert binned_kl(samples, target).item() == pytest.approx(expected, rel=1e-5)
    assert reverse_kl(samples, target).item() == pytest.approx(0, abs=1e-6)
    assert covariance_ratios(samples, target).abs().max() < 1e-12


@targets
def test_total_collapse(target):
    samples = target.means[:1].expand(100, 2)
    assert reverse_kl(samples, target).item() == pytest.approx(
        math.log(target.num_modes)
    )
    assert modes_captured(samples, target) == 1


def test_the_chain_rule_of_the_bins():
    target = data.grid()
    spread = torch.cat(
        [target.sample(900, rng()), torch.randn(300, 2, generator=rng())]
    )
    h, p = float(high_quality_fraction(spread, target)), disc_mass()
    off = h * math.log(h / p) + (1 - h) * math.log((1 - h) / (1 - p))
    whole = off + h * float(reverse_kl(spread, target))
    assert binned_kl(spread, target).item() == pytest.approx(whole, abs=1e-6)


def test_unequal_weights_are_the_reference():
    target = data.Mixture(
        "pair", data.two_clusters().means, 0.1, torch.tensor([3.0, 1.0])
    )
    samples = target.means[[0, 0, 0, 1]]
    assert reverse_kl(samples, target).item() == pytest.approx(0, abs=1e-7)
    assert reverse_kl(samples[[0, 3]], target).item() == pytest.approx(
        math.log(0.5 / 0.75) / 2 + math.log(0.5 / 0.25) / 2
    )


def test_no_sample_on_any_mode():
    target, far = data.ring(), torch.full((50, 2), 9.0)
    assert reverse_kl(far, target) == math.inf
    assert binned_kl(far, target).item() == pytest.approx(4.5)
    assert covariance_ratios(far, target).eq(0).all()
    assert mode_shares(far, target).tolist() == [0] * 8 + [1]


def test_widths_are_read_along_the_main_axes():
    target = data.gaussian(std=0.5)
    noise = torch.randn(200_000, 2, generator=rng()) * torch.tensor([0.05, 0.1])
    turn = torch.tensor([[0.6, -0.8], [0.8, 0.6]])
    cut_off = 1 - 4.5 * math.exp(-4.5) / disc_mass()
    expected = torch.tensor([0.01, 0.04]).double() / cut_off
    measured = covariance_ratios(noise @ turn.T, target)[0]
    torch.testing.assert_close(measured, expected, rtol=0.02, atol=0)


@measures
def test_every_measure_takes_seeds_one_by_one(measure):
    target = data.grid()
    stacked = torch.stack([target.sample(500, rng(seed)) for seed in range(3)])
    stacked[1, 7] = math.nan
    stacked[2] = math.nan
    together = measure(stacked, target)
    assert not together.isnan().any()
    for index, alone in enumerate(stacked):
        torch.testing.assert_close(together[index], measure(alone, target))


def test_overlapping_discs_are_refused():
    with pytest.raises(ValueError, match="must not overlap"):
        binned_kl(torch.zeros(4, 2), data.spiral())


def test_uniform_kl_of_equal_labels_of_one_label_and_of_chance():
    assert uniform_kl(torch.arange(1000), 1000).item() == pytest.approx(0, abs=1e-12)
    one = uniform_kl(torch.zeros(50, dtype=torch.int64), 1000)
    assert one.item() == pytest.approx(math.log(1000))
    labels = torch.randint(1000, (26_000,), generator=rng())
    # 2N·KL is a chi-square of 999 degrees; its next order adds two per cent.
    assert uniform_kl(labels, 1000).item() == pytest.approx(0.0195, abs=4 * 0.0009)


@pytest.mark.parametrize("labels", [[], [-1, 0], [0, 10]])
def test_labels_out_of_range_are_refused(labels):
    with pytest.raises(ValueError, match="from 0 to 9"):
        uniform_kl(torch.tensor(labels, dtype=torch.int64), 10)
