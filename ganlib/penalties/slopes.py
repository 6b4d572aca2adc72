r"""How steep a discriminator is at each sample, and what makes that meaningless."""

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

Noise = torch.Generator | list[torch.Generator] | None


def input_gradients(
    discriminator: nn.Module, x: Tensor, labels: Tensor | None = None
) -> Tensor:
    r"""Gradient of each sample's logit with respect to that sample.

    .. math:: \nabla_x D(x_i), \quad i = 1 \dots N

    Args:
        discriminator: maps (N, ...) to logits (N,), or (S, N, ...) to (S, N).
        x: where the slope is measured, shape (N, ...) or (S, N, ...).
        labels: passed on to a conditional discriminator, shape (N,).

    Returns:
        Shape (N, d) or (S, N, d), all axes of a sample flattened into one, with its
        graph kept so that it can be trained. For D(x) = w·x every row is w.

    Raises:
        ValueError: the discriminator holds a layer that mixes samples (BatchNorm, a
            minibatch statistic), or does not return one logit for each sample.

    Source: Gulrajani 2017, algorithm 1, line 7. Departure: none.
    Chapter: gradient-penalty
    """
    _refuse_mixing(discriminator)
    x = x.detach().requires_grad_(True)
    logits = discriminator(x) if labels is None else discriminator(x, labels)
    _check_one_logit_a_sample(logits, x)
    # Each logit depends on its own sample alone, so the gradient of the sum holds
    # every sample's gradient.
    (gradient,) = torch.autograd.grad(logits.sum(), x, create_graph=True)
    return gradient.flatten(start_dim=logits.ndim)


def check_per_sample(
    discriminator: nn.Module, x: Tensor, labels: Tensor | None = None
) -> None:
    r"""Refuse a discriminator whose logit for one sample depends on other samples.

    .. math:: \frac{\partial}{\partial x_j} \sum_{i \le N/2} D(x_i) = 0,
              \quad j > N/2

    `input_gradients` differentiates the sum of all logits, and so relies on this.
    BatchNorm it knows by name, a layer with the mark `mixes_samples = True` by that; a
    layer of your own (attention over the batch) it does not. One forward and one
    backward pass: for the first step of a run, or a test.

    Args:
        discriminator: maps (N, ...) to logits (N,), or (S, N, ...) to (S, N).
        x: at least two samples, shape (N, ...) or (S, N, ...).
        labels: passed on to a conditional discriminator, shape (N,).

    Raises:
        ValueError: a logit depends on other samples, there are not one logit for each
            sample, or fewer than two samples.

    Source: Gulrajani 2017, section 4 (no critic batch normalization). Departure: tested
    by its effect, whatever the layer.
    Chapter: gradient-penalty
    """
    x = x.detach().requires_grad_(True)
    logits = discriminator(x) if labels is None else discriminator(x, labels)
    _check_one_logit_a_sample(logits, x)
    axis, num = logits.ndim - 1, logits.shape[-1]
    if num < 2:
        raise ValueError("give at least two samples, to see whether they mix.")
    half = num // 2
    (gradient,) = torch.autograd.grad(logits[..., :half].sum(), x)
    leak = gradient.narrow(axis, half, num - half).abs().max()
    own = gradient.narrow(axis, 0, half).abs().max()
    if leak > 1e-6 * own:
        raise ValueError(
            f"the discriminator mixes samples: a logit's slope towards other samples "
            f"of the batch is up to {leak:.3g}, towards its own {own:.3g}. A gradient "
            "penalty is about each sample alone: take out the layer that looks across "
            "the batch."
        )


def _refuse_mixing(discriminator: nn.Module) -> None:
    for name, module in discriminator.named_modules():
        marked = getattr(module, "mixes_samples", False)  # a layer can say so itself
        if marked or isinstance(module, _BatchNorm):
            raise ValueError(
                f"the discriminator's layer {name!r} is a {type(module).__name__}: it "
                "makes the output for one sample depend on the whole batch, and a "
                "gradient penalty is about each sample alone. Build the discriminator "
                "without this layer; a norm over one sample, or packs of samples, do "
                "no harm."
            )


def _check_one_logit_a_sample(logits: Tensor, x: Tensor) -> None:
    """Refuse logits whose axes are not the samples': the norm would be a wrong one."""
    num_axes = logits.ndim
    fits = 1 <= num_axes < x.ndim and logits.shape == x.shape[:num_axes]
    if not fits or num_axes > 2 or (num_axes == 2 and logits.shape[1] == 1):
        raise ValueError(
            f"the discriminator maps samples {tuple(x.shape)} to logits "
            f"{tuple(logits.shape)}, but a gradient penalty needs one for each sample: "
            "shape (N,), or (S, N) for S stacked runs. Drop a last axis of one with "
            ".squeeze(-1), and take the mean over the batch in the loss alone."
        )
