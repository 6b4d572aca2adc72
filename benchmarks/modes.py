"""Count modes: every method of the book on the ring and the grid, ten seeds each.

One protocol for all rows, told in the result: fresh data in every step, 2,500 fresh
samples of the averaged generator, discs of three standard deviations, seeds 0 to 9,
none dropped. A run that diverged counts as samples that lie nowhere: no mode, a
divergence of 4.5 nats. The short rows share networks, batch, optimiser and number of
generator steps, and train as one stacked model; a method departs from them only in what
makes it that method. The full rows are the recipes `pairs-ring` and `pairs-grid`, seed
by seed. Published rows stand beside them with their protocol and its faults.

Finished runs are kept in _build/modes/, so that an interrupted measurement goes on
where it stopped. Prints JSON. About half an hour on one core.
"""

import hashlib
import json
import math
import re
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import torch
from measuring import kept, provenance, slug
from torch import Tensor, nn

from ganlib import data, losses, metrics, networks, recipes, training
from ganlib.penalties import GradientPenalty, WeightClipping
from ganlib.recipes import Recipe, rms_prop

SEEDS, NUM_SAMPLES, NUM_STEPS = tuple(range(10)), 2_500, 1_500
TARGETS = {"ring": data.ring(), "grid": data.grid()}
DONE = Path("_build/modes")
PLAIN = partial(networks.mlp_discriminator, width=64)
CRITIC = partial(PLAIN, features=partial(networks.FourierFeatures, num=32))
GENERATOR = partial(
    networks.mlp_generator, width=64, depth=3, gain=2.4, activation=nn.Tanh
)


def methods(full: Recipe) -> dict[str, Recipe]:
    """Give the short recipe of every method, with rates and γ of the full one."""
    base = replace(
        full,
        generator=GENERATOR,
        discriminator=CRITIC,
        loss=losses.non_saturating,
        penalties=(),
        batch_size=128,
        num_steps=NUM_STEPS,
    )
    pairs = replace(base, loss=losses.relativistic)
    both = {"penalties": full.penalties}
    leaky = partial(GENERATOR, activation=None)
    return {
        "minimax": replace(base, loss=losses.minimax),
        "non-saturating": base,
        "least squares": replace(base, loss=losses.least_squares),
        **bounded(base),
        **remedies(base),
        "non-saturating, R1 and R2": replace(base, **both),
        "relativistic": pairs,
        "relativistic, R1": replace(pairs, penalties=full.penalties[:1]),
        "relativistic, R1 and R2": replace(pairs, **both),
        "relativistic, R1 and R2, plain": replace(
            pairs, **both, generator=leaky, discriminator=PLAIN
        ),
    }


def bounded(base: Recipe) -> dict[str, Recipe]:
    """Give the methods that bound the critic's slope."""
    spectral = partial(networks.with_spectral_norm, CRITIC)
    critic = replace(base, loss=losses.wasserstein, d_steps=5)
    clipping = {"clipping": WeightClipping(0.1), "optimizer": rms_prop}
    return {
        "hinge, spectral norm": replace(
            base, loss=losses.hinge, discriminator=spectral
        ),
        "Wasserstein, clipped": replace(critic, **clipping, g_lr=5e-4, d_lr=1e-3),
        "Wasserstein, gradient penalty": replace(
            critic, penalties=(GradientPenalty(10.0),)
        ),
    }


def remedies(base: Recipe) -> dict[str, Recipe]:
    """Give the remedies against lost modes."""
    packs = partial(CRITIC, in_features=4)
    deviation = partial(CRITIC, minibatch=networks.MinibatchStdDev)
    return {
        "packs of two": replace(base, discriminator=packs, packing=2),
        "minibatch deviation": replace(base, discriminator=deviation),
        "unrolled three steps": replace(base, unrolled_steps=3),
    }


def scores(samples: Tensor, target: data.Mixture) -> dict[str, list]:
    """Judge samples (S, N, 2), a list of S values for each measure."""
    ratios = metrics.covariance_ratios(samples, target).flatten(1)
    values = {
        "modes": metrics.modes_captured(samples, target),
        "high_quality": metrics.high_quality_fraction(samples, target),
        "reverse_kl": metrics.reverse_kl(samples, target),
        "binned_kl": metrics.binned_kl(samples, target),
        "variance_median": ratios.median(dim=1).values,
        "variance_least": ratios.amin(dim=1),
        "variance_largest": ratios.amax(dim=1),
    }
    # No sample of high quality: the reverse KL is infinite, which JSON cannot say.
    return {
        name: [round(v, 6) if v < float("inf") else None for v in value.tolist()]
        for name, value in values.items()
    }


def sampled(recipe: Recipe, seeds: tuple[int, ...]) -> Tensor:
    """Train seeds as one stack, or one alone, and sample; a diverged run is NaN."""
    one = len(seeds) == 1
    make = recipes.build if one else recipes.build_stacked
    gan, batches = make(recipe, seeds[0] if one else list(seeds))
    try:
        for _ in training.train(gan, batches, recipe.settings):
            pass
    except FloatingPointError:
        if one:
            return torch.full((1, NUM_SAMPLES, 2), torch.nan)
        return torch.cat([sampled(recipe, (seed,)) for seed in seeds])
    noise = [torch.Generator().manual_seed(10_000 + seed) for seed in seeds]
    z = training.draw_noise(NUM_SAMPLES, recipe.z_dim, noise)
    samples = training.sample(gan.ema_generator, z[0] if one else z)
    return samples[None] if one else samples


def played(target: data.Mixture, recipe: Recipe, seeds: tuple) -> dict:
    """Train and score the runs of these seeds, as one stack."""
    began = time.process_time()
    run = scores(sampled(recipe, seeds), target)
    run["seconds"] = [round((time.process_time() - began) / len(seeds), 1)]
    return run


def place(target: data.Mixture, method: str, recipe: Recipe, seeds: tuple) -> Path:
    """Say where these runs are kept; a changed recipe has another place."""
    told = json.dumps(recipe.numbers(), sort_keys=True).encode()
    words = [target.name, slug(method)]
    span = str(seeds[0]) if len(seeds) == 1 else f"{seeds[0]}-{seeds[-1]}"
    return DONE / "-".join(
        [*words, span, f"{hashlib.sha256(told).hexdigest()[:8]}.json"]
    )


def runs_of(target: data.Mixture, method: str, recipe: Recipe, seeds: tuple) -> dict:
    """Read finished runs, or make them."""
    path = place(target, method, recipe, seeds)
    return kept(path, partial(played, target, recipe, seeds))


def joined(runs: list[dict[str, list]]) -> dict:
    """Join runs, and add mean and standard error over all seeds of each measure."""
    row = {name: [v for run in runs for v in run[name]] for name in runs[0]}
    seconds = row.pop("seconds", [])
    summary = {}
    for name, values in row.items():
        if None in values:  # infinite in one seed, infinite on average
            summary[name] = [None, None]
            continue
        x = torch.tensor(values, dtype=torch.float64)
        summary[name] = [
            round(float(v), 5) for v in (x.mean(), x.std() / len(x) ** 0.5)
        ]
    mean_seconds = round(sum(seconds) / len(seconds), 1) if seconds else None
    return {"mean and standard error": summary, "seconds a run": mean_seconds, **row}


def perfect(target: data.Mixture) -> dict:
    """Score the target's own sampler: the limit of every row."""
    rngs = [torch.Generator().manual_seed(20_000 + seed) for seed in SEEDS]
    samples = torch.stack([target.sample(NUM_SAMPLES, rng) for rng in rngs])
    return joined([scores(samples, target)])


def published(target: str) -> list[dict]:
    """Read the published rows; where it can be, the (K+1)-bin KL of their means."""
    home = Path(__file__).with_name("published_modes.json")
    rows = json.loads(home.read_text(encoding="utf-8"))[target]
    p = metrics.disc_mass()
    for row in rows:
        h, reverse = row["high_quality_percent"][0] / 100, row["reverse_kl"]
        off = h * math.log(h / p) + (1 - h) * math.log((1 - h) / (1 - p))
        row["binned_kl"] = reverse and round(off + h * reverse[0], 4)
    return rows


def measured(name: str) -> dict:
    """Make all rows of one target."""
    target, full = TARGETS[name], recipes.get(f"pairs-{name}")
    runs = [runs_of(target, "full", full, (seed,)) for seed in SEEDS]
    rows = {
        method: joined([runs_of(target, method, recipe, SEEDS)])
        for method, recipe in methods(full).items()
    }
    return {
        "the target itself": perfect(target),
        "full": {"recipe": full.numbers(), **joined(runs)},
        "short": rows,
        "published": published(name),
    }


def main() -> None:
    """Measure every row of both targets and print them."""
    torch.set_num_threads(1)
    result = {
        **provenance(__file__),
        "protocol": {
            "seeds": list(SEEDS),
            "num_samples": NUM_SAMPLES,
            "scored": "the averaged generator after the last step, fresh noise",
            "steps of a short run": NUM_STEPS,
            "disc": "Euclidean, 3 standard deviations",
            "diverged": "counts as samples that lie nowhere",
            "seconds a run": "of one core; the short runs of a row train as one stack",
        },
        **{name: measured(name) for name in TARGETS},
    }
    text = json.dumps(result, indent=2, ensure_ascii=False)
    print(re.sub(r"\[[^][{}]*\]", lambda found: " ".join(found[0].split()), text))


if __name__ == "__main__":
    main()
