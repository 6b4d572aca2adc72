"""From a recipe to a game that can be played: networks, optimisers, data and noise."""

from collections.abc import Iterator

import torch
from torch import nn

from ganlib import data, networks
from ganlib.recipes.recipe import Recipe
from ganlib.training import GAN, Replay


def build(recipe: Recipe, seed: int) -> tuple[GAN, Iterator[data.Batch]]:
    """Make the game and the data of one run.

    Args:
        recipe: the set-up.
        seed: ≥ 0; sets the first weights, the data's order and the noise.

    Returns:
        The game and its endless batches, ready for `train`.

    Chapter: first-gan
    """
    generator, discriminator = _networks(recipe, seed)
    data_rng, noise = _streams(seed)
    return (
        _game(recipe, generator, discriminator, noise),
        _batches(recipe, data_rng),
    )


def build_stacked(recipe: Recipe, seeds: list[int]) -> tuple[GAN, Iterator[data.Batch]]:
    """Make S runs of a 2-D recipe as one stacked model.

    Args:
        recipe: a set-up whose players are MLPs.
        seeds: S ≥ 1 seeds; run s is the run that `build(recipe, seeds[s])` makes.

    Returns:
        The stacked game and its batches: samples are (S, N, d), logits (S, N).

    Chapter: first-gan
    """
    pairs = [_networks(recipe, seed) for seed in seeds]
    streams = [_streams(seed) for seed in seeds]
    generator, discriminator = (
        networks.stack(players) for players in zip(*pairs, strict=True)
    )
    batches = [_batches(recipe, data_rng) for data_rng, _ in streams]
    gan = _game(recipe, generator, discriminator, [noise for _, noise in streams])
    return gan, data.StackedBatches(batches)


def _networks(recipe: Recipe, seed: int) -> tuple[nn.Module, nn.Module]:
    with torch.random.fork_rng(devices=[]):  # the caller's random state is not ours
        torch.manual_seed(seed)
        return recipe.generator(), recipe.discriminator()


def _streams(seed: int) -> tuple[torch.Generator, torch.Generator]:
    """Make two random streams, data and noise, that no two seeds share."""
    return tuple(torch.Generator().manual_seed(3 * seed + i) for i in (1, 2))


def _batches(recipe: Recipe, rng: torch.Generator) -> Iterator:
    if isinstance(recipe.data, data.Mixture):
        return data.SampleBatches(recipe.data, recipe.batch_size, rng)
    images = recipe.data()
    if isinstance(images, data.ChannelImages):
        return data.ChannelBatches(images, recipe.batch_size, rng)
    return data.ImageBatches(images, recipe.batch_size, rng, bool(recipe.classes))


def _game(
    recipe: Recipe,
    generator: nn.Module,
    discriminator: nn.Module,
    noise: torch.Generator | list[torch.Generator],
) -> GAN:
    return GAN(
        generator,
        discriminator,
        recipe.loss,
        recipe.optimizer(generator.parameters(), recipe.g_lr, recipe.betas),
        recipe.optimizer(discriminator.parameters(), recipe.d_lr, recipe.betas),
        recipe.z_dim,
        noise,
        recipe.penalties,
        recipe.clipping,
        recipe.ema_decay,
        recipe.instance_noise,
        recipe.packing,
        Replay(recipe.replay) if recipe.replay else None,
        recipe.unrolled_steps,
        recipe.class_weight,
        recipe.class_on_fakes,
    )
