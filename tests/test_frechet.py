"""The Fréchet distance against closed forms and a general matrix root."""

import functools
import math
import operator

import numpy as np
import pytest
import scipy.linalg
import torch

from ganlib.metrics import Moments, frechet_distance, frechet_from_moments


def normal(num, dim, seed=0):
    rng = torch.Generator().manual_seed(seed)
    return torch.randn(num, dim, generator=rng, dtype=torch.float64)


def test_of_a_set_and_itself_is_zero():
    a = normal(50, 4)
    assert frechet_distance(a, a) == pytest.approx(0, abs=1e-9)


def test_equal_covariances_leave_the_squared_distance_of_the_means():
    a = normal(500, 6) @ normal(6, 6, 1)
    shift = normal(1, 6, 2)
    expected = shift.square().sum().item()
    assert frechet_distance(a, a + shift) == pytest.approx(expected, rel=1e-9)


def test_scaling_has_its_closed_form():
    a = normal(500, 5)
    a = a - a.mean(0)
    expected = 4 * torch.trace(a.T.cov()).item()  # (3 − 1)² tr Σ
    assert frechet_distance(a, 3 * a) == pytest.approx(expected, rel=1e-9)


def test_equals_the_formula_with_a_general_root():
    a, b = normal(300, 8) @ normal(8, 8, 1), normal(200, 8, 3) @ normal(8, 8, 4) + 1
    cov_a, cov_b = a.T.cov().numpy(), b.T.cov().numpy()
    root = scipy.linalg.sqrtm(cov_a @ cov_b).real
    expected = (a.mean(0) - b.mean(0)).square().sum().item()
    expected += (cov_a + cov_b - 2 * root).trace()
    assert frechet_distance(a, b) == pytest.approx(expected, rel=1e-8)
    assert frechet_distance(b, a) == pytest.approx(expected, rel=1e-8)


def test_fewer_samples_than_dimensions_and_constant_features_are_no_trouble():
    a, b = normal(5, 20), normal(6, 20, 1)
    assert 0 < frechet_distance(a, b) < 1e3
    ones = torch.ones(5, 20, dtype=torch.float64)
    expected = (a.mean(0) - 1).square().sum() + torch.trace(a.T.cov())
    assert frechet_distance(a, ones) == pytest.approx(expected.item(), rel=1e-6)


def test_one_dimension():
    a, b = normal(100, 1), 2 * normal(100, 1, 1) + 3
    expected = (a.mean() - b.mean()) ** 2 + (a.std() - b.std()) ** 2
    assert frechet_distance(a, b) == pytest.approx(expected.item(), rel=1e-9)


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        (normal(1, 3), normal(5, 3), "N ≥ 2"),
        (normal(5, 3)[0], normal(5, 3), "N ≥ 2"),
        (normal(5, 3), normal(5, 4), "3 and 4 dimensions"),
        (normal(5, 3) * float("nan"), normal(5, 3), "not finite"),
    ],
)
def test_bad_input_gets_a_sentence(a, b, words):
    with pytest.raises(ValueError, match=words):
        frechet_distance(a, b)


# ------------------------------------------------------------------------- moments
def test_moments_by_hand():
    moments = Moments.of(torch.tensor([[0.0], [2.0]]))
    assert (moments.num, moments.mean.item(), moments.scatter.item()) == (2, 1, 2)
    assert moments.covariance.item() == 2


def test_moments_are_numpys():
    a = 1e3 + normal(400, 300) @ normal(300, 300, 1)  # wider than one panel
    moments = Moments.of(a)
    assert torch.allclose(moments.mean, a.mean(0), rtol=1e-12)
    assert np.allclose(moments.covariance, np.cov(a, rowvar=False), rtol=1e-9)
    assert torch.equal(moments.scatter, moments.scatter.T)


@pytest.mark.parametrize("size", [1, 7, 100])
def test_batches_add_up(size):
    a = 5 + normal(100, 6) @ normal(6, 6, 1)
    whole = Moments.of(a)
    streamed = functools.reduce(operator.add, map(Moments.of, a.split(size)))
    assert streamed.num == whole.num
    assert torch.allclose(streamed.mean, whole.mean, rtol=1e-13)
    assert torch.allclose(streamed.scatter, whole.scatter, rtol=1e-11)
    b = normal(90, 6, 2)
    expected = frechet_distance(a, b)
    found = frechet_from_moments(streamed, Moments.of(b))
    assert found == pytest.approx(expected, rel=1e-9)


def test_order_of_batches_does_not_matter():
    a, b = Moments.of(normal(10, 3)), Moments.of(4 + normal(30, 3, 1))
    assert torch.allclose((a + b).scatter, (b + a).scatter, rtol=1e-12)


def exact(mean, covariance, num=1_000):
    """Return the moments of a law, as if they came from a sample."""
    return Moments(num, mean, (num - 1) * covariance)


def test_diagonal_covariances_have_a_closed_form():
    rng = torch.Generator().manual_seed(0)
    p, q = torch.rand(2, 9, generator=rng, dtype=torch.float64)
    a, b = exact(p, torch.diag(p)), exact(q, torch.diag(q))
    expected = ((p - q) ** 2).sum() + ((p.sqrt() - q.sqrt()) ** 2).sum()
    assert frechet_from_moments(a, b) == pytest.approx(expected.item(), rel=1e-10)


@pytest.mark.parametrize("rank", [0, 3, 9])
def test_singular_covariances_have_a_closed_form(rank):
    p = torch.linspace(1, 2, 9, dtype=torch.float64)
    q = torch.where(torch.arange(9) < rank, p / 4, 0.0)
    zero = torch.zeros(9, dtype=torch.float64)
    turn = torch.linalg.qr(normal(9, 9)).Q
    a, b = (exact(zero, turn * one @ turn.T) for one in (p, q))
    expected = ((p.sqrt() - q.sqrt()) ** 2).sum().item()
    for pair in ((a, b), (b, a)):
        assert frechet_from_moments(*pair) == pytest.approx(expected, rel=1e-9)


# Fewer samples than dimensions; then more, and more dimensions than a panel has.
@pytest.mark.parametrize(("n", "m", "dim"), [(20, 30, 90), (700, 800, 300)])
def test_cross_term_is_the_nuclear_norm_of_the_samples_products(n, m, dim):
    r"""tr (Σa^½ Σb Σa^½)^½ = ‖X Yᵀ‖_* / √((N−1)(M−1)), a matrix of N × M."""
    a, b = normal(n, dim), 1.5 * normal(m, dim, 1)
    x, y = a - a.mean(0), b - b.mean(0)
    cross = torch.linalg.svdvals(x @ y.T).sum() / math.sqrt((n - 1) * (m - 1))
    expected = (a.mean(0) - b.mean(0)).square().sum() - 2 * cross
    expected += x.square().sum() / (n - 1) + y.square().sum() / (m - 1)
    assert frechet_distance(a, b) == pytest.approx(expected.item(), rel=1e-10)


@pytest.mark.parametrize("condition", [1e2, 1e6, 1e10, 1e14])
def test_ill_conditioned_covariances_keep_their_closed_form(condition):
    """Of one eigenbasis: Σ (√p − √q)², whichever of the two routes computes it."""
    p = torch.logspace(0, -math.log10(condition), 40, dtype=torch.float64)
    turn = torch.linalg.qr(normal(40, 40)).Q
    zero = torch.zeros(40, dtype=torch.float64)
    a, b = (exact(zero, turn * one @ turn.T) for one in (p, p.flip(0)))
    expected = ((p.sqrt() - p.flip(0).sqrt()) ** 2).sum().item()
    assert frechet_from_moments(a, b) == pytest.approx(expected, rel=1e-6)


def test_rotations_change_nothing():
    a, b = normal(80, 7), 2 * normal(60, 7, 1) + 1
    turn = torch.linalg.qr(normal(7, 7, 2)).Q
    expected = frechet_distance(a, b)
    assert frechet_distance(a @ turn, b @ turn) == pytest.approx(expected, rel=1e-10)


def mean_and_error(values):
    values = torch.tensor(values, dtype=torch.float64)
    return values.mean().item(), (values.std() / math.sqrt(len(values))).item()


@pytest.mark.parametrize(("dim", "num", "rounds"), [(4, 3_000, 400), (16, 4_000, 300)])
def test_two_draws_from_one_law_have_the_bias_of_theory(dim, num, rounds):
    """E = (2d + d(d+1)/2)/N for two samples, (d + d(d+1)/4)/N against the law."""
    eye = torch.eye(dim, dtype=torch.float64)
    law = exact(torch.zeros(dim, dtype=torch.float64), eye)
    rng = torch.Generator().manual_seed(0)
    two, one = [], []
    for _ in range(rounds):
        a, b = torch.randn(2, num, dim, generator=rng, dtype=torch.float64)
        two.append(frechet_distance(a, b))
        one.append(frechet_from_moments(Moments.of(a), law))
    half = dim + dim * (dim + 1) / 4
    for found, bias in ((two, 2 * half), (one, half)):
        mean, error = mean_and_error(found)
        assert abs(mean - bias / num) < 3 * error
        assert error < 0.03 * bias / num


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        (normal(1, 3), normal(5, 3), "N ≥ 2"),
        (normal(5, 3), normal(5, 4), "3 and 4 dimensions"),
    ],
)
def test_moments_that_do_not_fit_get_a_sentence(a, b, words):
    with pytest.raises(ValueError, match=words):
        frechet_from_moments(Moments.of(a), Moments.of(b))
