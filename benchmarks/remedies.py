"""What each remedy does for mode collapse, and for a game that needs none.

Every remedy of `recipes.remedies` plays three games on the ring, one change at a time:
the hasty one (rates 0.01 and 0.001, β₁ = 0.9), the same without momentum (β₁ = 0.5),
and a calm one (both rates 0.001, β₁ = 0.5). Ten seeds train as one stacked model; 2,500
samples of each are scored. A second part maps the two learning rates, β₁ and the batch
size. Finished rows are kept in _build/remedies/, so that an interrupted measurement
goes on where it stopped.

Prints JSON. About 15 minutes on one core.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import torch
from measuring import kept, provenance

from ganlib import metrics, recipes, training
from ganlib.recipes import Recipe

NUM_STEPS, SEEDS, NUM_SAMPLES = 2_000, list(range(10)), 2_500
MAP_STEPS, MAP_SEEDS = 1_000, list(range(5))
RATES, BATCHES = (3e-4, 1e-3, 3e-3, 1e-2, 3e-2), (4, 16, 64, 256)
DONE = Path("_build/remedies")


def games() -> dict[str, Recipe]:
    """Name the three games."""
    hasty = recipes.get("hasty-ring")
    calm = {"betas": (0.5, 0.999)}
    return {
        "hasty": hasty,
        "hasty, no momentum": replace(hasty, **calm),
        "calm": replace(hasty, g_lr=1e-3, **calm),
    }


def rows() -> Iterator[tuple[str, str, Recipe, int, list[int]]]:
    """Yield part, name, recipe, steps and seeds of every row."""
    for game, recipe in games().items():
        for name, changed in recipes.remedies(recipe).items():
            yield game, name, changed, NUM_STEPS, SEEDS
    hasty = recipes.get("hasty-ring")
    for beta in (0.5, 0.9):
        for g_lr in RATES:
            for d_lr in RATES:
                one = replace(hasty, g_lr=g_lr, d_lr=d_lr, betas=(beta, 0.999))
                name = f"g_lr {g_lr:g}, d_lr {d_lr:g}"
                yield f"map, β₁ {beta:g}", name, one, MAP_STEPS, MAP_SEEDS
    for size in BATCHES:
        one = replace(games()["calm"], batch_size=size)
        yield "batch size", f"{size}", one, MAP_STEPS, MAP_SEEDS


def measure(recipe: Recipe, num_steps: int, seeds: list[int]) -> dict:
    """Train one stack and score each of its runs; a stack that diverged is null."""
    gan, batches = recipes.build_stacked(recipe, seeds)
    settings = replace(recipe.settings, num_steps=num_steps, log_every=num_steps)
    began = time.process_time()
    try:
        list(training.train(gan, batches, settings))
    except FloatingPointError:
        return {"modes": None, "quality": None, "kl": None, "seconds": None}
    seconds = round(time.process_time() - began, 1)
    rngs = [torch.Generator().manual_seed(10_000 + seed) for seed in seeds]
    z = training.draw_noise(NUM_SAMPLES, recipe.z_dim, rngs)
    samples = training.sample(gan.ema_generator or gan.generator, z)
    scores = {
        "modes": metrics.modes_captured(samples, recipe.data),
        "quality": metrics.high_quality_fraction(samples, recipe.data),
        "kl": metrics.binned_kl(samples, recipe.data),
    }
    rounded = {k: [round(x, 4) for x in v.tolist()] for k, v in scores.items()}
    return rounded | {"seconds": seconds}


def main() -> None:
    """Measure every row and print the tables."""
    torch.set_num_threads(1)
    tables: dict[str, dict[str, dict]] = {}
    for part, name, recipe, num_steps, seeds in rows():
        path = DONE / f"{part} - {name}.json"
        tables.setdefault(part, {})[name] = kept(
            path, partial(measure, recipe, num_steps, seeds)
        )
    result = {
        **provenance(__file__),
        "num_steps": NUM_STEPS,
        "seeds": SEEDS,
        "map_steps": MAP_STEPS,
        "map_seeds": MAP_SEEDS,
        "num_samples": NUM_SAMPLES,
        "tables": tables,
    }
    print(json.dumps(result, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
