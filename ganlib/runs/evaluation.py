"""From a generator, or a file of samples, to its scores against data."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from ganlib import data, metrics, zoo
from ganlib.metrics.features import extract
from ganlib.runs.samples import draw, load_generator

# A set of the data that no generator of the book was trained on, and one to hold
# against it, so that every score has that of real data beside it.
IMAGE_SETS = {"fashion-mnist": ("test", "train")}
CLASSIFIER = "fashion-classifier"


class Described(NamedTuple):
    """What the measures see of a set of samples.

    Args:
        features: (N, d).
        probabilities: (N, K) of a classifier, or `None` for points.
    """

    features: Tensor
    probabilities: Tensor | None


def evaluate(
    source: str,
    against: str,
    names: Sequence[str] = ("fid", "kid", "prdc", "is"),
    num: int = 10_000,
    seed: int = 0,
) -> dict[str, Any]:
    """Score samples against data, and real data against the same.

    Args:
        source: a run's folder, a published generator, or FILE.npz as `ganlib sample`
            writes it.
        against: "fashion-mnist", whose test images are the data and whose first
            training images are scored beside the samples; or FILE.npz.
        names: measures, of those in `MEASURES`.
        num: how many samples to draw, ≥ 2; of a file all are taken.
        seed: ≥ 0; of the samples and of the subsets of KID.

    Returns:
        Names and numbers of both sides, and `scores`: one row for the samples and, for
        an image set, one for real data, each a value by name.

    Raises:
        ValueError: an unknown name, samples that cannot be compared, or too few.

    Chapter: evaluation
    """
    _check_names(names)
    real, second = _data(against)
    fake = _samples(source, num, seed)
    if fake.shape[1:] != real.shape[1:]:
        raise ValueError(
            f"samples of shape {tuple(fake.shape[1:])} cannot be compared with "
            f"{against}, whose samples have shape {tuple(real.shape[1:])}."
        )
    rows = {"samples": fake}
    if second is not None:
        rows["real"] = second[: len(fake)]
    with tqdm(total=1 + len(rows) * (1 + len(names)), unit="part") as bar:
        described = _eyes(real.shape[1:], bar)
        reference = described("data", real)
        scores = {
            row: _scored(reference, described(row, one), names, seed, bar)
            for row, one in rows.items()
        }
    return {
        "source": source,
        "against": against,
        "num": len(fake),
        "num_real": len(real),
        "features": CLASSIFIER if real.ndim == 4 else "the points themselves",
        "seed": seed,
        "scores": scores,
    }


def _fid(real: Described, fake: Described, seed: int) -> dict[str, float]:
    return {"fid": metrics.frechet_distance(real.features, fake.features)}


def _kid(real: Described, fake: Described, seed: int) -> dict[str, float]:
    size = min(1_000, len(real.features), len(fake.features))
    rng = torch.Generator().manual_seed(seed)
    found = metrics.kernel_distance(real.features, fake.features, rng, 100, size)
    return {"kid": found.mean, "kid_std": found.std}


def _prdc(real: Described, fake: Described, seed: int) -> dict[str, float]:
    return metrics.prdc(real.features, fake.features)._asdict()


def _is(real: Described, fake: Described, seed: int) -> dict[str, float]:
    if fake.probabilities is None:
        raise ValueError(
            "the Inception Score needs the classes of a classifier, which points do "
            "not have: leave `is` out of the metrics."
        )
    found = metrics.inception_score(fake.probabilities)
    return {"is": found.mean, "is_std": found.std}


def _c2st(real: Described, fake: Described, seed: int) -> dict[str, float]:
    num = min(len(real.features), len(fake.features))
    found = metrics.classifier_two_sample_test(real.features[:num], fake.features[:num])
    return {"c2st": found.accuracy, "c2st_expected": found.expected}


Measure = Callable[[Described, Described, int], dict[str, float]]
MEASURES: dict[str, Measure] = {
    "fid": _fid,
    "kid": _kid,
    "prdc": _prdc,
    "is": _is,
    "c2st": _c2st,
}
"""What `evaluate` can be asked for: from (data, samples, seed) to values by name."""


def _check_names(names: Sequence[str]) -> None:
    unknown = [name for name in names if name not in MEASURES]
    if unknown or not names:
        raise ValueError(
            f"there is no metric {', '.join(unknown) or 'in an empty list'}; there "
            f"are: {', '.join(MEASURES)}."
        )


def _data(against: str) -> tuple[Tensor, Tensor | None]:
    if against in IMAGE_SETS:
        real, second = (data.fashion_mnist(one).images for one in IMAGE_SETS[against])
        return data.to_unit_range(real), data.to_unit_range(second[: len(real)])
    if against.endswith(".npz"):
        return _read(Path(against)), None
    raise ValueError(
        f"{against!r} is no data to compare with: name {', '.join(IMAGE_SETS)}, or a "
        "FILE.npz as `ganlib sample` writes it."
    )


def _samples(source: str, num: int, seed: int) -> Tensor:
    if source.endswith(".npz"):
        return _read(Path(source))
    generator, z_dim, _ = load_generator(source)
    return draw(generator, z_dim, num, seed)


def _read(path: Path) -> Tensor:
    """Read what `write_samples` has written: images in [−1, 1], or points."""
    with np.load(path) as arrays:
        held = {name: arrays[name] for name in arrays.files}
    if set(held) == {"points"}:
        return torch.from_numpy(held["points"])
    if set(held) == {"images"} and held["images"].dtype == np.uint8:
        images = torch.from_numpy(held["images"])
        images = images.unsqueeze(-1) if images.ndim == 3 else images
        return data.to_unit_range(images.permute(0, 3, 1, 2).contiguous())
    raise ValueError(
        f"{path} holds {sorted(held)}, but must hold `images` (uint8, N×H×W or "
        "N×H×W×C) or `points` (N×d), as `ganlib sample` writes them."
    )


def _eyes(shape: torch.Size, bar: tqdm) -> Callable[[str, Tensor], Described]:
    """Choose what samples of this shape are seen through, and load it once."""
    if len(shape) == 3 and shape != (1, 28, 28):
        raise ValueError(
            f"images of shape {tuple(shape)} have no classifier here, which wants "
            "(1, 28, 28); of colour images take features from "
            "ganlib.metrics.inception_features and the measures themselves."
        )
    classifier = zoo.load(CLASSIFIER) if len(shape) == 3 else None

    def described(name: str, samples: Tensor) -> Described:
        bar.set_postfix_str(f"features of {name}")
        seen = extract(classifier, samples) if classifier else (samples, None)
        bar.update()
        return Described(*seen)

    return described


def _scored(
    real: Described, fake: Described, names: Sequence[str], seed: int, bar: tqdm
) -> dict[str, float]:
    values: dict[str, float] = {}
    for name in names:
        bar.set_postfix_str(name)
        values |= MEASURES[name](real, fake, seed)
        bar.update()
    return values
