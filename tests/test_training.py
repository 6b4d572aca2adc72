"""The loop: equal to a loop by hand, to itself stacked, and strict about mistakes."""

import copy
import math
from dataclasses import replace

import pytest
import torch
from torch import nn
from torch.nn.functional import softplus

from ganlib import losses, metrics, networks, recipes, training
from ganlib.penalties import R1, R2, GradientPenalty, WeightClipping
from ganlib.training import GAN, Settings

RING = recipes.get("ring")


def play(gan, batches, num_steps, **options):
    return list(training.train(gan, batches, Settings(num_steps, **options)))


def weights(network):
    return torch.cat([p.detach().flatten() for p in network.parameters()])


def game(generator, discriminator, **options):
    optimizers = [
        torch.optim.Adam(network.parameters(), lr=1e-3)
        for network in (generator, discriminator)
    ]
    noise = torch.Generator().manual_seed(0)
    loss = options.pop("loss", losses.non_saturating)
    return GAN(generator, discriminator, loss, *optimizers, 2, noise, **options)


def constant_batches(real, labels=None):
    while True:
        yield real, labels


def by_hand(recipe, seed, num_steps, d_steps=1):
    """Write the loop out, nothing of `training` used."""
    gan, batches = recipes.build(recipe, seed)
    g, d, z_dim = gan.generator, gan.discriminator, gan.z_dim
    for _ in range(num_steps):
        for _ in range(d_steps):
            real = next(batches).real
            z = torch.randn(len(real), z_dim, generator=gan.noise)
            loss = softplus(-d(real)).mean() + softplus(d(g(z).detach())).mean()
            gan.d_optimizer.zero_grad()
            loss.backward()
            gan.d_optimizer.step()
        z = torch.randn(len(real), z_dim, generator=gan.noise)
        loss = softplus(-d(g(z))).mean()
        gan.g_optimizer.zero_grad()
        loss.backward()
        gan.g_optimizer.step()
    return gan


@pytest.mark.parametrize("d_steps", [1, 3])
def test_train_equals_the_loop_written_by_hand(d_steps):
    hand = by_hand(RING, 5, 200 if d_steps == 1 else 50, d_steps)
    gan, batches = recipes.build(RING, 5)
    play(gan, batches, 200 if d_steps == 1 else 50, d_steps=d_steps)
    for player in ("generator", "discriminator"):
        ours, theirs = (weights(getattr(one, player)) for one in (gan, hand))
        assert torch.allclose(ours, theirs, rtol=0, atol=1e-6)


def differences(recipe, seeds, num_steps):
    """Largest difference of any weight between each run alone and in the stack."""
    stacked, batches = recipes.build_stacked(recipe, seeds)
    together = play(stacked, batches, num_steps)[-1]
    for index, seed in enumerate(seeds):
        alone, batches = recipes.build(recipe, seed)
        last = play(alone, batches, num_steps)[-1]
        assert together.d_loss[index] == pytest.approx(last.d_loss, abs=1e-5)
        for player in ("generator", "discriminator"):
            one = networks.unstack(getattr(stacked, player), index)
            yield (weights(one) - weights(getattr(alone, player))).abs().max().item()


@pytest.fixture
def double():
    """Double precision: in single, 100 steps of a game amplify rounding itself."""
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


def in_double(recipe):
    return replace(recipe, data=replace(recipe.data, means=recipe.data.means.double()))


def test_ten_stacked_seeds_are_the_ten_seeds_alone(double):
    assert max(differences(in_double(RING), list(range(10)), 100)) < 1e-9


@pytest.mark.parametrize("name", losses.LOSSES)
@pytest.mark.parametrize(
    "extra",
    [{}, {"penalties": (R1(0.5), R2(0.5))}, {"penalties": (GradientPenalty(1.0),)}],
    ids=["plain", "R1+R2", "GP"],
)
def test_stacking_mixes_no_runs_under_any_loss_and_penalty(double, name, extra):
    recipe = replace(RING, loss=losses.LOSSES[name], batch_size=32, **extra)
    assert max(differences(in_double(recipe), [3, 11, 4], 40)) < 1e-9


def test_stacked_runs_differ_from_one_another():
    stacked, batches = recipes.build_stacked(RING, [0, 1])
    play(stacked, batches, 5)
    first, second = (weights(networks.unstack(stacked.generator, i)) for i in (0, 1))
    assert (first - second).abs().max() > 0.1


def test_discriminator_step_leaves_the_generator_alone_and_the_reverse():
    gan, batches = recipes.build(RING, 0)
    before = weights(gan.generator), weights(gan.discriminator)
    real = next(batches).real
    training.discriminator_step(gan, real)
    assert torch.equal(weights(gan.generator), before[0])
    moved = weights(gan.discriminator)
    assert not torch.equal(moved, before[1])
    training.generator_step(gan, real)
    assert torch.equal(weights(gan.discriminator), moved)
    assert not torch.equal(weights(gan.generator), before[0])


def test_generator_step_leaves_no_gradient_on_the_discriminator():
    gan, batches = recipes.build(RING, 0)
    training.generator_step(gan, next(batches).real)
    assert all(p.grad is None for p in gan.discriminator.parameters())


def test_records_come_every_log_every_steps_and_at_the_end():
    gan, batches = recipes.build(RING, 0)
    assert [r.step for r in play(gan, batches, 25, log_every=10)] == [10, 20, 25]


def test_first_record_of_an_undecided_discriminator_is_two_log_two():
    gan, batches = recipes.build(RING, 0)
    with torch.no_grad():
        for parameter in gan.discriminator.parameters():
            parameter.zero_()
    step = training.discriminator_step(gan, next(batches).real)
    assert step.loss.item() == pytest.approx(1.3862944, abs=1e-6)


def test_clipping_holds_after_each_step():
    recipe = replace(RING, loss=losses.wasserstein, clipping=WeightClipping(0.01))
    gan, batches = recipes.build(recipe, 0)
    play(gan, batches, 3)
    largest = weights(gan.discriminator).abs().max().item()
    assert largest == pytest.approx(0.01, abs=1e-9)


def test_average_follows_its_formula():
    gan, batches = recipes.build(replace(RING, ema_decay=0.9), 0)
    expected = weights(gan.generator)
    for step in range(1, 40):
        real = next(batches).real
        training.generator_step(gan, real)
        training.update_ema(gan, step)
        decay = min(0.9, (1 + step) / (10 + step))
        expected = decay * expected + (1 - decay) * weights(gan.generator)
    assert torch.allclose(weights(gan.ema_generator), expected, atol=1e-6)
    assert not torch.allclose(weights(gan.generator), expected, atol=1e-3)


def test_average_copies_batch_norm_statistics():
    generator = networks.dcgan_generator(base_width=2, z_dim=2)
    gan = game(generator, networks.dcgan_discriminator(base_width=2), ema_decay=0.99)
    real = torch.rand(4, 1, 28, 28) * 2 - 1
    play(gan, constant_batches(real), 2)
    pairs = zip(gan.ema_generator.buffers(), generator.buffers(), strict=True)
    assert all(torch.equal(average, current) for average, current in pairs)


def test_labels_reach_both_networks():
    seen = {"G": [], "D": []}

    class Listening(nn.Module):
        def __init__(self, name, network):
            super().__init__()
            self.name, self.network = name, network

        def forward(self, x, labels):
            seen[self.name].append(labels)
            return self.network(x)

    labels = torch.tensor([1, 0, 2, 2])
    gan = game(
        Listening("G", networks.mlp_generator()),
        Listening("D", networks.mlp_discriminator()),
        penalties=(R1(1.0),),
        loss=losses.relativistic,
    )
    play(gan, constant_batches(torch.randn(4, 2), labels), 1)
    # D step: G, D on data, D on fakes, R1; G step: G, D on fakes, D on data (paired).
    assert (len(seen["G"]), len(seen["D"])) == (2, 5)
    assert all(torch.equal(labels, one) for ones in seen.values() for one in ones)


def test_sampling_is_in_eval_mode_and_puts_the_mode_back():
    generator = networks.dcgan_generator(base_width=2, z_dim=2)
    z = torch.randn(6, 2, generator=torch.Generator().manual_seed(0))
    before = copy.deepcopy(generator.state_dict())
    whole = training.sample(generator, z)
    assert generator.training
    assert all(torch.equal(before[k], v) for k, v in generator.state_dict().items())
    chunked = training.sample(generator, z, batch_size=2)
    assert torch.allclose(whole, chunked, atol=1e-6)


def test_noise_is_standard_normal_and_reproducible():
    draws = [
        training.draw_noise(50_000, 2, torch.Generator().manual_seed(3))
        for _ in range(2)
    ]
    assert torch.equal(*draws)
    assert draws[0].mean().abs() < 4 / 100_000**0.5
    assert (draws[0].var() - 1).abs() < 4 * (2 / 100_000) ** 0.5


# ------------------------------------------------------------ teaching errors
def test_sigmoid_discriminator_is_refused():
    discriminator = nn.Sequential(nn.Linear(2, 1), nn.Flatten(0), nn.Sigmoid())
    with pytest.raises(ValueError, match="ends in a Sigmoid"):
        game(networks.mlp_generator(), discriminator)


def test_swapped_optimizers_are_refused():
    g, d = networks.mlp_generator(), networks.mlp_discriminator()
    g_opt, d_opt = (torch.optim.Adam(n.parameters()) for n in (g, d))
    with pytest.raises(ValueError, match="g_optimizer does not hold"):
        GAN(g, d, losses.hinge, d_opt, g_opt, 2, torch.Generator())


@pytest.mark.parametrize(("low", "high"), [(-0.42, 2.82), (0, 1), (0, 255), (-1.1, 1)])
def test_data_that_tanh_cannot_reach_is_refused(low, high):
    gan = game(
        networks.dcgan_generator(base_width=2, z_dim=2),
        networks.dcgan_discriminator(base_width=2),
    )
    real = torch.linspace(low, high, 4 * 784).reshape(4, 1, 28, 28)
    with pytest.raises(ValueError, match=r"ends in tanh and reaches \(−1, 1\)"):
        play(gan, constant_batches(real), 1)


def test_data_that_a_sigmoid_cannot_reach_is_refused():
    gan = game(
        nn.Sequential(nn.Linear(2, 2), nn.Sigmoid()), networks.mlp_discriminator()
    )
    with pytest.raises(ValueError, match="ends in a sigmoid"):
        play(gan, constant_batches(torch.randn(64, 2)), 1)


def test_batch_of_one_with_batch_norm_is_refused():
    gan = game(
        networks.dcgan_generator(base_width=2, z_dim=2),
        networks.dcgan_discriminator(base_width=2),
    )
    real = torch.linspace(-1, 1, 784).reshape(1, 1, 28, 28)
    with pytest.raises(ValueError, match="batch of one meets BatchNorm"):
        play(gan, constant_batches(real), 1)


def test_a_penalty_through_batch_norm_is_refused():
    gan = game(
        networks.dcgan_generator(base_width=2, z_dim=2),
        networks.dcgan_discriminator(base_width=2),
        penalties=(R1(1.0),),
    )
    real = torch.linspace(-1, 1, 4 * 784).reshape(4, 1, 28, 28)
    with pytest.raises(ValueError, match="depend on the whole batch"):
        play(gan, constant_batches(real), 1)


def test_data_that_are_not_finite_stop_the_run_and_are_named():
    gan, _ = recipes.build(RING, 0)
    real = torch.full((8, 2), float("nan"))
    with pytest.raises(
        FloatingPointError, match=r"loss is nan at step 1: .* the data:"
    ):
        play(gan, constant_batches(real), 1)


@pytest.mark.parametrize(
    ("loss", "advice"),
    [(losses.wasserstein, "Add a GradientPenalty"), (losses.minimax, "with R1 and R2")],
)
def test_divergence_stops_at_its_own_step_with_its_likely_cause(loss, advice):
    recipe = replace(RING, loss=loss)
    gan, batches = recipes.build_stacked(recipe, [0, 1, 2])
    play(gan, batches, 3)
    with torch.no_grad():
        gan.generator.layers[0].weight[1] = math.inf
    with pytest.raises(FloatingPointError, match=rf"step 4 in runs \[1\].*{advice}"):
        list(training.train(gan, batches, Settings(50, log_every=50), start=3))


# ------------------------------------------------------------------ annealing
def test_rates_and_penalties_follow_half_a_cosine():
    gan, batches = recipes.build(RING, 0)
    anneal = training.Annealing(lr=0.1, gamma=0.01)
    rates, scales = [], []
    settings = Settings(100, log_every=1, annealing=anneal)
    for _ in training.train(gan, batches, settings):
        rates.append(gan.d_optimizer.param_groups[0]["lr"])
        scales.append(gan.penalty_scale)
    t = torch.arange(100, dtype=torch.float64) / 100
    for seen, first, last in ((rates, RING.d_lr, 0.1), (scales, 1.0, 0.01)):
        expected = first * (last + (1 - last) * (math.pi * t / 2).cos() ** 2)
        torch.testing.assert_close(torch.tensor(seen).double(), expected)
    assert gan.g_optimizer.param_groups[0]["lr"] == rates[-1]


def test_annealing_to_one_changes_nothing():
    ends = []
    for annealing in (None, training.Annealing()):
        gan, batches = recipes.build(replace(RING, penalties=(R1(0.1),)), 0)
        list(training.train(gan, batches, Settings(20, annealing=annealing)))
        ends.append(torch.cat([p.flatten() for p in gan.generator.parameters()]))
    assert torch.equal(*ends)


def test_the_scale_multiplies_the_penalty():
    ends = []
    for gamma, scale in ((0.5, 1.0), (1.0, 0.5)):
        gan, batches = recipes.build(replace(RING, penalties=(R1(gamma),)), 0)
        gan.penalty_scale = scale
        training.discriminator_step(gan, next(batches).real)
        ends.append(torch.cat([p.flatten() for p in gan.discriminator.parameters()]))
    torch.testing.assert_close(*ends)


@pytest.mark.parametrize("ratios", [(0.0, 1.0), (1.5, 1.0), (1.0, -0.1), (1.0, 2.0)])
def test_annealing_refuses_ratios_outside_their_range(ratios):
    with pytest.raises(ValueError, match="final over initial"):
        training.Annealing(*ratios)


@pytest.mark.parametrize("name", ["num_steps", "d_steps", "log_every"])
def test_settings_refuse_zero(name):
    with pytest.raises(ValueError, match=f"{name} is 0"):
        Settings(**({"num_steps": 5} | {name: 0}))


@pytest.mark.slow
def test_the_ring_recipe_finds_all_modes_on_every_seed():
    seeds = list(range(5))
    gan, batches = recipes.build_stacked(RING, seeds)
    play(gan, batches, RING.num_steps)
    noise = [torch.Generator().manual_seed(100 + s) for s in seeds]
    points = training.sample(gan.generator, training.draw_noise(2500, 2, noise))
    assert metrics.modes_captured(points, RING.data).tolist() == [8] * 5
    share = metrics.high_quality_fraction(points, RING.data)
    assert share.min() > 0.6
    assert share.max() < 0.9889
