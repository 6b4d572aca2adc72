"""The classifier two-sample test: its null law by brute force, and what it detects."""

import itertools
import math

import pytest
import torch

from ganlib.metrics import classifier_two_sample_test
from ganlib.metrics.neighbours import nearest_neighbours


def normal(num, dim, seed=0):
    rng = torch.Generator().manual_seed(seed)
    return torch.randn(num, dim, generator=rng, dtype=torch.float64)


@pytest.mark.parametrize(("num_real", "num_fake"), [(4, 4), (3, 6), (2, 5)])
@pytest.mark.parametrize("dim", [1, 3])
def test_null_law_is_that_of_all_shuffles(num_real, num_fake, dim):
    real, fake = normal(num_real, dim), normal(num_fake, dim, 1)
    found = classifier_two_sample_test(real, fake)
    _, index = nearest_neighbours(torch.cat([real, fake]))
    num = num_real + num_fake
    accuracies = []
    for chosen in itertools.combinations(range(num), num_real):
        label = torch.zeros(num, dtype=torch.bool)
        label[list(chosen)] = True
        accuracies.append((label == label[index]).double().mean())
    accuracies = torch.stack(accuracies)
    assert found.expected == pytest.approx(accuracies.mean().item())
    assert found.std == pytest.approx(accuracies.std(correction=0).item())


def test_far_apart_nothing_is_mistaken():
    found = classifier_two_sample_test(normal(50, 3), normal(50, 3, 1) + 100)
    assert found[:3] == (1, 1, 1)
    assert found.p_value < 1e-9


def test_copies_are_always_mistaken():
    found = classifier_two_sample_test(normal(50, 3), normal(50, 3))
    assert found.accuracy == 0
    assert found.p_value > 1 - 1e-9


def test_a_collapsed_generator_knows_its_own():
    found = classifier_two_sample_test(normal(200, 2), 0.05 * normal(200, 2, 1))
    assert found.fake_accuracy > found.real_accuracy
    assert found.p_value < 0.01


def test_accuracy_is_counted_by_brute_force():
    real, fake = normal(30, 20), normal(40, 20, 1) + 0.3
    both = torch.cat([real, fake])
    distances = torch.cdist(both, both).fill_diagonal_(torch.inf)
    label = torch.arange(70) < 30
    right = (label[distances.argmin(1)] == label).double()
    found = classifier_two_sample_test(real, fake)
    assert found.accuracy == pytest.approx(right.mean().item())
    assert found.real_accuracy == pytest.approx(right[:30].mean().item())
    assert found.fake_accuracy == pytest.approx(right[30:].mean().item())


def test_one_law_is_called_different_as_rarely_as_it_says():
    rng = torch.Generator().manual_seed(0)
    rounds = 400
    found = []
    for _ in range(rounds):
        real, fake = torch.randn(2, 100, 4, generator=rng)
        found.append(classifier_two_sample_test(real, fake))
    z = torch.tensor([(one.accuracy - one.expected) / one.std for one in found])
    assert abs(z.mean()) < 3 / math.sqrt(rounds)
    assert abs(z.var() - 1) < 3 * math.sqrt(2 / rounds)
    rejected = sum(one.p_value <= 0.05 for one in found) / rounds
    assert abs(rejected - 0.05) < 3 * math.sqrt(0.05 * 0.95 / rounds)


def test_a_small_shift_is_found_with_enough_samples():
    found = classifier_two_sample_test(normal(2_000, 2), normal(2_000, 2, 1) + 0.7)
    assert found.p_value < 0.001
