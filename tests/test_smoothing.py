"""One-sided label smoothing: its optimum, its gradient, and why not both labels."""

import math

import pytest
import torch
from torch.nn.functional import binary_cross_entropy_with_logits as bce

from ganlib import losses

SMOOTHED = losses.one_sided_smoothing(losses.non_saturating, 0.1)


def densities(num=12):
    """Two random distributions on a finite set, some far apart."""
    rng = torch.Generator().manual_seed(3)
    logs = 4 * torch.randn(2, num, generator=rng, dtype=torch.float64)
    return logs.softmax(-1)


def best_logits(p, q, real_label, fake_label=0.0):
    """Logit of each point that minimises the expected cross-entropy."""
    d = (real_label * p + fake_label * q) / (p + q)
    return (d / (1 - d)).log()


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 0.3, 0.9])
def test_it_is_cross_entropy_with_a_lower_label(smoothing):
    real, fake = 5 * torch.randn(2, 3, 64, dtype=torch.float64)
    labels = torch.full_like(real, 1 - smoothing)
    terms = bce(real, labels, reduction="none")
    terms = terms + bce(fake, torch.zeros_like(fake), reduction="none")
    loss = losses.one_sided_smoothing(losses.minimax, smoothing)
    assert torch.allclose(loss.discriminator(real, fake), terms.mean(-1), rtol=1e-12)


def test_both_logits_zero_cost_two_log_two():
    zero = torch.zeros(4)
    value = SMOOTHED.discriminator(zero, zero).item()
    assert value == pytest.approx(2 * math.log(2), abs=1e-6)


def test_no_smoothing_is_the_loss_as_it_was():
    real, fake = torch.randn(2, 64)
    plain = losses.one_sided_smoothing(losses.non_saturating, 0.0)
    expected = losses.non_saturating.discriminator(real, fake)
    assert torch.equal(plain.discriminator(real, fake), expected)


@pytest.mark.parametrize("base", [losses.minimax, losses.non_saturating])
def test_the_generators_half_stays(base):
    smoothed = losses.one_sided_smoothing(base, 0.2)
    assert smoothed.generator is base.generator
    assert smoothed.paired is base.paired


def test_the_best_discriminator_is_the_old_one_times_one_minus_s():
    """Newton's way to the minimum on a finite set ends at the closed form."""
    p, q = densities()
    t = torch.zeros_like(p, requires_grad=True)
    zero = torch.zeros(1, dtype=torch.float64)

    def value(t):
        real = [SMOOTHED.discriminator(one[None], zero) for one in t]
        fake = [SMOOTHED.discriminator(zero, one[None]) for one in t]
        return (p * torch.stack(real) + q * torch.stack(fake)).sum()

    for _ in range(60):
        (gradient,) = torch.autograd.grad(value(t), t)
        s = t.detach().sigmoid()
        step = gradient / ((p + q) * s * (1 - s))
        t = (t.detach() - step.clamp(-1, 1)).requires_grad_(True)
    assert torch.allclose(t.sigmoid(), 0.9 * p / (p + q), rtol=1e-9)
    assert torch.allclose(t, best_logits(p, q, 0.9), rtol=1e-8)
    assert t.max() < math.log(0.9 / 0.1)


def test_smoothing_the_fakes_label_too_flattens_the_logit_far_from_the_data():
    """Slope of the best logit in log(p/q): 1 far out with one side, 0 with two."""
    log_ratio = torch.tensor([-20.0, 20.0], dtype=torch.float64, requires_grad=True)
    p, q = log_ratio.exp(), torch.ones(2, dtype=torch.float64)
    slopes = {}
    for name, fake_label in (("one", 0.0), ("two", 0.1)):
        logits = best_logits(p, q, 0.9, fake_label)
        (slopes[name],) = torch.autograd.grad(
            logits.sum(), log_ratio, retain_graph=True
        )
    assert slopes["one"][0].item() == pytest.approx(1, abs=1e-6)
    assert slopes["two"][0].item() == pytest.approx(0, abs=1e-6)
    assert slopes["one"][1].item() == pytest.approx(0, abs=1e-6)


def test_extreme_logits_are_finite():
    big = torch.tensor([1e4, -1e4], requires_grad=True)
    loss = SMOOTHED.discriminator(big, big.flip(0))
    loss.backward()
    assert torch.isfinite(loss)
    assert torch.isfinite(big.grad).all()


@pytest.mark.parametrize(
    "loss",
    [losses.least_squares, losses.wasserstein, losses.hinge, losses.relativistic],
)
def test_a_loss_without_labels_is_refused(loss):
    with pytest.raises(ValueError, match="use it on minimax or non_saturating"):
        losses.one_sided_smoothing(loss, 0.1)


def test_smoothing_twice_is_refused():
    with pytest.raises(ValueError, match="not a cross-entropy with labels"):
        losses.one_sided_smoothing(SMOOTHED, 0.1)


@pytest.mark.parametrize("smoothing", [-0.1, 1.0])
def test_a_label_outside_its_range_is_refused(smoothing):
    with pytest.raises(ValueError, match=r"must be in \[0, 1\)"):
        losses.one_sided_smoothing(losses.minimax, smoothing)


def test_wrong_shapes_are_refused():
    with pytest.raises(ValueError, match="one logit a sample"):
        SMOOTHED.discriminator(torch.zeros(4, 1), torch.zeros(4))


def test_every_loss_has_a_name():
    for name, loss in losses.LOSSES.items():
        assert losses.name_of(loss) == name
    assert losses.name_of(SMOOTHED) == "non_saturating, real label 0.9"
    own = losses.Loss(lambda real, fake: real, lambda real, fake: fake)
    with pytest.raises(ValueError, match="not one of the book's"):
        losses.name_of(own)
