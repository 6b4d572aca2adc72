"""Six losses, one battery: values by hand, two outside references, invariances."""

import math
from itertools import product

import pytest
import torch
from torch.nn.functional import binary_cross_entropy_with_logits as bce

from ganlib import losses
from ganlib.losses import LOSSES

LOG_2, LOG_3 = math.log(2), math.log(3)
NAMES = sorted(LOSSES)
PLAYERS = ("discriminator", "generator")
BOTH = list(product(NAMES, PLAYERS))

# Logits whose sigmoids are 1/2, 3/4 and 1/4, so that softplus gives log 2, log 4 and
# log 4/3; and plain numbers for the losses without a logarithm.
ODDS = ([0.0, LOG_3], [0.0, -LOG_3])
PLAIN = ([2.0, 0.5], [-3.0, 0.5])

BY_HAND = [
    ("minimax", "discriminator", ODDS, math.log(8 / 3)),
    ("minimax", "generator", ODDS, -math.log(8 / 3) / 2),
    ("non_saturating", "discriminator", ODDS, math.log(8 / 3)),
    ("non_saturating", "generator", ODDS, 1.5 * LOG_2),
    ("relativistic", "discriminator", ODDS, (LOG_2 + math.log(10 / 9)) / 2),
    ("relativistic", "generator", ODDS, math.log(20) / 2),
    ("least_squares", "discriminator", PLAIN, 2.625),
    ("least_squares", "generator", PLAIN, 4.0625),
    ("wasserstein", "discriminator", PLAIN, -2.5),
    ("wasserstein", "generator", PLAIN, 1.25),
    ("hinge", "discriminator", PLAIN, 1.0),
    ("hinge", "generator", PLAIN, 1.25),
]

# Derivatives of one pair's loss in its real and in its fake logit, for s = sigmoid.
GRADIENTS = {
    ("minimax", "discriminator"): lambda r, f, s: (-s(-r), s(f)),
    ("minimax", "generator"): lambda r, f, s: (0 * r, -s(f)),
    ("non_saturating", "discriminator"): lambda r, f, s: (-s(-r), s(f)),
    ("non_saturating", "generator"): lambda r, f, s: (0 * r, -s(-f)),
    ("least_squares", "discriminator"): lambda r, f, s: (r - 1, f),
    ("least_squares", "generator"): lambda r, f, s: (0 * r, f - 1),
    ("wasserstein", "discriminator"): lambda r, f, s: (0 * r - 1, 0 * f + 1),
    ("wasserstein", "generator"): lambda r, f, s: (0 * r, 0 * f - 1),
    ("hinge", "discriminator"): lambda r, f, s: (
        -(r < 1).to(r.dtype),
        (f > -1).to(f.dtype),
    ),
    ("hinge", "generator"): lambda r, f, s: (0 * r, 0 * f - 1),
    ("relativistic", "discriminator"): lambda r, f, s: (-s(f - r), s(f - r)),
    ("relativistic", "generator"): lambda r, f, s: (s(r - f), -s(r - f)),
}


def function(name, player):
    return getattr(LOSSES[name], player)


def random_logits(*shape, seed=0, scale=3.0):
    rng = torch.Generator().manual_seed(seed)
    draw = [torch.randn(*shape, generator=rng, dtype=torch.float64) for _ in range(2)]
    return tuple(scale * t for t in draw)


def gradients(loss, real, fake):
    """Loss and its gradients in both batches, zeros where a batch is not used."""
    real = real.detach().clone().requires_grad_()
    fake = fake.detach().clone().requires_grad_()
    value = loss(real, fake)
    grads = torch.autograd.grad(
        value.sum(), (real, fake), materialize_grads=True, allow_unused=True
    )
    return value.detach(), *grads


# ------------------------------------------------------------------ closed forms
@pytest.mark.parametrize(("name", "player", "logits", "expected"), BY_HAND)
def test_values_by_hand(name, player, logits, expected):
    real, fake = (torch.tensor(t, dtype=torch.float64) for t in logits)
    assert function(name, player)(real, fake).item() == pytest.approx(
        expected, abs=1e-12
    )


def test_every_loss_is_computed_by_hand():
    assert {(name, player) for name, player, *_ in BY_HAND} == set(BOTH)
    assert set(GRADIENTS) == set(BOTH)


def test_values_at_the_equilibrium():
    zero = torch.zeros(5, dtype=torch.float64)
    values = {
        name: [getattr(loss, player)(zero, zero).item() for player in PLAYERS]
        for name, loss in LOSSES.items()
    }
    expected = {
        "minimax": [2 * LOG_2, -LOG_2],
        "non_saturating": [2 * LOG_2, LOG_2],
        "least_squares": [0.5, 0.5],
        "wasserstein": [0.0, 0.0],
        "hinge": [2.0, 0.0],
        "relativistic": [LOG_2, LOG_2],
    }
    for name in NAMES:
        assert values[name] == pytest.approx(expected[name], abs=1e-12), name


@pytest.mark.parametrize(("name", "player"), BOTH)
def test_gradients_are_the_closed_form(name, player):
    real, fake = random_logits(64, seed=1)
    _, *measured = gradients(function(name, player), real, fake)
    expected = GRADIENTS[name, player](real, fake, torch.sigmoid)
    for ours, theirs in zip(measured, expected, strict=True):
        torch.testing.assert_close(ours, theirs / 64, rtol=0, atol=1e-10)


def test_hinge_under_the_title_wasserstein():
    # The classic mix-up: for scores 2 and -3 one formula gives -5, the other 0.
    real, fake = torch.tensor([2.0]), torch.tensor([-3.0])
    assert losses.wasserstein.discriminator(real, fake).item() == -5.0
    assert losses.hinge.discriminator(real, fake).item() == 0.0


# ----------------------------------------------------- two generator losses, gradients
def test_generator_gradients_at_logit_minus_four():
    logit = torch.tensor([-4.0], dtype=torch.float64)
    _, _, saturating = gradients(losses.minimax.generator, logit, logit)
    _, _, other = gradients(losses.non_saturating.generator, logit, logit)
    odds = math.exp(-4)
    assert saturating.item() == pytest.approx(-odds / (1 + odds), abs=1e-12)
    assert other.item() == pytest.approx(-1 / (1 + odds), abs=1e-12)
    assert round(-saturating.item(), 3) == 0.018
    assert round(-other.item(), 3) == 0.982


def test_the_two_generator_losses_pull_the_same_way_with_opposite_weights():
    real, fake = random_logits(200, seed=2)
    _, _, saturating = gradients(losses.minimax.generator, real, fake)
    _, _, other = gradients(losses.non_saturating.generator, real, fake)
    assert (saturating < 0).all()
    assert (other < 0).all()
    ratio = saturating / other
    torch.testing.assert_close(ratio, fake.exp(), rtol=1e-10, atol=0)
    total = -(saturating + other) * 200
    torch.testing.assert_close(total, torch.ones_like(total), rtol=0, atol=1e-10)


def test_minimax_is_zero_sum_in_the_fakes():
    real, fake = random_logits(50, seed=3)
    _, _, down_d = gradients(losses.minimax.discriminator, real, fake)
    _, _, down_g = gradients(losses.minimax.generator, real, fake)
    torch.testing.assert_close(down_d, -down_g, rtol=0, atol=1e-15)


def test_non_saturating_shares_the_discriminator_of_minimax():
    assert losses.non_saturating.discriminator is losses.minimax.discriminator
    assert losses.hinge.generator is losses.wasserstein.generator


# ------------------------------------------------------------- outside reference
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_discriminator_is_binary_cross_entropy(dtype):
    real, fake = (t.to(dtype) for t in random_logits(128, seed=4))

    def reference(real, fake):
        # The mean over both halves is half the sum of the two means.
        logits = torch.cat([real, fake])
        labels = torch.cat([torch.ones_like(real), torch.zeros_like(fake)])
        return 2 * bce(logits, labels)

    ours = gradients(losses.minimax.discriminator, real, fake)
    theirs = gradients(reference, real, fake)
    for a, b in zip(ours, theirs, strict=True):
        torch.testing.assert_close(a, b, rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("non_saturating", lambda real, fake: bce(fake, torch.ones_like(fake))),
        ("minimax", lambda real, fake: -bce(fake, torch.zeros_like(fake))),
        ("relativistic", lambda real, fake: bce(fake - real, torch.ones_like(fake))),
    ],
)
def test_generator_is_binary_cross_entropy(name, reference):
    real, fake = random_logits(128, seed=5)
    ours = gradients(LOSSES[name].generator, real, fake)
    theirs = gradients(reference, real, fake)
    for a, b in zip(ours, theirs, strict=True):
        torch.testing.assert_close(a, b, rtol=0, atol=1e-6)


# ------------------------------------------------------------------- invariances
@pytest.mark.parametrize(("name", "player"), BOTH)
def test_stacked_runs_are_the_runs_alone(name, player):
    real, fake = random_logits(5, 32, seed=6)
    stacked = gradients(function(name, player), real, fake)
    assert stacked[0].shape == (5,)
    for s in range(5):
        alone = gradients(function(name, player), real[s], fake[s])
        assert alone[0].shape == ()
        for one, many in zip(alone, stacked, strict=True):
            torch.testing.assert_close(one, many[s], rtol=0, atol=1e-14)


@pytest.mark.parametrize("name", NAMES)
def test_shift_invariance(name):
    # Losses on differences do not notice a constant added to every logit; all others do
    real, fake = random_logits(40, seed=7)
    d_loss = LOSSES[name].discriminator
    moved = (d_loss(real + 1.5, fake + 1.5) - d_loss(real, fake)).abs().item()
    if name in ("relativistic", "wasserstein"):
        assert moved < 1e-12
    else:
        assert moved > 1e-2


def test_shift_invariance_of_the_paired_generator():
    real, fake = random_logits(40, seed=8)
    g_loss = losses.relativistic.generator
    assert (g_loss(real + 7, fake + 7) - g_loss(real, fake)).abs().item() < 1e-12


@pytest.mark.parametrize(("name", "player"), BOTH)
def test_the_order_of_pairs_does_not_matter(name, player):
    real, fake = random_logits(30, seed=9)
    order = torch.randperm(30, generator=torch.Generator().manual_seed(0))
    loss = function(name, player)
    torch.testing.assert_close(
        loss(real, fake), loss(real[order], fake[order]), rtol=0, atol=1e-13
    )


@pytest.mark.parametrize("name", NAMES)
def test_paired_says_whether_the_generator_looks_at_the_data(name):
    real, fake = random_logits(16, seed=10)
    loss = LOSSES[name]
    moved = loss.generator(real.flip(0) + 2, fake) - loss.generator(real, fake)
    assert (moved.abs().item() > 1e-3) == loss.paired


# -------------------------------------------------------------- numbers far out
@pytest.mark.parametrize(("name", "player"), BOTH)
@pytest.mark.parametrize("signs", list(product((1e4, -1e4), repeat=2)))
def test_extreme_logits_are_finite(name, player, signs):
    real, fake = (torch.full((4,), sign) for sign in signs)
    for item in gradients(function(name, player), real, fake):
        assert item.isfinite().all()


def test_a_confident_discriminator_still_moves_the_generator():
    fake = torch.full((1,), -200.0)
    value, _, gradient = gradients(losses.non_saturating.generator, fake, fake)
    assert value.item() == pytest.approx(200.0, abs=1e-4)
    assert gradient.item() == pytest.approx(-1.0, abs=1e-6)
    # What the naive formula says in the same place: no loss that one could descend.
    naive = torch.sigmoid(fake.requires_grad_()).add(1e-8).log().neg().mean()
    assert torch.autograd.grad(naive, fake)[0].abs().item() < 1e-6


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize(("name", "player"), BOTH)
def test_dtype_is_kept(name, player, dtype):
    real, fake = (t.to(dtype) for t in random_logits(16, seed=11))
    value = function(name, player)(real, fake)
    assert value.dtype == dtype
    exact = function(name, player)(real.double(), fake.double())
    tolerance = 1e-5 if dtype == torch.float32 else 0
    assert abs(value.item() - exact.item()) <= tolerance


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
@pytest.mark.parametrize(("name", "player"), BOTH)
def test_half_precision_is_close(name, player, dtype):
    real, fake = (t.to(dtype) for t in random_logits(256, seed=12))
    value, *grads = gradients(function(name, player), real, fake)
    assert value.dtype == dtype
    exact, *exact_grads = gradients(
        function(name, player), real.double(), fake.double()
    )
    resolution = torch.finfo(dtype).eps
    assert abs(value.item() - exact.item()) <= 4 * resolution * (1 + abs(exact.item()))
    for ours, theirs in zip(grads, exact_grads, strict=True):
        bound = 4 * resolution * (theirs.abs().max().item() + 1 / 256)
        assert (ours.double() - theirs).abs().max().item() <= bound


# ------------------------------------------------------------------------ guards
def test_the_broadcast_bug_is_refused():
    real, fake = (
        torch.tensor([1.541, -0.293, -2.179, 0.568]),
        torch.tensor([-1.085, -1.399, 0.403, 0.838]),
    )
    right = losses.relativistic.discriminator(real, fake).item()
    broadcast = torch.nn.functional.softplus(fake - real[:, None])
    assert broadcast.shape == (len(real), len(real))
    assert round(right, 3) == 0.962
    assert round(broadcast.mean().item(), 3) == 0.874
    with pytest.raises(ValueError, match=r"squeeze\(-1\)"):
        losses.relativistic.discriminator(real[:, None], fake)


@pytest.mark.parametrize(("name", "player"), BOTH)
@pytest.mark.parametrize(
    ("real_shape", "fake_shape", "sentence"),
    [
        ((8, 1), (8,), r"real_logits has shape \(8, 1\).*one logit a sample"),
        ((8,), (8, 1), r"fake_logits has shape \(8, 1\).*one logit a sample"),
        ((8, 1), (8, 1), r"broadcasts to \(N, N\) without a word\."),
        ((), (), r"real_logits has shape \(\)"),
        ((2, 3, 4), (2, 3, 4), r"real_logits has shape \(2, 3, 4\)"),
        ((8,), (7,), r"\(8,\) and fake_logits \(7,\) must have one shape"),
        ((8,), (3, 8), r"draw as many fakes as there are real samples"),
        ((1,), (8,), "must have one shape"),
        ((3, 8), (1, 8), "must have one shape"),
    ],
)
def test_wrong_shapes_are_refused(name, player, real_shape, fake_shape, sentence):
    with pytest.raises(ValueError, match=sentence) as caught:
        function(name, player)(torch.zeros(real_shape), torch.zeros(fake_shape))
    assert str(caught.value).endswith(".")


def test_the_table_holds_every_loss():
    assert all(getattr(losses, name) is loss for name, loss in LOSSES.items())
    assert len(LOSSES) == 6
    assert [name for name, loss in LOSSES.items() if loss.paired] == ["relativistic"]
