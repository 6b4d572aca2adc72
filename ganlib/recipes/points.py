"""Recipes for points of the plane."""

from functools import partial
from types import MappingProxyType
from typing import Any

from ganlib import data, losses, networks
from ganlib.penalties import GradientPenalty, WeightClipping
from ganlib.recipes.recipe import OURS, Recipe, rms_prop


def _toy(target: data.Mixture, name: str, summary: str, **numbers: Any) -> Recipe:
    sources = {"betas": "Radford 2016 (β₁ 0.5)"}
    sources |= dict.fromkeys(("data", "num_steps", "batch_size", "g_lr", "d_lr"), OURS)
    return Recipe(
        name,
        summary,
        target,
        generator=networks.mlp_generator,
        discriminator=networks.mlp_discriminator,
        sources=MappingProxyType(sources),
        **numbers,
    )


def _clipped_ring() -> Recipe:
    arjovsky = "Arjovsky 2017, algorithm 1"
    return Recipe(
        "wgan-ring",
        "Wasserstein GAN with clipped weights on the ring.",
        data.ring(radius=2.0, std=0.1),
        generator=networks.mlp_generator,
        discriminator=networks.mlp_discriminator,
        loss=losses.wasserstein,
        clipping=WeightClipping(0.1),
        num_steps=1_000,
        d_steps=5,
        g_lr=5e-4,
        d_lr=1e-3,
        betas=(0.0, 0.99),
        optimizer=rms_prop,
        sources=MappingProxyType(
            {
                "loss": arjovsky,
                "d_steps": arjovsky,
                "optimizer": arjovsky,
                "betas": "no momentum; 0.99 is PyTorch's, as in the authors' code",
                "clipping": "ours: 0.1, the paper has 0.01; seconds in place of hours",
                "g_lr": "ours: 5e-4, the paper has 5e-5; seconds in place of hours",
                "d_lr": "ours: 1e-3, the paper has 5e-5; the critic leads",
                "batch_size": "ours: 128, the paper has 64",
                "num_steps": OURS,
            }
        ),
    )


def _wgan_gp(target: data.Mixture) -> Recipe:
    gulrajani = "Gulrajani 2017, algorithm 1 (defaults)"
    ours = "ours: 1e-4 for both in the paper, for 100,000 steps and more"
    return Recipe(
        f"wgan-gp-{target.name}",
        "WGAN with gradient penalty: a critic of slope one on the ring.",
        target,
        generator=partial(networks.mlp_generator, width=64, depth=3),
        discriminator=partial(networks.mlp_discriminator, width=64, depth=3),
        loss=losses.wasserstein,
        penalties=(GradientPenalty(10.0),),
        d_steps=5,
        batch_size=64,
        num_steps=2_000,
        g_lr=3e-4,
        d_lr=3e-3,
        betas=(0.0, 0.9),
        sources=MappingProxyType(
            {
                "penalties": gulrajani,
                "d_steps": gulrajani,
                "betas": gulrajani,
                "batch_size": gulrajani,
                "g_lr": ours,
                "d_lr": ours,
            }
            | dict.fromkeys(("data", "width", "depth", "num_steps"), OURS)
        ),
    )


POINTS = (
    _toy(data.ring(radius=2.0, std=0.1), "ring", "Eight clusters on a ring."),
    _toy(data.gaussian(), "gaussian", "One standard normal in the plane."),
    _toy(data.two_clusters(), "two-clusters", "Two clusters side by side."),
    _toy(data.moons(), "moons", "Two interleaved half circles."),
    _toy(data.spiral(), "spiral", "A spiral of two turns."),
    _clipped_ring(),
    _wgan_gp(data.ring(radius=2.0, std=0.1)),
)
"""The recipes of this file, in the order in which they are listed."""
