"""From noise to samples."""

import torch
from torch import Tensor, nn

from ganlib.penalties import Noise


def draw_noise(
    num: int,
    z_dim: int,
    noise: Noise,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
) -> Tensor:
    """Draw latent vectors z ~ N(0, I).

    Args:
        num: how many, N ≥ 1.
        z_dim: size of each.
        noise: the random generator, or a list of S for stacked runs.
        device: where z is wanted; drawn on the CPU, so that it is the same everywhere.
        dtype: the precision wanted; drawn in single, so that it is the same in all.

    Returns:
        Shape (N, z_dim), or (S, N, z_dim).

    Chapter: first-gan
    """
    if isinstance(noise, list):
        z = torch.stack([torch.randn(num, z_dim, generator=one) for one in noise])
    else:
        z = torch.randn(num, z_dim, generator=noise)
    return z.to(device, dtype)


@torch.no_grad()
def sample(
    generator: nn.Module,
    z: Tensor,
    labels: Tensor | None = None,
    batch_size: int = 500,
) -> Tensor:
    """Map latent vectors to samples, in evaluation mode, a chunk at a time.

    In evaluation mode BatchNorm uses its running statistics, so that a sample depends
    on its own z alone and not on its neighbours in the batch.

    Args:
        generator: the network; its mode is put back afterwards.
        z: shape (N, z_dim), or (S, N, z_dim) for stacked runs (then in one piece).
        labels: shape (N,), for conditional generators.
        batch_size: samples made at a time, ≥ 1; bounds the memory.

    Returns:
        The samples, shape (N, ...) or (S, N, ...).

    Chapter: first-gan
    """
    was_training = generator.training
    generator.eval()
    try:
        if z.ndim == 3:
            return call_network(generator, z, labels)
        chunks = z.split(batch_size)
        parts = [None] * len(chunks) if labels is None else labels.split(batch_size)
        pairs = zip(chunks, parts, strict=True)
        return torch.cat([call_network(generator, *pair) for pair in pairs])
    finally:
        generator.train(was_training)


def call_network(network: nn.Module, x: Tensor, labels: Tensor | None) -> Tensor:
    """Call a network, with labels where there are some."""
    return network(x) if labels is None else network(x, labels)
