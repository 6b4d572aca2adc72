"""Save a run and take it up again, bit for bit.

A checkpoint holds all that the next step depends on: both networks, both optimisers,
the averaged generator, the position in the data and every random state. It is written
to a temporary file and renamed, so that a crash leaves the last good one.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import torch

from ganlib.training import GAN


def write_atomically(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Write a file so that it is there whole or not at all.

    Args:
        path: where the file shall be; its folder is made.
        write: called with a binary file open for writing.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            os.unlink(file.name)
            raise
    os.chmod(file.name, 0o644)  # temporary files are private by default
    os.replace(file.name, path)


def _parts(gan: GAN) -> dict[str, Any]:
    parts = {
        "generator": gan.generator,
        "discriminator": gan.discriminator,
        "g_optimizer": gan.g_optimizer,
        "d_optimizer": gan.d_optimizer,
    }
    if gan.ema_generator is not None:
        parts["ema_generator"] = gan.ema_generator
    if gan.replay is not None:
        parts["replay"] = gan.replay
    return parts


def _generators(gan: GAN) -> list[torch.Generator]:
    return gan.noise if isinstance(gan.noise, list) else [gan.noise]


def save(
    path: Path | str,
    gan: GAN,
    batches: Any,
    step: int,
    meta: dict[str, Any] | None = None,
) -> None:
    """Write all that the next step depends on.

    Args:
        path: the checkpoint's file.
        gan: the game as it stands.
        batches: the data's iterator, with a `state_dict`.
        step: generator steps made so far.
        meta: what a reader should know of the run: recipe, seed, versions; plain
            numbers, strings, lists and dictionaries.

    Raises:
        OSError: the folder cannot be written.
    """
    state = {name: part.state_dict() for name, part in _parts(gan).items()}
    state |= {
        "noise": [one.get_state() for one in _generators(gan)],
        "batches": batches.state_dict(),
        "step": step,
        "meta": meta or {},
    }
    write_atomically(Path(path), lambda file: torch.save(state, file))


def read(path: Path | str) -> dict[str, Any]:
    """Read a checkpoint's content without running any code from it.

    Args:
        path: the checkpoint's file.

    Returns:
        What `save` wrote, by name.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is not a whole checkpoint.
    """
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise
    except Exception as error:  # torch raises many kinds for a damaged file
        raise ValueError(
            f"{path} is not a readable checkpoint ({type(error).__name__}). It may "
            "have been cut short by another program: delete it and start again."
        ) from error
    if not isinstance(state, dict) or "step" not in state:
        raise ValueError(f"{path} is a torch file, but not a checkpoint of this book.")
    return state


def load(path: Path | str, gan: GAN, batches: Any) -> int:
    """Put a saved run back into a game that was built in the same way.

    Args:
        path: the checkpoint's file.
        gan: a game of the same networks and optimisers, changed in place.
        batches: the same data's iterator, moved to where it was.

    Returns:
        Generator steps already made: pass it to `train` as `start`.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is damaged, or is of another game.
    """
    state = read(path)
    try:
        for name, part in _parts(gan).items():
            part.load_state_dict(state[name])
        for one, saved in zip(_generators(gan), state["noise"], strict=True):
            one.set_state(saved)
        batches.load_state_dict(state["batches"])
    except (KeyError, RuntimeError, ValueError) as error:
        raise ValueError(
            f"{path} was saved from a differently built game ({error}). Build the "
            "networks from the same recipe, or train into a new folder."
        ) from error
    return state["step"]
