"""Every generator of the book under one protocol, with real data beside it.

10,000 samples of the averaged generator, where there is one, are held against 10,000
real ones: test images of Fashion-MNIST, freshly stacked digits, or fresh points. What
is compared are the features of a published classifier (of stacked digits those of the
three channels side by side), and of points the points themselves. Three draws each; of
recipes for points and of conditional ones three training runs, one draw of each.

Image generators come from the published ones, or from the folders where the chapters'
measurements keep their runs; a run that is missing is trained. Scores are kept in
_build/scoreboard/, by the classifier that has measured them: an interrupted measurement
goes on where it stopped.

Prints JSON. About 20 minutes on one core where the image generators are there already;
training one that is missing takes 20 to 60 minutes more.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import torch
from measuring import kept, provenance
from torch import Tensor, nn

from ganlib import data, metrics, recipes, runs, training, zoo
from ganlib.metrics.features import extract
from ganlib.recipes import Recipe

NUM_SAMPLES, SEEDS = 10_000, (0, 1, 2)
REFERENCE_SEED = 1_000  # of the real samples that all others are held against
DONE = Path("_build/scoreboard")
# Where the measurements of two chapters keep their runs.
DIGITS, CONDITIONAL = Path("_build/stacked_digits"), Path("_build/conditional")
# Recipes that the book names and trains nowhere, or stops after a few steps.
UNTRAINED = ("sngan-fashion", "cgan-fashion-late", "cgan-fashion-odena")


class Gallery(NamedTuple):
    """Real data of one kind, and the eyes that everything is seen through.

    Args:
        name: of the data.
        features: in words.
        version: of the classifier; part of the names of kept scores.
        describe: from samples to features.
        reference: features that all others are compared with.
        real: other real samples, by seed.
    """

    name: str
    features: str
    version: str
    describe: Callable[[Tensor], Tensor]
    reference: Tensor
    real: Callable[[int], Tensor]


# ------------------------------------------------------------------ three kinds of data
def seeded(seed: int) -> torch.Generator:
    """Make a source of randomness."""
    return torch.Generator().manual_seed(seed)


def garments() -> Gallery:
    """Fashion-MNIST: test images are the reference, training images the real row."""
    train, test = (data.fashion_mnist(part).images for part in ("train", "test"))
    name = "fashion-classifier"

    def describe(images: Tensor) -> Tensor:
        return extract(zoo.load(name), images)[0]

    def real(seed: int) -> Tensor:
        chosen = torch.randperm(len(train), generator=seeded(seed))[:NUM_SAMPLES]
        return data.to_unit_range(train[chosen])

    reference = describe(data.to_unit_range(test[:NUM_SAMPLES]))
    return Gallery("Fashion-MNIST", name, version(name), describe, reference, real)


def digits() -> Gallery:
    """Stacked digits, drawn afresh on both sides."""
    name = "digits-classifier"

    def describe(images: Tensor) -> Tensor:
        channels = images.flatten(0, 1).unsqueeze(1)
        return extract(zoo.load(name), channels)[0].view(len(images), -1)

    def real(seed: int) -> Tensor:
        source = data.stacked_digits()
        return next(data.ChannelBatches(source, NUM_SAMPLES, seeded(seed))).real

    reference = describe(real(REFERENCE_SEED))
    words = f"{name}, three channels"
    return Gallery("stacked digits", words, version(name), describe, reference, real)


def points(target: data.Mixture) -> Gallery:
    """Points of the plane, drawn afresh on both sides."""

    def real(seed: int) -> Tensor:
        return target.sample(NUM_SAMPLES, seeded(seed))

    name = f"{target.name}, width {target.std:g}"
    reference = real(REFERENCE_SEED)
    return Gallery(name, "the points", "points", lambda x: x, reference, real)


def version(classifier: str) -> str:
    """Tell one training of a classifier from another."""
    return zoo.card(classifier)["sha256"][:8]


def gallery_of(source: data.Mixture | Callable) -> Gallery:
    """Lay out what a recipe's data is compared with."""
    if isinstance(source, data.Mixture):
        return points(source)
    return digits() if source is data.stacked_digits else garments()


# ---------------------------------------------------------------------------- samples
def draws(recipe: Recipe) -> Iterator[Tensor]:
    """Yield one set of samples for each seed."""
    if isinstance(recipe.data, data.Mixture):
        yield from draws_of_points(recipe)
        return
    for seed in SEEDS:
        generator, z_dim, _ = runs.load_generator(source_of(recipe, seed))
        yield runs.draw(generator, z_dim, NUM_SAMPLES, seed)


def draws_of_points(recipe: Recipe) -> Iterator[Tensor]:
    """Train a recipe for points under every seed at once, and draw once from each."""
    gan, batches = recipes.build_stacked(recipe, list(SEEDS))
    for _ in training.train(gan, batches, recipe.settings):
        pass
    generator: nn.Module = gan.ema_generator or gan.generator
    noise = [seeded(seed) for seed in SEEDS]
    z = training.draw_noise(NUM_SAMPLES, recipe.z_dim, noise)
    yield from training.sample(generator, z)


def source_of(recipe: Recipe, seed: int) -> str:
    """Name a published generator, or a run's folder, trained if need be."""
    if recipe.name in zoo.names() and not recipe.classes:
        return recipe.name
    seed = seed if recipe.classes else 1  # of digits there is one run
    folder = (CONDITIONAL if recipe.classes else DIGITS) / f"{recipe.name}-{seed}"
    runs.train_into(folder, recipe, seed)
    return str(folder)


# ----------------------------------------------------------------------------- scores
def scores(reference: Tensor, fake: Tensor, seed: int) -> dict[str, float]:
    """Measure one set of features by everything there is."""
    limit = metrics.frechet_extrapolated(
        metrics.Moments.of(reference), fake, seeded(seed)
    )
    test = metrics.classifier_two_sample_test(reference, fake)
    found = {
        "fid": metrics.frechet_distance(reference, fake),
        "fid_infinity": limit.value,
        "kid_1000": 1_000 * metrics.kernel_distance(reference, fake, seeded(seed)).mean,
        **metrics.prdc(reference, fake)._asdict(),
        "c2st": test.accuracy,
    }
    return {name: float(f"{value:.5g}") for name, value in found.items()}


def row(gallery: Gallery, sets: Callable[[], Iterator[Tensor]]) -> dict[str, Any]:
    """Measure every set of samples of one row."""
    described = (gallery.describe(one) for one in sets())
    pairs = zip(described, SEEDS, strict=True)
    return {"scores": [scores(gallery.reference, one, seed) for one, seed in pairs]}


def real_row(gallery: Gallery) -> dict[str, Any]:
    """Measure other real samples as if they were generated."""
    part = f"real-{gallery.name.replace(', ', '-').replace(' ', '-')}"
    sets = partial(map, gallery.real, SEEDS)
    path = DONE / f"{part}-{gallery.version}.json"
    return kept(path, partial(row, gallery, sets))


def recipe_row(gallery: Gallery, recipe: Recipe) -> dict[str, Any]:
    """Measure a recipe's generator, and say how many runs the row is of."""
    path = DONE / f"{recipe.name}-{gallery.version}.json"
    found = kept(path, partial(row, gallery, partial(draws, recipe)))
    several = isinstance(recipe.data, data.Mixture) or recipe.classes
    trained = len(SEEDS) if several else 1
    return {"runs": trained, **found}


def main() -> None:
    """Measure every recipe and print the table."""
    torch.set_num_threads(1)
    groups: dict[str, dict[str, Any]] = {}
    galleries = cache(gallery_of)
    for recipe in recipes.RECIPES.values():
        if recipe.name in UNTRAINED:
            continue
        gallery = galleries(recipe.data)
        new = {"features": gallery.features, "dims": gallery.reference.shape[1]}
        group = groups.setdefault(gallery.name, {**new, "real": None, "rows": {}})
        group["real"] = group["real"] or real_row(gallery)
        group["rows"][recipe.name] = recipe_row(gallery, recipe)
    result = {
        **provenance(__file__),
        "num_samples": NUM_SAMPLES,
        "seeds": list(SEEDS),
        "groups": groups,
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
