"""What spectral normalisation costs, and what it buys on images.

Cost: one discriminator step of the same network, turn by turn in one process, with
nothing, with spectral norm, with WGAN-GP's penalty and with R1; the least of many
turns, for the MLP of the toy recipes and for the convolutions of the image recipes.

Quality: the image recipe with discriminators that differ only in what holds them back,
at two settings of Adam, three seeds each: the Fréchet distance of 5,000 samples to
5,000 test images. A run that diverged is null. Finished runs are kept in
_build/spectral_norm/, so that an interrupted measurement goes on where it stopped.

Prints JSON. About 10 minutes on one core.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import torch
from measuring import kept, provenance, slug

from ganlib import data, losses, networks, recipes, training, zoo
from ganlib.metrics import frechet_distance
from ganlib.metrics.features import extract
from ganlib.penalties import R1, GradientPenalty
from ganlib.recipes import Recipe

TURNS, STEPS_A_TURN = 25, 20
SEEDS, NUM_SAMPLES = (0, 1, 2), 5_000
# Miyato 2018, table 1: the settings C (of DCGAN) and F (the hardest), and how many
# generator steps here; F makes five discriminator steps for each.
SETTINGS = {
    "C": {"g_lr": 2e-4, "d_lr": 2e-4, "betas": (0.5, 0.999), "d_steps": 1},
    "F": {"g_lr": 1e-3, "d_lr": 1e-3, "betas": (0.9, 0.999), "d_steps": 5},
}
NUM_STEPS = {"C": 1_000, "F": 200}
DONE = Path("_build/spectral_norm")


def held_back(recipe: Recipe) -> dict[str, Recipe]:
    """Give the recipe's discriminator each of four constraints."""
    normalised = partial(networks.with_spectral_norm, recipe.discriminator)
    gp = (GradientPenalty(10.0),)
    return {
        "nothing": recipe,
        "spectral norm": replace(recipe, discriminator=normalised),
        "gradient penalty": replace(recipe, loss=losses.wasserstein, penalties=gp),
        "R1": replace(recipe, penalties=(R1(1.0),)),
    }


def without_batch_norm(recipe: Recipe) -> Recipe:
    """Drop BatchNorm from the discriminator, and from it alone."""
    rules = networks.DCGANRules(batch_norm=False)
    return replace(recipe, discriminator=partial(recipe.discriminator, rules=rules))


def seconds(gan: training.GAN, real: torch.Tensor) -> float:
    """Time one turn of discriminator steps; the mean of a step."""
    began = time.perf_counter()
    for _ in range(STEPS_A_TURN):
        training.discriminator_step(gan, real)
    return (time.perf_counter() - began) / STEPS_A_TURN


def cost(recipe: Recipe) -> dict[str, dict[str, float]]:
    """Time a discriminator step under each constraint, turn by turn."""
    games = {name: recipes.build(one, 0) for name, one in held_back(recipe).items()}
    real = next(games["nothing"][1]).real
    best = dict.fromkeys(games, float("inf"))
    for _ in range(TURNS):
        for name, (gan, _) in games.items():
            best[name] = min(best[name], seconds(gan, real))
    return {
        name: {
            "milliseconds": round(1_000 * best[name], 3),
            "over nothing": round(best[name] / best["nothing"], 3),
        }
        for name in games
    }


def runs() -> Iterator[tuple[str, str, Recipe]]:
    """Yield each setting and each discriminator of the comparison on images."""
    paper = recipes.get("dcgan-fashion")
    for setting, numbers in SETTINGS.items():
        base = replace(without_batch_norm(paper), **numbers)
        held = held_back(base)
        yield setting, "BatchNorm", replace(paper, **numbers)
        yield setting, "nothing", base
        yield setting, "spectral norm", held["spectral norm"]
        hinge = replace(held["spectral norm"], loss=losses.hinge)
        yield setting, "spectral norm, hinge", hinge
        yield setting, "gradient penalty", held["gradient penalty"]


def measure(recipe: Recipe, num_steps: int, seed: int, real: torch.Tensor) -> dict:
    """Train one run and score its generator."""
    gan, batches = recipes.build(recipe, seed)
    settings = training.Settings(num_steps, recipe.d_steps)
    try:
        for _ in training.train(gan, batches, settings):
            pass
    except FloatingPointError:
        return {"frechet": None}
    rng = torch.Generator().manual_seed(seed)
    z = training.draw_noise(NUM_SAMPLES, recipe.z_dim, rng)
    samples = training.sample(gan.generator, z)
    features, _ = extract(zoo.load("fashion-classifier"), samples)
    return {"frechet": round(frechet_distance(features, real), 3)}


def quality() -> dict[str, dict[str, list[float | None]]]:
    """Score every discriminator at every setting under every seed."""
    images = data.fashion_mnist("test").images[:NUM_SAMPLES]
    real, _ = extract(zoo.load("fashion-classifier"), data.to_unit_range(images))
    table: dict[str, dict[str, list[float | None]]] = {name: {} for name in SETTINGS}
    for setting, name, recipe in runs():
        stem = f"{setting}-{slug(name)}"
        table[setting][name] = [
            kept(
                DONE / f"{stem}-{s}.json",
                partial(measure, recipe, NUM_STEPS[setting], s, real),
            )["frechet"]
            for s in SEEDS
        ]
    return table


def main() -> None:
    """Measure both and print them."""
    torch.set_num_threads(1)
    image = without_batch_norm(recipes.get("dcgan-fashion"))
    result = {
        **provenance(__file__),
        "cost of a discriminator step": {
            "MLP, batch 128": cost(recipes.get("ring")),
            "DCGAN, batch 16": cost(image),
        },
        "seeds": list(SEEDS),
        "num_samples": NUM_SAMPLES,
        "num_steps": NUM_STEPS,
        "frechet": quality(),
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
