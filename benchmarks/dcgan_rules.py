"""What each DCGAN rule is worth: break one at a time and measure what it costs.

Every variant trains on Fashion-MNIST for the same number of steps under the same seeds;
its cost is the Fréchet distance of 5,000 samples to 5,000 test images on the features
of the published classifier. A run that diverged is null. Finished runs are kept in
_build/dcgan_rules/, so that an interrupted measurement goes on where it stopped.

Prints JSON. About 20 minutes on one core.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import partial
from pathlib import Path

import torch
from measuring import kept, provenance

from ganlib import data, recipes, training, zoo
from ganlib.metrics import frechet_distance
from ganlib.metrics.features import extract
from ganlib.networks import DCGANRules
from ganlib.recipes import Recipe

NUM_STEPS, SEEDS, NUM_SAMPLES = 2_000, (0, 1, 2), 5_000
DONE = Path("_build/dcgan_rules")


def variants() -> Iterator[tuple[str, Recipe]]:
    """Yield the paper's recipe, each architecture rule broken, and Adam's two."""
    paper = recipes.get("dcgan-fashion")
    yield "paper", paper
    for rule in fields(DCGANRules):
        rules = replace(DCGANRules(), **{rule.name: False})
        players = {
            name: partial(getattr(paper, name), rules=rules)
            for name in ("generator", "discriminator")
        }
        yield rule.name, replace(paper, **players)
    yield "beta1_0.9", replace(paper, betas=(0.9, 0.999))
    yield "lr_1e-3", replace(paper, g_lr=1e-3, d_lr=1e-3)


def measure(recipe: Recipe, seed: int, real_features: torch.Tensor) -> dict:
    """Train one variant under one seed and score its generator."""
    gan, batches = recipes.build(recipe, seed)
    began = time.perf_counter()
    try:
        for _ in training.train(gan, batches, training.Settings(NUM_STEPS)):
            pass
    except FloatingPointError:
        return {"frechet": None, "seconds": None}
    seconds = time.perf_counter() - began
    rng = torch.Generator().manual_seed(seed)
    z = training.draw_noise(NUM_SAMPLES, recipe.z_dim, rng)
    samples = training.sample(gan.generator, z).clamp(-1, 1)
    features, _ = extract(zoo.load("fashion-classifier"), samples)
    distance = frechet_distance(features, real_features)
    return {"frechet": distance, "seconds": round(seconds, 1)}


def main() -> None:
    """Measure every variant under every seed and print the table."""
    torch.set_num_threads(1)
    images = data.fashion_mnist("test").images[:NUM_SAMPLES]
    classifier = zoo.load("fashion-classifier")
    real_features, _ = extract(classifier, data.to_unit_range(images))
    rows: dict[str, dict[str, list]] = {}
    for name, recipe in variants():
        runs = [
            kept(
                DONE / f"{name}-{seed}.json",
                partial(measure, recipe, seed, real_features),
            )
            for seed in SEEDS
        ]
        rows[name] = {key: [run[key] for run in runs] for key in runs[0]}
    result = {
        **provenance(__file__),
        "num_steps": NUM_STEPS,
        "seeds": list(SEEDS),
        "num_samples": NUM_SAMPLES,
        "rows": rows,
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
