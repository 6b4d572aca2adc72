"""Maximum mean discrepancy: closed forms, an outside reference, identities."""

import math

import pytest
import scipy.stats
import torch

from ganlib.metrics import energy_kernel, gaussian_kernel, mmd_squared

KERNELS = [gaussian_kernel(1.0), gaussian_kernel(0.5, 2.0), energy_kernel]
each_kernel = pytest.mark.parametrize("kernel", KERNELS)


def normal(*shape, seed=0):
    rng = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=rng, dtype=torch.float64)


def naive(x, y, kernel, unbiased):
    def mean(a, b, same):
        terms = [
            kernel(u[None], v[None]).item()
            for i, u in enumerate(a)
            for j, v in enumerate(b)
            if not (same and unbiased and i == j)
        ]
        return sum(terms) / len(terms)

    return mean(x, x, True) + mean(y, y, True) - 2 * mean(x, y, False)


@each_kernel
@pytest.mark.parametrize("unbiased", [True, False])
def test_equals_the_double_sums(kernel, unbiased):
    x, y = normal(7, 2), normal(5, 2, seed=1) + 1
    found = mmd_squared(x, y, kernel, unbiased).item()
    assert found == pytest.approx(naive(x, y, kernel, unbiased), abs=1e-12)


def test_kernels_at_a_known_distance():
    x = torch.tensor([[0.0, 0.0]], dtype=torch.float64)
    y = torch.tensor([[0.6, 0.8]], dtype=torch.float64)
    assert gaussian_kernel(1.0)(x, y).item() == pytest.approx(math.exp(-0.5))
    both = (math.exp(-0.5) + math.exp(-1 / 8)) / 2
    assert gaussian_kernel(1.0, 2.0)(x, y).item() == pytest.approx(both)
    assert energy_kernel(x, 2 * y).item() == pytest.approx(-2)


def test_by_hand():
    x = torch.tensor([[0.0], [2.0]])
    y = torch.tensor([[1.0], [1.0]])
    assert mmd_squared(x, y, energy_kernel).item() == pytest.approx(0)
    biased = mmd_squared(x, y, energy_kernel, unbiased=False)
    assert biased.item() == pytest.approx(1)


def test_energy_distance_is_scipys():
    x, y = normal(40, 1), 2 * normal(60, 1, seed=1) + 0.5
    found = mmd_squared(x, y, energy_kernel, unbiased=False).item()
    known = scipy.stats.energy_distance(x.flatten(), y.flatten())
    assert found == pytest.approx(known**2, rel=1e-9)


def test_two_normals_have_a_closed_form_and_the_estimate_no_bias():
    shift, rounds, num = 1.0, 400, 50
    # E exp(-(a - b)²/2) for a - b normal: exp(-m²/(2(1 + v)))/sqrt(1 + v), v = 2.
    exact = 2 * (1 - math.exp(-(shift**2) / 6)) / math.sqrt(3)
    x, y = normal(rounds, num, 1), normal(rounds, num, 1, seed=1) + shift
    found = mmd_squared(x, y, gaussian_kernel(1.0))
    error = found.std() / math.sqrt(rounds)
    assert abs(found.mean() - exact) < 4 * error
    biased = mmd_squared(x, y, gaussian_kernel(1.0), unbiased=False)
    assert biased.mean() - exact > 4 * error


@each_kernel
def test_equal_distributions_average_to_zero(kernel):
    found = mmd_squared(normal(400, 30, 2), normal(400, 30, 2, seed=1), kernel)
    assert abs(found.mean()) < 4 * found.std() / 20
    assert found.min() < 0 < found.max()


@each_kernel
def test_of_a_sample_and_itself_is_zero_if_biased(kernel):
    x = normal(20, 3)
    assert mmd_squared(x, x, kernel, unbiased=False).item() == pytest.approx(0)


@each_kernel
def test_stacked_samples_give_each_its_own_value(kernel):
    x, y = normal(3, 10, 2), normal(3, 12, 2, seed=1)
    one_by_one = [mmd_squared(a, b, kernel) for a, b in zip(x, y, strict=True)]
    assert torch.allclose(mmd_squared(x, y, kernel), torch.stack(one_by_one))


@each_kernel
@pytest.mark.parametrize("unbiased", [True, False])
def test_gradient(kernel, unbiased):
    x, y = normal(5, 2).requires_grad_(), normal(4, 2, seed=1).requires_grad_()
    assert torch.autograd.gradcheck(
        lambda a, b: mmd_squared(a, b, kernel, unbiased), (x, y)
    )


@each_kernel
def test_coincident_points_leave_the_gradient_finite(kernel):
    x = torch.ones(4, 2, dtype=torch.float64, requires_grad=True)
    mmd_squared(x, normal(3, 2), kernel).backward()
    assert x.grad.isfinite().all()
    assert x.grad.abs().sum() > 0


@pytest.mark.parametrize("shape", [(5,), (1, 2), (3, 1, 2)])
def test_bad_samples_get_a_sentence(shape):
    with pytest.raises(ValueError, match="N ≥ 2"):
        mmd_squared(torch.zeros(shape), torch.zeros(5, 2), energy_kernel)


@pytest.mark.parametrize("bandwidths", [(), (0.0,), (1.0, -1.0)])
def test_bad_bandwidths_get_a_sentence(bandwidths):
    with pytest.raises(ValueError, match="above 0"):
        gaussian_kernel(*bandwidths)
