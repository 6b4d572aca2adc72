"""Precision, recall, density, coverage: by hand, by their laws, and with hard ties."""

import math

import pytest
import torch

from ganlib.metrics import PRDC, density_coverage, prdc, precision_recall


def normal(num, dim, seed=0):
    rng = torch.Generator().manual_seed(seed)
    return torch.randn(num, dim, generator=rng, dtype=torch.float64)


def line(*points):
    return torch.tensor(points, dtype=torch.float64)[:, None]


def test_by_hand():
    """Balls of the data: (−1, 1), (0, 2), (1, 5); of the fakes: radii 5.5, 1, 1."""
    found = prdc(line(0, 1, 3), line(0.5, 6, 7), pr_k=1, dc_k=1)
    # 0.5 lies in two balls of the data, 6 and 7 in none.
    assert found == pytest.approx(PRDC(1 / 3, 1, 2 / 3, 2 / 3))


def test_transcribed_from_the_definition():
    real, fake = normal(40, 3), 1.2 * normal(30, 3, 1) + 0.3
    between = torch.cdist(real, fake)

    def radii(points, k):
        return torch.cdist(points, points).sort(1).values[:, k]

    found = prdc(real, fake, pr_k=2, dc_k=4)
    assert found.precision == (between < radii(real, 2)[:, None]).any(0).double().mean()
    assert found.recall == (between < radii(fake, 2)).any(1).double().mean()
    inside = between < radii(real, 4)[:, None]
    assert found.density == pytest.approx(inside.sum().item() / (4 * 30))
    assert found.coverage == pytest.approx(inside.any(1).double().mean().item())


def test_halves_are_those_of_the_whole():
    real, fake = normal(50, 4), normal(60, 4, 1)
    found = prdc(real, fake)
    assert precision_recall(real, fake) == (found.precision, found.recall)
    assert density_coverage(real, fake) == (found.density, found.coverage)


def test_roles_swapped_swap_precision_and_recall():
    real, fake = normal(50, 4), 0.5 * normal(60, 4, 1)
    precision, recall = precision_recall(real, fake)
    assert precision_recall(fake, real) == (recall, precision)
    assert precision > recall  # fakes too narrow: each is plausible, not all are met


@pytest.mark.parametrize("dim", [2, 30])
def test_far_apart_nothing_meets(dim):
    real = normal(50, dim)
    assert prdc(real, real + 1e3) == PRDC(0, 0, 0, 0)


@pytest.mark.parametrize("dim", [2, 30])
def test_a_collapsed_generator_is_precise_and_has_no_recall(dim):
    real = normal(50, dim)
    found = prdc(real, real[:1].repeat(50, 1))
    assert (found.precision, found.recall) == (1, 0)
    assert found.coverage < 0.5


@pytest.mark.parametrize("dim", [2, 30])
def test_the_data_again_is_perfect(dim):
    real = 5 + normal(60, dim)
    found = prdc(real, real, pr_k=3, dc_k=5)
    assert (found.precision, found.recall, found.coverage) == (1, 1, 1)
    assert found.density == 1  # itself and four neighbours: the fifth is on the sphere


@pytest.mark.parametrize("dim", [2, 30])
def test_duplicates_make_empty_balls_and_constants_no_ball_at_all(dim):
    ones = torch.ones(20, dim, dtype=torch.float64)
    assert prdc(ones, ones) == PRDC(0, 0, 0, 0)
    many = normal(10, dim).repeat_interleave(6, 0)  # five copies of each
    assert prdc(many, many) == PRDC(0, 0, 0, 0)
    few = normal(10, dim).repeat_interleave(4, 0)
    assert prdc(few, few, pr_k=4, dc_k=4)[:2] == (1, 1)


@pytest.mark.parametrize("dim", [2, 30])
def test_scale_and_place_do_not_matter(dim):
    real, fake = normal(80, dim), normal(80, dim, 1) + 0.1
    found = prdc(real, fake)
    assert prdc(1e-4 * real, 1e-4 * fake) == found
    assert prdc(real + 100, fake + 100) == found


@pytest.mark.parametrize(("dim", "num", "k"), [(2, 100, 5), (20, 200, 3)])
def test_density_and_coverage_of_two_draws_from_one_law(dim, num, k):
    """E density = 1 and E coverage = 1 − Π (N − i)/(2N − i), in any dimension."""
    rounds = 300
    rng = torch.Generator().manual_seed(0)
    found = []
    for _ in range(rounds):
        real, fake = torch.randn(2, num, dim, generator=rng, dtype=torch.float64)
        found.append(density_coverage(real, fake, k))
    found = torch.tensor(found, dtype=torch.float64)
    missed = math.prod((num - i) / (2 * num - i) for i in range(1, k + 1))
    expected = torch.tensor([1, 1 - missed])
    error = found.std(0) / math.sqrt(rounds)
    assert ((found.mean(0) - expected).abs() < 3 * error).all()
    assert (error < 0.02).all()


@pytest.mark.parametrize(("pr_k", "dc_k"), [(0, 5), (3, 0), (-1, 1)])
def test_no_neighbour_gets_a_sentence(pr_k, dc_k):
    with pytest.raises(ValueError, match="1 or more"):
        prdc(normal(20, 2), normal(20, 2), pr_k, dc_k)
