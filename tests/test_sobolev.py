"""The dual Sobolev norm on grids, against closed forms and SciPy."""

import math

import numpy as np
import pytest
import torch
from scipy import sparse

from ganlib import theory

SPACING = 0.05
LINE = torch.linspace(-6, 6, 241, dtype=torch.float64)


def normal(x, mean=0.0, std=1.0):
    masses = torch.exp(-(((x - mean) / std) ** 2) / 2)
    return masses / masses.sum()


def random_masses(*shape):
    raw = torch.rand(*shape, generator=torch.Generator().manual_seed(0)).double() + 0.1
    return raw / raw.sum()


def test_worked_values():
    p, q = (torch.tensor(v, dtype=torch.float64) for v in ((1.0, 0.0), (0.5, 0.5)))
    assert theory.stiffness(q, 1.0).tolist() == [[0.5, -0.5], [-0.5, 0.5]]
    for norm in (theory.dual_sobolev_norm, theory.dual_sobolev_norm_line):
        assert norm(p - q, q, 1.0).item() == pytest.approx(0.5**0.5, abs=1e-15)
        assert norm(q - q, q, 1.0).item() == 0


@pytest.mark.parametrize("shape", [(7,), (4, 6)])
def test_stiffness_is_the_weighted_mean_squared_slope(shape):
    weight, t = random_masses(*shape), torch.randn(shape, dtype=torch.float64)
    expected = 0.0
    for axis in range(len(shape)):
        rise = t.diff(dim=axis) / 0.3
        ends = [weight.narrow(axis, s, shape[axis] - 1) for s in (0, 1)]
        expected += (rise**2 * (ends[0] + ends[1]) / 2).sum()
    matrix = theory.stiffness(weight, 0.3)
    assert torch.equal(matrix, matrix.T)
    flat = t.flatten()
    assert (flat @ matrix @ flat).item() == pytest.approx(expected.item(), rel=1e-12)
    assert matrix.sum(1).abs().max() < 1e-12  # constants are free


def test_line_and_matrix_agree():
    p, q = normal(LINE), normal(LINE, 0.3, 1.2)
    weight = (p + q) / 2
    by_matrix = theory.dual_sobolev_norm(p - q, weight, SPACING)
    by_sums = theory.dual_sobolev_norm_line(p - q, weight, SPACING)
    assert by_matrix.item() == pytest.approx(by_sums.item(), rel=1e-9)


@pytest.mark.parametrize(("mean", "std"), [(0.01, 1.0), (0.0, 1.01), (0.01, 1.01)])
def test_near_a_normal_it_is_the_wasserstein_distance(mean, std):
    p, q = normal(LINE), normal(LINE, mean, std)
    distance = math.hypot(mean, std - 1)
    norm = theory.dual_sobolev_norm_line(p - q, (p + q) / 2, SPACING)
    assert norm.item() == pytest.approx(distance, rel=0.005)


def test_in_the_plane_a_shift_costs_its_length():
    ticks = torch.linspace(-4.5, 4.5, 31, dtype=torch.float64)
    p = torch.outer(normal(ticks), normal(ticks))
    q = torch.outer(normal(ticks, 0.06), normal(ticks, 0.08))
    norm = theory.dual_sobolev_norm(p - q, (p + q) / 2, 0.3)
    assert norm.item() == pytest.approx(0.1, rel=0.005)


def test_agrees_with_a_sparse_solver():
    weight = random_masses(6, 5)
    difference = random_masses(5, 6).T - weight
    num = weight.numel()
    laplacian = sparse.lil_matrix((num, num))
    for i, j in np.ndindex(6, 5):
        for k, m in ((i + 1, j), (i, j + 1)):
            if k < 6 and m < 5:
                row = np.zeros(num)
                row[5 * i + j], row[5 * k + m] = 1 / 0.2, -1 / 0.2
                edge = float(weight[i, j] + weight[k, m]) / 2
                laplacian = laplacian + edge * np.outer(row, row)
    right = difference.flatten().numpy()[1:]
    matrix = sparse.csc_matrix(laplacian)[1:, 1:]
    expected = right @ sparse.linalg.spsolve(matrix, right)
    found = theory.dual_sobolev_norm(difference, weight, 0.2) ** 2
    assert found.item() == pytest.approx(expected, rel=1e-10)


def test_no_critic_does_better():
    """The norm is a supremum: random critics stay below, the potential reaches it."""
    weight = random_masses(12)
    difference = random_masses(12).flip(0) - weight
    norm = theory.dual_sobolev_norm(difference, weight, 0.1)
    matrix = theory.stiffness(weight, 0.1)
    best = theory.dual_sobolev_potential(difference, weight, 0.1)
    rng = torch.Generator().manual_seed(1)
    guesses = torch.randn(200, 12, generator=rng, dtype=torch.float64)
    for t in (best, *guesses, *(best + 1e-3 * guesses)):
        reached = difference @ t / (t @ matrix @ t).sqrt()
        assert reached <= norm + 1e-12
    reached = difference @ best / (best @ matrix @ best).sqrt()
    assert reached.item() == pytest.approx(norm.item(), rel=1e-12)
    assert best.mean().item() == pytest.approx(0, abs=1e-14)


@pytest.mark.parametrize("gamma", [0.01, 0.25, 10.0])
def test_penalised_game_follows_the_spectrum(gamma):
    """A shift of a standard normal is one mode, λ = 1: value a²δ²/(1 + 4γ)."""
    p, q = normal(LINE), normal(LINE, 0.02)
    charge = gamma * theory.stiffness(p + q, SPACING)
    t = theory.pairing_critic(p, q, charge)
    worth = theory.pairing_value(t, p, q) + math.log(2) - t @ charge @ t / 2
    expected = 0.25 * 0.02**2 / (1 + 4 * gamma)
    assert worth.item() == pytest.approx(expected, rel=0.005)
    norm = theory.dual_sobolev_norm_line(p - q, (p + q) / 2, SPACING)
    assert worth < norm**2 / (16 * gamma)


def test_mass_cannot_cross_a_gap():
    weight = torch.tensor([0.5, 0.0, 0.0, 0.5], dtype=torch.float64)
    difference = torch.tensor([0.5, 0.0, 0.0, -0.5], dtype=torch.float64)
    assert theory.dual_sobolev_norm_line(difference, weight, 1.0).item() == math.inf
    with pytest.raises(ArithmeticError, match="vanishes"):
        theory.dual_sobolev_norm(difference, weight, 1.0)


def test_refuses_what_it_cannot_measure():
    good = torch.full((4,), 0.25, dtype=torch.float64)
    with pytest.raises(ValueError, match="one grid"):
        theory.dual_sobolev_norm(good, good[:2], 1.0)
    with pytest.raises(ValueError, match="no mass may"):
        theory.dual_sobolev_norm(good, good, 1.0)
    with pytest.raises(ValueError, match="one axis"):
        theory.dual_sobolev_norm_line(torch.zeros(2, 2).double(), good.view(2, 2), 1.0)
    with pytest.raises(ValueError, match="one or two axes"):
        theory.stiffness(good.view(1, 2, 2), 1.0)
