"""The pairing game on finite spaces: critic, value, divergence."""

import math

import pytest
import torch

from ganlib import losses, theory

LOG_2 = math.log(2)
each_size = pytest.mark.parametrize("num", [2, 3, 7, 30])


def masses(num, seed):
    rng = torch.Generator().manual_seed(seed)
    raw = torch.rand(num, generator=rng, dtype=torch.float64) ** 3 + 1e-4
    return raw / raw.sum()


def doubles(*values):
    return torch.tensor(values, dtype=torch.float64)


def test_worked_values():
    p, q = doubles(0.75, 0.25), doubles(0.5, 0.5)
    assert theory.pairing_value(torch.zeros(2).double(), p, q) == pytest.approx(-LOG_2)
    critic = theory.pairing_critic(p, q)
    assert critic.sum().item() == pytest.approx(0, abs=1e-14)
    assert (critic[0] - critic[1]).item() == pytest.approx(math.log(3), abs=1e-13)
    apart = doubles(1, 0), doubles(0, 1)
    assert theory.finite_js(*apart).item() == pytest.approx(LOG_2, abs=1e-15)
    assert theory.paired_js(*apart).item() == pytest.approx(LOG_2, abs=1e-15)


@each_size
def test_newton_finds_the_log_ratio_and_the_divergence(num):
    p, q = masses(num, 1), masses(num, 2)
    critic = theory.pairing_critic(p, q)
    ratio = (p / q).log()
    assert (critic - ratio + ratio.mean()).abs().max() < 1e-11
    best = theory.pairing_value(critic, p, q) + LOG_2
    assert best.item() == pytest.approx(theory.paired_js(p, q).item(), abs=1e-13)


@each_size
def test_divergence_of_pairs_lies_between_one_and_two_of_samples(num):
    p, q = masses(num, 3), masses(num, 4)
    single, double = theory.finite_js(p, q), theory.paired_js(p, q)
    assert 0 < single < double < min(LOG_2, 2 * single)
    near = p + 1e-4 * (q - p)
    ratio = theory.paired_js(p, near) / theory.finite_js(p, near)
    assert ratio.item() == pytest.approx(2, rel=1e-3)
    assert theory.paired_js(p, p).item() == pytest.approx(0, abs=1e-15)


def test_value_is_minus_the_loss_that_trains_networks():
    """All pairs of a uniform space, each once, are the expectation itself."""
    logits = torch.randn(6, generator=torch.Generator().manual_seed(0)).double()
    uniform = torch.full((6,), 1 / 6, dtype=torch.float64)
    first, second = torch.cartesian_prod(logits, logits).T
    loss = losses.relativistic.discriminator(first, second)
    value = theory.pairing_value(logits, uniform, uniform)
    assert value.item() == pytest.approx(-loss.item(), abs=1e-14)


def test_value_is_differentiable_and_invariant():
    p, q = masses(5, 5), masses(5, 6)
    logits = torch.randn(5, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda t: theory.pairing_value(t, p, q), logits)
    shifted = theory.pairing_value(logits + 3, p, q)
    assert shifted.item() == pytest.approx(theory.pairing_value(logits, p, q).item())


@pytest.mark.parametrize("gamma", [1e-3, 1.0, 1e3])
def test_penalised_critic_is_stationary(gamma):
    p, q = masses(20, 7), masses(20, 8)
    charge = gamma * theory.stiffness(p + q, 0.1)
    critic = theory.pairing_critic(p, q, charge).requires_grad_(True)
    worth = theory.pairing_value(critic, p, q) - critic @ charge @ critic / 2
    (slope,) = torch.autograd.grad(worth, critic)
    assert slope.abs().max() < 1e-12
    assert worth > -LOG_2  # better than a flat critic


def test_there_may_be_no_best_critic():
    p, q = doubles(0.5, 0.5, 0.0), doubles(0.3, 0.3, 0.4)
    with pytest.raises(ArithmeticError, match="no best critic"):
        theory.pairing_critic(p, q)
    charge = theory.stiffness(p + q, 1.0)
    assert theory.pairing_critic(p, q, charge).isfinite().all()


@pytest.mark.parametrize(
    ("p", "q", "match"),
    [
        (doubles(0.5, 0.5), doubles(1.0), "one space"),
        (doubles(1.5, -0.5), doubles(0.5, 0.5), "sum to 1"),
        (doubles(0.5, 0.5), doubles(0.5, 0.6), "q must hold"),
    ],
)
def test_refuses_what_is_no_distribution(p, q, match):
    with pytest.raises(ValueError, match=match):
        theory.pairing_critic(p, q)
