"""Instance noise, packing and replay: what the discriminator is shown."""

from dataclasses import replace
from functools import partial

import pytest
import torch

from ganlib import checkpoint, losses, networks, recipes, training
from ganlib.penalties import R1, R2, GradientPenalty
from ganlib.training import Annealing, Replay, Settings, instance_noise, pack

RING = replace(recipes.get("ring"), batch_size=16)
SMALL = partial(networks.mlp_discriminator, width=8)
REMEDIES = {
    "nothing": {},
    "smoothing": {"loss": losses.one_sided_smoothing(losses.non_saturating)},
    "noise": {"instance_noise": 0.3, "annealing": Annealing(instance_noise=0.0)},
    "std": {"discriminator": partial(SMALL, minibatch=networks.MinibatchStdDev)},
    "discrimination": {
        "discriminator": partial(SMALL, minibatch=networks.MinibatchDiscrimination)
    },
    "packing": {"packing": 2, "discriminator": partial(SMALL, in_features=4)},
    "replay": {"replay": 40},
    "unrolling": {"unrolled_steps": 2},
}
each = pytest.mark.parametrize("remedy", REMEDIES)


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def recipe_of(remedy, **numbers):
    return replace(RING, **{**REMEDIES[remedy], **numbers})


def play(gan, batches, recipe, num_steps, start=0):
    settings = replace(recipe.settings, num_steps=num_steps)
    return list(training.train(gan, batches, settings, start))


def weights(network):
    return torch.cat([p.detach().flatten() for p in network.parameters()])


# ------------------------------------------------------------------ every remedy
@pytest.fixture
def double():
    """Double precision: in single, a game amplifies rounding itself."""
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


@each
def test_stacked_runs_are_the_runs_alone(double, remedy):
    recipe = recipe_of(remedy)
    recipe = replace(
        recipe, data=replace(recipe.data, means=recipe.data.means.double())
    )
    stacked, batches = recipes.build_stacked(recipe, [3, 11])
    play(stacked, batches, recipe, 12)
    for index, seed in enumerate([3, 11]):
        alone, batches = recipes.build(recipe, seed)
        play(alone, batches, recipe, 12)
        for player in ("generator", "discriminator"):
            one = networks.unstack(getattr(stacked, player), index)
            assert torch.allclose(
                weights(one), weights(getattr(alone, player)), rtol=0, atol=1e-9
            )


@each
@pytest.mark.parametrize("stacked", [False, True])
def test_a_resumed_run_is_the_uninterrupted_one(tmp_path, remedy, stacked):
    recipe = recipe_of(remedy, ema_decay=0.9)

    def build(seed):
        if stacked:
            return recipes.build_stacked(recipe, [seed, seed + 1])
        return recipes.build(recipe, seed)

    whole, batches = build(0)
    play(whole, batches, recipe, 12)
    first, batches = build(0)
    # The annealing of both halves is that of the whole.
    settings = replace(recipe.settings, num_steps=12, log_every=1)
    for record in training.train(first, batches, settings):
        if record.step == 5:
            checkpoint.save(tmp_path / "c.pt", first, batches, 5)
            break
    second, batches = build(77)
    start = checkpoint.load(tmp_path / "c.pt", second, batches)
    play(second, batches, recipe, 12, start)
    for player in ("generator", "discriminator", "ema_generator"):
        ours, theirs = (weights(getattr(gan, player)) for gan in (second, whole))
        assert torch.equal(ours, theirs)


@each
def test_a_remedy_changes_the_run_and_keeps_it_finite(remedy):
    ends = []
    for recipe in (RING, recipe_of(remedy)):
        gan, batches = recipes.build(recipe, 0)
        play(gan, batches, recipe, 6)
        ends.append(weights(gan.generator))
    assert torch.isfinite(ends[1]).all()
    assert torch.equal(*ends) == (remedy == "nothing")


def test_cards_name_the_remedies_that_are_used():
    numbers = recipe_of("noise", replay=40, packing=2).numbers()
    assert numbers["instance_noise"] == 0.3
    assert numbers["replay"] == 40
    assert numbers["packing"] == 2
    assert "instance_noise=0.0" in numbers["annealing"]
    assert recipe_of("smoothing").numbers()["loss"].startswith("non_saturating, real")
    assert not {"instance_noise", "packing", "replay", "unrolled_steps"} & set(
        RING.numbers()
    )
    assert repr(Annealing(0.1, 0.2)) == "Annealing(lr=0.1, gamma=0.2)"


@pytest.mark.parametrize(
    "number", [{"instance_noise": -0.1}, {"packing": 0}, {"unrolled_steps": -1}]
)
def test_numbers_out_of_their_range_are_refused(number):
    (name,) = number
    with pytest.raises(ValueError, match=rf"{name} is .*, but must be ≥"):
        recipes.build(replace(RING, **number), 0)


# ------------------------------------------------------------------ instance noise
def test_instance_noise_has_the_standard_deviation_asked_for():
    x = torch.zeros(20_000, 2)
    noisy = instance_noise(x, 0.3, rng())
    # The standard error of a standard deviation from n draws is σ/√(2n).
    assert noisy.std().item() == pytest.approx(0.3, abs=4 * 0.3 / 80_000**0.5)
    assert noisy.mean().item() == pytest.approx(0, abs=4 * 0.3 / 40_000**0.5)


def test_both_steps_show_noisy_samples_and_penalties_are_taken_there():
    seen = []

    class Listening(networks.MLP):
        def forward(self, x):
            seen.append(x.detach())
            return super().forward(x)

    recipe = replace(
        RING,
        discriminator=partial(Listening, 2, None),
        penalties=(R1(1.0),),
        loss=losses.relativistic,
        instance_noise=0.5,
    )
    gan, batches = recipes.build(recipe, 0)
    real = next(batches).real
    training.discriminator_step(gan, real)
    shown_real, shown_fake, penalised = seen
    assert torch.equal(shown_real, penalised)
    assert 0.1 < (shown_real - real).std() < 1
    seen.clear()
    training.generator_step(gan, real)
    fake, again = seen
    assert 0.1 < (again - real).std() < 1
    assert not torch.equal(again, shown_real)
    assert fake.shape == shown_fake.shape


def test_annealing_shrinks_the_noise_along_half_a_cosine():
    recipe = recipe_of("noise")
    gan, _ = recipes.build(recipe, 0)
    for progress, scale in ((0.0, 1.0), (0.5, 0.5), (1.0, 0.0)):
        recipe.annealing.apply(gan, progress)
        assert gan.noise_scale == pytest.approx(scale, abs=1e-12)
        x = torch.zeros(4_000, 2)
        spread = training.presented(gan, x).std().item()
        assert spread == pytest.approx(0.3 * scale, abs=0.02)


# ------------------------------------------------------------------ packing
def test_packs_hold_neighbours_in_order():
    x = torch.arange(12.0).view(6, 2)
    assert pack(x, 3).tolist() == [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]
    assert pack(x, 1) is x
    stacked = torch.stack([x, x + 100])
    both = pack(stacked, 2, stacked=True)
    assert both.shape == (2, 3, 4)
    assert torch.equal(both[1], pack(x + 100, 2))


def test_packs_of_images_lie_along_the_channels():
    images = torch.randn(6, 3, 8, 8)
    packs = pack(images, 2)
    assert packs.shape == (3, 6, 8, 8)
    assert torch.equal(packs[1, 3:], images[3])


def test_packs_that_are_not_full_are_refused():
    with pytest.raises(ValueError, match="do not fill packs of 4"):
        pack(torch.zeros(6, 2), 4)


@pytest.mark.parametrize("loss", losses.LOSSES)
@pytest.mark.parametrize("penalty", [R1(1.0), R2(1.0), GradientPenalty()])
@pytest.mark.parametrize("seeds", [None, [0, 1]])
def test_packs_go_through_every_loss_and_penalty(loss, penalty, seeds):
    recipe = recipe_of("packing", loss=losses.LOSSES[loss], penalties=(penalty,))
    gan, batches = (
        recipes.build_stacked(recipe, seeds) if seeds else recipes.build(recipe, 0)
    )
    step = training.discriminator_step(gan, next(batches).real)
    runs = (2,) if seeds else ()
    assert step.real_logits.shape == step.fake_logits.shape == (*runs, 8)
    assert step.loss.shape == runs
    g_loss = training.generator_step(gan, next(batches).real)
    assert torch.isfinite(g_loss).all()


def test_a_packs_slope_is_that_of_its_samples_together():
    """D(pack) = 3 Σ x has slope 3√(m·d) towards a pack: R1 = γ/2 · 9 m d."""

    class Sum(torch.nn.Module):
        def forward(self, x):
            return 3 * x.sum(-1)

    packs = pack(torch.randn(8, 2), 4)
    assert R1(2.0)(Sum(), packs, packs).item() == pytest.approx(9 * 8, rel=1e-5)


def test_a_discriminator_of_single_samples_is_refused_for_packs():
    gan, batches = recipes.build(replace(RING, packing=2), 0)
    with pytest.raises(ValueError, match=r"cannot judge packs of 2, shape \(8, 4\)"):
        next(training.train(gan, batches, Settings(1)))
    assert gan.discriminator.training


@pytest.mark.parametrize("remedy", ["packing", "replay"])
def test_labels_are_refused_where_they_would_be_left_behind(remedy):
    gan, batches = recipes.build(recipe_of(remedy), 0)
    real = next(batches).real
    labelled = iter([(real, torch.zeros(16))])
    with pytest.raises(ValueError, match="leave the labels behind"):
        next(training.train(gan, labelled, Settings(1)))


# ------------------------------------------------------------------ replay
def test_replay_shows_new_fakes_until_its_store_is_full():
    replay = Replay(10)
    batches = torch.arange(24.0).view(4, 6, 1)
    for batch in batches[:2]:
        assert torch.equal(replay.exchange(batch, rng()), batch)
    assert replay.fakes.flatten().tolist() == list(range(10))


def test_replay_swaps_half_of_each_batch_and_loses_nothing():
    replay, noise = Replay(10), rng()
    replay.exchange(torch.arange(10.0)[:, None], noise)
    held = set(range(10))
    for start in range(10, 50, 4):
        new = torch.arange(start, start + 4.0)[:, None]
        mixed = replay.exchange(new, noise).flatten().tolist()
        assert mixed[:2] == [start, start + 1]
        old = set(mixed[2:])
        assert len(old) == 2
        assert old <= held
        held = held - old | {start + 2, start + 3}
        assert set(replay.fakes.flatten().tolist()) == held


def test_a_fake_waits_as_long_as_the_store_is_large():
    """Each leaves with chance n/B a step: its mean age is B/n steps, here 5."""
    replay, noise, ages = Replay(20), rng(), []
    replay.exchange(torch.zeros(20, 1), noise)
    for step in range(1, 2_001):
        mixed = replay.exchange(torch.full((8, 1), float(step)), noise)
        ages += (step - mixed[4:].flatten()).tolist()
    # Geometric with chance 1/5: standard deviation √20.
    measured = sum(ages) / len(ages)
    assert measured == pytest.approx(5, abs=4 * (20 / len(ages)) ** 0.5)


def test_the_generator_is_judged_on_new_fakes_only():
    gan, batches = recipes.build(recipe_of("replay"), 0)
    play(gan, batches, RING, 5)
    before = gan.replay.fakes.clone()
    training.generator_step(gan, next(batches).real)
    assert torch.equal(gan.replay.fakes, before)


@pytest.mark.parametrize("wrong", [{"capacity": 0}, {"capacity": 5, "share": 1.0}])
def test_replay_refuses_numbers_that_mean_nothing(wrong):
    with pytest.raises(ValueError, match="capacity ≥ 1 and share in"):
        Replay(**wrong)
