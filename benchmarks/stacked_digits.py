"""Stacked digits: how many of 1,000 modes three games find, and how evenly.

Trains `dcgan-digits`, `dense-digits` and `pairs-digits`, equal in steps and batch, and
scores 26,000 samples of the averaged generator and of the last one, and of the averaged
one on the way: modes that occur, and the divergence of their shares from equal ones.
Real stacked digits are scored by the same classifier. Runs and scores are kept in
_build/stacked_digits/, so that an interrupted measurement goes on where it stopped.

Prints JSON. About two hours on one idle core; the seconds are those of a clock, pauses
included.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import torch
from measuring import kept, provenance
from torch import Tensor, nn

from ganlib import checkpoint, data, recipes, runs, training, zoo
from ganlib.metrics import stacked_labels, uniform_kl

NAMES, SEEDS = ("dcgan-digits", "dense-digits", "pairs-digits"), (1,)
NUM_MODES, NUM_SAMPLES, SNAPSHOT_EVERY = 1_000, 26_000, 4_000
DONE = Path("_build/stacked_digits")
# Modes and divergence as published, and what was spent on them.
PUBLISHED = {
    "DCGAN, Srivastava 2017": (99, 3.40, "not stated"),
    "VEEGAN, Srivastava 2017": (150, 2.95, "not stated"),
    "DCGAN, Lin 2018": (78.9, 4.50, "100,000 steps of batch 64"),
    "PacDCGAN2, Lin 2018": (1000, 0.06, "100,000 steps of batch 64"),
    "pairs, R1 and R2, Huang 2024": (1000, 0.078, "10 million images"),
    "R3GAN, Huang 2024": (1000, 0.029, "10 million images"),
}


def train(recipe: recipes.Recipe, seed: int) -> Path:
    """Train one run and keep a snapshot of it every so often."""
    folder = DONE / f"{recipe.name}-{seed}"
    for record in runs.steps_into(folder, recipe, seed):
        if record.step % SNAPSHOT_EVERY == 0:
            shutil.copy(folder / runs.CHECKPOINT, folder / f"{record.step}.pt")
    return folder


def score(labels: Tensor) -> dict[str, Any]:
    """Count modes, and compare their shares with equal ones."""
    digits = [labels // place % 10 for place in (100, 10, 1)]
    shares = [one.bincount(minlength=10).double() / len(one) for one in digits]
    return {
        "modes": len(labels.unique()),
        "kl": round(uniform_kl(labels, NUM_MODES).item(), 4),
        "shares": [[round(s, 4) for s in channel.tolist()] for channel in shares],
    }


def score_generator(path: Path, which: str, classifier: nn.Module) -> dict[str, Any]:
    """Score a checkpoint's generator, the averaged one or the last."""
    state = checkpoint.read(path)
    recipe = recipes.get(state["meta"]["recipe"])
    network = recipe.generator()
    network.load_state_dict(state[which])
    z = training.draw_noise(NUM_SAMPLES, recipe.z_dim, torch.Generator().manual_seed(0))
    return score(stacked_labels(classifier, training.sample(network, z)))


def run(name: str, seed: int, classifier: nn.Module) -> dict[str, Any]:
    """Train one run, if need be, and score it at its end and on the way."""
    folder = train(recipes.get(name), seed)

    def scored(stem: str, which: str = "ema_generator") -> dict[str, Any]:
        path = folder / f"{stem}-{which}.json"
        return kept(
            path, lambda: score_generator(folder / f"{stem}.pt", which, classifier)
        )

    meta = checkpoint.read(folder / runs.CHECKPOINT)["meta"]
    steps = range(SNAPSHOT_EVERY, meta["step"], SNAPSHOT_EVERY)
    curve = [{"step": step} | scored(str(step)) for step in steps]
    stem = Path(runs.CHECKPOINT).stem
    curve.append({"step": meta["step"]} | scored(stem))
    return {
        "seed": seed,
        "steps": meta["step"],
        "seconds by the clock": round(meta["seconds"]),
        "averaged": scored(stem),
        "last": scored(stem, "generator"),
        "curve": [{k: point[k] for k in ("step", "modes", "kl")} for point in curve],
    }


def real_score(classifier: nn.Module) -> dict[str, Any]:
    """Score as many real stacked digits."""
    rng = torch.Generator().manual_seed(0)
    batches = data.ChannelBatches(data.stacked_digits(), NUM_SAMPLES, rng)
    return score(stacked_labels(classifier, next(batches).real))


def main() -> None:
    """Measure both games and print the table."""
    torch.set_num_threads(1)
    classifier = zoo.load("digits-classifier")
    rows = {name: [run(name, seed, classifier) for seed in SEEDS] for name in NAMES}
    result = {
        **provenance(__file__),
        "num_samples": NUM_SAMPLES,
        "floor": round((NUM_MODES - 1) / (2 * NUM_SAMPLES), 4),
        "recipes": {name: recipes.get(name).numbers() for name in NAMES},
        "classifier": zoo.card("digits-classifier")["metrics"],
        "published": PUBLISHED,
        "real": kept(DONE / "real.json", lambda: real_score(classifier)),
        "rows": rows,
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
