"""Penalties against closed forms, and the famous wrong versions refused."""

import pytest
import torch
from torch import nn

from ganlib import networks
from ganlib.penalties import (
    R1,
    R2,
    GradientPenalty,
    WeightClipping,
    input_gradients,
    interpolate,
)

GRADIENT_PENALTIES = [R1(2.0), R2(2.0), GradientPenalty(10.0)]
names = pytest.mark.parametrize(
    "penalty", GRADIENT_PENALTIES, ids=lambda penalty: type(penalty).__name__
)


class Linear(nn.Module):
    """D(x) = slope · (sum of x over a sample's axes)."""

    def __init__(self, slope, axes=1):
        super().__init__()
        self.slope = nn.Parameter(torch.tensor(float(slope)))
        self.axes = tuple(range(-axes, 0))

    def forward(self, x):
        return self.slope * x.sum(self.axes)


class Quadratic(nn.Module):
    """D(x) = ½ ‖x‖², whose gradient is x."""

    def forward(self, x):
        return x.square().sum(-1) / 2


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def points(num=64, dim=3, seed=0):
    return torch.randn(num, dim, generator=rng(seed))


# ------------------------------------------------------------------ closed forms
@names
def test_worked_value_of_a_slope_of_three(penalty):
    x = torch.randn(8, 1, generator=rng())
    expected = 40.0 if isinstance(penalty, GradientPenalty) else 9.0
    assert penalty(Linear(3), x, x + 1, rng()).item() == pytest.approx(expected)


def test_r1_looks_at_the_data_and_r2_at_the_fakes():
    real, fake = points(seed=1), points(seed=2)
    for penalty, x in ((R1(3.0), real), (R2(3.0), fake)):
        expected = 1.5 * x.square().sum(-1).mean().item()
        assert penalty(Quadratic(), real, fake).item() == pytest.approx(expected)


def test_gradient_penalty_of_a_quadratic_critic():
    real, fake = points(seed=1), points(seed=2)
    x = interpolate(real, fake, rng(5))
    expected = 10 * (x.norm(dim=-1) - 1).square().mean().item()
    measured = GradientPenalty()(Quadratic(), real, fake, rng(5)).item()
    assert measured == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("slope", [0.5, 2.0])
def test_one_sided_lets_small_slopes_go(slope):
    x = torch.zeros(4, 1)
    two_sided, one_sided = (
        GradientPenalty(10.0, one_sided=flag)(Linear(slope), x, x + 1, rng()).item()
        for flag in (False, True)
    )
    assert two_sided == pytest.approx(10 * (slope - 1) ** 2)
    assert one_sided == pytest.approx(10 * max(slope - 1, 0) ** 2)


def test_target_moves_the_slope_that_is_free():
    x = torch.zeros(4, 1)
    assert GradientPenalty(target=3.0)(Linear(3), x, x, rng()).item() == pytest.approx(
        0
    )


@names
def test_the_norm_is_over_all_axes_of_an_image(penalty):
    images = torch.randn(5, 1, 4, 4, generator=rng())
    slope = 0.5  # its gradient has 16 entries of ½: squared norm 4, norm 2
    expected = 10 * (2 - 1) ** 2 if isinstance(penalty, GradientPenalty) else 4.0
    value = penalty(Linear(slope, axes=3), images, images + 1, rng()).item()
    assert value == pytest.approx(expected, rel=1e-5)


@names
def test_the_penalty_trains_the_slope(penalty):
    critic = Linear(3)
    x = torch.randn(8, 1, generator=rng())
    penalty(critic, x, x + 1, rng()).backward()
    # d/ds of s² is 2s = 6; of 10 (s − 1)² it is 20 (s − 1) = 40
    expected = 40.0 if isinstance(penalty, GradientPenalty) else 6.0
    assert critic.slope.grad.item() == pytest.approx(expected, rel=1e-5)


@names
def test_a_flat_critic_gives_no_nan(penalty):
    critic = Linear(0)
    x = torch.randn(8, 2, generator=rng())
    value = penalty(critic, x, x + 1, rng())
    value.backward()
    assert torch.isfinite(value)
    assert torch.isfinite(critic.slope.grad)


def test_input_gradients_leave_the_data_alone():
    x = points()
    gradients = input_gradients(Quadratic(), x)
    assert torch.allclose(gradients, x)
    assert not x.requires_grad


# --------------------------------------------------------------------- the segment
def test_epsilon_is_one_number_for_each_sample_and_uniform():
    real = torch.zeros(20_000, 3, 2)
    fake = torch.ones(20_000, 3, 2)
    one_minus_epsilon = interpolate(real, fake, rng()).flatten(1)
    assert (one_minus_epsilon.std(dim=1) == 0).all()  # one number, not one a pixel
    values = one_minus_epsilon[:, 0].sort().values
    assert values[0] >= 0
    assert values[-1] <= 1
    steps = torch.arange(1, 20_001) / 20_000
    assert (values - steps).abs().max() < 1.95 / 20_000**0.5  # Kolmogorov, 0.1 %


def test_points_lie_on_the_segment():
    real, fake = points(seed=1), points(seed=2)
    x = interpolate(real, fake, rng())
    detour = (x - real).norm(dim=-1) + (x - fake).norm(dim=-1)
    assert torch.allclose(detour, (real - fake).norm(dim=-1), atol=1e-5)


def test_unpaired_batches_get_a_sentence():
    with pytest.raises(ValueError, match="pair up one to one"):
        interpolate(points(4), points(5))


# ------------------------------------------------------------------------- stacked
@names
def test_each_stacked_run_has_the_penalty_it_has_alone(penalty):
    critics = [networks.mlp_discriminator(width=8) for _ in range(3)]
    real, fake = torch.randn(2, 3, 16, 2, generator=rng())
    together = penalty(networks.stack(critics), real, fake, [rng(s) for s in range(3)])
    assert together.shape == (3,)
    for seed, critic in enumerate(critics):
        alone = penalty(critic, real[seed], fake[seed], rng(seed))
        assert together[seed].item() == pytest.approx(alone.item(), rel=1e-5)


# ------------------------------------------------------------------ refused, clipped
@names
@pytest.mark.parametrize("norm", [nn.BatchNorm1d(2), nn.LazyBatchNorm1d()])
def test_batch_norm_under_a_penalty_is_refused_by_name(penalty, norm):
    critic = nn.Sequential(nn.Linear(2, 2), norm, nn.Linear(2, 1), nn.Flatten(0))
    with pytest.raises(ValueError, match=r"layer '1' is a \w*BatchNorm1d"):
        penalty(critic, points(4, 2), points(4, 2), rng())


def test_norms_over_one_sample_are_welcome():
    critic = nn.Sequential(nn.Linear(2, 2), nn.LayerNorm(2), nn.Linear(2, 1))
    critic.append(nn.Flatten(0))
    assert torch.isfinite(R1(1.0)(critic, points(4, 2), points(4, 2)))


def test_clipping_bounds_every_weight_and_leaves_small_ones():
    critic = networks.mlp_discriminator()
    before = {name: p.detach().clone() for name, p in critic.named_parameters()}
    WeightClipping(0.05).apply(critic)
    for name, parameter in critic.named_parameters():
        assert torch.equal(parameter, before[name].clamp(-0.05, 0.05))
    assert max(p.abs().max() for p in before.values()) > 0.05


@pytest.mark.parametrize("limit", [0.0, -0.01])
def test_a_limit_that_leaves_no_critic_gets_a_sentence(limit):
    with pytest.raises(ValueError, match="limit > 0"):
        WeightClipping(limit)
