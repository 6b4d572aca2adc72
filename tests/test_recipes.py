"""Recipes: each builds, each number has a source, equal seeds give equal runs."""

import json
from dataclasses import FrozenInstanceError, fields, replace
from functools import partial

import pytest
import torch
from torch import nn

from ganlib import networks, recipes, training
from ganlib.recipes import RECIPES, building


@pytest.mark.parametrize("name", RECIPES)
def test_numbers_are_plain_and_name_the_recipe(name):
    numbers = recipes.get(name).numbers()
    assert json.loads(json.dumps(numbers)) == numbers
    assert numbers["name"] == name
    for field in ("batch_size", "num_steps", "g_lr", "d_lr", "betas", "z_dim", "loss"):
        assert field in numbers


def test_numbers_include_the_sizes_of_the_networks():
    assert recipes.get("dcgan-fashion").numbers()["base_width"] == 32


def test_numbers_tell_recipes_apart_that_differ_in_the_discriminator_alone():
    ring = recipes.get("ring")
    assert "discriminator" not in ring.numbers()
    waves = partial(networks.FourierFeatures, num=8)
    players = [
        partial(networks.mlp_discriminator, minibatch=networks.MinibatchStdDev),
        partial(networks.mlp_discriminator, features=waves),
        partial(networks.mlp_discriminator, in_features=4),
        partial(networks.with_spectral_norm, networks.mlp_discriminator),
    ]
    told = [replace(ring, discriminator=one).numbers() for one in players]
    assert [numbers["discriminator"] for numbers in told] == [
        ["minibatch=MinibatchStdDev"],
        ["features=FourierFeatures(num=8)"],
        ["in_features=4"],
        ["mlp_discriminator"],
    ]
    assert json.loads(json.dumps(told)) == told


def test_numbers_name_the_bound_on_the_weights_where_there_is_one():
    assert recipes.get("wgan-ring").numbers()["clipping"] == "WeightClipping(limit=0.1)"
    assert "clipping" not in recipes.get("ring").numbers()


def test_numbers_leave_out_what_both_players_share():
    ring = recipes.get("ring")
    wide, tanh = {"width": 8, "depth": 3}, {"activation": nn.Tanh}
    generator = partial(networks.mlp_generator, **wide, **tanh)
    same = partial(networks.mlp_discriminator, **wide)
    numbers = replace(ring, generator=generator, discriminator=same).numbers()
    assert numbers["width"] == 8
    assert numbers["activation"] == "Tanh"
    assert "discriminator" not in numbers
    other = partial(networks.mlp_discriminator, width=8, depth=2)
    numbers = replace(ring, generator=generator, discriminator=other).numbers()
    assert numbers["discriminator"] == ["depth=2"]


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_says_where_its_numbers_come_from(name):
    recipe = recipes.get(name)
    known = {f.name for f in fields(recipe)} | {"data"}
    known |= {"width", "depth", "base_width", "gain", "activation"}
    assert {"num_steps", "batch_size", "g_lr", "betas"} <= set(recipe.sources)
    assert set(recipe.sources) <= known
    assert all(len(source) > 3 for source in recipe.sources.values())


@pytest.mark.parametrize("name", RECIPES)
def test_networks_fit_one_another(name):
    recipe = recipes.get(name)
    labels = torch.tensor([0, 1, 1]) if recipe.classes else None
    z = torch.randn(3, recipe.z_dim)
    fake = training.call_network(recipe.generator(), z, labels)
    logits = training.call_network(recipe.discriminator(), fake, labels)
    assert logits.shape == (3,)


def test_equal_seeds_give_equal_games_and_leave_the_global_state_alone():
    before = torch.get_rng_state()
    games = [recipes.build(recipes.get("ring"), seed) for seed in (4, 4, 5)]
    assert torch.equal(before, torch.get_rng_state())
    first, same, other = (gan.generator.layers[0].weight for gan, _ in games)
    assert torch.equal(first, same)
    assert not torch.equal(first, other)
    first, same, other = (next(batches).real for _, batches in games)
    assert torch.equal(first, same)
    assert not torch.equal(first, other)


def test_no_two_seeds_share_a_random_stream():
    states = [
        one.initial_seed() for seed in range(50) for one in building._streams(seed)
    ]
    assert len(set(states)) == len(states)


def test_an_unknown_name_lists_the_known():
    with pytest.raises(ValueError, match=r"the recipes are: .*dcgan-fashion"):
        recipes.get("dcgan-fasion")


def test_recipes_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        recipes.get("ring").g_lr = 1.0
    with pytest.raises(TypeError):
        RECIPES["new"] = None


REMEDIES = recipes.remedies(recipes.get("hasty-ring"))


def test_a_remedy_changes_only_what_it_names():
    hasty = recipes.get("hasty-ring")
    plain = [f.name for f in fields(hasty)]
    changed = {
        name: {f for f in plain if getattr(one, f) != getattr(hasty, f)}
        for name, one in REMEDIES.items()
    }
    assert changed["nothing"] == set()
    assert changed["TTUR"] == {"g_lr", "d_lr"}
    assert changed["packs of 2"] == {"packing", "discriminator"}
    assert changed["larger latent"] == {"z_dim", "generator"}
    assert len(set(map(frozenset, changed.values()))) >= len(REMEDIES) - 2
    assert len(REMEDIES) == 17


@pytest.mark.parametrize("name", REMEDIES)
def test_every_remedy_plays_as_a_stack(name):
    gan, batches = recipes.build_stacked(REMEDIES[name], [0, 1])
    (record,) = training.train(gan, batches, training.Settings(1))
    assert len(record.g_loss) == 2
