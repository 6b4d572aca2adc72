"""Generators and discriminators, one module for each family.

A generator maps noise to samples; a discriminator maps samples to logits, one each,
of shape ``(N,)``: never a probability, never ``(N, 1)``.
"""

from ganlib.networks.affine_mixture import AffineMixture, stack_mixtures
from ganlib.networks.conditional import (
    AuxiliaryDiscriminator,
    ConcatDiscriminator,
    ConditionalGenerator,
    LateDiscriminator,
    ProjectionDiscriminator,
    concat_discriminator,
    conditional_discriminator,
    conditional_generator,
)
from ganlib.networks.dcgan import (
    DCGANDiscriminator,
    DCGANGenerator,
    DCGANRules,
    dcgan_discriminator,
    dcgan_generator,
)
from ganlib.networks.fourier import FourierFeatures
from ganlib.networks.lipschitz import convolution_bound, lipschitz_bound
from ganlib.networks.minibatch import (
    MinibatchDiscrimination,
    MinibatchLayer,
    MinibatchStdDev,
)
from ganlib.networks.mlp import MLP, mlp_discriminator, mlp_generator
from ganlib.networks.spectral import SpectralNorm, spectral_norm, with_spectral_norm
from ganlib.networks.stacking import stack, unstack

__all__ = [
    "MLP",
    "AffineMixture",
    "AuxiliaryDiscriminator",
    "ConcatDiscriminator",
    "ConditionalGenerator",
    "DCGANDiscriminator",
    "DCGANGenerator",
    "DCGANRules",
    "FourierFeatures",
    "LateDiscriminator",
    "MinibatchDiscrimination",
    "MinibatchLayer",
    "MinibatchStdDev",
    "ProjectionDiscriminator",
    "SpectralNorm",
    "concat_discriminator",
    "conditional_discriminator",
    "conditional_generator",
    "convolution_bound",
    "dcgan_discriminator",
    "dcgan_generator",
    "lipschitz_bound",
    "mlp_discriminator",
    "mlp_generator",
    "spectral_norm",
    "stack",
    "stack_mixtures",
    "unstack",
    "with_spectral_norm",
]
