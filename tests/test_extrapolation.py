"""The Fréchet distance at infinite N: an exact line, and the bias that it removes."""

import math

import numpy as np
import pytest
import torch

from ganlib.metrics import Moments, frechet_distance, frechet_extrapolated


def normal(num, dim, seed=0):
    rng = torch.Generator().manual_seed(seed)
    return torch.randn(num, dim, generator=rng, dtype=torch.float64)


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def standard(dim, num=1_000):
    """Exact moments of the standard normal."""
    zero = torch.zeros(dim, dtype=torch.float64)
    return Moments(num, zero, (num - 1) * torch.eye(dim, dtype=torch.float64))


def test_line_is_numpys_and_ends_at_all_samples():
    real, fake = normal(500, 5), normal(800, 5, 1)
    found = frechet_extrapolated(Moments.of(real), fake, rng())
    assert len(found.nums) == len(found.distances) == 15
    assert (found.nums[0], found.nums[-1]) == (80, 800)
    slope, value = np.polyfit(1 / np.array(found.nums), found.distances, 1)
    assert found.value == pytest.approx(value, rel=1e-9)
    assert found.slope == pytest.approx(slope, rel=1e-9)
    whole = frechet_distance(real, fake)
    assert found.distances[-1] == pytest.approx(whole, rel=1e-9)


def test_bias_goes_and_its_size_is_the_slope():
    """Exact moments, perfect sampler: intercept 0, slope d + d(d + 1)/4."""
    dim, rounds = 8, 60
    found = [
        frechet_extrapolated(standard(dim), normal(2_000, dim, s), rng(s), 6, 400)
        for s in range(rounds)
    ]
    values = torch.tensor([(one.value, one.slope) for one in found]).double()
    error = values.std(0) / math.sqrt(rounds)
    expected = torch.tensor([0.0, dim + dim * (dim + 1) / 4])
    assert ((values.mean(0) - expected).abs() < 3 * error).all()
    plain = torch.tensor([one.distances[-1] for one in found]).mean()
    assert plain > 10 * error[0]  # which the distance at all 2,000 fakes does not


def test_seed_decides():
    real, fake = Moments.of(normal(50, 3)), normal(60, 3, 1)
    first, again, other = (
        frechet_extrapolated(real, fake, rng(seed), 4) for seed in (0, 0, 1)
    )
    assert first == again != other


@pytest.mark.parametrize(("points", "smallest"), [(1, None), (5, 1), (5, 60)])
def test_no_line_gets_a_sentence(points, smallest):
    with pytest.raises(ValueError, match="at least 2 points"):
        frechet_extrapolated(standard(3), normal(60, 3), rng(), points, smallest)
