r"""Inception Score: how sure a classifier is of each sample, and how varied of all."""

import torch
from torch import Tensor

from ganlib.metrics.checks import Estimate, check_features, in_float64

# How far a row of probabilities may be from a sum of one: half precision rounds.
TOLERANCE = 1e-2


def inception_score(probabilities: Tensor, num_splits: int = 10) -> Estimate:
    r"""Exponential of the mean divergence of class probabilities from their mean.

    $$\mathrm{IS} = \exp\Big(\frac1N \sum_i \mathrm{KL}\big(p(y \mid x_i) \,\|\,
    \bar p(y)\big)\Big), \qquad \bar p = \frac1N \sum_i p(y \mid x_i)$$

    Args:
        probabilities: (N, K), rows that sum to 1, in the order of sampling.
        num_splits: parts of consecutive samples, each scored alone; from 1 to N.

    Returns:
        Mean and standard deviation over the parts, from 1 to K. K classes, all equally
        often and each without doubt: K. All samples alike, whatever they are: 1.

    Raises:
        ValueError: rows that are no probabilities, or more parts than samples.

    Source: Salimans 2016, section 4. Departure: none; the parts are those of
        torch-fidelity.
    Chapter: evaluation
    """
    check_features(max(num_splits, 1), probabilities=probabilities)
    if num_splits < 1:
        raise ValueError(f"num_splits is {num_splits}, but one part is the least.")
    p = in_float64(probabilities)
    if p.min() < 0 or (p.sum(1) - 1).abs().max() > TOLERANCE:
        raise ValueError(
            "rows of probabilities must be ≥ 0 and sum to 1; of logits, take "
            "softmax(-1) first."
        )
    scores = torch.stack([_score(part) for part in _parts(p, num_splits)])
    return Estimate(scores.mean().item(), scores.std(correction=0).item())


def _parts(p: Tensor, num: int) -> list[Tensor]:
    edges = [i * len(p) // num for i in range(num + 1)]
    return [p[edges[i] : edges[i + 1]] for i in range(num)]


def _score(p: Tensor) -> Tensor:
    # 0 log 0 = 0: a class that a sample, or all of them, leaves out adds nothing.
    mean = p.mean(0)
    divergences = torch.xlogy(p, p).sum(1) - torch.xlogy(p, mean).sum(1)
    return divergences.mean().exp()
