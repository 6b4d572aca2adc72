"""Recipes for images."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from torch import nn

from ganlib import data, losses, networks
from ganlib.penalties import R1, R2
from ganlib.recipes.recipe import OURS, Recipe
from ganlib.training import Annealing

RADFORD = "Radford 2016, Details of adversarial training"
KARRAS = "Karras 2018, section 4 (0.999)"
HUANG = "Huang 2024, section 4 and appendix"
# The game of pairs as both recipes for images play it.
PAIRS_SOURCES = {
    "loss": HUANG,
    "penalties": HUANG + " (γ = 1 at the start); ours: it stays",
    "betas": HUANG + " (β₂ at its end)",
    "annealing": HUANG + " (a cosine), its length and end ours",
}


def _dcgan(name: str, summary: str, num_steps: int) -> Recipe:
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
                "betas": RADFORD,
                "g_lr": RADFORD,
                "d_lr": RADFORD,
                "z_dim": "Radford 2016, figure 1",
                "batch_size": "ours: 16, the paper has 128; more steps for the time",
                "base_width": "ours: 32, the paper has 64; sized for one core",
                "ema_decay": KARRAS,
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


def _cgan(
    name: str,
    summary: str,
    discriminator: Callable[..., nn.Module],
    source: str,
    **naming: float | bool,
) -> Recipe:
    """Tell the game of `pairs-digits` what to draw; the generator is always one."""
    sources = {
        "generator": "Mirza 2014, section 3.2; an embedding of 50 numbers beside z, "
        "drawn small: ours",
        "discriminator": f"{source}; no BatchNorm: a penalty is of one sample",
        **PAIRS_SOURCES,
        "z_dim": "Radford 2016, figure 1",
        "ema_decay": KARRAS,
    }
    sources |= dict.fromkeys(
        ("g_lr", "d_lr", "batch_size", "num_steps", "base_width"), OURS
    )
    if naming:
        sources["class_weight"] = "Odena 2017, section 3 (both terms weigh the same)"
    g_rules = networks.DCGANRules(small_weights=False)
    d_rules = replace(g_rules, batch_norm=False)
    sizes = {"base_width": 32}
    return Recipe(
        name,
        summary,
        data=data.fashion_mnist,
        generator=partial(networks.conditional_generator, **sizes, rules=g_rules),
        discriminator=partial(discriminator, **sizes, rules=d_rules),
        loss=losses.relativistic,
        penalties=(R1(1.0), R2(1.0)),
        z_dim=100,
        batch_size=16,
        num_steps=10_000,
        g_lr=2e-3,
        d_lr=2e-3,
        betas=(0.0, 0.99),
        ema_decay=0.999,
        annealing=Annealing(lr=0.05),
        classes=data.FASHION_CLASSES,
        sources=MappingProxyType(sources),
        **naming,
    )


def _meeting(kind: type[nn.Module]) -> Callable[..., nn.Module]:
    return partial(networks.conditional_discriminator, kind)


CONDITIONAL = (
    _cgan(
        "cgan-fashion",
        "Pairs with R1 and R2 told what to draw, by a projection discriminator.",
        _meeting(networks.ProjectionDiscriminator),
        "Miyato and Koyama 2018, eq. 3",
    ),
    _cgan(
        "cgan-fashion-concat",
        "The same, the label one more channel of the image.",
        networks.concat_discriminator,
        "Mirza 2014, section 3.2; the label as a channel",
    ),
    _cgan(
        "cgan-fashion-auxiliary",
        "The same, the discriminator naming the label of data (AC-GAN).",
        _meeting(networks.AuxiliaryDiscriminator),
        "Odena 2017, section 3; ours: it learns the labels of data alone",
        class_weight=1.0,
    ),
    _cgan(
        "cgan-fashion-odena",
        "AC-GAN as printed: the discriminator names the labels of fakes too.",
        _meeting(networks.AuxiliaryDiscriminator),
        "Odena 2017, section 3",
        class_weight=1.0,
        class_on_fakes=True,
    ),
    _cgan(
        "cgan-fashion-late",
        "The same, the label joined too late to meet the image.",
        _meeting(networks.LateDiscriminator),
        "ours: a common mistake",
    ),
)


def _digits(
    name: str,
    summary: str,
    g_rules: networks.DCGANRules,
    d_rules: networks.DCGANRules,
    **numbers,
) -> Recipe:
    """Three digits in one image: a game of the size that one core affords."""
    sources = dict.fromkeys(("z_dim", "num_steps", "base_width"), OURS)
    lin = "Lin 2018 (PacGAN), stacked MNIST: 64"
    sizes = {"channels": 3, "base_width": 32}
    return Recipe(
        name,
        summary,
        data=data.stacked_digits,
        generator=partial(networks.dcgan_generator, **sizes, z_dim=64, rules=g_rules),
        discriminator=partial(networks.dcgan_discriminator, **sizes, rules=d_rules),
        z_dim=64,
        batch_size=64,
        num_steps=20_000,
        ema_decay=0.999,
        sources=MappingProxyType(
            sources | {"ema_decay": KARRAS, "batch_size": lin} | numbers.pop("sources")
        ),
        **numbers,
    )


# A dense layer in each player, and PyTorch's first weights.
DENSE = networks.DCGANRules(no_dense=False, small_weights=False)
DENSE_SOURCE = {
    "generator": "a dense layer in each player, PyTorch's first weights: ours"
}


def _dcgan_digits(name: str, summary: str, rules: networks.DCGANRules) -> Recipe:
    sources = dict.fromkeys(("betas", "g_lr", "d_lr"), RADFORD)
    return _digits(
        name,
        summary,
        rules,
        rules,
        g_lr=2e-4,
        d_lr=2e-4,
        betas=(0.5, 0.999),
        sources=sources | (DENSE_SOURCE if rules is DENSE else {}),
    )


def _pairs_digits() -> Recipe:
    return _digits(
        "pairs-digits",
        "Pairs with R1 and R2 on three stacked digits, 1,000 modes.",
        DENSE,
        replace(DENSE, batch_norm=False),
        loss=losses.relativistic,
        penalties=(R1(1.0), R2(1.0)),
        g_lr=5e-4,
        d_lr=1e-3,
        betas=(0.0, 0.99),
        annealing=Annealing(lr=0.05),
        sources=DENSE_SOURCE
        | {
            **PAIRS_SOURCES,
            "discriminator": "as the generator, but no BatchNorm: a penalty is of one "
            "sample",
            "g_lr": OURS,
            "d_lr": OURS,
        },
    )


IMAGES = (
    _dcgan("dcgan-fashion", "DCGAN on Fashion-MNIST.", 50_000),
    _sngan("sngan-fashion", "DCGAN with spectral norm and the hinge loss.", 50_000),
    *CONDITIONAL,
    _dcgan_digits(
        "dcgan-digits",
        "DCGAN on three stacked digits, 1,000 modes.",
        networks.DCGANRules(),
    ),
    _dcgan_digits(
        "dense-digits",
        "The game of dcgan-digits with the networks of pairs-digits, nearly.",
        DENSE,
    ),
    _pairs_digits(),
)
"""The recipes of this file, in the order in which they are listed."""
