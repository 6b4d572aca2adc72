r"""The game as played: one visible loop, one function for each player's step.

:func:`train` is a generator: it yields a `Record` every so often and otherwise keeps
quiet, and the ``for`` loop around it plots, stops or counts. The same code trains one
run or S stacked runs; then every tensor has a leading seed axis, every run has its own
random numbers, and the loss that is differentiated is the sum over runs, which Adam,
being element-wise, turns into the very steps that each run would take alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from ganlib.training.annealing import Annealing
from ganlib.training.classes import logits_and_term
from ganlib.training.finite import check_finite
from ganlib.training.game import GAN, batch_size, check_data
from ganlib.training.presented import presented
from ganlib.training.sampling import call_network, draw_noise
from ganlib.training.unrolling import look_ahead


@dataclass(frozen=True)
class Settings:
    """How long to play and how often to report.

    Args:
        num_steps: generator steps in all, ≥ 1.
        d_steps: discriminator steps for each generator step, ≥ 1 (Goodfellow 2014,
            algorithm 1, calls it k and uses 1).
        log_every: steps between two records, ≥ 1; the last step is always recorded.
        annealing: how learning rates and penalties change on the way, or `None`.

    Raises:
        ValueError: a count below one.

    Chapter: first-gan
    """

    num_steps: int
    d_steps: int = 1
    log_every: int = 100
    annealing: Annealing | None = None

    def __post_init__(self) -> None:
        """Refuse counts below one."""
        for name in ("num_steps", "d_steps", "log_every"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}, but must be ≥ 1.")


class Record(NamedTuple):
    """What the loop reports: a float each, or a list of S floats for stacked runs.

    Args:
        step: generator steps made so far.
        d_loss: the discriminator's loss, penalties included.
        g_loss: the generator's loss.
        real_logit: mean logit on the data, before the discriminator's step.
        fake_logit: mean logit on the fakes, before the discriminator's step.
    """

    step: int
    d_loss: float | list[float]
    g_loss: float | list[float]
    real_logit: float | list[float]
    fake_logit: float | list[float]


class DiscriminatorStep(NamedTuple):
    """Loss, real logits and fake logits of one discriminator step, before it."""

    loss: Tensor
    real_logits: Tensor
    fake_logits: Tensor


def discriminator_step(
    gan: GAN, real: Tensor, labels: Tensor | None = None
) -> DiscriminatorStep:
    """Show the discriminator data and fresh fakes, and move it once.

    Args:
        gan: the game; its discriminator is changed in place.
        real: a batch of data, shape (N, ...) or (S, N, ...).
        labels: the data's labels, for conditional networks; the fakes get the same.

    Returns:
        Loss and logits as they were before the step, detached.

    Source: Goodfellow 2014, algorithm 1, inner loop. Departure: Adam, not momentum.
    Chapter: first-gan
    """
    z = draw_noise(batch_size(gan, real), gan.z_dim, gan.noise, real.device, real.dtype)
    with torch.no_grad():  # this step must not reach the generator
        fake = call_network(gan.generator, z, labels)
    if gan.replay:
        fake = gan.replay.exchange(fake, gan.noise)
    real, fake = presented(gan, real), presented(gan, fake)
    real_logits, real_term = logits_and_term(gan, gan.discriminator, real, labels)
    fake_logits, fake_term = logits_and_term(gan, gan.discriminator, fake, labels)
    loss = gan.loss.discriminator(real_logits, fake_logits) + real_term
    if gan.class_on_fakes:
        loss = loss + fake_term
    for penalty in gan.penalties:
        term = penalty(gan.discriminator, real, fake, gan.noise, labels)
        loss = loss + gan.penalty_scale * term
    gan.d_optimizer.zero_grad()
    loss.sum().backward()
    gan.d_optimizer.step()
    if gan.clipping:
        gan.clipping.apply(gan.discriminator)
    return DiscriminatorStep(loss.detach(), real_logits.detach(), fake_logits.detach())


def generator_step(gan: GAN, real: Tensor, labels: Tensor | None = None) -> Tensor:
    """Let the generator move once against the discriminator as it stands.

    Args:
        gan: the game; its generator is changed in place.
        real: the last batch of data: its size, and what paired losses compare with.
        labels: labels for the fakes, for conditional networks.

    Returns:
        The generator's loss before the step, detached; shape () or (S,).

    Source: Goodfellow 2014, algorithm 1, outer loop. Departure: Adam, not momentum.
    Chapter: first-gan
    """
    z = draw_noise(batch_size(gan, real), gan.z_dim, gan.noise, real.device, real.dtype)
    fake = call_network(gan.generator, z, labels)
    real, fake = presented(gan, real), presented(gan, fake)
    discriminator = look_ahead(gan, real, fake, labels)
    fake_logits, fake_term = logits_and_term(gan, discriminator, fake, labels)
    if gan.loss.paired:
        # A discriminator some steps ahead depends on the generator in all it says.
        with torch.set_grad_enabled(gan.unrolled_steps > 0):
            real_logits = call_network(discriminator, real, labels)
    else:
        real_logits = fake_logits.detach()  # only its shape is looked at
    loss = gan.loss.generator(real_logits, fake_logits) + fake_term
    gan.g_optimizer.zero_grad()
    # `inputs`: the discriminator's weights get no gradient from this step.
    loss.sum().backward(inputs=list(gan.generator.parameters()))
    gan.g_optimizer.step()
    return loss.detach()


def train(
    gan: GAN,
    batches: Iterator,
    settings: Settings,
    start: int = 0,
) -> Iterator[Record]:
    """Alternate the two steps and yield a record every `log_every` steps.

    Args:
        gan: the game, changed in place.
        batches: endless pairs (real, labels); labels may be `None`.
        settings: how long, and how often to report.
        start: steps already made, when resuming.

    Yields:
        A `Record` after each multiple of `log_every` and after the last step.

    Raises:
        ValueError: the data cannot be reached by the generator's output activation,
            a batch of one meets BatchNorm, or a remedy does not fit the game.
        FloatingPointError: a loss is no longer finite.

    Source: Goodfellow 2014, algorithm 1. Departure: Adam, not momentum; z is normal.
    Chapter: first-gan
    """
    gan.generator.train()
    gan.discriminator.train()
    for step in range(start + 1, settings.num_steps + 1):
        if settings.annealing:
            settings.annealing.apply(gan, (step - 1) / settings.num_steps)
        for _ in range(settings.d_steps):
            real, labels = next(batches)
            if step == start + 1:
                check_data(gan, real, labels)
            d_step = discriminator_step(gan, real, labels)
        g_loss = generator_step(gan, real, labels)
        check_finite(gan, step, real, d_step.loss, g_loss)
        update_ema(gan, step)
        if step % settings.log_every == 0 or step == settings.num_steps:
            yield _record(step, d_step, g_loss)


def _record(step: int, d_step: DiscriminatorStep, g_loss: Tensor) -> Record:
    return Record(
        step,
        d_step.loss.tolist(),
        g_loss.tolist(),
        d_step.real_logits.mean(-1).tolist(),
        d_step.fake_logits.mean(-1).tolist(),
    )


@torch.no_grad()
def update_ema(gan: GAN, step: int) -> None:
    r"""Move the averaged generator a little towards the current one.

    .. math:: \bar\theta \leftarrow \beta_t \bar\theta + (1 - \beta_t)\,\theta,
              \quad \beta_t = \min\{\beta, (1 + t) / (10 + t)\}

    The cap on β lets early steps be forgotten quickly. BatchNorm's running statistics
    are copied, not averaged: they are averages already.

    Args:
        gan: the game; does nothing if it keeps no average.
        step: t ≥ 0.

    Source: Karras 2018, section 4 (weight average). Departure: the cap on β.
    Chapter: dcgan
    """
    if gan.ema_generator is None:
        return
    decay = min(gan.ema_decay, (1 + step) / (10 + step))
    averages, currents = gan.ema_generator, gan.generator
    for average, current in zip(
        averages.parameters(), currents.parameters(), strict=True
    ):
        average.lerp_(current, 1 - decay)
    for average, current in zip(averages.buffers(), currents.buffers(), strict=True):
        average.copy_(current)
