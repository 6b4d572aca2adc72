"""Penalties against closed forms, and the famous wrong versions refused."""

import pytest
import torch
from torch import nn
from torch.autograd import gradcheck, gradgradcheck
from torch.func import functional_call

from ganlib import networks
from ganlib.penalties import (
    R1,
    R2,
    GradientPenalty,
    WeightClipping,
    check_per_sample,
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


# ---------------------------------------------------------- differentiable twice
class Smooth(nn.Module):
    """A small critic whose second derivatives do not vanish."""

    def __init__(self):
        super().__init__()
        self.first, self.last = nn.Linear(3, 4), nn.Linear(4, 1)

    def forward(self, x):
        return self.last(torch.tanh(self.first(x))).squeeze(-1)


TWICE = [*GRADIENT_PENALTIES, GradientPenalty(3.0, target=0.1, one_sided=True)]


@pytest.mark.parametrize("penalty", TWICE, ids=repr)
@pytest.mark.parametrize("check", [gradcheck, gradgradcheck])
def test_penalties_are_differentiable_twice_in_the_weights(check, penalty):
    """Numerical against automatic derivatives of first and second order, float64."""
    torch.manual_seed(0)
    critic = Smooth().double()
    names, weights = zip(*critic.named_parameters(), strict=True)
    real, fake = points(5, seed=1).double(), points(5, seed=2).double()

    class Held(nn.Module):
        def __init__(self, values):
            super().__init__()
            self.values = dict(zip(names, values, strict=True))

        def forward(self, x):
            return functional_call(critic, self.values, (x,))

    def penalty_of(*values):
        return penalty(Held(values), real, fake, rng(4))

    inputs = tuple(w.detach().clone().requires_grad_(True) for w in weights)
    assert penalty_of(*inputs).item() > 1e-3  # one-sided: not the flat part
    assert check(penalty_of, inputs)


@names
def test_the_points_are_constants_of_the_critics_step(penalty):
    real, fake = (points(6, seed=s).requires_grad_(True) for s in (1, 2))
    value = penalty(Quadratic(), real, fake, rng())
    through = torch.autograd.grad(value, (real, fake), allow_unused=True)
    assert through == (None, None)


@names
@pytest.mark.parametrize("stacked", [False, True])
def test_batches_of_one_and_strided_inputs(penalty, stacked):
    critic = networks.mlp_discriminator(width=8)
    real, fake = torch.randn(2, 6, 2, generator=rng())
    if stacked:
        critic = networks.stack([critic, critic])
        real, fake = (x.view(2, 3, 2) for x in (real, fake))
    noise = [rng(1), rng(2)] if stacked else rng(1)
    strided = [x.mT.contiguous().mT for x in (real, fake)]
    assert not strided[0].is_contiguous()
    plain = penalty(critic, real, fake, noise)
    noise = [rng(1), rng(2)] if stacked else rng(1)
    assert torch.allclose(penalty(critic, *strided, noise), plain, rtol=1e-5)
    if not stacked:
        alone = [penalty(critic, real[:1], fake[:1], rng(1))]
        assert torch.isfinite(alone[0])


def test_each_run_may_have_its_own_weight():
    critics = networks.stack([networks.mlp_discriminator(width=8)] * 2)
    real, fake = torch.randn(2, 2, 16, 2, generator=rng())
    weights = torch.tensor([10.0, 0.1])
    noises = [[rng(1), rng(2)] for _ in range(2)]
    together = GradientPenalty(weights)(critics, real, fake, noises[0])
    units = GradientPenalty(1.0)(critics, real, fake, noises[1])
    assert torch.allclose(together, weights * units)


# ------------------------------------------------------------ famous wrong versions
def wrong_pixel_epsilon(real, fake):
    epsilon = torch.rand(real.shape, generator=rng(9))
    return epsilon * real + (1 - epsilon) * fake


def wrong_normal_epsilon(real, fake):
    epsilon = torch.randn(len(real), 1, generator=rng(9))
    return epsilon * real + (1 - epsilon) * fake


@pytest.mark.parametrize("wrong", [wrong_pixel_epsilon, wrong_normal_epsilon])
def test_wrong_epsilons_leave_the_segment_and_ours_does_not(wrong):
    real, fake = torch.randn(2, 500, 50, generator=rng())

    def detour(x):
        way = (x - real).norm(dim=-1) + (x - fake).norm(dim=-1)
        return way / (real - fake).norm(dim=-1) - 1

    assert (detour(wrong(real, fake)) > 0.01).float().mean() > 0.5
    assert detour(interpolate(real, fake, rng(9))).max() < 1e-4


def test_a_norm_over_channels_is_another_number():
    images = torch.randn(4, 3, 5, 5, generator=rng())
    critic = Linear(0.2, axes=3)
    wrong = input_gradients(critic, images).view(4, 3, 5, 5).norm(dim=1)
    wrong = 10 * (wrong - 1).square().mean().item()
    right = GradientPenalty(10.0)(critic, images, images, rng()).item()
    assert right == pytest.approx(10 * (0.2 * 75**0.5 - 1) ** 2, rel=1e-5)
    assert wrong == pytest.approx(10 * (0.2 * 3**0.5 - 1) ** 2, rel=1e-5)


def test_the_root_of_zero_is_not_a_number_and_ours_is():
    slope = torch.zeros(3, requires_grad=True)
    slope.square().sum().sqrt().backward()
    assert slope.grad.isnan().all()
    critic = Linear(0)
    GradientPenalty()(critic, points(), points(seed=1), rng()).backward()
    # the penalty's own slope at 0: towards steeper critics or none, never NaN
    assert torch.isfinite(critic.slope.grad)


def test_without_a_graph_a_penalty_trains_nothing():
    critic = Linear(3)
    x = points().requires_grad_(True)
    (number,) = torch.autograd.grad(critic(x).sum(), x)
    assert not number.requires_grad
    assert input_gradients(critic, x).requires_grad


@names
def test_batch_norm_would_hide_the_slope(penalty):
    """The sum over a batch of what BatchNorm centred is constant: slope 0, always."""
    mixing = nn.Sequential(nn.BatchNorm1d(3), nn.Linear(3, 1), nn.Flatten(0)).double()
    x = points().double().requires_grad_(True)
    (gradient,) = torch.autograd.grad(mixing(x).sum(), x)
    assert gradient.abs().max() < 1e-9
    (gradient,) = torch.autograd.grad(mixing.eval()(x).sum(), x)
    assert gradient.abs().max() > 0.01
    with pytest.raises(ValueError, match="BatchNorm1d"):
        penalty(mixing, x, x)


class Reduced(nn.Module):
    """Logits of a shape that is not one for each sample."""

    def __init__(self, reduce):
        super().__init__()
        self.reduce = reduce

    def forward(self, x):
        return self.reduce(x)


@names
@pytest.mark.parametrize(
    "reduce",
    [
        lambda x: x.mean(),  # one for the batch
        lambda x: x.mean(0),  # one for each feature
        lambda x: x.flatten(1).sum(1, keepdim=True),  # (N, 1)
        lambda x: x,  # one for each number
        lambda x: x.flatten(1).sum(1)[:-1],  # one too few
    ],
)
@pytest.mark.parametrize("shape", [(6, 2), (6, 1, 4, 4)])
def test_logits_that_are_not_one_a_sample_are_refused(penalty, reduce, shape):
    x = torch.randn(shape, generator=rng())
    with pytest.raises(ValueError, match="one for each sample"):
        penalty(Reduced(reduce), x, x + 1, rng())


# ----------------------------------------------------------------- samples that mix
class MinibatchStd(nn.Module):
    """Scores each sample and adds how much the batch varies."""

    def forward(self, x):
        return x.sum(-1) + x.std(-2, keepdim=True).mean(-1)


MIXING = {
    "batch norm": nn.Sequential(nn.BatchNorm1d(2), nn.Linear(2, 1), nn.Flatten(0)),
    "minibatch std": MinibatchStd(),
    "attention": Reduced(lambda x: (x @ x.mT).softmax(-1).matmul(x).sum(-1)),
}


@pytest.mark.parametrize("name", MIXING)
def test_a_layer_that_mixes_samples_is_found_by_its_effect(name):
    with pytest.raises(ValueError, match="mixes samples"):
        check_per_sample(MIXING[name], points(8, 2))


@pytest.mark.parametrize(
    ("critic", "x"),
    [
        (networks.mlp_discriminator(), points(8, 2)),
        (networks.stack([networks.mlp_discriminator()] * 2), points(16, 2)),
        (nn.Sequential(nn.LayerNorm(2), nn.Linear(2, 1), nn.Flatten(0)), points(9, 2)),
    ],
)
def test_per_sample_critics_pass(critic, x):
    stacked = x.view(2, 8, 2) if len(x) == 16 else x
    check_per_sample(critic, stacked)


def test_mixing_within_a_stacked_run_is_found():
    with pytest.raises(ValueError, match="mixes samples"):
        check_per_sample(MinibatchStd(), points(16, 2).view(2, 8, 2))


def test_one_sample_cannot_show_mixing():
    with pytest.raises(ValueError, match="at least two samples"):
        check_per_sample(networks.mlp_discriminator(), points(1, 2))
