"""From a run's folder, or a published generator, to a file of samples."""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from ganlib import checkpoint, data, recipes, zoo
from ganlib.networks import ConditionalGenerator
from ganlib.runs.folders import CHECKPOINT
from ganlib.training import draw_noise, sample


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


def draw(
    generator: nn.Module, z_dim: int, num: int, seed: int, label: int | None = None
) -> Tensor:
    """Draw samples from a generator.

    Args:
        generator: the network.
        z_dim: size of its latent vector.
        num: how many, ≥ 1.
        seed: ≥ 0; the same seed gives the same samples.
        label: the class that a conditional generator is asked for; `None` draws one
            for each sample, all equally likely.

    Returns:
        Samples (num, ...).

    Raises:
        ValueError: a number below its bound.
    """
    if num < 1 or seed < 0:
        raise ValueError(f"num is {num} and seed {seed}, but need num ≥ 1, seed ≥ 0.")
    rng = torch.Generator().manual_seed(seed)
    z = draw_noise(num, z_dim, rng)
    if not isinstance(generator, ConditionalGenerator):
        return sample(generator, z)
    low, high = (0, generator.num_classes) if label is None else (label, label + 1)
    return sample(generator, z, torch.randint(low, high, (num,), generator=rng))


def class_index(name: str, label: str) -> int:
    """Find the class that a recipe's generator is asked for by name.

    Args:
        name: the recipe's.
        label: the class, or the beginning of its name, in small or capital letters.

    Returns:
        Its index. For `cgan-fashion` and "dress": 3.

    Raises:
        ValueError: the recipe knows no classes, or not exactly one of this name.
    """
    classes = recipes.get(name).classes
    if not classes:
        asked = [known for known, recipe in recipes.RECIPES.items() if recipe.classes]
        raise ValueError(
            f"{name} was told no labels when it was trained and cannot be asked for "
            f"{label!r}: leave --label out, or take one of {', '.join(asked)}."
        )
    low = [known.lower() for known in classes]
    exact = [i for i, known in enumerate(low) if known == label.lower()]
    begun = [i for i, known in enumerate(low) if known.startswith(label.lower())]
    if len(found := exact or begun) != 1:
        raise ValueError(
            f"{label!r} does not name one class of {name}; there are: "
            f"{', '.join(classes)}."
        )
    return found[0]


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
