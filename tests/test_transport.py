"""Optimal transport against SciPy, POT, closed forms, and its own certificate."""

import numpy as np
import ot
import pytest
import torch
from scipy.optimize import linear_sum_assignment, linprog
from scipy.stats import wasserstein_distance

from ganlib.theory import euclidean_cost, potential, transport, wasserstein_1d


def random_case(seed, n, m, weighted, kind="plane"):
    """Points, weights and costs that make a solver stumble: ties, zeros, repeats."""
    rng = torch.Generator().manual_seed(seed)
    x, y = (torch.randn(k, 2, generator=rng, dtype=torch.float64) for k in (n, m))
    if kind == "lattice":  # many equal costs
        x, y = x.round(), y.round()
    if kind == "repeats":
        x, y = x[torch.arange(n) // 2], y[torch.arange(m) // 3]
    p, q = (torch.rand(k, generator=rng, dtype=torch.float64) for k in (n, m))
    if kind == "zeros":
        p[: n // 2], q[m // 2 :] = 0, 0
    if not weighted:
        p, q = torch.ones(n).double(), torch.ones(m).double()
    return x, y, p / p.sum(), q / q.sum()


def assert_optimal(c, p, q, found, atol=1e-12):
    """Feasible plan, feasible potentials, equal values: together a proof."""
    assert (found.plan >= 0).all()
    torch.testing.assert_close(found.plan.sum(1), p, atol=atol, rtol=0)
    torch.testing.assert_close(found.plan.sum(0), q, atol=atol, rtol=0)
    gap = c - found.f[:, None] - found.g
    assert gap.min() > -atol
    assert gap[found.plan > 0].abs().max() < atol
    dual = p @ found.f + q @ found.g
    assert abs(dual - found.cost) < atol
    assert abs((found.plan * c).sum() - found.cost) < atol


CASES = [
    (n, m, weighted, kind)
    for n, m in ((1, 1), (1, 7), (6, 1), (5, 5), (12, 9), (30, 41))
    for weighted in (False, True)
    for kind in ("plane", "lattice", "repeats", "zeros")
    if n > 1 or kind != "zeros"
    if m > 1 or kind != "zeros"
]


@pytest.mark.parametrize(("n", "m", "weighted", "kind"), CASES)
def test_agrees_with_pot_and_certifies_itself(n, m, weighted, kind):
    for seed in range(5):
        x, y, p, q = random_case(seed, n, m, weighted or kind == "zeros", kind)
        c = euclidean_cost(x, y)
        found = transport(c, p, q)
        assert_optimal(c, p, q, found)
        theirs = ot.emd2(p.numpy(), q.numpy(), c.numpy())
        assert abs(found.cost - theirs) < 1e-9


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_linear_programming(seed):
    x, y, p, q = random_case(seed, 8, 11, True)
    c = euclidean_cost(x, y)
    rows, columns = np.kron(np.eye(8), np.ones(11)), np.kron(np.ones(8), np.eye(11))
    result = linprog(
        c.flatten().numpy(),
        A_eq=np.vstack([rows, columns]),
        b_eq=np.concatenate([p.numpy(), q.numpy()]),
    )
    assert abs(transport(c, p, q).cost - result.fun) < 1e-9


@pytest.mark.parametrize("seed", range(5))
def test_equal_weights_give_an_assignment(seed):
    x, y, p, q = random_case(seed, 60, 60, False)
    c = euclidean_cost(x, y)
    found = transport(c)
    rows, columns = linear_sum_assignment(c.numpy())
    assert abs(found.cost - c[rows, columns].mean()) < 1e-12
    assert_optimal(c, p, q, found)
    assert ((found.plan > 0).sum(0) == 1).all()  # a permutation, up to the weight
    assert ((found.plan > 0).sum(1) == 1).all()


def test_costs_need_not_be_distances():
    rng = torch.Generator().manual_seed(0)
    c = 1e3 * torch.randn(20, 20, generator=rng, dtype=torch.float64)
    rows, columns = linear_sum_assignment(c.numpy())
    assert abs(transport(c).cost - c[rows, columns].mean()) < 1e-9
    shifted = transport(c + 7.0)
    assert abs(shifted.cost - transport(c).cost - 7) < 1e-9


def test_worked_values_of_the_docstring():
    c = torch.tensor([[0.0, 1.0], [1.0, 0.0]])
    found = transport(c)
    assert found.cost == 0
    assert found.plan.tolist() == [[0.5, 0.0], [0.0, 0.5]]
    assert transport(c, p=torch.tensor([1.0, 0.0])).cost == 0.5


def test_identical_sets_cost_nothing():
    x, _, p, _ = random_case(3, 25, 25, True)
    c = euclidean_cost(x, x)
    found = transport(c, p, p)
    assert abs(found.cost) < 1e-12
    assert_optimal(c, p, p, found)


def test_translation_costs_its_length():
    x, *_ = random_case(4, 40, 40, False)
    shift = torch.tensor([0.3, -0.4], dtype=torch.float64)
    assert abs(transport(euclidean_cost(x, x + shift)).cost - 0.5) < 1e-12


def test_inputs_stay_as_they_are():
    x, y, p, q = random_case(5, 6, 7, True)
    c = euclidean_cost(x, y)
    before = [t.clone() for t in (c, p, q)]
    transport(c, p, q)
    assert all(torch.equal(a, b) for a, b in zip(before, (c, p, q), strict=True))


@pytest.mark.parametrize("hole", [float("nan"), float("inf")])
def test_a_diverged_network_is_refused_with_a_sentence(hole):
    c = torch.zeros(3, 3)
    c[1, 2] = hole
    with pytest.raises(ValueError, match="NaN or an infinity"):
        transport(c)
    with pytest.raises(ValueError, match="finite number"):
        wasserstein_1d(torch.tensor([0.0, hole]), torch.zeros(2))


@pytest.mark.parametrize(
    "p",
    [
        torch.tensor([0.5, 0.6, -0.1]),
        torch.tensor([0.5, 0.5]),
        torch.tensor([0.5, 0.5, 0.5]),
        torch.tensor([0.5, 0.5, float("nan")]),
    ],
    ids=["negative", "too few", "too heavy", "nan"],
)
def test_weights_that_do_not_fit_are_refused(p):
    with pytest.raises(ValueError, match="summing to 1"):
        transport(torch.zeros(3, 3), p=p)
    with pytest.raises(ValueError, match="sum to 1"):
        wasserstein_1d(torch.zeros(3), torch.zeros(3), p=p)


@pytest.mark.parametrize("shape", [(3,), (0, 3), (2, 2, 2)])
def test_costs_must_be_a_table(shape):
    with pytest.raises(ValueError, match="needs a table"):
        transport(torch.zeros(shape))


# --------------------------------------------------------------------- potential
@pytest.mark.parametrize("seed", range(5))
def test_potential_extends_both_duals_with_slope_one(seed):
    x, y, p, q = random_case(seed, 30, 20, True)
    found = transport(euclidean_cost(x, y), p, q)
    torch.testing.assert_close(potential(x, y, found), found.f, atol=1e-12, rtol=0)
    torch.testing.assert_close(potential(y, y, found), -found.g, atol=1e-12, rtol=0)
    rng = torch.Generator().manual_seed(seed)
    a, b = (4 * torch.randn(2000, 2, generator=rng).double() for _ in range(2))
    rise = (potential(a, y, found) - potential(b, y, found)).abs()
    assert (rise <= (a - b).norm(dim=1) + 1e-12).all()
    assert (rise > 0.5 * (a - b).norm(dim=1)).any()  # and it is not constant
    gap = p @ potential(x, y, found) - q @ potential(y, y, found)
    assert abs(gap - found.cost) < 1e-12


def test_potential_keeps_shape_and_has_unit_gradient():
    x, y, *_ = random_case(6, 15, 15, False)
    found = transport(euclidean_cost(x, y))
    where = torch.randn(2, 3, 2, dtype=torch.float64).requires_grad_(True)
    values = potential(where, y, found)
    assert values.shape == (2, 3)
    (slope,) = torch.autograd.grad(values.sum(), where)
    torch.testing.assert_close(slope.norm(dim=-1), torch.ones(2, 3).double())


# ------------------------------------------------------------------------ the line
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("weighted", [False, True])
def test_quantiles_agree_with_scipy_and_with_the_solver(seed, weighted):
    x, y, p, q = random_case(seed, 17, 23, weighted, "lattice" if seed % 2 else "plane")
    x, y = x[:, 0], y[:, 0]
    ours = wasserstein_1d(x, y, p, q)
    theirs = wasserstein_distance(x.numpy(), y.numpy(), p.numpy(), q.numpy())
    assert abs(ours - theirs) < 1e-12
    solved = transport((x[:, None] - y).abs(), p, q)
    assert abs(ours - solved.cost) < 1e-12


def test_gradient_in_a_shift_is_its_sign():
    x = torch.randn(50, dtype=torch.float64)
    for theta in (-0.7, 0.01, 2.0):
        moving = torch.tensor(theta, dtype=torch.float64, requires_grad=True)
        distance = wasserstein_1d(x + moving, x)
        distance.backward()
        assert abs(distance - abs(theta)) < 1e-12
        assert abs(moving.grad - np.sign(theta)) < 1e-12


def test_quantiles_with_zero_weights_ignore_those_points():
    x, y = torch.tensor([0.0, 100.0, 1.0]), torch.tensor([2.0, 3.0])
    p = torch.tensor([0.5, 0.0, 0.5])
    assert abs(wasserstein_1d(x, y, p) - 2) < 1e-12


@pytest.mark.parametrize("shape", [(0,), (3, 1), ()])
def test_points_on_the_line_must_be_a_row(shape):
    points = torch.zeros(shape)
    with pytest.raises(ValueError, match="must be a row"):
        wasserstein_1d(points, torch.zeros(2))
