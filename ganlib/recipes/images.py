"""Recipes for images."""

from dataclasses import replace
from functools import partial
from types import MappingProxyType

from ganlib import data, losses, networks
from ganlib.recipes.recipe import OURS, Recipe


def _dcgan(name: str, summary: str, num_steps: int) -> Recipe:
    radford = "Radford 2016, Details of adversarial training"
    return Recipe(
        name,
        summary,
        data=data.fashion_mnist,
        generator=partial(networks.dcgan_generator, base_width=32),
        discriminator=partial(networks.dcgan_discriminator, base_width=32),
        z_dim=100,
        batch_size=16,
        num_steps=num_steps,
        g_lr=2e-4,
        d_lr=2e-4,
        betas=(0.5, 0.999),
        ema_decay=0.999,
        sources=MappingProxyType(
            {
                "betas": radford,
                "g_lr": radford,
                "d_lr": radford,
                "z_dim": "Radford 2016, figure 1",
                "batch_size": "ours: 16, the paper has 128; more steps for the time",
                "base_width": "ours: 32, the paper has 64; sized for one core",
                "ema_decay": "Karras 2018, section 4 (0.999)",
                "num_steps": OURS,
            }
        ),
    )


def _sngan(name: str, summary: str, num_steps: int) -> Recipe:
    recipe = _dcgan(name, summary, num_steps)
    rules = networks.DCGANRules(batch_norm=False)
    miyato = {
        "discriminator": "Miyato 2018, section 2.1 (no BatchNorm: ours, for the bound)",
        "loss": "Miyato 2018, eqs. 16 and 17",
        "num_steps": "as dcgan-fashion, to compare; not trained so far here",
    }
    return replace(
        recipe,
        discriminator=partial(
            networks.with_spectral_norm,
            networks.dcgan_discriminator,
            base_width=32,
            rules=rules,
        ),
        loss=losses.hinge,
        sources=MappingProxyType({**recipe.sources, **miyato}),
    )


IMAGES = (
    _dcgan("dcgan-fashion", "DCGAN on Fashion-MNIST.", 50_000),
    _sngan("sngan-fashion", "DCGAN with spectral norm and the hinge loss.", 50_000),
)
"""The recipes of this file, in the order in which they are listed."""
