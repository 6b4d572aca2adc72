"""How often `ganlib.diagnostics` gives a run its right name.

Runs of seven kinds are made on purpose: each case below is a set-up that fails in a
known way, or does not, trained under ten seeds as one stacked game. Whether the failure
came about is then read from what the judges are not told, the target's modes and the
generator's own gradient; runs in which it did not are left out and counted. The
thresholds in `ganlib/diagnostics/verdict.py` were set on the cases of `TUNED`, the
confusion table is that of `FRESH`: other data, other losses, other networks.

Prints JSON. About 6 minutes on one core.
"""

import json
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ganlib import checkpoint, data, diagnostics, losses, networks, recipes, training
from ganlib.diagnostics import CaseFile
from ganlib.metrics import high_quality_fraction, mode_shares
from ganlib.penalties import R1, R2, GradientPenalty, WeightClipping
from ganlib.recipes import Recipe

SEEDS, NUM_REPORTS = list(range(10)), 15
DONE = Path("_build/diagnostics")


@dataclass(frozen=True)
class Case:
    """One set-up: what it should become, and how it is played."""

    kind: str
    recipe: Recipe
    num_train: int = 0  # size of the training set, 0 for endless data


@dataclass(frozen=True)
class Finite:
    """A finite training set, drawn from with replacement."""

    points: Tensor

    def sample(self, num: int, generator: torch.Generator) -> Tensor:
        """Draw training points."""
        return self.points[torch.randint(len(self.points), (num,), generator=generator)]


def _clusters() -> data.Mixture:
    """Five clusters at places of no pattern."""
    places = [[-2.0, 1.0], [0.5, 2.5], [2.5, 0.0], [0.0, -0.5], [-1.5, -2.5]]
    return data.Mixture("five clusters", torch.tensor(places), 0.15)


def _wide(width: int, depth: int = 2) -> dict[str, Any]:
    return {
        "generator": partial(networks.mlp_generator, width=width, depth=depth),
        "discriminator": partial(networks.mlp_discriminator, width=width, depth=depth),
    }


def _narrow_critic(width: int) -> dict[str, Any]:
    return {"discriminator": partial(networks.mlp_discriminator, width=width)}


HASTY = {"g_lr": 1e-2, "d_lr": 1e-3, "betas": (0.9, 0.999)}
FAST = {"g_lr": 5e-3, "d_lr": 5e-3, "betas": (0.9, 0.999)}
STRONG = {"loss": losses.minimax, "d_steps": 5, "d_lr": 5e-3, "g_lr": 1e-4}
BOTH = {"loss": losses.relativistic, "penalties": (R1(0.1), R2(0.1))}
CLIPPED = {
    "loss": losses.wasserstein,
    "optimizer": recipes.rms_prop,
    "betas": (0.0, 0.99),
    "d_steps": 5,
}


def _case(kind: str, target: data.Mixture, num_train: int = 0, **numbers: Any) -> Case:
    numbers = {"num_steps": 1_500} | numbers
    recipe = replace(recipes.get("ring"), data=target, **numbers)
    return Case(kind, recipe, num_train)


def tuned() -> dict[str, Case]:
    """Return the cases on which the thresholds were set."""
    ring, two = data.ring(radius=2.0, std=0.1), data.two_clusters()
    grid = data.grid(side=3, spacing=2.0, std=0.1)
    blob, far = data.gaussian(std=0.1), data.gaussian(std=0.1, mean=(10.0, 0.0))
    collapse, weak = diagnostics.STATES[1], "weak discriminator"
    vanishing = "vanishing gradient"
    return {
        "ring": _case("healthy", ring),
        "two clusters": _case("healthy", two),
        "moons, least squares": _case(
            "healthy", data.moons(), loss=losses.least_squares
        ),
        "grid of 9, pairs": _case("healthy", grid, **BOTH),
        "ring, hasty": _case(collapse, ring, **HASTY),
        "two clusters, hasty": _case(collapse, two, **HASTY),
        "grid of 9, hasty": _case(collapse, grid, **HASTY),
        "far blob, saturating": _case(vanishing, far, **STRONG),
        "ring, clipped to 0.001": _case(
            vanishing, ring, clipping=WeightClipping(0.001), **CLIPPED
        ),
        "ring, D of width 2": _case(weak, ring, **_narrow_critic(2)),
        "ring, D at 1e-5": _case(weak, ring, d_lr=1e-5),
        "ring, noise of 4": _case(weak, ring, instance_noise=4.0),
        "blob, fast": _case("oscillation", blob, **FAST),
        "moons, faster": _case(
            "oscillation", data.moons(), **(FAST | {"g_lr": 1e-2, "d_lr": 1e-2})
        ),
        "grid of 9, rate 1": _case(
            "divergence", grid, loss=losses.least_squares, g_lr=1.0, d_lr=1.0
        ),
        "12 points of a normal": _case(
            "memorisation", data.gaussian(), num_train=12, num_steps=3_000
        ),
    }


def fresh() -> dict[str, Case]:
    """Return the cases of the confusion table."""
    hexagon = data.ring(num_modes=6, radius=3.0, std=0.2)
    grid, five = data.grid(side=4, spacing=1.5, std=0.1), _clusters()
    far = data.gaussian(std=0.5, mean=(-4.0, 8.0))
    penalty = {"loss": losses.wasserstein, "penalties": (GradientPenalty(10.0),)}
    collapse, weak = diagnostics.STATES[1], "weak discriminator"
    vanishing = "vanishing gradient"
    return {
        "hexagon, least squares": _case("healthy", hexagon, loss=losses.least_squares),
        "five clusters, hinge": _case("healthy", five, loss=losses.hinge),
        "grid of 16, pairs": _case("healthy", grid, num_steps=3_000, **BOTH),
        "spiral, relativistic": _case(
            "healthy", data.spiral(), loss=losses.relativistic
        ),
        "moons, saturating, wide": _case(
            "healthy", data.moons(), loss=losses.minimax, **_wide(96)
        ),
        "hexagon, WGAN-GP": _case(
            "healthy", hexagon, d_steps=5, g_lr=3e-4, betas=(0.0, 0.9), **penalty
        ),
        "hexagon, hasty, least squares": _case(
            collapse, hexagon, loss=losses.least_squares, **HASTY
        ),
        "five clusters, hasty, hinge": _case(
            collapse, five, loss=losses.hinge, **HASTY
        ),
        "grid of 16, hasty, relativistic": _case(
            collapse, grid, loss=losses.relativistic, **HASTY
        ),
        "grid of 16, saturating": _case(
            collapse, grid, loss=losses.minimax, d_steps=3, d_lr=3e-3
        ),
        "far normal, saturating": _case(vanishing, far, **STRONG),
        "five clusters, saturating, deep": _case(
            vanishing, five, **(STRONG | {"d_lr": 1e-2}), **_wide(48, 3)
        ),
        "hexagon, clipped to 0.002, deep": _case(
            vanishing,
            hexagon,
            clipping=WeightClipping(0.002),
            **CLIPPED,
            **_wide(48, 3),
        ),
        "grid of 16, D of width 2, hinge": _case(
            weak, grid, loss=losses.hinge, **_narrow_critic(2)
        ),
        "five clusters, D at 1e-5, least squares": _case(
            weak, five, loss=losses.least_squares, d_lr=1e-5
        ),
        "hexagon, noise of 6, relativistic": _case(
            weak, hexagon, loss=losses.relativistic, instance_noise=6.0
        ),
        "normal, fast, least squares": _case(
            "oscillation", data.gaussian(std=0.3), loss=losses.least_squares, **FAST
        ),
        "spiral, fast, relativistic": _case(
            "oscillation",
            data.spiral(),
            loss=losses.relativistic,
            **(FAST | {"g_lr": 1e-2, "d_lr": 1e-2}),
        ),
        "blob, clipped to 0.1": _case(
            "oscillation",
            data.gaussian(std=0.1, mean=(1.0, 1.0)),
            loss=losses.wasserstein,
            clipping=WeightClipping(0.1),
        ),
        "five clusters, rate 3, hinge": _case(
            "divergence", five, loss=losses.hinge, g_lr=3.0, d_lr=3.0
        ),
        "hexagon, free critic, fast": _case(
            "divergence", hexagon, loss=losses.wasserstein, g_lr=0.1, d_lr=0.1
        ),
        "wide normal, 12 points, relativistic": _case(
            "memorisation",
            data.gaussian(std=2.0),
            12,
            num_steps=4_000,
            loss=losses.relativistic,
        ),
        "moons, 10 points, least squares": _case(
            "memorisation",
            data.moons(),
            10,
            num_steps=4_000,
            loss=losses.least_squares,
        ),
    }


@dataclass
class Oracle:
    """What is known of the runs of a case and the judges are not told."""

    case: Case
    train: Tensor | None
    held: list[Tensor] = field(default_factory=list)
    means: list[Tensor] = field(default_factory=list)
    good: Tensor | None = None
    fakes: Tensor | None = None
    stopped: bool = False

    def look(self, fakes: Tensor) -> None:
        """Read one report's fakes, (S, N, 2)."""
        target = self.case.recipe.data
        # A curve of hundreds of modes counts as ten stretches.
        shares = mode_shares(fakes, target, 6.0)[..., :-1]
        groups = min(10, shares.shape[-1])
        shares = torch.stack([s.sum(-1) for s in shares.tensor_split(groups, -1)], -1)
        self.held.append((shares > 0.2 / groups).double().mean(-1))
        self.means.append(fakes.mean(1))
        self.good = high_quality_fraction(fakes, target, 6.0)
        self.fakes = fakes

    def came_about(self, gradients: tuple[Tensor, Tensor]) -> list[bool]:
        """Tell in which runs the failure that the case is about did happen."""
        kind, width = self.case.kind, self._width()
        held = torch.stack(self.held[-6:]).median(0).values
        moved = torch.stack(self.means[-6:]).diff(dim=0).norm(dim=-1).mean(0)
        healthy = (held == 1) & (self.good > 0.5)
        found = {
            "healthy": healthy,
            "mode collapse": held < 0.95,
            "vanishing gradient": (gradients[1] < 1e-3 * gradients[0]) & ~healthy,
            "weak discriminator": ~healthy,
            "oscillation": moved > 0.5 * width,
            "divergence": ~self._is_near(30 * width) | torch.tensor(self.stopped),
            "memorisation": self._is_copied() if self.train is not None else healthy,
        }
        return found[kind].tolist()

    def _width(self) -> float:
        points = self.case.recipe.data.sample(2_000, torch.Generator().manual_seed(1))
        return points.var(0).sum().sqrt().item()

    def _is_near(self, reach: float) -> Tensor:
        """Not true for what is not a number."""
        return self.fakes.norm(dim=-1).mean(-1) < reach

    def _is_copied(self) -> Tensor:
        rng = torch.Generator().manual_seed(2)
        others = self.case.recipe.data.sample(400, rng)
        usual = torch.cdist(others, self.train).min(-1).values.median()
        return torch.cdist(self.fakes, self.train).min(-1).values.median(-1).values < (
            usual / 3
        )


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


def gradient_norms(gan: training.GAN, batches: Any) -> Tensor:
    """Norm of the generator's own gradient in each run; the game is left as it is."""
    real, _ = next(batches)
    noise = [torch.Generator().manual_seed(seed) for seed in SEEDS]
    fake = gan.generator(training.draw_noise(real.shape[1], gan.z_dim, noise))
    loss = gan.loss.generator(gan.discriminator(real), gan.discriminator(fake)).sum()
    gradients = torch.autograd.grad(loss, list(gan.generator.parameters()))
    return sum(g.flatten(1).square().sum(1) for g in gradients).sqrt()


def kept(name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Read a finished case, or make it."""
    path = DONE / f"{name.replace(' ', '-').replace(',', '')}.json"
    if not path.exists():
        text = json.dumps(make())
        checkpoint.write_atomically(path, lambda file: file.write(text.encode()))
        print(name, text, file=sys.stderr, flush=True)
    return json.loads(path.read_text())


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
        "command": "python benchmarks/diagnostics.py",
        "date": time.strftime("%Y-%m-%d"),
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
        "machine": f"one thread of {platform.machine()}",
        "seeds": SEEDS,
    }
    for title, cases in sets.items():
        rows = {
            name: kept(f"{title}-{name}", partial(play, case))
            for name, case in cases.items()
        }
        result[title] = {"confusion": confusion(rows), "cases": rows}
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
