"""How often `ganlib.diagnostics` gives a run its right name.

Runs of seven kinds are made on purpose: each case of `sick_runs.cases` is a set-up that
fails in a known way, or does not, trained under ten seeds as one stacked game. Whether
the failure came about is read from what the judges are not told, the target's modes and
the generator's own gradient; runs in which it did not are left out and counted. The
thresholds in `ganlib/diagnostics/verdict.py` were set on the cases of `tuned`, the
confusion table is that of `fresh`: other data, other losses, other networks.

Finished cases are kept in _build/diagnostics/, so that an interrupted measurement goes
on where it stopped; delete that folder after a change to `ganlib.diagnostics`.

Prints JSON. About 6 minutes on one core.
"""

import json
from functools import partial
from pathlib import Path
from typing import Any

import torch
from measuring import kept, provenance, slug
from sick_runs.cases import Case, Finite, fresh, tuned
from sick_runs.oracle import Oracle, gradient_norms

from ganlib import data, diagnostics, losses, recipes, training
from ganlib.diagnostics import CaseFile

SEEDS, NUM_REPORTS = list(range(10)), 15
DONE = Path("_build/diagnostics")


def play(case: Case) -> dict[str, Any]:
    """Train a case under every seed, and name each run."""
    recipe, rng = case.recipe, torch.Generator().manual_seed(99)
    real = recipe.data.sample(1_000, rng)
    train = recipe.data.sample(case.num_train, rng) if case.num_train else None
    gan, batches = recipes.build_stacked(recipe, SEEDS)
    if train is not None:
        batches = data.StackedBatches(
            [
                data.SampleBatches(Finite(train), recipe.batch_size, stream.generator)
                for stream in batches.streams
            ]
        )
    file, oracle = CaseFile(real, train), Oracle(case, train)
    first = gradient_norms(gan, batches)
    every = recipe.num_steps // NUM_REPORTS
    settings = training.Settings(recipe.num_steps, recipe.d_steps, log_every=every)
    noise = [torch.Generator().manual_seed(1_000 + seed) for seed in SEEDS]
    z = training.draw_noise(1_000, recipe.z_dim, noise)
    try:
        for _ in file.follow(training.train(gan, batches, settings), gan):
            oracle.look(training.sample(gan.generator, z))
    except FloatingPointError:
        oracle.stopped = True
        oracle.look(training.sample(gan.generator, z))
    happened = oracle.came_about((first, gradient_norms(gan, batches)))
    return {
        "kind": case.kind,
        "loss": losses.name_of(recipe.loss),
        "happened": happened,
        "named": [verdict.state for verdict in file.diagnose(gan)],
        "evidence": file.diagnose(gan)[0].evidence,
    }


def confusion(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Count the names given to the runs of each kind in which the failure happened."""
    table: dict[str, dict[str, int]] = {}
    for row in rows.values():
        counts = table.setdefault(row["kind"], dict.fromkeys(diagnostics.STATES, 0))
        for happened, state in zip(row["happened"], row["named"], strict=True):
            counts[state] += happened
    return table


def main() -> None:
    """Play every case and print both tables."""
    torch.set_num_threads(1)
    sets = {"tuned": tuned(), "fresh": fresh()}
    result: dict[str, Any] = {
        **provenance(__file__),
        "seeds": SEEDS,
    }
    for title, cases in sets.items():
        rows = {
            name: kept(DONE / f"{title}-{slug(name)}.json", partial(play, case))
            for name, case in cases.items()
        }
        result[title] = {"confusion": confusion(rows), "cases": rows}
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
