"""Recipes: each builds, each number has a source, equal seeds give equal runs."""

import json
from dataclasses import FrozenInstanceError, fields

import pytest
import torch

from ganlib import recipes, training
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


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_says_where_its_numbers_come_from(name):
    recipe = recipes.get(name)
    known = {f.name for f in fields(recipe)} | {"width", "depth", "base_width", "data"}
    assert {"num_steps", "batch_size", "g_lr", "betas"} <= set(recipe.sources)
    assert set(recipe.sources) <= known
    assert all(len(source) > 3 for source in recipe.sources.values())


@pytest.mark.parametrize("name", RECIPES)
def test_networks_fit_one_another(name):
    recipe = recipes.get(name)
    fake = recipe.generator()(torch.randn(3, recipe.z_dim))
    assert recipe.discriminator()(fake).shape == (3,)


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
