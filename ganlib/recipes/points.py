"""Recipes for points of the plane."""

from functools import partial
from types import MappingProxyType
from typing import Any

from torch import nn

from ganlib import data, losses, networks
from ganlib.penalties import R1, R2, GradientPenalty, WeightClipping
from ganlib.recipes.recipe import OURS, Recipe, rms_prop
from ganlib.training import Annealing


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


def _pairs(target: data.Mixture, gamma: float, highest: float) -> Recipe:
    waves = partial(networks.FourierFeatures, highest=highest)
    huang = "Huang 2024, section 4"
    return Recipe(
        f"pairs-{target.name}",
        f"Pairs with R1 and R2 on the {target.name} of the published tables.",
        target,
        generator=partial(
            networks.mlp_generator, width=128, depth=4, gain=2.4, activation=nn.Tanh
        ),
        discriminator=partial(networks.mlp_discriminator, width=128, features=waves),
        loss=losses.relativistic,
        penalties=(R1(gamma), R2(gamma)),
        batch_size=256,
        num_steps=5_000,
        g_lr=2e-3,
        d_lr=2e-3,
        betas=(0.0, 0.99),
        ema_decay=0.999,
        annealing=Annealing(lr=0.05, gamma=0.01),
        sources=MappingProxyType(
            {
                "data": "Lin 2018, section 4.1",
                "loss": huang,
                "penalties": f"{huang}; γ is ours",
                "betas": "Huang 2024, appendix (β₁ 0, β₂ up to 0.99)",
                "annealing": "Huang 2024, appendix; the ratios are ours",
                "ema_decay": "Karras 2018, section 4 (0.999)",
                "discriminator": "Tancik 2020, section 4 (waves); sizes are ours",
                "gain": "He 2015 (√6 for a uniform draw, near 2.4)",
            }
            | dict.fromkeys(
                ("width", "depth", "activation", "batch_size", "num_steps"), OURS
            )
            | dict.fromkeys(("g_lr", "d_lr"), OURS)
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
    _pairs(data.ring(), 0.02, highest=128.0),
    _pairs(data.grid(), 0.5, highest=64.0),
)
"""The recipes of this file, in the order in which they are listed."""
