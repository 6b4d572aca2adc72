"""2-D targets: their places, their total mass, and how coverage is counted."""

import math

import pytest
import torch

from ganlib import data

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
