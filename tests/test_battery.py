"""One battery for all: every loss × every constraint × three families of networks.

Whatever is combined, one step of each player has to run, to move that player alone, and
to leave finite numbers of the right shapes; the layout of the batch in memory, its size
and its precision must not matter, or must be refused with a sentence.
"""

from copy import deepcopy
from functools import partial
from itertools import product
from typing import NamedTuple

import pytest
import torch

from ganlib import data, losses, networks, training
from ganlib.networks import DCGANRules, with_spectral_norm
from ganlib.penalties import R1, R2, GradientPenalty, WeightClipping

NUM, SEEDS = 4, 2
CONSTRAINTS = {
    "nothing": {},
    "R1": {"penalties": (R1(1.0),)},
    "R2": {"penalties": (R2(1.0),)},
    "two-sided": {"penalties": (GradientPenalty(10.0),)},
    "one-sided": {"penalties": (GradientPenalty(10.0, one_sided=True),)},
    "clipping": {"clipping": WeightClipping(0.05)},
    "spectral norm": {},
}
PENALISED = ("R1", "R2", "two-sided", "one-sided")
FAMILIES = ("mlp", "stacked mlp", "dcgan", "dcgan with BatchNorm")
# What a gradient penalty and the spectral norm cannot hold: tested to be refused.
REFUSED = [("dcgan with BatchNorm", name) for name in (*PENALISED, "spectral norm")]
ALLOWED = [pair for pair in product(FAMILIES, CONSTRAINTS) if pair not in REFUSED]

battery = pytest.mark.parametrize(
    ("family", "constraint", "loss"),
    [(*pair, name) for pair in ALLOWED for name in losses.LOSSES],
    ids=lambda value: value.replace(" ", "-"),
)
# What does not depend on the loss is tried with one that looks at both logits.
each_pair = pytest.mark.parametrize(("family", "constraint"), ALLOWED)


class Case(NamedTuple):
    """A game and one batch for it."""

    gan: training.GAN
    real: torch.Tensor


def players(family, constraint):
    """Draw both networks of one family from the global random state."""
    if "dcgan" in family:
        rules = DCGANRules(batch_norm="BatchNorm" in family)
        sizes = {"base_width": 4}
        generator = networks.dcgan_generator(z_dim=2, **sizes)
        build = partial(networks.dcgan_discriminator, rules=rules, **sizes)
    else:
        generator = networks.mlp_generator(width=8)
        build = partial(networks.mlp_discriminator, width=8)
    if constraint == "spectral norm":
        build = partial(with_spectral_norm, build)
    return generator, build()


def case(family, constraint, loss="relativistic", num=NUM, dtype=torch.float32):
    """Make a game in a known state."""
    torch.manual_seed(0)
    stacked = family == "stacked mlp"
    pairs = [players(family, constraint) for _ in range(SEEDS if stacked else 1)]
    generator, discriminator = (
        networks.stack(list(group)) if stacked else group[0]
        for group in zip(*pairs, strict=True)
    )
    generator, discriminator = generator.to(dtype), discriminator.to(dtype)
    noise = [torch.Generator().manual_seed(seed) for seed in range(SEEDS)]
    gan = training.GAN(
        generator,
        discriminator,
        losses.LOSSES[loss],
        torch.optim.Adam(generator.parameters(), 1e-3),
        torch.optim.Adam(discriminator.parameters(), 1e-3),
        z_dim=2,
        noise=noise if stacked else noise[0],
        **CONSTRAINTS[constraint],
    )
    shape = (num, 1, 28, 28) if "dcgan" in family else (num, 2)
    shape = (SEEDS, *shape) if stacked else shape
    return Case(gan, torch.rand(shape, dtype=dtype) * 2 - 1)


def parameters(network):
    return [p.detach().clone() for p in network.parameters()]


def same(network, before):
    pairs = zip(network.parameters(), before, strict=True)
    return all(torch.equal(now, then) for now, then in pairs)


def scattered(batch):
    """Return the same numbers in a tensor whose neighbours lie apart in memory."""
    wide = torch.zeros(*batch.shape[:-1], 3 * batch.shape[-1], dtype=batch.dtype)
    wide[..., ::3] = batch
    return wide[..., ::3]


# ------------------------------------------------------------ every loss, all of it
@battery
def test_each_step_moves_its_own_player_and_stays_finite(family, constraint, loss):
    gan, real = case(family, constraint, loss)
    runs = real.shape[:1] if family == "stacked mlp" else ()
    g_before, d_before = parameters(gan.generator), parameters(gan.discriminator)
    step = training.discriminator_step(gan, real)
    assert same(gan.generator, g_before)
    assert not same(gan.discriminator, d_before)
    assert step.loss.shape == runs
    assert step.real_logits.shape == step.fake_logits.shape == (*runs, NUM)
    assert all(torch.isfinite(part).all() for part in step)
    for parameter in gan.discriminator.parameters():
        # The last bias of a paired loss cancels; then its gradient is 0 or rounding.
        assert torch.isfinite(parameter.grad).all()
    d_before = parameters(gan.discriminator)
    d_grads = [p.grad.clone() for p in gan.discriminator.parameters()]
    g_loss = training.generator_step(gan, real)
    assert same(gan.discriminator, d_before)
    for parameter, grad in zip(gan.discriminator.parameters(), d_grads, strict=True):
        assert torch.equal(parameter.grad, grad)
    assert not same(gan.generator, g_before)
    assert g_loss.shape == runs
    assert torch.isfinite(g_loss).all()
    for parameter in gan.generator.parameters():
        assert torch.isfinite(parameter.grad).all()
        assert parameter.grad.abs().max() > 0


# ------------------------------------------------------------ layout, size, precision
@each_pair
def test_the_layout_in_memory_does_not_matter(family, constraint):
    ends = []
    for arrange in (torch.clone, scattered):
        gan, real = case(family, constraint, dtype=torch.float64)
        batch = arrange(real)
        assert torch.equal(batch, real)
        step = training.discriminator_step(gan, batch)
        ends.append([*step, training.generator_step(gan, batch)])
    assert not batch.is_contiguous()
    for one, other in zip(*ends, strict=True):
        assert torch.allclose(one, other, rtol=1e-9, atol=1e-12)


@each_pair
def test_a_batch_of_one_trains_or_is_refused_with_a_sentence(family, constraint):
    gan, real = case(family, constraint, num=1)
    batches, settings = iter([data.Batch(real)]), training.Settings(1)
    if "dcgan" in family:  # the generator of both families has BatchNorm
        with pytest.raises(ValueError, match="batch of one meets BatchNorm"):
            next(training.train(gan, batches, settings))
        return
    if "stacked" in family:  # logits (S, 1) look like the classic mistake (N, 1)
        with pytest.raises(ValueError, match=r"one logit a sample.*N ≥ 2"):
            next(training.train(gan, batches, settings))
        return
    g_before, d_before = parameters(gan.generator), parameters(gan.discriminator)
    record = next(training.train(gan, batches, settings))
    assert record.step == 1
    assert not same(gan.generator, g_before)
    assert not same(gan.discriminator, d_before)


@each_pair
def test_double_precision_is_single_precision_with_more_digits(family, constraint):
    ends = []
    for dtype in (torch.float32, torch.float64):
        gan, real = case(family, constraint)
        gan.generator.to(dtype), gan.discriminator.to(dtype)
        step = training.discriminator_step(gan, real.to(dtype))
        g_loss = training.generator_step(gan, real.to(dtype))
        assert step.loss.dtype == g_loss.dtype == step.real_logits.dtype == dtype
        ends.append([*step, g_loss])
    for single, double in zip(*ends, strict=True):
        assert torch.allclose(single.double(), double, rtol=1e-3, atol=1e-4)


# ------------------------------------------------------------ what cannot be
@pytest.mark.parametrize(("family", "constraint"), REFUSED)
def test_what_batch_norm_would_undo_is_refused_with_a_sentence(family, constraint):
    with pytest.raises(ValueError, match=r"layer '\S+' is a BatchNorm2d"):
        training.discriminator_step(*case(family, constraint))


@pytest.mark.parametrize("loss", losses.LOSSES)
def test_the_stacked_game_is_each_game_alone(loss):
    """For every loss: the first discriminator step of run 0, alone and in the stack."""
    values = []
    for family in ("mlp", "stacked mlp"):
        gan, _ = case(family, "spectral norm", loss)
        real = torch.rand(NUM, 2, generator=torch.Generator().manual_seed(7))
        real = real.expand(SEEDS, -1, -1) if family == "stacked mlp" else real
        values.append(training.discriminator_step(gan, real).loss)
    assert values[1][0].item() == pytest.approx(values[0].item(), rel=1e-5)


def test_the_state_of_a_game_is_copied_with_it():
    gan, real = case("mlp", "spectral norm")
    copies = deepcopy(gan.discriminator), deepcopy(gan.discriminator)
    assert torch.equal(copies[0](real), copies[1](real))
