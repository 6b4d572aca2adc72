"""Speed and memory of the measures, beside the libraries that others use.

Every call runs in a process of its own, pinned to one core (prdc asks for eight
threads), on the same features; the libraries take turns, and the least of the turns
counts. Peak memory is that of the whole process, next to what it held before the call.

The Fréchet distance is measured twice: from moments, and from features to the end. The
kernel distance is measured in float64, which its digits need, and the libraries once
more in the float32 that a network returns, with what that costs in accuracy; how long
its matrix products alone take at the rate of this machine is its limit.

Prints JSON. About 10 minutes on one core, and 12 GB of memory for prdc.
"""

import contextlib
import io
import json
import multiprocessing
import os
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from measuring import provenance
from torch import Tensor, nn

from ganlib import metrics
from ganlib.data.torchvision_ops import make_importable

TURNS = 2
NUM, DIMS = 10_000, 2_048
NUM_SUBSETS, SUBSET_SIZE = 100, 1_000
NUM_PRDC, DIMS_PRDC, K = 20_000, 512, 5


class AsTheyAre(nn.Module):
    """Features in place of images: what torchmetrics takes for a network."""

    num_features = DIMS

    def forward(self, features: Tensor) -> Tensor:
        """Return the features."""
        return features


def features(num: int, dims: int, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    """Draw two sets that look a little like those of a network: ≥ 0, of many widths."""
    rng = torch.Generator().manual_seed(0)
    widths = torch.logspace(-1, 0.3, dims)
    real, fake = ((torch.randn(2, num, dims, generator=rng) + 0.3) * widths).relu()
    return real.to(dtype), (fake * 1.02).to(dtype)


# --------------------------------------------------------- each prepares, then calls
def frechet_from_moments(library: str) -> Callable[[], float]:
    """Prepare the distance from moments that are there already."""
    real, fake = features(NUM, DIMS, torch.float32)
    moments = [metrics.Moments.of(one) for one in (real, fake)]
    if library == "ganlib":
        return partial(metrics.frechet_from_moments, *moments)
    each = [(one.mean, one.covariance) for one in moments]
    if library == "torchmetrics":
        from torchmetrics.image.fid import _compute_fid

        return lambda: _compute_fid(*each[0], *each[1]).item()
    distance = _distance_of_arrays(library)
    return lambda: distance([(mu.numpy(), sigma.numpy()) for mu, sigma in each])


def frechet_from_features(library: str) -> Callable[[], float]:
    """Prepare the distance from features to the end."""
    real, fake = features(NUM, DIMS, torch.float32)
    if library == "ganlib":
        return partial(metrics.frechet_distance, real, fake)
    if library == "torchmetrics":
        from torchmetrics.image.fid import FrechetInceptionDistance

        return partial(_streamed, FrechetInceptionDistance(AsTheyAre()), real, fake)

    distance = _distance_of_arrays(library)
    arrays = (real.numpy(), fake.numpy())
    return lambda: distance([(x.mean(0), np.cov(x, rowvar=False)) for x in arrays])


def kernel_distance(library: str, dtype: torch.dtype) -> Callable[[], float]:
    """Prepare the kernel distance, from subsets that each library draws."""
    real, fake = features(NUM, DIMS, dtype)
    if library == "ganlib":
        rng = torch.Generator().manual_seed(0)
        call = partial(metrics.kernel_distance, real, fake, rng)
        return lambda: call(NUM_SUBSETS, SUBSET_SIZE).mean
    if library == "torchmetrics":
        from torchmetrics.image.kid import KernelInceptionDistance

        torch.manual_seed(0)  # the same subsets as ours
        metric = KernelInceptionDistance(
            AsTheyAre(), subsets=NUM_SUBSETS, subset_size=SUBSET_SIZE
        )
        return lambda: _streamed(metric, real, fake)[0]
    from torch_fidelity.metric_kid import kid_features_to_metric

    options = {"kid_subsets": NUM_SUBSETS, "kid_subset_size": SUBSET_SIZE}
    call = partial(kid_features_to_metric, real, fake, verbose=False, **options)
    return lambda: call()["kernel_inception_distance_mean"]


def four_measures(library: str) -> Callable[[], list[float]]:
    """Prepare precision, recall, density and coverage."""
    real, fake = features(NUM_PRDC, DIMS_PRDC, torch.float32)
    if library == "ganlib":
        return lambda: list(metrics.prdc(real, fake, K, K))
    from prdc import compute_prdc

    call = partial(compute_prdc, real.numpy(), fake.numpy(), K)
    return lambda: [float(value) for value in call().values()]


def matrix_products() -> Callable[[], float]:
    """Prepare the products that no kernel distance in float64 can do without."""
    half = torch.ones(SUBSET_SIZE // 2, DIMS, dtype=torch.float64)
    whole = torch.ones(SUBSET_SIZE, DIMS, dtype=torch.float64)

    def call() -> float:
        # Two symmetric matrices, half of each, and a full one: two full ones.
        for _ in range(4 * NUM_SUBSETS):
            product = half @ whole.T
        return product[0, 0].item()

    return call


def _streamed(metric: Any, real: Tensor, fake: Tensor) -> Any:
    metric.update(real, real=True)
    metric.update(fake, real=False)
    found = metric.compute()
    return [float(part) for part in found] if isinstance(found, tuple) else float(found)


def _distance_of_arrays(library: str) -> Callable[[list[tuple]], float]:
    """Import a library's distance; it takes two pairs of mean and covariance."""
    if library == "torch-fidelity":
        from torch_fidelity.metric_fid import fid_statistics_to_metric

        def distance(moments: list[tuple]) -> float:
            a, b = ({"mu": mu, "sigma": sigma} for mu, sigma in moments)
            found = fid_statistics_to_metric(a, b, verbose=False)
            return found["frechet_inception_distance"]

        return distance
    from pytorch_fid.fid_score import calculate_frechet_distance

    return lambda moments: float(calculate_frechet_distance(*moments[0], *moments[1]))


# ------------------------------------------------------------------------ measuring
def peak_mb() -> float:
    """Return the most memory that this process has held, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1_024


def timed(prepare: Callable[[], Callable[[], Any]]) -> dict[str, Any]:
    """Measure one call in this process."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    make_importable()
    with contextlib.redirect_stdout(io.StringIO()):
        call = prepare()
        before = peak_mb()
        began = time.perf_counter()
        value = call()
        seconds = time.perf_counter() - began
    return {
        "seconds": round(seconds, 3),
        "peak_mb": round(peak_mb()),
        "peak_mb of the call": round(peak_mb() - before),
        "value": value,
    }


def least(turns: list[dict[str, Any]]) -> dict[str, Any]:
    """Take the fastest turn."""
    return min(turns, key=lambda one: one["seconds"])


def side_by_side(
    calls: dict[str, Callable[[], Callable[[], Any]]],
) -> dict[str, Any]:
    """Let the libraries take turns, each in a fresh process."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in calls}
    for _ in range(TURNS):
        for name, prepare in calls.items():
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                found[name].append(pool.apply(timed, (prepare,)))
            print(name, found[name][-1], file=sys.stderr, flush=True)
    best = {name: least(turns) for name, turns in found.items()}
    ours = best["ganlib"]
    for name, one in best.items():
        if name != "ganlib":
            one["times ours"] = round(one["seconds"] / ours["seconds"], 2)
            one["memory times ours"] = round(one["peak_mb"] / ours["peak_mb"], 2)
    return best


def main() -> None:
    """Measure all and print them."""
    os.environ["OMP_NUM_THREADS"] = "1"
    frechet = ("ganlib", "torchmetrics", "torch-fidelity", "pytorch-fid")
    kernel = ("ganlib", "torchmetrics", "torch-fidelity")
    wide = {name: partial(kernel_distance, name, torch.float64) for name in kernel}
    narrow = {
        f"{name}, float32": partial(kernel_distance, name, torch.float32)
        for name in kernel
    }
    parts = {
        "frechet, from moments": {n: partial(frechet_from_moments, n) for n in frechet},
        "frechet, from features": {
            n: partial(frechet_from_features, n) for n in frechet
        },
        "kernel distance": {**wide, **narrow, "its products alone": matrix_products},
        "prdc": {n: partial(four_measures, n) for n in ("ganlib", "prdc")},
    }
    result = {
        **provenance(__file__),
        "sizes": {
            "frechet and kernel distance": [NUM, DIMS],
            "subsets of the kernel distance": [NUM_SUBSETS, SUBSET_SIZE],
            "prdc": [NUM_PRDC, DIMS_PRDC],
        },
        **{name: side_by_side(calls) for name, calls in parts.items()},
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
