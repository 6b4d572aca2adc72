"""Generators and discriminators, one module for each family.

A generator maps noise to samples; a discriminator maps samples to logits, one each,
of shape ``(N,)``: never a probability, never ``(N, 1)``.
"""

from ganlib.networks.dcgan import (
    DCGANDiscriminator,
    DCGANGenerator,
    DCGANRules,
    dcgan_discriminator,
    dcgan_generator,
)
from ganlib.networks.mlp import MLP, mlp_discriminator, mlp_generator, stack, unstack

__all__ = [
    "MLP",
    "DCGANDiscriminator",
    "DCGANGenerator",
    "DCGANRules",
    "dcgan_discriminator",
    "dcgan_generator",
    "mlp_discriminator",
    "mlp_generator",
    "stack",
    "unstack",
]
