"""The Fréchet distance against closed forms and a general matrix root."""

import pytest
import scipy.linalg
import torch

from ganlib.metrics import frechet_distance


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
