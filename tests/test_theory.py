"""Divergences, the optimal discriminator and the value of the game, all exact."""

import math

import pytest
import torch
from torch.nn.functional import softplus

from ganlib import theory
from ganlib.theory import F_DIVERGENCES, Mixture, Normal, Uniform, normal_mixture

LOG_2 = math.log(2)
PAIRS = {
    "shifted": (Normal(0.0, 1.0), Normal(2.0, 1.0)),
    "wider": (Normal(0.0, 1.0), Normal(1.0, 1.3)),
    "narrow": (Normal(0.3, 0.01), Normal(0.0, 1.0)),
    "far": (Normal(-4.0, 1.0), Normal(4.0, 1.0)),
    "mixture": (normal_mixture([-2, 0, 1], [0.05, 1, 0.3]), Normal(0.5, 2.0)),
    "uniforms": (Uniform(0.0, 1.0), Uniform(0.3, 1.3)),
    "uniform in normal": (Uniform(-1.0, 0.5), Normal(0.0, 1.0)),
    "disjoint": (Uniform(0.0, 1.0), Uniform(2.0, 3.0)),
    "touching": (Uniform(0.0, 1.0), Uniform(1.0, 2.0)),
}
NORMALS = [
    (Normal(0.0, 1.0), Normal(2.0, 1.0)),
    (Normal(0.0, 1.0), Normal(1.0, 1.3)),
    (Normal(1.0, 1.3), Normal(0.0, 1.0)),
    (Normal(0.0, 1.0), Normal(0.5, 2.0)),  # Neyman's integral diverges here
    (Normal(0.5, 2.0), Normal(0.0, 1.0)),  # and Pearson's here
]
ROWS = list(F_DIVERGENCES.values())
ROW_IDS = list(F_DIVERGENCES)
pairs = pytest.mark.parametrize(("p", "q"), PAIRS.values(), ids=PAIRS)
rows = pytest.mark.parametrize("row", ROWS, ids=ROW_IDS)


def near(value, tolerance=1e-9):
    return pytest.approx(float(value), rel=tolerance, abs=tolerance)


# ------------------------------------------------------------ densities, quadrature


@pairs
def test_densities_integrate_to_one(p, q):
    for density in (p, q, Mixture((p, q))):
        one = theory.integrate(density.pdf, theory.panel_edges(p, q))
        assert one.item() == near(1, 1e-12)


def test_densities_at_a_point():
    x = torch.tensor([0.0, 2.0], dtype=torch.float64)
    expected = [math.exp(-t * t / 2) / math.sqrt(2 * math.pi) for t in (0, 2)]
    assert Normal().pdf(x).tolist() == near_list(expected)
    assert Uniform(-1, 1).pdf(x).tolist() == [0.5, 0.0]
    assert Uniform(-1, 1).log_pdf(x).tolist() == [-LOG_2, -math.inf]
    mixed = Mixture((Normal(), Uniform(-1, 1)), (0.25, 0.75))
    expected = [0.25 * expected[0] + 0.75 * 0.5, 0.25 * expected[1]]
    assert mixed.pdf(x).tolist() == near_list(expected)


def near_list(values):
    return pytest.approx(list(values), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("density", "mean", "variance"),
    [
        (Normal(1.5, 0.2), 1.5, 0.04),
        (Uniform(-1, 3), 1.0, 16 / 12),
        (Mixture((Normal(-1, 0.1), Normal(2, 0.3)), (0.25, 0.75)), 1.25, None),
    ],
)
def test_samples_follow_the_density(density, mean, variance):
    num = 200_000
    draws = density.sample(num, torch.Generator().manual_seed(0))
    assert draws.shape == (num,)
    assert draws.dtype == torch.float64
    if variance is None:
        variance = (
            theory.expectation(lambda x: x**2, density).item()
            - theory.expectation(lambda x: x, density).item() ** 2
        )
    error = math.sqrt(variance / num)
    assert abs(draws.mean().item() - mean) < 4 * error
    assert draws.var().item() == pytest.approx(variance, rel=0.02)


def test_quadrature_is_exact_for_polynomials():
    edges = torch.tensor([-1.0, 0.5, 2.0], dtype=torch.float64)
    for degree in (0, 1, 7, 40):
        exact = (2 ** (degree + 1) - (-1) ** (degree + 1)) / (degree + 1)
        value = theory.integrate(lambda x, d=degree: x**d, edges)
        assert value.item() == near(exact, 1e-12)


def test_panels_end_where_densities_cross():
    p, q = PAIRS["shifted"]
    edges = theory.panel_edges(p, q)
    assert (edges - 1.0).abs().min() < 1e-12
    assert (edges.diff() > 0).all()


def test_expectation_ignores_what_has_no_mass():
    value = theory.expectation(
        lambda x: torch.where(x < 1, x, torch.inf), Uniform(0, 1), Uniform(0, 3)
    )
    assert value.item() == near(0.5)


def test_entropy():
    assert theory.entropy(Normal(3, 0.01)).item() == near(
        0.5 * math.log(2 * math.pi * math.e * 1e-4)
    )
    assert theory.entropy(Uniform(1, 5)).item() == near(math.log(4))


# ----------------------------------------------------------------- f-divergences

WITH_FORMULA = [row for row in ROWS if row.for_normals]


def test_at_least_five_rows_have_a_closed_form():
    assert len(WITH_FORMULA) >= 5


@pytest.mark.parametrize("row", WITH_FORMULA, ids=lambda row: row.name)
@pytest.mark.parametrize(("p", "q"), NORMALS)
def test_quadrature_equals_the_closed_form_of_two_normals(row, p, q):
    exact = row.for_normals(p, q)
    assert exact > 0
    if exact.isfinite():
        assert theory.f_divergence(p, q, row).item() == near(exact)
    else:
        with pytest.raises(ValueError, match="outermost panel"):
            theory.f_divergence(p, q, row)


def test_closed_forms_at_textbook_values():
    p, q = Normal(0, 1), Normal(1, 1)
    values = {row.name: row.for_normals(p, q).item() for row in WITH_FORMULA}
    assert values["Kullback–Leibler"] == near(0.5)
    assert values["reverse Kullback–Leibler"] == near(0.5)
    assert values["squared Hellinger"] == near(1 - math.exp(-1 / 8))
    assert values["Pearson χ²"] == near(math.e - 1)
    assert values["Neyman χ²"] == near(math.e - 1)
    assert values["total variation"] == near(math.erf(1 / math.sqrt(8)))


@rows
@pytest.mark.parametrize("shift", [0.0, 0.3, 0.9])
def test_every_row_on_two_shifted_uniforms(row, shift):
    """A part d of each has no partner; on the rest the ratio is 1."""
    p, q = Uniform(0, 1), Uniform(shift, 1 + shift)
    at_one = row.f(torch.ones((), dtype=torch.float64)).item()
    lonely = shift * (row.at_zero + row.slope_at_infinity) if shift else 0.0
    exact = lonely + (1 - shift) * at_one
    assert theory.f_divergence(p, q, row).item() == near(exact)


@rows
def test_every_row_on_piecewise_constant_densities(row):
    """Two cells with ratios 0.2/0.5 and 0.8/0.5: a sum of two terms by hand."""
    cells = (Uniform(0, 1), Uniform(1, 3))
    p, q = Mixture(cells, (0.2, 0.8)), Mixture(cells, (0.5, 0.5))
    ratios = torch.tensor([0.4, 1.6], dtype=torch.float64)
    exact = 0.5 * row.f(ratios).sum()
    assert theory.f_divergence(p, q, row).item() == near(exact)


@rows
def test_integrand_is_q_times_f_of_the_ratio(row):
    log_p = torch.linspace(-5, 3, 41, dtype=torch.float64)
    log_q = log_p.flip(0) - 0.3
    expected = log_q.exp() * row.f((log_p - log_q).exp())
    torch.testing.assert_close(row.integrand(log_p, log_q), expected)


@rows
def test_critic_is_the_derivative_of_f(row):
    ratio = torch.logspace(-2, 2, 40, dtype=torch.float64).requires_grad_()
    (slope,) = torch.autograd.grad(row.f(ratio).sum(), ratio)
    torch.testing.assert_close(row.critic(ratio.detach().log()), slope)


@rows
def test_limits_of_f(row):
    tiny = torch.tensor(1e-12, dtype=torch.float64)
    for limit, value in (
        (row.at_zero, row.f(tiny)),
        (row.slope_at_infinity, row.f(1 / tiny) * tiny),
    ):
        if math.isinf(limit):
            assert value > 20
        else:
            assert value.item() == pytest.approx(limit, abs=1e-5)


@rows
def test_conjugate_is_the_supremum(row):
    """f*(t) = sup ut − f(u): never below a grid's value, and attained at t = f'(u)."""
    ratios = torch.logspace(-6, 6, 4001, dtype=torch.float64)
    targets = row.critic(torch.linspace(-3, 3, 25, dtype=torch.float64))
    grid = ratios * targets[:, None] - row.f(ratios)
    conjugate = row.conjugate(targets)
    assert (conjugate >= grid.max(dim=1).values - 1e-9).all()
    # The grid is 0.7 % wide in u, so its best point misses by a few parts in 10⁵.
    best = grid.max(dim=1).values
    assert (conjugate <= best + 1e-4 * (1 + best.abs())).all()
    at = torch.linspace(-3, 3, 25, dtype=torch.float64).exp()
    torch.testing.assert_close(conjugate, at * targets - row.f(at))


@rows
def test_conjugate_is_infinite_above_its_domain(row):
    high = row.domain[1]
    if math.isinf(high):
        assert row.conjugate(torch.tensor(50.0, dtype=torch.float64)).isfinite()
    else:
        inside, outside = torch.tensor([high - 1e-3, high + 1e-3], dtype=torch.float64)
        assert row.conjugate(inside).isfinite()
        assert row.conjugate(outside) == math.inf


@rows
def test_conjugate_below_what_a_critic_can_say(row):
    """At very negative t the supremum sits at u = 0 and equals −f(0)."""
    value = row.conjugate(torch.tensor(-1e9, dtype=torch.float64)).item()
    if math.isinf(row.at_zero):
        assert value < -15
    else:
        assert value == pytest.approx(-row.at_zero, abs=1e-8)


@rows
@pytest.mark.parametrize("pair", ["shifted", "wider", "mixture"])
def test_optimal_critic_attains_the_dual(row, pair):
    p, q = PAIRS[pair]
    if row.name == "Neyman χ²" and pair == "mixture":
        p = normal_mixture([-1, 1], [2, 3])  # heavy enough for q²/p
    value = theory.f_divergence(p, q, row)
    best = theory.optimal_critic(p, q, row)
    assert theory.f_dual_value(best, p, q, row).item() == near(value)


@rows
def test_any_other_critic_stays_below(row):
    p, q = PAIRS["wider"]
    exact = theory.f_divergence(p, q, row).item()
    logit = theory.optimal_logit(p, q)
    for shift in (-0.4, 0.4):
        bound = theory.f_dual_value(
            lambda x, s=shift: row.critic(logit(x) + s), p, q, row
        )
        assert bound.item() < exact - 1e-3


def test_gan_row_is_the_value_of_the_game():
    p, q = PAIRS["mixture"]
    row = F_DIVERGENCES["GAN (2 JSD − log 4)"]
    exact = theory.value_at_optimum(p, q)
    assert theory.f_divergence(p, q, row).item() == near(exact)


def test_named_functions_agree_with_the_table():
    named = {
        "Kullback–Leibler": theory.kl,
        "Jensen–Shannon": theory.js_divergence,
        "total variation": theory.total_variation,
    }
    for p, q in PAIRS.values():
        for name, function in named.items():
            expected = theory.f_divergence(p, q, F_DIVERGENCES[name]).item()
            assert function(p, q).item() == near(expected)


def test_infinite_where_one_density_has_no_mass():
    p, q = PAIRS["uniform in normal"]
    reverse = F_DIVERGENCES["reverse Kullback–Leibler"]
    assert theory.kl(q, p) == math.inf
    assert theory.f_divergence(p, q, reverse) == math.inf
    assert theory.kl(p, q).isfinite()


# ------------------------------------------------- the optimal discriminator, JSD


@pairs
def test_value_of_the_game_at_the_optimum(p, q):
    value = theory.value(theory.optimal_logit(p, q), p, q).item()
    jsd = theory.js_divergence(p, q).item()
    assert value == near(2 * jsd - math.log(4))
    assert theory.value_at_optimum(p, q).item() == near(value)
    assert 0 < jsd <= LOG_2 + 1e-12


@pairs
def test_three_readings_of_the_divergence(p, q):
    jsd = theory.js_divergence(p, q).item()
    m = Mixture((p, q))
    parts = theory.expectation(lambda x: -m.log_pdf(x), m, p, q)
    gap = parts - 0.5 * (theory.entropy(p) + theory.entropy(q))
    assert gap.item() == near(jsd)
    assert theory.mutual_information(p, q).item() == near(jsd)
    half_kls = 0.5 * (theory.kl(p, m) + theory.kl(q, m))
    assert half_kls.item() == near(jsd)


@pytest.mark.parametrize("pair", ["disjoint", "touching"])
def test_disjoint_supports_give_one_bit(pair):
    p, q = PAIRS[pair]
    assert theory.js_divergence(p, q).item() == pytest.approx(LOG_2, abs=1e-8)
    assert theory.mutual_information(p, q).item() == pytest.approx(LOG_2, abs=1e-8)
    assert theory.value_at_optimum(p, q).item() == pytest.approx(0, abs=1e-8)
    assert theory.total_variation(p, q).item() == pytest.approx(1, abs=1e-12)


def test_divergence_is_zero_only_for_equal_densities():
    p = PAIRS["mixture"][0]
    assert theory.js_divergence(p, p).item() == pytest.approx(0, abs=1e-15)
    assert theory.js_divergence(Normal(0, 1), Normal(1e-3, 1)).item() > 1e-8


def test_gradient_vanishes_as_the_supports_separate():
    """Exact derivative of JSD in G's position: alive near the data, dead far away."""
    slopes = {}
    for distance in (1.0, 40.0):
        mean = torch.tensor(distance, dtype=torch.float64, requires_grad=True)
        jsd = theory.js_divergence(Normal(0, 1), Normal(mean, 1))
        (slopes[distance],) = torch.autograd.grad(jsd, mean)
    width = 1e-5
    ends = [theory.js_divergence(Normal(), Normal(1 + s)) for s in (width, -width)]
    finite = (ends[0] - ends[1]).item() / (2 * width)
    assert slopes[1.0].item() == pytest.approx(finite, abs=1e-8)
    assert slopes[1.0] > 0.1
    assert slopes[40.0].abs() < 1e-12


@pytest.mark.parametrize("scale", [0.5, 0.9, 1.1, 2.0])
@pytest.mark.parametrize("shift", [-0.3, 0.0, 0.3])
def test_no_other_discriminator_does_better(scale, shift):
    p, q = PAIRS["wider"]
    best = theory.optimal_logit(p, q)
    value = theory.value(lambda x: scale * best(x) + shift, p, q)
    assert value < theory.value_at_optimum(p, q) - 1e-5


def test_optimal_discriminator_is_the_ratio():
    p, q = PAIRS["wider"]
    x = torch.linspace(-6, 6, 101, dtype=torch.float64)
    ratio = p.pdf(x) / (p.pdf(x) + q.pdf(x))
    torch.testing.assert_close(theory.optimal_discriminator(p, q)(x), ratio)
    logit = theory.optimal_logit(Normal(1, 1), Normal(-1, 1))(x)
    torch.testing.assert_close(logit, 2 * x)


def test_optimal_discriminator_at_the_edges():
    p, q = PAIRS["disjoint"]
    x = torch.tensor([0.5, 1.5, 2.5], dtype=torch.float64)
    assert theory.optimal_discriminator(p, q)(x).tolist() == [1.0, 0.5, 0.0]


def test_value_of_a_discriminator_that_knows_nothing():
    for p, q in PAIRS.values():
        value = theory.value(torch.zeros_like, p, q)
        assert value.item() == near(-math.log(4))


@pytest.mark.parametrize("pair", ["shifted", "wider", "narrow", "mixture"])
def test_non_saturating_loss_at_the_optimal_discriminator(pair):
    """E_q[−log D*] = log 2 + KL(q‖p) − KL(q‖m) ≥ log 2 + ½ KL(q‖p)."""
    p, q = PAIRS[pair]
    if pair == "narrow":
        p, q = q, p  # KL(q‖p) needs the narrow one as q, or it is in the thousands
    logit = theory.optimal_logit(p, q)
    loss = theory.expectation(lambda x: softplus(-logit(x)), q, p).item()
    kl_p = theory.kl(q, p).item()
    kl_m = theory.kl(q, Mixture((p, q))).item()
    assert loss == near(LOG_2 + kl_p - kl_m)
    assert kl_m <= 0.5 * kl_p
    assert loss > LOG_2 + 0.5 * kl_p


def test_non_saturating_loss_is_least_where_the_densities_agree():
    p = Normal(0, 1)
    logit = theory.optimal_logit(p, p)
    loss = theory.expectation(lambda x: softplus(-logit(x)), p).item()
    assert loss == near(LOG_2)


def test_monte_carlo_covers_the_exact_divergence():
    """Twenty estimates: the scores have mean square 1, so no error is over-stated."""
    p, q = PAIRS["wider"]
    exact = theory.js_divergence(p, q).item()
    scores = []
    for seed in range(20):
        rng = torch.Generator().manual_seed(seed)
        x_p, x_q = p.sample(2000, rng), q.sample(3000, rng)
        estimate, error = theory.js_divergence_monte_carlo(
            p.log_pdf, q.log_pdf, x_p, x_q
        )
        scores.append((estimate.item() - exact) / error.item())
    mean_square = sum(s * s for s in scores) / len(scores)
    assert 0.3 < mean_square < 2.1  # chi-square of 20, beyond 1 in 400 each side
    assert max(abs(s) for s in scores) < 4


def test_monte_carlo_of_equal_and_of_disjoint_densities():
    rng = torch.Generator().manual_seed(0)
    p = Normal(0, 1)
    x = p.sample(100, rng)
    estimate, error = theory.js_divergence_monte_carlo(p.log_pdf, p.log_pdf, x, x)
    assert (estimate.abs().item(), error.item()) == (
        pytest.approx(0, abs=1e-15),
        pytest.approx(0, abs=1e-15),
    )
    p, q = PAIRS["disjoint"]
    estimate, error = theory.js_divergence_monte_carlo(
        p.log_pdf, q.log_pdf, p.sample(100, rng), q.sample(100, rng)
    )
    assert estimate.item() == near(LOG_2)
    assert error.item() == pytest.approx(0, abs=1e-12)


def test_mistakes_are_told():
    with pytest.raises(ValueError, match="std > 0"):
        Normal(0, 0)
    with pytest.raises(ValueError, match="above low"):
        Uniform(1, 1)
    with pytest.raises(ValueError, match="adding up to 1"):
        Mixture((Normal(), Normal()), (0.5, 0.6))
    with pytest.raises(ValueError, match="two samples"):
        theory.js_divergence_monte_carlo(
            Normal().log_pdf, Normal().log_pdf, torch.zeros(1), torch.zeros(5)
        )
