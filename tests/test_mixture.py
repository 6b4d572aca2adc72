"""Mixtures: the density is exact, and samples follow it."""

import math

import pytest
import torch

from ganlib.data import Mixture, gaussian, ring, two_clusters

UNEVEN = Mixture(
    "uneven", torch.tensor([[-1.0, 0.0], [1.0, 0.5]]), 0.3, torch.tensor([3.0, 1.0])
)


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def test_log_density_at_the_centre_of_one_gaussian():
    origin = torch.zeros(2, dtype=torch.float64)
    assert float(gaussian().log_density(origin)) == pytest.approx(
        -math.log(2 * math.pi), abs=1e-14
    )


def test_log_density_agrees_with_torch_distributions():
    x = torch.randn(4, 5, 2, generator=rng(), dtype=torch.float64)
    components = torch.distributions.MultivariateNormal(
        UNEVEN.means.double(), 0.3**2 * torch.eye(2, dtype=torch.float64)
    )
    weights = torch.distributions.Categorical(
        torch.tensor([3.0, 1.0], dtype=torch.float64)
    )
    reference = torch.distributions.MixtureSameFamily(weights, components)
    torch.testing.assert_close(
        UNEVEN.log_density(x), reference.log_prob(x), rtol=1e-12, atol=1e-12
    )


def test_log_density_keeps_shape_and_dtype():
    for dtype in (torch.float32, torch.float64):
        for shape in ((), (3,), (2, 3)):
            density = ring().log_density(torch.zeros(*shape, 2, dtype=dtype))
            assert density.shape == shape
            assert density.dtype == dtype


def test_log_density_is_finite_and_has_a_gradient_far_away():
    x = torch.tensor([100.0, 0.0], requires_grad=True)
    density = ring().log_density(x)
    density.backward()
    assert -5.0e7 < float(density.detach()) < -4.8e7
    # The nearest centre (1, 0) pulls: −(x − μ)/σ² = −99/0.0001.
    torch.testing.assert_close(x.grad, torch.tensor([-9.9e5, 0.0]), rtol=1e-4, atol=50)


def test_sampling_is_determined_by_the_generator():
    first, second = ring().sample(64, rng(3)), ring().sample(64, rng(3))
    assert torch.equal(first, second)
    assert not torch.equal(first, ring().sample(64, rng(4)))
    assert first.shape == (64, 2)
    assert first.dtype == torch.float32


def test_sampling_leaves_the_global_generator_alone():
    torch.manual_seed(0)
    expected = torch.rand(3)
    torch.manual_seed(0)
    ring().sample(10, rng())
    UNEVEN.sample(10, rng())
    assert torch.equal(torch.rand(3), expected)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("target", [UNEVEN, ring(), two_clusters()], ids=str)
def test_sample_moments_within_four_standard_errors(target, seed):
    num = 40_000
    x = target.sample(num, rng(seed)).double()
    weights = target.weights.double()[:, None]
    means = target.means.double()
    mean = (weights * means).sum(0)
    spread = (weights * (means - mean).square()).sum(0)
    variance = target.std**2 + spread
    error = (variance / num).sqrt()
    assert ((x.mean(0) - mean).abs() < 4 * error).all()
    squared = (x - mean).square()
    assert (
        (squared.mean(0) - variance).abs() < 4 * squared.std(0) / math.sqrt(num)
    ).all()


@pytest.mark.parametrize("seed", range(3))
def test_modes_are_drawn_by_their_weights(seed):
    num = 40_000
    share = float((UNEVEN.sample(num, rng(seed))[:, 0] > 0).double().mean())
    # P(x > 0) = ¾ Φ(−1/0.3) + ¼ Φ(1/0.3)
    tail = 0.5 * math.erfc(1 / 0.3 / math.sqrt(2))
    expected = 0.75 * tail + 0.25 * (1 - tail)
    error = math.sqrt(expected * (1 - expected) / num)
    assert abs(share - expected) < 4 * error


def test_doubled_end_point_of_a_circle_is_refused():
    angles = torch.linspace(0, 2 * math.pi, 8, dtype=torch.float64)
    doubled = torch.stack([angles.cos(), angles.sin()], dim=1)
    with pytest.raises(ValueError, match="two of the 8 centres coincide"):
        Mixture("ring", doubled, 0.01)
    # The same places without the end point are fine.
    assert Mixture("ring", doubled[:-1], 0.01).num_modes == 7


@pytest.mark.parametrize("std", [0.0, -1.0, math.nan, math.inf])
def test_width_must_be_positive(std):
    with pytest.raises(ValueError, match="std must be above 0"):
        gaussian(std=std)


@pytest.mark.parametrize("weights", [[1.0, 0.0], [1.0, -1.0], [1.0, math.nan]])
def test_weights_must_be_positive(weights):
    with pytest.raises(ValueError, match="every weight must be finite and above 0"):
        Mixture("two", UNEVEN.means, 0.3, torch.tensor(weights))


def test_shapes_are_checked():
    with pytest.raises(ValueError, match=r"means must have shape \(K, 2\)"):
        Mixture("flat", torch.zeros(3), 1.0)
    with pytest.raises(ValueError, match="every centre must be finite"):
        Mixture("lost", torch.tensor([[math.nan, 0.0]]), 1.0)
    with pytest.raises(ValueError, match=r"weights must have shape \(2,\)"):
        Mixture("two", UNEVEN.means, 0.3, torch.ones(3))
    with pytest.raises(ValueError, match=r"shape \(\.\.\., 2\)"):
        ring().log_density(torch.zeros(4, 3))
    with pytest.raises(ValueError, match="floating-point"):
        ring().log_density(torch.zeros(4, 2, dtype=torch.int64))


def test_weights_are_scaled_to_one():
    torch.testing.assert_close(UNEVEN.weights, torch.tensor([0.75, 0.25]))


def test_sample_explains_a_seed_and_an_empty_draw():
    with pytest.raises(TypeError, match=r"needs a torch\.Generator"):
        ring().sample(4, 0)
    with pytest.raises(ValueError, match="at least 1, got 0"):
        ring().sample(0, rng())
