"""Two networks, their optimisers, and the rules of their game."""

from copy import deepcopy
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from ganlib.losses import Loss
from ganlib.penalties import R1, R2, GradientPenalty, Noise, WeightClipping
from ganlib.training.packing import pack
from ganlib.training.replay import Replay

Penalty = R1 | R2 | GradientPenalty


@dataclass
class GAN:
    """Two networks, their optimisers, and the rules of their game.

    Args:
        generator: maps z (N, z_dim) to samples (N, ...).
        discriminator: maps samples (N, ...) to logits (N,).
        loss: one of `ganlib.losses`.
        g_optimizer: updates the generator's parameters.
        d_optimizer: updates the discriminator's parameters.
        z_dim: size of the latent vector, z ~ N(0, I).
        noise: where z comes from; a list of S generators for S stacked runs.
        penalties: what is added to the discriminator's loss.
        clipping: bound on the critic's weights, applied after each of its steps.
        ema_decay: how much of the averaged generator each step keeps, in [0, 1); 0
            keeps no average.
        instance_noise: standard deviation of the noise on all that the discriminator
            is shown, ≥ 0, in units of the data.
        packing: samples that the discriminator judges jointly, ≥ 1; its first layer is
            that many times as wide.
        replay: a store of past fakes, or `None`.
        unrolled_steps: discriminator steps that the generator looks ahead, ≥ 0.
        class_weight: weight λ ≥ 0, in both players' losses, of naming the label; with
            λ > 0 the discriminator has a method `classify`.
        class_on_fakes: whether the discriminator learns the labels of fakes too.

    Attributes:
        ema_generator: the running average of the generator's weights, or `None`.
        penalty_scale: what every penalty is multiplied with; 1 unless annealed.
        noise_scale: what the instance noise is multiplied with; 1 unless annealed.

    Raises:
        ValueError: the discriminator ends in a sigmoid, an optimiser does not hold
            exactly its own player's parameters, or a number is out of its range.

    Chapter: first-gan
    """

    generator: nn.Module
    discriminator: nn.Module
    loss: Loss
    g_optimizer: torch.optim.Optimizer
    d_optimizer: torch.optim.Optimizer
    z_dim: int
    noise: Noise
    penalties: tuple[Penalty, ...] = ()
    clipping: WeightClipping | None = None
    ema_decay: float = 0.0
    instance_noise: float = 0.0
    packing: int = 1
    replay: Replay | None = None
    unrolled_steps: int = 0
    class_weight: float = 0.0
    class_on_fakes: bool = False
    ema_generator: nn.Module | None = field(default=None, init=False)
    penalty_scale: float = field(default=1.0, init=False)
    noise_scale: float = field(default=1.0, init=False)

    def __post_init__(self) -> None:
        """Refuse the classic mistakes before the first step."""
        _refuse_probabilities(self.discriminator)
        _check_optimizer("g_optimizer", self.g_optimizer, self.generator)
        _check_optimizer("d_optimizer", self.d_optimizer, self.discriminator)
        if not 0 <= self.ema_decay < 1:
            raise ValueError(f"ema_decay is {self.ema_decay}, but must be in [0, 1).")
        for name, least in (
            ("instance_noise", 0),
            ("packing", 1),
            ("unrolled_steps", 0),
            ("class_weight", 0),
        ):
            if getattr(self, name) < least:
                raise ValueError(
                    f"{name} is {getattr(self, name)}, but must be ≥ {least}."
                )
        if self.ema_decay:
            self.ema_generator = deepcopy(self.generator).requires_grad_(False)


def batch_size(gan: GAN, real: Tensor) -> int:
    """Count the samples of a batch; stacked runs have a seed axis before it."""
    return real.shape[1] if isinstance(gan.noise, list) else len(real)


def _last_layer(network: nn.Module) -> nn.Module:
    *_, last = (m for m in network.modules() if not list(m.children()))
    return last


def _refuse_probabilities(discriminator: nn.Module) -> None:
    if isinstance(_last_layer(discriminator), nn.Sigmoid):
        raise ValueError(
            "the discriminator ends in a Sigmoid, but every loss here takes logits. "
            "Remove that last layer; σ(logit) is the probability when you want it."
        )


def _check_optimizer(
    name: str, optimizer: torch.optim.Optimizer, network: nn.Module
) -> None:
    held = {id(p) for group in optimizer.param_groups for p in group["params"]}
    if held != {id(p) for p in network.parameters()}:
        raise ValueError(
            f"{name} does not hold exactly its own network's parameters: each player "
            "is moved by its own optimiser, made from network.parameters()."
        )


def check_data(gan: GAN, real: Tensor, labels: Tensor | None = None) -> None:
    """Refuse data that the generator cannot reach, and batches that BatchNorm cannot.

    Args:
        gan: the game.
        real: a batch of data, shape (N, ...) or (S, N, ...).
        labels: the data's labels, or `None`.

    Raises:
        ValueError: data outside the range of the generator's output activation, a
            batch of one under BatchNorm, labels where samples are exchanged or none
            where they are to be named, or a discriminator not made for packs.
    """
    if gan.class_weight and (labels is None or gan.unrolled_steps):
        raise ValueError(
            f"class_weight is {gan.class_weight}: the discriminator has to name the "
            "labels, so the data must have some (a recipe's classes), and the "
            "generator cannot look ahead (unrolled_steps must be 0)."
        )
    if labels is not None and (gan.replay or gan.packing > 1):
        raise ValueError(
            "the data has labels, but packing and replay put samples in the place of "
            "others and would leave the labels behind: train without labels."
        )
    if gan.packing > 1:
        _check_packs(gan, real)
    last, low, high = _last_layer(gan.generator), real.min(), real.max()
    span = f"the data lies in [{low:.3g}, {high:.3g}]"
    if isinstance(last, nn.Tanh) and (low < -1.001 or high > 1.001 or low >= 0):
        raise ValueError(
            f"{span}, but the generator ends in tanh and reaches (−1, 1). Scale the "
            "data to [−1, 1]: x / 127.5 − 1 for bytes."
        )
    if isinstance(last, nn.Sigmoid) and (low < 0 or high > 1.001):
        raise ValueError(
            f"{span}, but the generator ends in a sigmoid and reaches (0, 1). Scale "
            "the data to [0, 1], or end in tanh and scale it to [−1, 1]."
        )
    norms = nn.modules.batchnorm._BatchNorm
    if batch_size(gan, real) == 1 and any(
        isinstance(module, norms)
        for network in (gan.generator, gan.discriminator)
        for module in network.modules()
    ):
        raise ValueError(
            "a batch of one meets BatchNorm, whose variance over one sample is zero. "
            "Use a larger batch, and drop the ragged last one of each epoch."
        )


@torch.no_grad()
def _check_packs(gan: GAN, real: Tensor) -> None:
    packs = pack(real, gan.packing, stacked=isinstance(gan.noise, list))
    was_training = gan.discriminator.training
    gan.discriminator.eval()  # this look shall leave no batch statistics behind
    try:
        gan.discriminator(packs)
    except RuntimeError as error:
        raise ValueError(
            f"the discriminator cannot judge packs of {gan.packing}, shape "
            f"{tuple(packs.shape)}: build it with {gan.packing} times the in_features "
            f"(or channels) of one sample. ({error})"
        ) from error
    finally:
        gan.discriminator.train(was_training)
