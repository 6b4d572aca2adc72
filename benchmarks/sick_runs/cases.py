"""The set-ups: what each should become, and how it is played."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import torch
from torch import Tensor

from ganlib import data, losses, networks, recipes
from ganlib.penalties import R1, R2, GradientPenalty, WeightClipping
from ganlib.recipes import Recipe

COLLAPSE, WEAK, VANISHING = "mode collapse", "weak discriminator", "vanishing gradient"


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
    return {
        "ring": _case("healthy", ring),
        "two clusters": _case("healthy", two),
        "moons, least squares": _case(
            "healthy", data.moons(), loss=losses.least_squares
        ),
        "grid of 9, pairs": _case("healthy", grid, **BOTH),
        "ring, hasty": _case(COLLAPSE, ring, **HASTY),
        "two clusters, hasty": _case(COLLAPSE, two, **HASTY),
        "grid of 9, hasty": _case(COLLAPSE, grid, **HASTY),
        "far blob, saturating": _case(VANISHING, far, **STRONG),
        "ring, clipped to 0.001": _case(
            VANISHING, ring, clipping=WeightClipping(0.001), **CLIPPED
        ),
        "ring, D of width 2": _case(WEAK, ring, **_narrow_critic(2)),
        "ring, D at 1e-5": _case(WEAK, ring, d_lr=1e-5),
        "ring, noise of 4": _case(WEAK, ring, instance_noise=4.0),
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
            COLLAPSE, hexagon, loss=losses.least_squares, **HASTY
        ),
        "five clusters, hasty, hinge": _case(
            COLLAPSE, five, loss=losses.hinge, **HASTY
        ),
        "grid of 16, hasty, relativistic": _case(
            COLLAPSE, grid, loss=losses.relativistic, **HASTY
        ),
        "grid of 16, saturating": _case(
            COLLAPSE, grid, loss=losses.minimax, d_steps=3, d_lr=3e-3
        ),
        "far normal, saturating": _case(VANISHING, far, **STRONG),
        "five clusters, saturating, deep": _case(
            VANISHING, five, **(STRONG | {"d_lr": 1e-2}), **_wide(48, 3)
        ),
        "hexagon, clipped to 0.002, deep": _case(
            VANISHING,
            hexagon,
            clipping=WeightClipping(0.002),
            **CLIPPED,
            **_wide(48, 3),
        ),
        "grid of 16, D of width 2, hinge": _case(
            WEAK, grid, loss=losses.hinge, **_narrow_critic(2)
        ),
        "five clusters, D at 1e-5, least squares": _case(
            WEAK, five, loss=losses.least_squares, d_lr=1e-5
        ),
        "hexagon, noise of 6, relativistic": _case(
            WEAK, hexagon, loss=losses.relativistic, instance_noise=6.0
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
