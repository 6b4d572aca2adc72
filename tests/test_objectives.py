"""What each loss measures: exact critics, values and gradients on finite spaces."""

import math

import pytest
import torch

from ganlib import losses, theory
from ganlib.theory import OBJECTIVES

LOG_2 = math.log(2)
NAMES = list(losses.LOSSES)
each_loss = pytest.mark.parametrize("name", NAMES)


def pairs(num=40, atoms=6, seed=0):
    """Random pairs of distributions, from nearly even to nearly all on one atom."""
    rng = torch.Generator().manual_seed(seed)
    scale = torch.linspace(0.1, 4, num, dtype=torch.float64)[:, None]
    logits = torch.randn(2, num, atoms, generator=rng, dtype=torch.float64)
    return (scale * logits).softmax(-1)


def test_every_loss_has_a_row():
    assert list(OBJECTIVES) == NAMES


@pytest.mark.parametrize("name", [n for n in NAMES if n != "relativistic"])
def test_expected_loss_is_the_sum_over_atoms(name):
    p, q = pairs(1)[:, 0]
    t = torch.randn(6, dtype=torch.float64)
    function = losses.LOSSES[name].discriminator
    by_atom = torch.stack([function(v.repeat(2), v.repeat(2)) for v in t])
    zero = torch.zeros(2, dtype=torch.float64)
    real = torch.stack([function(v.repeat(2), zero) for v in t]) - function(zero, zero)
    fake = by_atom - real
    expected = (p * real + q * fake).sum()
    found = theory.expected_loss(function, t, p, q)
    assert found.item() == pytest.approx(expected.item(), abs=1e-12)


def test_expected_loss_is_the_mean_over_samples():
    p, q = pairs(1, seed=3)[:, 0]
    t = torch.linspace(-2, 2, 6, dtype=torch.float64)
    rng = torch.Generator().manual_seed(0)
    real, fake = (torch.multinomial(w, 200_000, True, generator=rng) for w in (p, q))
    for loss in losses.LOSSES.values():
        exact = theory.expected_loss(loss.discriminator, t, p, q).item()
        assert loss.discriminator(t[real], t[fake]).item() == pytest.approx(
            exact, abs=0.03
        )


@each_loss
def test_critic_attains_chance_minus_gap(name):
    p, q = pairs()
    row = OBJECTIVES[name]
    best = row.critic(p, q)
    attained = theory.expected_loss(losses.LOSSES[name].discriminator, best, p, q)
    assert torch.allclose(row.chance - attained, row.gap(p, q), atol=1e-12, rtol=0)
    assert (row.gap(p, q) > 0).all()
    assert row.gap(p, p).abs().max() < 1e-12


@each_loss
@pytest.mark.parametrize("scale", [1e-3, 0.1, 1.0, 5.0])
def test_no_other_critic_is_better(name, scale):
    p, q = pairs()
    row = OBJECTIVES[name]
    rng = torch.Generator().manual_seed(1)
    noise = torch.randn(100, *p.shape, generator=rng, dtype=torch.float64)
    other = row.critic(p, q) + scale * noise
    if row.bound:
        other = other.clamp(-row.bound, row.bound)
    function = losses.LOSSES[name].discriminator
    found = theory.expected_loss(function, other, p.expand(100, -1, -1), q)
    assert (found > row.chance - row.gap(p, q) - 1e-12).all()


@each_loss
def test_generator_follows_its_divergence(name):
    p, q = pairs()
    row = OBJECTIVES[name]
    eta = q.log().requires_grad_()
    moving = eta.softmax(-1)
    frozen = row.critic(p, q)
    loss = theory.expected_loss(losses.LOSSES[name].generator, frozen, p, moving)
    step = torch.autograd.grad(loss.sum(), eta, retain_graph=True)[0]
    named = torch.autograd.grad(row.followed(p, moving).sum(), eta)[0]
    assert torch.allclose(step, named, atol=1e-9, rtol=0)
    assert step.abs().max() > 0.01
    assert row.followed(p, p).abs().max() < 1e-12


def test_divergences_by_hand():
    p = torch.tensor([1.0, 0.0], dtype=torch.float64)
    q = torch.tensor([0.5, 0.5], dtype=torch.float64)
    js = 0.5 * math.log(4 / 3) + 0.25 * (math.log(2 / 3) + LOG_2)
    assert theory.finite_kl(p, q).item() == pytest.approx(LOG_2)
    assert theory.finite_js(p, q).item() == pytest.approx(js)
    assert js == pytest.approx(0.2158, abs=5e-5)
    assert theory.finite_variation(p, q).item() == pytest.approx(0.5)
    assert theory.triangular(p, q).item() == pytest.approx(2 / 3)
    assert theory.paired_js(p, q).item() == pytest.approx(0.5 * LOG_2)


def test_disjoint_supports_reach_the_upper_ends():
    p = torch.tensor([0.3, 0.7, 0.0, 0.0], dtype=torch.float64)
    q = torch.tensor([0.0, 0.0, 0.6, 0.4], dtype=torch.float64)
    assert theory.finite_js(p, q).item() == pytest.approx(LOG_2)
    assert theory.paired_js(p, q).item() == pytest.approx(LOG_2)
    assert theory.finite_variation(p, q).item() == pytest.approx(1)
    assert theory.triangular(p, q).item() == pytest.approx(2)
    assert theory.finite_kl(p, q).item() == math.inf


def test_pairing_lies_between_the_divergence_and_one_bit():
    p, q = pairs(200, seed=2)
    js, paired = theory.finite_js(p, q), theory.paired_js(p, q)
    assert (js <= paired + 1e-12).all()
    assert (paired <= LOG_2 + 1e-12).all()
    near = (p + 1e-4 * (q - p)).double()
    ratio = theory.paired_js(p, near) / theory.finite_js(p, near)
    assert torch.allclose(ratio, torch.full_like(ratio, 2.0), atol=0.01)
