"""A run in a folder: train it, say how it fares, and resume it where it stopped."""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from ganlib import __version__, checkpoint, recipes
from ganlib.data import Batch
from ganlib.diagnostics import NUM_REAL, CaseFile, Diagnosis
from ganlib.recipes import Recipe
from ganlib.training import GAN, Record, Settings, train

CHECKPOINT, RECORDS = "checkpoint.pt", "records.jsonl"
CHECKPOINT_EVERY = 500  # steps; some seconds of an image GAN, a blink of a 2-D one


def train_into(
    folder: Path, recipe: Recipe, seed: int = 0, num_steps: int | None = None
) -> dict[str, Any]:
    """Train a recipe into a folder, going on from its checkpoint if there is one.

    Args:
        folder: made if need be; afterwards holds checkpoint.pt and records.jsonl.
        recipe: the set-up.
        seed: ≥ 0.
        num_steps: instead of the recipe's own number.

    Returns:
        What the run is and where it stands: recipe, seed, step, seconds, versions, and
        the last verdict of `ganlib.diagnostics`.

    Raises:
        ValueError: the folder holds a run of another recipe or seed.
        FloatingPointError: the run diverged; the last checkpoint is from before.
    """
    for _ in steps_into(folder, recipe, seed, num_steps):
        pass
    return checkpoint.read(folder / CHECKPOINT)["meta"]


def steps_into(
    folder: Path, recipe: Recipe, seed: int = 0, num_steps: int | None = None
) -> Iterator[Record]:
    """Train as `train_into` does, and stop to be looked at at every record.

    Args:
        folder: as for `train_into`.
        recipe: the set-up.
        seed: ≥ 0.
        num_steps: instead of the recipe's own number.

    Yields:
        Each record that is made now, once it is on disk; where a checkpoint is due at
        its step, the checkpoint is there too.

    Raises:
        ValueError: the folder holds a run of another recipe or seed.
        FloatingPointError: the run diverged; the last checkpoint is from before.
    """
    if seed < 0:
        raise ValueError(f"seed is {seed}, but must be ≥ 0.")
    if num_steps is not None:
        recipe = replace(recipe, num_steps=num_steps)
    settings = recipe.settings  # refuses num_steps < 1
    facts = _facts(recipe, seed)
    gan, batches = recipes.build(recipe, seed)
    path = folder / CHECKPOINT
    start = 0
    if path.exists():
        facts = _same_run(folder, checkpoint.read(path)["meta"], facts)
        start = checkpoint.load(path, gan, batches)
    _keep_records(folder, start)
    began = time.perf_counter() - facts["seconds"]
    real, labels = _peek(batches)
    case = CaseFile(real, labels=labels)
    records = case.follow(train(gan, batches, settings, start), gan)
    records = _or_point_to_checkpoint(records, path, facts)
    for record in _watched(records, start, settings):
        _append(folder, record)
        if record.step % CHECKPOINT_EVERY == 0 or record.step == settings.num_steps:
            facts |= _announced(case, gan, facts, record.step)
            facts |= {"step": record.step, "seconds": time.perf_counter() - began}
            checkpoint.save(path, gan, batches, record.step, facts)
        yield record


def _peek(batches: Any) -> Batch:
    """Look at some of the data, and put the stream back to where it was."""
    state, seen = batches.state_dict(), []
    while sum(len(batch.real) for batch in seen) < NUM_REAL:
        seen.append(next(batches))
    batches.load_state_dict(state)
    real, labels = zip(*seen, strict=True)
    return Batch(torch.cat(real), None if labels[0] is None else torch.cat(labels))


def _announced(
    case: CaseFile, gan: GAN, facts: dict[str, Any], step: int
) -> dict[str, Any]:
    """Diagnose the run, and say so where the state is another than before."""
    verdict = case.diagnose(gan)
    held = facts.get("verdict", {}).get("state")
    if verdict.state != held:
        tqdm.write(f"step {step:,}: {sentence(verdict)}", file=sys.stderr)
    return {"verdict": _plain(verdict)}


def sentence(verdict: Diagnosis) -> str:
    """Write a verdict as one line: state, evidence, and where it is treated.

    Args:
        verdict: of one run.

    Returns:
        For a run that is well: "healthy. 90% of the mass is where the data is."
    """
    where = f" See {verdict.section} in the book." if verdict.section else ""
    return f"{verdict.state}. {verdict.evidence}{where}"


def _plain(verdict: Diagnosis) -> dict[str, str]:
    return {name: getattr(verdict, name) for name in ("state", "evidence", "section")}


def _facts(recipe: Recipe, seed: int) -> dict[str, Any]:
    return {
        "recipe": recipe.name,
        "seed": seed,
        "step": 0,
        "seconds": 0.0,
        "numbers": recipe.numbers(),
        "ganlib": __version__,
        "torch": str(torch.__version__),
    }


def _identity(facts: dict[str, Any]) -> dict[str, Any]:
    """Tell what makes a run itself; not its length, for it may be made longer."""
    numbers = {k: v for k, v in facts["numbers"].items() if k != "num_steps"}
    return numbers | {"recipe": facts["recipe"], "seed": facts["seed"]}


def _same_run(folder: Path, held: dict, wanted: dict) -> dict[str, Any]:
    ours, theirs = _identity(wanted), _identity(held)
    for name in ours.keys() | theirs.keys():
        if ours.get(name) != theirs.get(name):
            raise ValueError(
                f"{folder} holds a run with {name} {theirs.get(name)!r}, but "
                f"{ours.get(name)!r} was asked for: choose another folder with --out, "
                "or delete this one."
            )
    kept = ("step", "seconds", "verdict")
    return wanted | {name: held[name] for name in kept if name in held}


def _keep_records(folder: Path, start: int) -> None:
    """Drop records made after the checkpoint: those steps are made again."""
    path = folder / RECORDS
    if not path.exists():
        return
    kept = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            if json.loads(line)["step"] <= start:
                kept.append(line)
        except ValueError:  # a line cut short by a crash
            continue
    text = "".join(f"{line}\n" for line in kept)
    checkpoint.write_atomically(path, lambda file: file.write(text.encode()))


def _append(folder: Path, record: Record) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / RECORDS).open("a", encoding="utf-8") as file:
        file.write(json.dumps(record._asdict()) + "\n")


def _or_point_to_checkpoint(
    records: Iterator[Record], path: Path, facts: dict[str, Any]
) -> Iterator[Record]:
    """Pass the records on; where training diverges, name the last good checkpoint."""
    try:
        yield from records
    except FloatingPointError as error:
        kept = (
            f"The last healthy checkpoint is {path}, of step {facts['step']}."
            if facts["step"]
            else "There is no checkpoint yet: the run diverged too early."
        )
        raise FloatingPointError(f"{error} {kept}") from error


def _watched(
    records: Iterator[Record], start: int, settings: Settings
) -> Iterator[Record]:
    """Pass the records on and show how far they are."""
    with tqdm(total=settings.num_steps, initial=start, unit="step") as bar:
        for record in records:
            bar.update(record.step - bar.n)
            bar.set_postfix(D=f"{record.d_loss:.3f}", G=f"{record.g_loss:.3f}")
            yield record
