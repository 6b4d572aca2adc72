r"""What the two networks say when they are asked, without disturbing their game."""

from copy import deepcopy

import torch
from torch import Tensor

from ganlib.diagnostics.judges import ranking
from ganlib.training import GAN, call_network, discriminator_step, draw_noise, pack


def generator_signal(
    gan: GAN, real: Tensor, fake: Tensor, labels: Tensor | None = None
) -> Tensor:
    r"""Mean slope of the generator's loss at a fake: what its gradient is made of.

    .. math:: s = \frac1N \sum_i \|\nabla_{y_i} \ell_G(D(y_i))\|

    with $\ell_G$ the loss of one sample: what the generator gains, at most, for each
    unit of the data by which a fake moves.

    Args:
        gan: the game; neither its networks nor its random numbers are touched.
        real: data, shape (N, ...), or (S, N, ...) for stacked runs.
        fake: fakes, same shape.
        labels: of data and fakes alike, for conditional networks.

    Returns:
        Shape () or (S,), nats (or units of the score) per unit of the data. D(y) = 3y
        under the Wasserstein loss: 3.

    Source: this course. Departure: none.
    Chapter: failures
    """
    fake = fake.detach().requires_grad_(True)
    real_logits, fake_logits = _judged(gan, real, fake, labels)
    loss = gan.loss.generator(real_logits, fake_logits)
    (gradient,) = torch.autograd.grad(loss.sum(), fake)
    slopes = gradient.flatten(fake_logits.ndim).norm(dim=-1)
    return slopes.mean(-1) * fake_logits.shape[-1]


def patience(
    gan: GAN, real: Tensor, num_steps: int = 200, labels: Tensor | None = None
) -> Tensor:
    r"""How much of its loss the discriminator would shed, if the generator stood still.

    .. math:: 1 - \frac{L_D}{\min_c L_D(c, c)}

    A copy of D makes `num_steps` steps of its own against a copy of G that does not
    move; then its loss, without penalties, is compared with the least loss of a D that
    says the same to everything. One that was merely being chased tells real from fake
    by then; one that is too slow, too small or too blind still does not. Of a loss
    without such a level (Wasserstein) it is twice the AUC minus one.

    Args:
        gan: the game; neither its networks nor its random numbers are touched.
        real: data to learn from and to be tested on, shape (N, ...), the same for all
            stacked runs.
        num_steps: ≥ 0.
        labels: of the data, shape (N,), for conditional networks.

    Returns:
        Shape () or (S,), at most 1; about 0 for a discriminator that cannot tell.

    Source: this course. Departure: none.
    Chapter: failures
    """
    num_runs = len(gan.noise) if isinstance(gan.noise, list) else 0
    rng = torch.Generator().manual_seed(0)
    noise = [torch.Generator().manual_seed(run) for run in range(num_runs)] or rng
    # The copy gets random numbers of its own: those of the run are not touched.
    copy = deepcopy(gan, {id(gan.noise): noise})
    copy.generator.eval().requires_grad_(False)
    num = min(128, len(real)) // gan.packing * gan.packing
    for _ in range(num_steps):
        chosen = torch.randperm(len(real), generator=rng)[:num]
        asked = None if labels is None else labels[chosen]
        discriminator_step(copy, _for_each_run(real[chosen], num_runs), asked)
    with torch.no_grad():
        z = draw_noise(len(real), gan.z_dim, noise)
        fake = call_network(copy.generator, z, labels)
        logits = _judged(copy, _for_each_run(real, num_runs), fake, labels)
        level = _constant_level(gan)
        if level == 0:
            return 2 * ranking(*logits) - 1
        return 1 - gan.loss.discriminator(*logits) / level


def _constant_level(gan: GAN) -> float:
    """Least loss of a discriminator that says one number to all samples."""
    same = torch.linspace(-2, 2, 401).unsqueeze(-1).expand(-1, 2)
    return gan.loss.discriminator(same, same).min().item()


def _for_each_run(real: Tensor, num_runs: int) -> Tensor:
    return real.expand(num_runs, *real.shape) if num_runs else real


def _judged(
    gan: GAN, real: Tensor, fake: Tensor, labels: Tensor | None
) -> tuple[Tensor, Tensor]:
    """Let a copy of D judge, in training mode, as it does when G learns from it.

    Batch statistics that these passes leave behind are thrown away with the copy.
    Instance noise is left out: it would take numbers from the run's own stream.
    """
    stacked = isinstance(gan.noise, list)
    discriminator = deepcopy(gan.discriminator).requires_grad_(False).train()
    num = real.shape[stacked] // gan.packing * gan.packing
    real, fake = (x.narrow(int(stacked), 0, num) for x in (real, fake))
    shown = (pack(x, gan.packing, stacked) for x in (real, fake))
    return tuple(call_network(discriminator, x, labels) for x in shown)
