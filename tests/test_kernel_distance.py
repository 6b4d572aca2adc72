"""The kernel distance: the plain formula, its closed form, and no bias."""

import math

import pytest
import torch

from ganlib.metrics import cubic_kernel, kernel_distance, mmd_squared


def normal(num, dim, seed=0):
    rng = torch.Generator().manual_seed(seed)
    return torch.randn(num, dim, generator=rng, dtype=torch.float64)


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def of_all(x, y):
    """One subset that holds every sample: nothing is drawn."""
    return kernel_distance(x, y, rng(), num_subsets=1, subset_size=len(x)).mean


@pytest.mark.parametrize("num", [2, 499, 500, 501, 1_100])
def test_equals_the_plain_formula(num):
    x, y = normal(num, 5), normal(num, 5, 1) + 0.2
    expected = mmd_squared(x, y, cubic_kernel).item()
    assert of_all(x, y) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_by_hand():
    """One dimension: k(x, y) = (xy + 1)³."""
    x = torch.tensor([[0.0], [1.0]])
    y = torch.tensor([[2.0], [2.0]])
    within, between = 1 + 125, (1 + 1 + 27 + 27) / 4
    assert of_all(x, y) == pytest.approx(within - 2 * between)


def test_mean_and_deviation_are_those_of_the_subsets():
    x, y = normal(40, 3), normal(50, 3, 1)
    draws = rng(7)
    values = []
    for _ in range(6):
        a = x[torch.randperm(40, generator=draws)[:10]]
        b = y[torch.randperm(50, generator=draws)[:10]]
        values.append(mmd_squared(a, b, cubic_kernel))
    values = torch.stack(values)
    found = kernel_distance(x, y, rng(7), num_subsets=6, subset_size=10)
    assert found.mean == pytest.approx(values.mean().item(), rel=1e-9)
    assert found.std == pytest.approx(values.std(correction=0).item(), rel=1e-9)


@pytest.mark.parametrize("num_subsets", [1, 40])
def test_few_subsets_and_all_pairs_are_two_ways_to_one_result(num_subsets):
    """Forty subsets of 30 hold more pairs than 100 × 90 samples have; one does not."""
    x, y = normal(100, 3), normal(90, 3, 1) * 1.2
    draws, values = rng(2), []
    for _ in range(num_subsets):
        a, b = (s[torch.randperm(len(s), generator=draws)[:30]] for s in (x, y))
        values.append(mmd_squared(a, b, cubic_kernel))
    values = torch.stack(values)
    found = kernel_distance(x, y, rng(2), num_subsets, subset_size=30)
    assert found.mean == pytest.approx(values.mean().item(), rel=1e-9)
    assert found.std == pytest.approx(values.std(correction=0).item(), rel=1e-9)


@pytest.mark.parametrize(("scale", "shift"), [(1, 0), (0.01, 0.5), (1, 100), (1e20, 0)])
def test_float32_features_give_nearly_the_float64_result(scale, shift):
    """Products in float32, and still six digits: what they are added to is exact."""
    x, y = (scale * normal(500, 64, seed).relu().float() + shift for seed in (0, 1))
    y = y + 0.05 * scale
    single = of_all(x, y)
    double = mmd_squared(x.double(), y.double(), cubic_kernel).item()
    assert single == pytest.approx(double, rel=2e-6)


def test_no_bias_at_any_size_and_a_closed_form_for_a_shift():
    """N(0, I) against N(m, I) in one dimension: 3m² + 3(2 + m²)m² + (3 + m²)²m²."""
    shift = 0.7
    one, two, three = shift, 1 + shift**2, 3 * shift + shift**3
    # Moments of x are 0, 1, 0; k adds up 1, 3, 3, 1 times their products.
    exact = 3 * one**2 + 3 * (two - 1) ** 2 + three**2
    for size in (5, 40):
        values = torch.tensor(
            [
                of_all(normal(size, 1, 2 * s), normal(size, 1, 2 * s + 1) + shift)
                for s in range(1_500)
            ]
        )
        error = values.std() / math.sqrt(len(values))
        assert abs(values.mean() - exact) < 3 * error


def test_equal_laws_average_to_zero():
    values = torch.tensor(
        [of_all(normal(20, 8, 2 * s), normal(20, 8, 2 * s + 1)) for s in range(500)]
    )
    assert abs(values.mean()) < 3 * values.std() / math.sqrt(500)
    assert values.min() < 0 < values.max()


def test_kernel_at_known_points():
    x = torch.tensor([[3.0**0.5, 0.0, 0.0]])
    assert cubic_kernel(x, x).item() == pytest.approx(8)
    assert cubic_kernel(x, torch.tensor([[0.0, 5.0, 1.0]])).item() == pytest.approx(1)


@pytest.mark.parametrize(("subsets", "size"), [(0, 10), (3, 1)])
def test_no_subset_gets_a_sentence(subsets, size):
    with pytest.raises(ValueError, match="at least one subset"):
        kernel_distance(normal(20, 2), normal(20, 2), rng(), subsets, size)


def test_subset_larger_than_the_set_gets_a_sentence():
    with pytest.raises(ValueError, match="N ≥ 1000"):
        kernel_distance(normal(999, 2), normal(2_000, 2), rng())
