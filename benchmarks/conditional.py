"""Conditional garments: whether one gets what was asked for, and at what price.

Trains three ways to tell the discriminator the label, equal in everything else, under
three seeds; and, in runs of 1,500 steps, two that do not work beside one that does.
Scores 10,000 samples of each averaged generator, 1,000 of each class, by a classifier
that serves for nothing else (`fashion-judge`) and on the features of another
(`fashion-classifier`), against the 10,000 test images. Real images are scored in the
same way: what the judge says of the test images, and how far training images are from
them, by number the first 1,000 of each class. Runs and scores are kept in
_build/conditional/, so that an interrupted measurement goes on where it stopped.

Prints JSON. About 80 minutes on one idle core, ten of them for the scores.
"""

import json
from functools import partial
from pathlib import Path
from typing import Any

import torch
from measuring import kept, provenance
from torch import Tensor

from ganlib import data, metrics, recipes, runs, training, zoo
from ganlib.metrics.features import class_logits, extract

NAMES = ("cgan-fashion", "cgan-fashion-concat", "cgan-fashion-auxiliary")
SHORT_NAMES = ("cgan-fashion", "cgan-fashion-late", "cgan-fashion-odena")
SEEDS, SHORT_STEPS = (0, 1, 2), 1_500
NUM_CLASSES, PER_CLASS, SURE = 10, 1_000, 0.9
DONE = Path("_build/conditional")


class Judged:
    """What both classifiers say of 10,000 images, 1,000 asked of each class in turn."""

    def __init__(self, images: Tensor) -> None:
        self.features, _ = extract(zoo.load("fashion-classifier"), images)
        self.chances = class_logits(zoo.load("fashion-judge"), images).softmax(-1)
        self.labels = torch.arange(NUM_CLASSES).repeat_interleave(PER_CLASS)

    def by_class(self, values: Tensor) -> list[float]:
        """Means of one value for each image over those asked for one class."""
        return _plain(values.double().view(NUM_CLASSES, PER_CLASS).mean(1))

    def opinion(self) -> dict[str, Any]:
        """Say how many are what was asked for, and how sure the judge is of them."""
        right = self.chances.argmax(1) == self.labels
        sure = self.chances.amax(1) > SURE
        entropy = torch.special.entr(self.chances).sum(1)
        found = {"consistency": right, "sure": sure, "entropy": entropy}
        whole = {name: round(v.double().mean().item(), 4) for name, v in found.items()}
        parts = {name: self.by_class(values) for name, values in found.items()}
        return whole | {"classes": parts}


def _plain(values: Tensor) -> list[float]:
    return [round(value, 4) for value in values.tolist()]


def likeness(real: Judged, fake: Judged) -> dict[str, Any]:
    """Compare two sets by their features, whole and class by class."""

    def compared(a: Tensor, b: Tensor) -> tuple[float, float, float]:
        return metrics.frechet_distance(b, a), *metrics.precision_recall(a, b)

    names = ("frechet", "precision", "recall")
    whole = dict(zip(names, compared(real.features, fake.features), strict=True))
    sets = (judged.features.split(PER_CLASS) for judged in (real, fake))
    rows = torch.tensor([compared(*pair) for pair in zip(*sets, strict=True)])
    parts = {name: _plain(rows[:, i]) for i, name in enumerate(names)}
    means = {
        f"class {name}": round(float(rows[:, i].mean()), 4)
        for i, name in enumerate(names)
    }
    return {k: round(v, 4) for k, v in whole.items()} | means | {"classes": parts}


def in_class_order(split: str) -> Tensor:
    """Return the first 1,000 images of each class, class by class, in [−1, 1]."""
    found = data.fashion_mnist(split)
    parts = [found.images[found.labels == k][:PER_CLASS] for k in range(NUM_CLASSES)]
    return data.to_unit_range(torch.cat(parts))


def joined(*parts: dict[str, Any]) -> dict[str, Any]:
    """Put parts of a score together, and their columns by class."""
    classes = {k: v for part in parts for k, v in part.pop("classes").items()}
    return {k: v for part in parts for k, v in part.items()} | {"classes": classes}


def drawn(folder: Path) -> Tensor:
    """Draw 1,000 of each class from a run's averaged generator."""
    generator, z_dim, _ = runs.load_generator(str(folder))
    num = NUM_CLASSES * PER_CLASS
    z = training.draw_noise(num, z_dim, torch.Generator().manual_seed(0))
    labels = torch.arange(NUM_CLASSES).repeat_interleave(PER_CLASS)
    return training.sample(generator, z, labels)


def score(folder: Path, real: Judged) -> dict[str, Any]:
    """Score a run."""
    fake = Judged(drawn(folder))
    return joined(fake.opinion(), likeness(real, fake)) | relabelled(real, fake)


def relabelled(real: Judged, fake: Judged) -> dict[str, Any]:
    """Call the same images by wrong names: only the judge can notice."""
    named = fake.chances.argmax(1)
    order = torch.randperm(len(named), generator=torch.Generator().manual_seed(1))
    wrong = {"shifted": (fake.labels - 1) % NUM_CLASSES, "permuted": fake.labels[order]}
    scores = {}
    for name, labels in wrong.items():
        rows = labels.argsort(stable=True)
        distance = metrics.frechet_distance(fake.features[rows], real.features)
        right = (named == labels).double().mean().item()
        scores[name] = {"consistency": round(right, 4), "frechet": round(distance, 4)}
    return scores


def run(name: str, seed: int, num_steps: int | None, real: Judged) -> dict[str, Any]:
    """Train one run, if need be, and score it."""
    middle = "" if num_steps is None else "short-"
    folder = DONE / f"{name}-{middle}{seed}"
    facts = runs.train_into(folder, recipes.get(name), seed, num_steps)
    scores = kept(folder.with_suffix(".score.json"), partial(score, folder, real))
    return {"seed": seed, "seconds": round(facts["seconds"])} | scores


def main() -> None:
    """Measure every run and print the table."""
    torch.set_num_threads(1)
    real = Judged(in_class_order("test"))
    rows = {name: [run(name, seed, None, real) for seed in SEEDS] for name in NAMES}
    short = {
        name: [run(name, seed, SHORT_STEPS, real) for seed in SEEDS]
        for name in SHORT_NAMES
    }
    result = {
        **provenance(__file__),
        "num_samples": NUM_CLASSES * PER_CLASS,
        "class names": data.FASHION_CLASSES,
        "steps": recipes.get(NAMES[0]).num_steps,
        "short steps": SHORT_STEPS,
        "recipes": {
            n: recipes.get(n).numbers() for n in dict.fromkeys((*NAMES, *SHORT_NAMES))
        },
        "judges": {
            name: zoo.card(name)["metrics"]
            for name in ("fashion-judge", "fashion-classifier")
        },
        "real": joined(real.opinion(), likeness(real, Judged(in_class_order("train")))),
        "rows": rows,
        "short": short,
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
