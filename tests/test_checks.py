"""What every measure refuses, and what it takes: one battery over all of them."""

import math

import pytest
import torch

from ganlib import metrics
from ganlib.metrics import Moments


def rng():
    return torch.Generator().manual_seed(0)


def normal(num, dim, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(num, dim, generator=generator, dtype=torch.float64)


# Every measure of two sets of features, and how many samples it needs of each.
MEASURES = {
    "frechet_distance": (metrics.frechet_distance, 2),
    "from_moments": (
        lambda a, b: metrics.frechet_from_moments(Moments.of(a), Moments.of(b)),
        2,
    ),
    "frechet_extrapolated": (
        lambda a, b: metrics.frechet_extrapolated(Moments.of(a), b, rng(), 3),
        4,
    ),
    "kernel_distance": (lambda a, b: metrics.kernel_distance(a, b, rng(), 3, 10), 10),
    "prdc": (metrics.prdc, 6),
    "precision_recall": (metrics.precision_recall, 4),
    "density_coverage": (metrics.density_coverage, 6),
    "copied_share": (lambda a, b: metrics.copied_share(a, a + 1, b), 1),
    "memorisation": (lambda a, b: metrics.memorisation(a, a + 1, b), 1),
    "classifier_two_sample_test": (metrics.classifier_two_sample_test, 2),
}
each_measure = pytest.mark.parametrize("name", MEASURES)


def numbers(result):
    """Flatten what a measure returns."""
    if isinstance(result, tuple):
        return [number for part in result for number in numbers(part)]
    return [result]


def is_a_number(value):
    """Never NaN, never complex; an unreachable threshold is infinite on purpose."""
    return isinstance(value, int | float) and not math.isnan(value)


@each_measure
@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
def test_a_value_that_is_not_finite_gets_a_sentence(name, bad):
    measure, _ = MEASURES[name]
    features = normal(20, 3)
    features[7, 1] = bad
    for pair in ((features, normal(20, 3)), (normal(20, 3), features)):
        with pytest.raises(ValueError, match="not finite, in 1 of 20 samples"):
            measure(*pair)


@each_measure
def test_other_dimensions_get_a_sentence(name):
    measure, _ = MEASURES[name]
    with pytest.raises(ValueError, match="dimensions differ"):
        measure(normal(20, 3), normal(20, 4))


@each_measure
def test_too_few_samples_get_a_sentence(name):
    measure, needed = MEASURES[name]
    with pytest.raises(ValueError, match=rf"N ≥ {max(needed, 1)}"):
        measure(normal(20, 3), normal(needed - 1, 3))
    result = numbers(measure(normal(20, 3), normal(needed, 3, 1)))
    assert all(map(is_a_number, result))


@each_measure
@pytest.mark.parametrize("shape", [(0, 3), (20,), (20, 0), (20, 3, 1)])
def test_other_shapes_get_a_sentence(name, shape):
    measure, _ = MEASURES[name]
    with pytest.raises(ValueError, match="has shape"):
        measure(normal(20, 3), torch.zeros(shape, dtype=torch.float64))


@each_measure
@pytest.mark.parametrize("dim", [2, 40])
def test_hard_features_get_numbers(name, dim):
    """Constant, duplicated, of rank one, far from the origin, N < d."""
    measure, _ = MEASURES[name]
    plain, ones = normal(20, dim), torch.ones(20, dim, dtype=torch.float64)
    flat = normal(20, 1) * torch.ones(dim, dtype=torch.float64)
    twice = plain[:10].repeat(2, 1)
    hard = [plain, ones, 1e3 * ones, flat, twice, 1e-6 * plain, 1e6 + plain]
    for real in hard:
        for fake in hard:
            result = numbers(measure(real, fake))
            assert all(map(is_a_number, result)), (name, result)


@each_measure
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
@pytest.mark.parametrize("dim", [3, 40])
def test_narrow_floats_are_computed_in_float64(name, dtype, dim):
    """The same numbers, given in more digits, have the same measure."""
    measure, _ = MEASURES[name]
    real, fake = 100 * normal(30, dim).to(dtype), 90 * normal(30, dim, 1).to(dtype)
    narrow = numbers(measure(real, fake))
    assert narrow == pytest.approx(numbers(measure(real.double(), fake.double())))
    before = real.clone()
    measure(real, fake)
    assert torch.equal(real, before)


@each_measure
def test_features_with_a_gradient_are_taken_and_left_alone(name):
    measure, _ = MEASURES[name]
    real, fake = normal(20, 3).requires_grad_(), normal(20, 3, 1).requires_grad_()
    assert all(map(is_a_number, numbers(measure(real, fake))))
    assert real.grad is None
