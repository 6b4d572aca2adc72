"""Runs on disk: train into a folder, resume it, and draw samples from what it holds."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from ganlib import __version__, checkpoint, data, recipes, zoo
from ganlib.recipes import Recipe
from ganlib.training import Record, Settings, draw_noise, sample, train

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
        What the run is and where it stands: recipe, seed, step, seconds, versions.

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
    records = _or_point_to_checkpoint(train(gan, batches, settings, start), path, facts)
    for record in _watched(records, start, settings):
        _append(folder, record)
        if record.step % CHECKPOINT_EVERY == 0 or record.step == settings.num_steps:
            facts |= {"step": record.step, "seconds": time.perf_counter() - began}
            checkpoint.save(path, gan, batches, record.step, facts)
        yield record


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
    return wanted | {"step": held["step"], "seconds": held["seconds"]}


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


def load_generator(source: str) -> tuple[nn.Module, int, str]:
    """Load a generator from a run's folder or from the published ones.

    Args:
        source: a folder made by `train_into`, or a published generator's name.

    Returns:
        The generator (the averaged one, where the run keeps an average), its z_dim,
        and the recipe's name.

    Raises:
        ValueError: neither a run nor a published generator.
    """
    path = Path(source) / CHECKPOINT
    if path.exists():
        state = checkpoint.read(path)
        recipe = recipes.get(state["meta"]["recipe"])
        generator = recipe.generator()
        generator.load_state_dict(state.get("ema_generator", state["generator"]))
        return generator, recipe.z_dim, recipe.name
    published = [name for name in zoo.names() if name in recipes.RECIPES]
    if source not in published:
        raise ValueError(
            f"{source!r} is neither a folder with a {CHECKPOINT} nor a published "
            f"generator ({', '.join(published) or 'none yet'}). Train one first: "
            f"ganlib train {source if source in recipes.RECIPES else 'RECIPE'}"
        )
    return zoo.load(source), recipes.get(source).z_dim, source


def draw(generator: nn.Module, z_dim: int, num: int, seed: int) -> Tensor:
    """Draw samples from a generator.

    Args:
        generator: the network.
        z_dim: size of its latent vector.
        num: how many, ≥ 1.
        seed: ≥ 0; the same seed gives the same samples.

    Returns:
        Samples (num, ...).

    Raises:
        ValueError: a number below its bound.
    """
    if num < 1 or seed < 0:
        raise ValueError(f"num is {num} and seed {seed}, but need num ≥ 1, seed ≥ 0.")
    return sample(
        generator, draw_noise(num, z_dim, torch.Generator().manual_seed(seed))
    )


def write_samples(path: Path, samples: Tensor) -> None:
    """Write samples as a picture or as numbers, by the file's ending.

    Args:
        path: FILE.png or FILE.npz.
        samples: images (N, C, H, W) in [−1, 1], or points (N, 2).

    Raises:
        ValueError: another ending.
    """
    if path.suffix == ".npz":
        arrays = _arrays(samples)
        checkpoint.write_atomically(path, lambda file: np.savez(file, **arrays))
    elif path.suffix == ".png":
        picture = _grid(samples) if samples.ndim == 4 else _density_map(samples)
        checkpoint.write_atomically(path, lambda file: picture.save(file, "png"))
    else:
        raise ValueError(f"{path} must end in .png for a picture or .npz for numbers.")


def _arrays(samples: Tensor) -> dict[str, np.ndarray]:
    if samples.ndim == 2:
        return {"points": samples.numpy()}
    images = data.to_uint8(samples).permute(0, 2, 3, 1)
    return {"images": images.squeeze(-1).numpy()}


def _grid(samples: Tensor) -> Any:
    from PIL import Image

    data.torchvision_ops.make_importable()
    from torchvision.utils import make_grid

    columns = int(np.ceil(np.sqrt(len(samples))))
    grid = make_grid(data.to_uint8(samples), nrow=columns, padding=2, pad_value=255)
    return Image.fromarray(grid.permute(1, 2, 0).numpy())


def _density_map(points: Tensor, side: int = 256) -> Any:
    """Draw how many points fall into each cell, dark on white, axes equal."""
    from PIL import Image

    reach = float(points.abs().max()) * 1.05
    counts, _, _ = np.histogram2d(
        points[:, 1], points[:, 0], bins=side, range=[[-reach, reach]] * 2
    )
    shade = np.sqrt(counts / counts.max())[::-1]
    return Image.fromarray((255 * (1 - shade)).astype(np.uint8)).resize((512, 512))
