r"""Let the generator look ahead: a discriminator as it will be some steps from now."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.func import functional_call

from ganlib.training.game import GAN

Discriminator = Callable[..., Tensor]


def look_ahead(
    gan: GAN, real: Tensor, fake: Tensor, labels: Tensor | None = None
) -> Discriminator:
    r"""Return the discriminator after k more steps, as a function of the generator.

    .. math:: \psi_{i+1} = \psi_i - \eta\, \nabla_\psi L_D(\psi_i, \theta),
              \qquad L_G(\psi_k(\theta), \theta)

    The steps are those that D's own optimiser would make on this batch, in a graph: the
    generator's gradient has a second term, how D would answer a change of the fakes. D
    itself, its buffers and its optimiser stay as they are.

    Args:
        gan: the game; `unrolled_steps` is k.
        real: the batch of data, as the discriminator is shown it.
        fake: the fakes, with the generator's graph.
        labels: passed on to a conditional discriminator.

    Returns:
        Maps samples (and labels) to logits. For k = 0 the discriminator itself.

    Raises:
        ValueError: an optimiser other than plain SGD or Adam, penalties, or clipping.

    Source: Metz 2017, section 2.2. Departure: every step on the generator's own batch.
    Chapter: failures
    """
    if not gan.unrolled_steps:
        return gan.discriminator
    _check(gan)
    names, weights = zip(*gan.discriminator.named_parameters(), strict=True)
    # Copies: batch statistics that these passes leave behind are thrown away.
    buffers = {name: b.clone() for name, b in gan.discriminator.named_buffers()}
    given = () if labels is None else (labels,)

    def judge(weights: Sequence[Tensor], x: Tensor, *labels: Tensor) -> Tensor:
        state = dict(zip(names, weights, strict=True)) | buffers
        return functional_call(gan.discriminator, state, (x, *labels))

    states = [_first_state(gan.d_optimizer, weight) for weight in weights]
    for _ in range(gan.unrolled_steps):
        logits = [judge(weights, x, *given) for x in (real, fake)]
        loss = gan.loss.discriminator(*logits).sum()
        gradients = torch.autograd.grad(loss, weights, create_graph=True)
        states = [state.step(g) for state, g in zip(states, gradients, strict=True)]
        weights = [state.weight for state in states]
    return partial(judge, weights)


class _SGD(NamedTuple):
    """One weight under gradient descent, every step a new tensor in the graph."""

    weight: Tensor
    lr: float

    def step(self, gradient: Tensor) -> "_SGD":
        return self._replace(weight=self.weight - self.lr * gradient)


class _Adam(NamedTuple):
    """One weight under Adam, every step a new tensor in the graph."""

    weight: Tensor
    mean: Tensor
    square: Tensor
    num_steps: int
    lr: float
    betas: tuple[float, float]
    eps: float

    def step(self, gradient: Tensor) -> "_Adam":
        num, (b1, b2) = self.num_steps + 1, self.betas
        mean = b1 * self.mean + (1 - b1) * gradient
        square = b2 * self.square + (1 - b2) * gradient.square()
        # At 0 the root has no slope: a weight that no sample reaches stays where it is.
        reached = square > 0
        root = torch.where(reached, square, 1).sqrt() * reached / (1 - b2**num) ** 0.5
        weight = self.weight - self.lr / (1 - b1**num) * mean / (root + self.eps)
        return self._replace(weight=weight, mean=mean, square=square, num_steps=num)


def _first_state(optimizer: torch.optim.Optimizer, weight: nn.Parameter):
    (group,) = (
        g for g in optimizer.param_groups if any(weight is p for p in g["params"])
    )
    if isinstance(optimizer, torch.optim.SGD):
        return _SGD(weight, group["lr"])
    held, zeros = optimizer.state.get(weight, {}), torch.zeros_like(weight)
    return _Adam(
        weight,
        held.get("exp_avg", zeros).clone(),
        held.get("exp_avg_sq", zeros).clone(),
        int(held.get("step", 0)),
        *(group[name] for name in ("lr", "betas", "eps")),
    )


def _check(gan: GAN) -> None:
    if gan.penalties or gan.clipping:
        raise ValueError(
            "unrolling looks ahead by steps on the loss alone, but this game has "
            "penalties or clipping, which these steps would leave out: take those out, "
            "or set unrolled_steps to 0."
        )
    plain = isinstance(gan.d_optimizer, torch.optim.Adam | torch.optim.SGD)
    extras = ("momentum", "weight_decay", "amsgrad", "maximize")
    for group in gan.d_optimizer.param_groups:
        plain = plain and not any(group.get(name) for name in extras)
    if not plain:
        raise ValueError(
            f"unrolling knows the steps of SGD without momentum and of Adam, but D's "
            f"optimiser is {type(gan.d_optimizer).__name__} with other settings: "
            "choose one of these, without weight decay, amsgrad or maximize."
        )
