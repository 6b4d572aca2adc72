"""Looking ahead: the optimiser's own steps, and the generator's whole gradient."""

from copy import deepcopy
from dataclasses import replace

import pytest
import torch
from torch import nn

from ganlib import losses, networks, recipes, training
from ganlib.networks import DCGANRules
from ganlib.penalties import R1, WeightClipping
from ganlib.training import GAN, look_ahead

OPTIMIZERS = {
    "SGD": lambda weights: torch.optim.SGD(weights, lr=0.1),
    "Adam": lambda weights: torch.optim.Adam(weights, lr=1e-2, betas=(0.5, 0.999)),
}
by_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS)


def game(optimizer, loss=losses.non_saturating, stacked=False, **options):
    """A small smooth game in double precision, some steps into the run."""
    torch.manual_seed(0)
    runs = 2 if stacked else 1
    pairs = [
        (networks.MLP(2, 2, 5, 1, slope=0.9), networks.MLP(2, None, 5, 1, slope=0.9))
        for _ in range(runs)
    ]
    g, d = (
        (networks.stack(list(group)) if stacked else group[0]).double()
        for group in zip(*pairs, strict=True)
    )
    make = OPTIMIZERS[optimizer]
    noise = [torch.Generator().manual_seed(i) for i in range(runs)]
    optimizers = make(g.parameters()), make(d.parameters())
    noise = noise if stacked else noise[0]
    gan = GAN(g, d, loss, *optimizers, 2, noise, **options)
    shape = (runs, 12, 2) if stacked else (12, 2)
    real = torch.randn(shape, generator=torch.Generator().manual_seed(9)).double()
    for _ in range(3):  # Adam has averages by now
        training.discriminator_step(gan, real)
    return gan, real


def states(gan):
    parts = (gan.discriminator, gan.d_optimizer)
    return deepcopy([part.state_dict() for part in parts])


def flat(tensors):
    return torch.cat([tensor.flatten() for tensor in tensors])


def same(one, other):
    if isinstance(one, torch.Tensor):
        return torch.equal(one, other)
    if isinstance(one, dict):
        return all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return all(same(a, b) for a, b in zip(one, other, strict=True))
    return one == other


# ------------------------------------------------------------------ no step ahead
def test_no_step_ahead_is_the_plain_step():
    """Bit for bit: the discriminator itself, and the step written out."""
    for loss in (losses.non_saturating, losses.relativistic):
        gan, real = game("Adam", loss)
        hand = deepcopy(gan)
        hand.noise.set_state(gan.noise.get_state())
        assert look_ahead(gan, real, real) is gan.discriminator
        value = training.generator_step(gan, real)
        z = torch.randn(12, 2, generator=hand.noise).double()
        logits = hand.discriminator(hand.generator(z))
        expected = loss.generator(hand.discriminator(real).detach(), logits)
        hand.g_optimizer.zero_grad()
        expected.backward(inputs=list(hand.generator.parameters()))
        hand.g_optimizer.step()
        assert torch.equal(value, expected)
        pairs = zip(
            gan.generator.parameters(), hand.generator.parameters(), strict=True
        )
        assert all(torch.equal(ours, theirs) for ours, theirs in pairs)


# ------------------------------------------------------------------ the steps
@by_optimizer
@pytest.mark.parametrize("num_steps", [1, 4])
@pytest.mark.parametrize("stacked", [False, True])
def test_the_steps_are_those_of_the_optimiser(optimizer, num_steps, stacked):
    gan, real = game(optimizer, stacked=stacked, unrolled_steps=num_steps)
    fake = torch.randn(real.shape).double()
    ahead = look_ahead(gan, real, fake)(real)
    for _ in range(num_steps):
        logits = gan.discriminator(real), gan.discriminator(fake)
        gan.d_optimizer.zero_grad()
        gan.loss.discriminator(*logits).sum().backward()
        gan.d_optimizer.step()
    assert torch.allclose(ahead, gan.discriminator(real), rtol=0, atol=1e-12)


@by_optimizer
@pytest.mark.parametrize("num_steps", [1, 3])
@pytest.mark.parametrize("loss", ["non_saturating", "relativistic"])
def test_the_gradient_is_that_of_the_whole_function(optimizer, num_steps, loss):
    """Central differences of the loss after the steps, in every generator weight."""
    gan, real = game(optimizer, losses.LOSSES[loss], unrolled_steps=num_steps)
    z = torch.randn(12, 2).double()

    def value():
        fake = gan.generator(z)
        d = look_ahead(gan, real, fake)
        return gan.loss.generator(d(real), d(fake))

    weights = list(gan.generator.parameters())
    gradient = flat(torch.autograd.grad(value(), weights))
    differences, size = [], 1e-5
    for weight in weights:
        for place in range(weight.numel()):
            ends = []
            for shift in (size, -size):
                with torch.no_grad():
                    old = weight.view(-1)[place].clone()
                    weight.view(-1)[place] += shift
                ends.append(value().item())
                with torch.no_grad():
                    weight.view(-1)[place] = old
            differences.append((ends[0] - ends[1]) / (2 * size))
    assert torch.allclose(gradient, torch.tensor(differences).double(), atol=1e-6)
    frozen = look_ahead(gan, real, gan.generator(z).detach())
    fake = gan.generator(z)
    short = gan.loss.generator(frozen(real).detach(), frozen(fake))
    # The term that unrolling adds is not a small one.
    short = flat(torch.autograd.grad(short, weights))
    assert (short - gradient).norm() > 1e-3 * gradient.norm()


# ------------------------------------------------------------------ what stays
@by_optimizer
@pytest.mark.parametrize("loss", ["non_saturating", "relativistic"])
def test_the_step_moves_the_generator_alone(optimizer, loss):
    gan, real = game(optimizer, losses.LOSSES[loss], unrolled_steps=2)
    before, gradients = (
        states(gan),
        [p.grad.clone() for p in gan.discriminator.parameters()],
    )
    g_before = flat(gan.generator.parameters()).detach()
    training.generator_step(gan, real)
    assert same(before, states(gan))
    pairs = zip(gan.discriminator.parameters(), gradients, strict=True)
    assert all(torch.equal(p.grad, gradient) for p, gradient in pairs)
    assert not torch.equal(flat(gan.generator.parameters()), g_before)


@pytest.mark.parametrize("loss", ["non_saturating", "relativistic"])
def test_the_step_follows_the_whole_gradient(loss):
    """Also where the data's logits count: those ahead depend on the generator."""
    gan, real = game("SGD", losses.LOSSES[loss], unrolled_steps=2)
    copy = deepcopy(gan)
    copy.noise.set_state(gan.noise.get_state())
    training.generator_step(gan, real)
    fake = copy.generator(torch.randn(12, 2, generator=copy.noise).double())
    d = look_ahead(copy, real, fake)
    value = copy.loss.generator(d(real), d(fake))
    expected = torch.autograd.grad(value, list(copy.generator.parameters()))
    pairs = zip(gan.generator.parameters(), expected, strict=True)
    assert all(torch.allclose(p.grad, g, rtol=1e-9, atol=1e-12) for p, g in pairs)


def images(**options):
    torch.manual_seed(0)
    g = networks.dcgan_generator(base_width=2, z_dim=2)
    d = options.pop("discriminator", None) or networks.dcgan_discriminator(base_width=2)
    optimizers = [torch.optim.Adam(player.parameters()) for player in (g, d)]
    noise = torch.Generator().manual_seed(0)
    gan = GAN(g, d, losses.non_saturating, *optimizers, 2, noise, **options)
    return gan, torch.rand(4, 1, 28, 28) * 2 - 1


def test_batch_statistics_and_power_iterations_stay_as_they_are():
    rules = DCGANRules(batch_norm=False)
    spectral = networks.spectral_norm(
        networks.dcgan_discriminator(base_width=2, rules=rules)
    )
    for discriminator in (None, spectral):
        gan, real = images(unrolled_steps=2, discriminator=discriminator)
        before = states(gan)
        training.generator_step(gan, real)
        assert same(before, states(gan))


def test_a_weight_that_no_sample_reaches_gives_no_nan():
    gan, real = images(unrolled_steps=2)
    with torch.no_grad():
        gan.discriminator.layers[0].weight[0] = 0  # its rectifier's input is 0
        gan.discriminator.layers[2].weight[:, 0] = 0
    training.generator_step(gan, real)
    assert all(torch.isfinite(p.grad).all() for p in gan.generator.parameters())


# ------------------------------------------------------------------ what cannot be
@pytest.mark.parametrize(
    "extra", [{"penalties": (R1(1.0),)}, {"clipping": WeightClipping(0.1)}]
)
def test_penalties_and_clipping_are_refused(extra):
    gan, real = game("Adam", unrolled_steps=1, **extra)
    with pytest.raises(ValueError, match="would leave out"):
        training.generator_step(gan, real)


@pytest.mark.parametrize(
    "make",
    [
        torch.optim.RMSprop,
        lambda weights: torch.optim.SGD(weights, lr=0.1, momentum=0.9),
        lambda weights: torch.optim.Adam(weights, amsgrad=True),
        lambda weights: torch.optim.AdamW(weights),
    ],
)
def test_other_optimisers_are_refused(make):
    gan, batches = recipes.build(replace(recipes.get("ring"), unrolled_steps=1), 0)
    gan.d_optimizer = make(gan.discriminator.parameters())
    with pytest.raises(ValueError, match="knows the steps of SGD without momentum"):
        training.generator_step(gan, next(batches).real)


def test_labels_reach_the_discriminator_ahead():
    class Conditional(nn.Module):
        def __init__(self):
            super().__init__()
            self.bias = nn.Parameter(torch.zeros(3))

        def forward(self, x, labels):
            return x.sum(-1) * self.bias[labels] + self.bias[labels]

    gan, batches = recipes.build(replace(recipes.get("ring"), unrolled_steps=1), 0)
    gan.discriminator = Conditional()
    gan.d_optimizer = torch.optim.SGD(gan.discriminator.parameters(), lr=1.0)
    real = next(batches).real[:6]
    labels = torch.tensor([0, 0, 0, 1, 1, 1])
    logits = look_ahead(gan, real, -real - 1, labels)(
        torch.zeros(3, 2), torch.arange(3)
    )
    # Label 2 was on no sample: its weight has not moved.
    assert logits[2] == 0
    assert (logits[:2] != 0).all()
