"""A game that collapses, and one change to it for each remedy of the literature."""

from dataclasses import replace
from functools import partial
from types import MappingProxyType

from ganlib import data, losses, networks
from ganlib.penalties import R1, R2, GradientPenalty
from ganlib.recipes.recipe import OURS, Recipe
from ganlib.training import Annealing

HASTY = Recipe(
    "hasty-ring",
    "A forger ten times as quick as its detective: collapses on every seed.",
    data.ring(radius=2.0, std=0.1),
    generator=partial(networks.mlp_generator, width=32),
    discriminator=partial(networks.mlp_discriminator, width=32),
    batch_size=64,
    num_steps=1_500,
    g_lr=1e-2,
    d_lr=1e-3,
    betas=(0.9, 0.999),
    sources=MappingProxyType(
        {"betas": "Kingma 2015, algorithm 1 (β₁ 0.9); Radford 2016 advises 0.5"}
        | dict.fromkeys(
            ("data", "width", "batch_size", "num_steps", "g_lr", "d_lr"), OURS
        )
    ),
)
"""The game in which mode collapse is certain."""


def remedies(game: Recipe) -> dict[str, Recipe]:
    """Change one thing at a time in a game of points.

    Args:
        game: a recipe for points of the plane, such as `hasty-ring`.

    Returns:
        The game by the name of what was done to it, "nothing" first. Strengths are the
        papers' where they have one: label 0.9, 5 critic steps, λ = 10; γ = 10 is the
        size of the ring (see `modern-baseline`).

    Source: Salimans 2016 (smoothing, minibatch discrimination), Sønderby 2017 (instance
    noise), Heusel 2017 (two rates), Karras 2018 (minibatch standard deviation, averaged
    generator), Shrivastava 2017 (replay), Lin 2018 (packs), Metz 2017 (unrolling),
    Gulrajani 2017 (WGAN-GP), Huang 2024 (pairs with R1 and R2). Departure: sizes.
    Chapter: failures
    """
    return {name: replace(game, **change) for name, change in _changes(game).items()}


def _changes(game: Recipe) -> dict[str, dict]:
    return {
        "nothing": {},
        "equal rates": {"g_lr": game.d_lr},
        "TTUR": {"g_lr": game.d_lr, "d_lr": 4 * game.d_lr},
        "5 D steps": {"d_steps": 5},
        "larger batch": {"batch_size": 4 * game.batch_size},
        "averaged generator": {"ema_decay": 0.98},
        "label smoothing": {"loss": losses.one_sided_smoothing(game.loss)},
        "instance noise": {
            "instance_noise": 0.5,
            "annealing": Annealing(instance_noise=0.0),
        },
        "replay": {"replay": 50 * game.batch_size},
        "unrolling": {"unrolled_steps": 5},
        "WGAN-GP": {
            "loss": losses.wasserstein,
            "penalties": (GradientPenalty(10.0),),
            "d_steps": 5,
        },
        "R1 and R2": {
            "loss": losses.relativistic,
            "penalties": (R1(10.0), R2(10.0)),
        },
    } | _networks(game)


def _networks(game: Recipe) -> dict[str, dict]:
    """Remedies that need another network."""
    discriminator = game.discriminator
    packs = {
        f"packs of {num}": {
            "packing": num,
            "discriminator": partial(discriminator, in_features=2 * num),
        }
        for num in (2, 4)
    }
    layers = {
        "minibatch std": networks.MinibatchStdDev,
        "minibatch discrimination": networks.MinibatchDiscrimination,
    }
    mixing = {
        name: {"discriminator": partial(discriminator, minibatch=layer)}
        for name, layer in layers.items()
    }
    latent = {"z_dim": 16, "generator": partial(game.generator, z_dim=16)}
    return mixing | packs | {"larger latent": latent}
