"""2-D targets: their places, their total mass, and how coverage is counted."""

import math

import pytest
import torch

from ganlib import data
from ganlib.data import high_quality_fraction, modes_captured

TARGETS = {
    "ring": data.ring,
    "grid": data.grid,
    "two clusters": data.two_clusters,
    "gaussian": data.gaussian,
    "spiral": data.spiral,
    "moons": data.moons,
}


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("name", TARGETS)
def test_density_integrates_to_one(name):
    # The trapezoid rule on a smooth density is exact to rounding once the step is
    # about one std; the window ends eight std outside the outermost centre. Around
    # each narrow ring mode the step would need 900² points: widen the mode instead.
    target = data.ring(std=0.05) if name == "ring" else TARGETS[name]()
    step = 0.8 * target.std
    reach = float(target.modes.abs().max()) + 8 * target.std
    ticks = torch.arange(-reach, reach, step, dtype=torch.float64)
    mass = 0.0
    for x in ticks.split(16):
        points = torch.stack(torch.meshgrid(x, ticks, indexing="ij"), dim=-1)
        mass += float(target.log_density(points).exp().sum()) * step**2
    assert mass == pytest.approx(1.0, abs=1e-8)


def test_worked_places():
    torch.testing.assert_close(data.ring().modes[2], torch.tensor([0.0, 1.0]))
    assert sorted({float(v) for v in data.grid().modes.flatten()}) == [-4, -2, 0, 2, 4]
    assert data.grid().num_modes == 25
    assert data.two_clusters().modes.tolist() == [[-1.0, 0.0], [1.0, 0.0]]
    assert data.gaussian(mean=(1.0, 2.0)).modes.tolist() == [[1.0, 2.0]]


@pytest.mark.parametrize("num_modes", [1, 2, 7, 8, 9])
def test_ring_neighbours_are_one_chord_apart(num_modes):
    modes = data.ring(num_modes, radius=2.0).modes
    assert len(torch.unique(modes.round(decimals=5), dim=0)) == num_modes
    chord = 2 * 2.0 * math.sin(math.pi / num_modes)
    distance = (modes - modes.roll(1, 0)).norm(dim=1)
    torch.testing.assert_close(
        distance, torch.full((num_modes,), chord), atol=1e-6, rtol=0
    )


@pytest.mark.parametrize("name", ["spiral", "moons"])
def test_curves_are_smooth_ridges_inside_the_window(name):
    target = TARGETS[name]()
    distance = torch.cdist(target.modes, target.modes)
    distance.fill_diagonal_(math.inf)
    nearest = distance.min(dim=1).values
    assert nearest.max() < target.std
    assert nearest.max() / nearest.min() < 1.02
    assert target.modes.abs().max() + 3 * target.std < 2.5


def test_spiral_arms_and_moons_do_not_touch():
    # Along the positive x-axis the spiral passes at 0.2, 1.1 and 2.
    x = torch.linspace(1.1, 2.0, 101, dtype=torch.float64)
    density = data.spiral().log_density(torch.stack([x, torch.zeros_like(x)], dim=1))
    assert density[0] - density.min() > 4.0
    assert density[-1] - density.min() > 4.0
    upper, lower = data.moons().modes.split(50)
    assert torch.cdist(upper, lower).min() > 5 * data.moons().std


def test_moons_mirror_each_other():
    modes = data.moons().modes
    torch.testing.assert_close(modes.mean(0), torch.zeros(2), atol=1e-6, rtol=0)
    torch.testing.assert_close((modes[0] - modes[49]).norm(), torch.tensor(2.0))


@pytest.mark.parametrize("make", [data.ring, data.grid, data.spiral, data.moons])
def test_counts_must_be_positive(make):
    with pytest.raises(ValueError, match="must be at least 1, got 0"):
        make(0)


def test_moons_need_an_even_count_and_clusters_a_distance():
    with pytest.raises(ValueError, match="must be even"):
        data.moons(7)
    with pytest.raises(ValueError, match="coincide"):
        data.two_clusters(distance=0.0)


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
    for measure in (modes_captured, high_quality_fraction):
        with pytest.raises(ValueError, match="samples must have shape"):
            measure(torch.zeros(shape), data.ring())
