r"""Exact optimal transport between finite distributions, with both dual potentials."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

NOTHING = 1e-14  # a mass below this is rounding: all of them together are 1


class Transport(NamedTuple):
    r"""A cheapest way to move one distribution onto another, and its certificate.

    $$f_i + g_j \le c_{ij}, \quad\text{with equality wherever } \pi_{ij} > 0$$

    The inequality makes Σ p f + Σ q g a lower bound of the cost of every plan; the
    equality makes it the cost of this one. So the fields prove each other right.

    Args:
        cost: total cost Σ π c, in the unit of c, a tensor without axes, float64.
        plan: π, mass moved from i to j, shape (n, m), float64.
        f: dual potential of the sources, shape (n,), in the unit of c.
        g: dual potential of the targets, shape (m,), in the unit of c.

    Chapter: wasserstein
    """

    cost: Tensor
    plan: Tensor
    f: Tensor
    g: Tensor


def transport(
    cost: Tensor, p: Tensor | None = None, q: Tensor | None = None
) -> Transport:
    r"""Solve the transport problem exactly, by shortest augmenting paths.

    $$\min_{\pi \ge 0} \sum_{ij} \pi_{ij} c_{ij}, \qquad \sum_j \pi_{ij} = p_i, \quad
    \sum_i \pi_{ij} = q_j$$

    With n = m equal weights there are n augmentations of at most O(n²) operations, so
    O(n³). Unequal weights need about n + m augmentations, more in unkind cases.

    Args:
        cost: c, shape (n, m), finite; any sign, any unit.
        p: weights of the sources, shape (n,), ≥ 0, summing to 1; default equal.
        q: weights of the targets, shape (m,), ≥ 0, summing to 1; default equal.

    Returns:
        A `Transport`, detached. The costs [[0, 1], [1, 0]] with equal weights: cost 0,
        plan ½ on the diagonal. With p = (1, 0) instead: cost ½.

    Raises:
        ValueError: costs that are not a finite table, weights that do not fit it.

    Source: Ahuja 1993, section 9.7 (successive shortest paths). Departure: masses are
    real numbers, and count as 0 below 1e-14.
    Chapter: wasserstein
    """
    c = _table(cost)
    supply, demand = _weights("p", p, c.shape[0]), _weights("q", q, c.shape[1])
    plan = np.zeros_like(c)
    f = c.min(axis=1)
    g = (c - f[:, None]).min(axis=0)
    for source in range(len(f)):
        while supply[source] > NOTHING and demand.max() > NOTHING:
            path = _shortest_path(source, c, f, g, plan, demand)
            _send(path, plan, supply, demand)
    # Undo rounding: the largest potentials that satisfy every inequality.
    g = (c - f[:, None]).min(axis=0)
    f = (c - g).min(axis=1)
    total = torch.tensor((plan * c).sum(), dtype=torch.float64)
    return Transport(total, *map(torch.from_numpy, (plan, f, g)))


def _shortest_path(
    source: int,
    c: np.ndarray,
    f: np.ndarray,
    g: np.ndarray,
    plan: np.ndarray,
    demand: np.ndarray,
) -> list[tuple[int, int]]:
    """Dijkstra from one source to a target with demand; moves f and g in place.

    The length of an edge is its slack c − f − g ≥ 0. A target is left backwards, at
    length 0, to whatever sources send to it now. Returns the forward edges, last first.
    """
    slack = c - f[:, None] - g
    to_target, before_target = slack[source].copy(), np.full(len(g), source)
    to_source, before_source = np.full(len(f), np.inf), np.full(len(f), -1)
    to_source[source] = 0.0
    waiting = np.ones(len(g), dtype=bool)
    while True:
        j = int(np.where(waiting, to_target, np.inf).argmin())
        waiting[j] = False
        if demand[j] > NOTHING:
            break
        for i in np.flatnonzero((plan[:, j] > 0) & np.isinf(to_source)):
            to_source[i], before_source[i] = to_target[j], j
            through = to_target[j] + slack[i]
            shorter = waiting & (through < to_target)
            to_target[shorter], before_target[shorter] = through[shorter], i
    # Edges of shortest paths become tight, and no slack becomes negative.
    f += np.maximum(to_target[j] - to_source, 0)
    g -= np.maximum(to_target[j] - to_target, 0)
    path = [(int(before_target[j]), j)]
    while path[-1][0] != source:
        j = int(before_source[path[-1][0]])
        path.append((int(before_target[j]), j))
    return path


def _send(
    path: list[tuple[int, int]],
    plan: np.ndarray,
    supply: np.ndarray,
    demand: np.ndarray,
) -> None:
    """Move as much as fits along a path: more on its edges, less on those undone."""
    source, target = path[-1][0], path[0][1]
    # The path leaves a target for the source that the edge before it began with.
    undone = [(i, j) for (i, _), (_, j) in pairwise(path)]
    amount = min(supply[source], demand[target], *(plan[edge] for edge in undone), 1.0)
    for edge in path:
        plan[edge] += amount
    for edge in undone:
        plan[edge] -= amount
        if plan[edge] < NOTHING:
            plan[edge] = 0.0
    supply[source] -= amount
    demand[target] -= amount


def _table(cost: Tensor) -> np.ndarray:
    c = cost.detach().cpu().double().numpy()
    if c.ndim != 2 or not c.size:
        raise ValueError(
            f"cost has shape {tuple(cost.shape)}, but transport needs a table (n, m): "
            "one row for each source, one column for each target."
        )
    if not np.isfinite(c).all():
        raise ValueError(
            "cost holds a NaN or an infinity, so no plan has a meaningful cost. Look "
            "at the points: a network that diverged returns such samples."
        )
    return c


def _weights(name: str, weights: Tensor | None, num: int) -> np.ndarray:
    if weights is None:
        return np.full(num, 1 / num)
    w = weights.detach().cpu().double().numpy()
    if w.shape != (num,) or not (w >= 0).all() or not abs(w.sum() - 1) < 1e-6:
        raise ValueError(
            f"{name} must hold {num} weights, none negative, none NaN, summing to 1, "
            f"but has shape {tuple(w.shape)} and sum {w.sum():.6g}. Divide by the sum."
        )
    return w / w.sum()
