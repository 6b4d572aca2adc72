"""What the discriminator is shown: samples with noise on them, samples in packs."""

import torch
from torch import Tensor

from ganlib.penalties import Noise
from ganlib.training.game import GAN
from ganlib.training.packing import pack


def presented(gan: GAN, x: Tensor) -> Tensor:
    """Prepare samples for the discriminator, real and fake ones alike.

    Args:
        gan: the game; says how much noise, and how many samples to a pack.
        x: samples, shape (N, ...) or (S, N, ...).

    Returns:
        The samples themselves, unless the game has instance noise or packing.

    Chapter: failures
    """
    if gan.instance_noise:
        x = instance_noise(x, gan.instance_noise * gan.noise_scale, gan.noise)
    return pack(x, gan.packing, stacked=isinstance(gan.noise, list))


def instance_noise(x: Tensor, std: float, noise: Noise) -> Tensor:
    r"""Put Gaussian noise on each number of each sample.

    .. math:: x + \sigma\epsilon, \quad \epsilon \sim \mathcal{N}(0, I)

    On data *and* fakes the two distributions are blurred alike: they overlap
    everywhere, and no discriminator can tell them apart without error. On one of them
    alone the game would have another equilibrium.

    Args:
        x: samples, shape (N, ...), or (S, N, ...) when `noise` is a list of S.
        std: σ ≥ 0, in units of x.
        noise: where ε comes from.

    Returns:
        Same shape. With σ = 0 the samples themselves.

    Source: Sønderby 2017, appendix on instance noise; Arjovsky and Bottou 2017,
    section 3. Departure: none.
    Chapter: failures
    """
    if isinstance(noise, list):
        pairs = zip(x, noise, strict=True)
        return torch.stack([instance_noise(one, std, rng) for one, rng in pairs])
    return x + std * torch.randn(x.shape, generator=noise).to(x)
