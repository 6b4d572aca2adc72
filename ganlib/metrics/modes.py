r"""How well samples cover the modes of a Gaussian mixture.

A sample is of *high quality* if it lies within $c\,\sigma$ of a centre, by Euclidean
distance; then it counts for its nearest centre. All measures take samples (N, 2), or
(S, N, 2) for S seeds at once, and read centres and width from the target.
"""

import math
from typing import Protocol

import torch
from torch import Tensor


class Target(Protocol):
    """What a mixture of Gaussians of one width and equal weights has to say."""

    means: Tensor
    std: float
    weights: Tensor


def disc_mass(within: float = 3.0) -> float:
    r"""Probability that a normal point of the plane lies within $c\,\sigma$.

    $P(\|x - \mu\| < c\,\sigma) = 1 - e^{-c^2/2}$

    Args:
        within: $c > 0$, radius of the disc, in std.

    Returns:
        In (0, 1); 0.98889 at c = 3: what a perfect sampler of separate modes scores
        in `high_quality_fraction`.

    Source: the Rayleigh distribution. Departure: none.
    Chapter: mode-counting
    """
    return -math.expm1(-(within**2) / 2)


def mode_shares(samples: Tensor, target: Target, within: float = 3.0) -> Tensor:
    r"""Share of the samples in each mode's disc, and outside all of them.

    $\hat q_k = \frac1N \#\{i : \|x_i - \mu_k\| < c\,\sigma,\ k \text{ nearest}\}$,
    $\hat q_{K} = 1 - \sum_{k<K} \hat q_k$

    Args:
        samples: (N, 2) or (S, N, 2), in the unit of the data; a point that is not a
            number lies outside.
        target: the mixture of K Gaussians.
        within: $c > 0$, radius of the discs, in std.

    Returns:
        float64, (K + 1,) or (S, K + 1), each row summing to 1. One sample at (1, 0) and
        one at the origin give ``ring()`` ½, seven zeros, ½.

    Raises:
        ValueError: samples of another shape, or none at all.

    Source: Lin et al. 2018 (PacGAN), evaluation of the synthetic experiments.
        Departure: none.
    Chapter: mode-counting
    """
    distance, nearest = _nearest_mode(samples, target)
    outside = len(target.means)
    bins = torch.where(distance < within * target.std, nearest, outside)
    return torch.nn.functional.one_hot(bins, outside + 1).double().mean(dim=-2)


def modes_captured(samples: Tensor, target: Target, within: float = 3.0) -> Tensor:
    r"""Count the modes that hold at least one high-quality sample.

    $\#\{k < K : \hat q_k > 0\}$

    Args:
        samples: (N, 2), or (S, N, 2) for S seeds at once, in the unit of the data.
        target: the mixture whose modes are counted.
        within: $c > 0$, radius of the disc, in std.

    Returns:
        int64, 0-dim or (S,), from 0 to K; one sample at (1, 0) and one at the origin
        capture 1 mode of ``ring()``.

    Raises:
        ValueError: samples of another shape, or none at all.

    Source: Lin et al. 2018 (PacGAN), evaluation of the synthetic experiments.
        Departure: none.
    Chapter: first-gan
    """
    return (mode_shares(samples, target, within)[..., :-1] > 0).sum(dim=-1)


def high_quality_fraction(
    samples: Tensor, target: Target, within: float = 3.0
) -> Tensor:
    r"""Fraction of samples within a few standard deviations of a mode.

    $h = \frac1N \#\{i : \min_k \|x_i - \mu_k\| < c\,\sigma\}$

    Args:
        samples: (N, 2), or (S, N, 2) for S seeds at once, in the unit of the data.
        target: the mixture whose modes are meant.
        within: $c > 0$, radius of the disc, in std.

    Returns:
        float32, 0-dim or (S,), in [0, 1]; a perfect sampler of separate modes scores
        1 − exp(−c²/2) = 0.98889 at c = 3, so more than that means modes too narrow.

    Raises:
        ValueError: samples of another shape, or none at all.

    Source: Lin et al. 2018 (PacGAN), evaluation of the synthetic experiments.
        Departure: none.
    Chapter: first-gan
    """
    distance, _ = _nearest_mode(samples, target)
    return (distance < within * target.std).float().mean(dim=-1)


def reverse_kl(samples: Tensor, target: Target, within: float = 3.0) -> Tensor:
    r"""Divergence of the modes' shares among high-quality samples from the target's.

    $\mathrm{rKL} = \sum_{k<K} \hat m_k \log \frac{\hat m_k}{w_k}$,
    $\hat m_k = \hat q_k / h$

    Args:
        samples: (N, 2) or (S, N, 2), in the unit of the data.
        target: the mixture with weights $w_k$.
        within: $c > 0$, radius of the discs, in std.

    Returns:
        Nats, float64, 0-dim or (S,), ≥ 0; log K where all lie on one of K equal modes,
        infinite where none is of high quality. A perfect sampler scores (K − 1)/2N on
        average. Blind to what lies off the modes.

    Raises:
        ValueError: samples of another shape, or none at all.

    Source: Lin et al. 2018 (PacGAN), evaluation of the synthetic experiments.
        Departure: none.
    Chapter: mode-counting
    """
    shares = mode_shares(samples, target, within)[..., :-1]
    quality = shares.sum(dim=-1)
    weights = target.weights.to(shares)
    divergence = _kl(shares / quality.unsqueeze(-1).clamp(min=1e-300), weights)
    return torch.where(quality > 0, divergence, math.inf)


def binned_kl(samples: Tensor, target: Target, within: float = 3.0) -> Tensor:
    r"""Divergence over K discs and one bin for the rest, the (K + 1)-bin KL.

    $\mathrm{KL}_{K+1} = \sum_{k \le K} \hat q_k \log \frac{\hat q_k}{p_k}$,
    $p_k = w_k (1 - e^{-c^2/2})$, $p_K = e^{-c^2/2}$; with
    $h = \sum_{k<K} \hat q_k$ and $p = 1 - e^{-c^2/2}$ it is
    $h \log\frac hp + (1-h) \log\frac{1-h}{1-p} + h\,\mathrm{rKL}$

    Args:
        samples: (N, 2) or (S, N, 2), in the unit of the data.
        target: the mixture with weights $w_k$ and discs that do not overlap.
        within: $c > 0$, radius of the discs, in std.

    Returns:
        Nats, float64, 0-dim or (S,), ≥ 0. It rewards neither collapse nor leakage; a
        perfect sampler scores K/2N on average, samples that all lie exactly on the
        centres in equal parts −log(1 − e^(−9/2)) = 0.0112.

    Raises:
        ValueError: samples of another shape, none at all, or discs that overlap.

    Source: this course, after Lin et al. 2018 (PacGAN). Departure: one bin more.
    Chapter: mode-counting
    """
    _check_disjoint(target, within)
    mass = disc_mass(within)
    expected = torch.cat([target.weights.double() * mass, torch.tensor([1 - mass])])
    shares = mode_shares(samples, target, within)
    return _kl(shares, expected.to(shares))


def covariance_ratios(samples: Tensor, target: Target, within: float = 3.0) -> Tensor:
    r"""Variances inside each mode's disc, along its two main axes, over the target's.

    The eigenvalues of the covariance of the samples in disc k, divided by
    $\sigma^2 \left(1 - \frac{c^2}{2} \frac{e^{-c^2/2}}{1 - e^{-c^2/2}}\right)$, the
    variance of a normal that is cut off at $c\,\sigma$.

    Args:
        samples: (N, 2) or (S, N, 2), in the unit of the data.
        target: the mixture of K Gaussians.
        within: $c > 0$, radius of the discs, in std.

    Returns:
        float64, (K, 2) or (S, K, 2), ascending; 1 and 1 for a mode of the right width,
        0 for one that has shrunk to a point or holds no sample.

    Raises:
        ValueError: samples of another shape, or none at all.

    Source: this course; the cut-off variance is an integral of r³ exp(−r²/2).
        Departure: none.
    Chapter: mode-counting
    """
    distance, nearest = _nearest_mode(samples, target)
    good = distance < within * target.std
    one_hot = torch.nn.functional.one_hot(nearest, len(target.means)).double()
    member = (one_hot * good.unsqueeze(-1)).transpose(-1, -2)  # (..., K, N)
    count = member.sum(-1, keepdim=True).clamp(min=1)
    points = samples.detach().double().nan_to_num()  # no member is NaN: 0 · NaN is
    centred = points.unsqueeze(-3) - target.means.to(points).unsqueeze(-2)
    mean = (member.unsqueeze(-2) @ centred) / count.unsqueeze(-1)
    centred = (centred - mean) * member.unsqueeze(-1)
    covariance = centred.transpose(-1, -2) @ centred / count.unsqueeze(-1)
    mass = disc_mass(within)
    cut_off = 1 - within**2 / 2 * (1 - mass) / mass
    return torch.linalg.eigvalsh(covariance) / (target.std**2 * cut_off)


def uniform_kl(labels: Tensor, num_modes: int) -> Tensor:
    r"""Divergence of the modes' shares from equal ones, where a classifier names modes.

    $\sum_k \hat m_k \log (K \hat m_k)$, $\hat m_k$ the share of label $k$

    Args:
        labels: (N,) int64, each sample's mode, from 0 to K − 1.
        num_modes: K, ≥ 1.

    Returns:
        Nats, float64, from 0 to log K. A perfect sampler scores (K − 1)/2N on average:
        0.0192 for 1,000 modes and 26,000 samples.

    Raises:
        ValueError: no label, or labels out of range.

    Source: Lin et al. 2018 (PacGAN), stacked MNIST. Departure: none.
    Chapter: mode-counting
    """
    if not len(labels) or labels.min() < 0 or labels.max() >= num_modes:
        raise ValueError(
            f"labels must be whole numbers from 0 to {num_modes - 1}, at least one."
        )
    shares = torch.bincount(labels, minlength=num_modes).double() / len(labels)
    return _kl(shares, torch.full_like(shares, 1 / num_modes))


def _kl(q: Tensor, p: Tensor) -> Tensor:
    return torch.xlogy(q, q / p).sum(dim=-1)


def _nearest_mode(samples: Tensor, target: Target) -> tuple[Tensor, Tensor]:
    shape = tuple(samples.shape)
    if len(shape) not in (2, 3) or shape[-1] != 2 or 0 in shape:
        raise ValueError(
            "samples must have shape (N, 2), or (S, N, 2) for S seeds, with N of at "
            f"least 1; got {shape}."
        )
    # The matrix-product form of cdist cancels digits: 0.15 off a centre at 4 matters.
    mode = "donot_use_mm_for_euclid_dist"
    means = target.means.to(samples)
    return torch.cdist(samples.detach(), means, compute_mode=mode).min(dim=-1)


def _check_disjoint(target: Target, within: float) -> None:
    if len(target.means) < 2:
        return
    closest = float(torch.pdist(target.means.double()).min())
    if closest < 2 * within * target.std:
        raise ValueError(
            f"two centres are {closest:.3g} apart, but discs of {within} std "
            f"({within * target.std:.3g}) must not overlap for their masses to be "
            "known: take a smaller `within`, or a target with separate modes."
        )
