"""The small figures' numbers, by formulas on the page, against ganlib's own."""

import itertools

import pytest
import torch
from live_sources import ask
from scipy.stats import wasserstein_distance

from ganlib import dynamics, losses, penalties, theory


# ------------------------------------------------------------------- losses of a logit
def test_generator_losses():
    logits = torch.linspace(-8, 8, 65, dtype=torch.float64, requires_grad=True)
    answers = ask("losses", logits=logits.tolist())
    for loss, answer in zip(
        (losses.minimax, losses.non_saturating), answers, strict=True
    ):
        stacked = torch.stack([logits, logits], dim=1)
        values = loss.generator(stacked.detach(), stacked)
        (slopes,) = torch.autograd.grad(values.sum(), logits)
        expected = torch.stack([values, slopes], dim=1).detach()
        page = torch.tensor(answer, dtype=torch.float64)
        torch.testing.assert_close(page, expected, rtol=1e-12, atol=1e-15)


# -------------------------------------------------------------------- two densities
def density(shape, centre, width):
    """Return one density as the page writes it, and as ganlib does."""
    page = {"shape": shape, "centre": float(centre), "width": width}
    if shape == "normal":
        return page, theory.Normal(centre, width)
    return page, theory.Uniform(centre - width / 2, centre + width / 2)


CASES = [*itertools.product((-12.0, -3.1, -0.4, 0.0, 1.0, 6.0), (0.3, 1.0, 2.0))]


@pytest.mark.parametrize("shape", ["normal", "uniform"])
def test_divergence_and_value(shape):
    """JSD and V(D*, G) to 10⁻¹⁰; where JSD is near log 2, the gap too, relatively."""
    pairs = [(density(shape, 0.0, 0.7), density(shape, d, width)) for d, width in CASES]
    pages = ask("separate", pairs=[(p[0], q[0]) for p, q in pairs])
    for (p, q), page in zip(pairs, pages, strict=True):
        jsd = float(theory.js_divergence(p[1], q[1]))
        worth = float(theory.value(theory.optimal_logit(p[1], q[1]), p[1], q[1]))
        assert page["jsd"] == pytest.approx(jsd, abs=1e-10)
        assert page["value"] == pytest.approx(worth, abs=1e-10, rel=1e-8)
        assert page["gap"] == pytest.approx(-worth / 2, abs=1e-60, rel=1e-8)


def test_slope_of_the_divergence():
    """The envelope theorem on the page, autograd through the quadrature here.

    Of V(D*, G) = 2 JSD − log 4, whose terms have one sign: where the slope is 10⁻³²,
    the autograd of JSD itself is rounding.
    """
    pairs, expected = [], []
    for d, width in CASES:
        centre = torch.tensor(d, dtype=torch.float64, requires_grad=True)
        p, q = theory.Normal(0.0, 0.7), theory.Normal(centre, width)
        worth = theory.value(theory.optimal_logit(p, q), p, q)
        expected.append(float(torch.autograd.grad(worth, centre)[0]) / 2)
        pairs.append((density("normal", 0.0, 0.7)[0], density("normal", d, width)[0]))
    slopes = [page["slope"]["left"] for page in ask("separate", pairs=pairs)]
    assert max(map(abs, slopes)) > 0.1
    for (d, width), found, slope in zip(CASES, slopes, expected, strict=True):
        if d == 0:
            assert found == 0
            assert slope == pytest.approx(0, abs=1e-15)
        else:
            assert found == pytest.approx(slope, rel=1e-6, abs=0), (d, width)


def test_optimal_logit():
    p, q = density("normal", 1.0, 0.5), density("normal", -1.0, 2.0)
    places = torch.linspace(-8, 8, 33, dtype=torch.float64)
    page = torch.tensor(ask("logits", pair=[p[0], q[0]], places=places.tolist()))
    torch.testing.assert_close(
        page.double(), theory.optimal_logit(p[1], q[1])(places), rtol=1e-6, atol=1e-6
    )


# ---------------------------------------------------------------------- moving masses
def atoms(shape, centre, width):
    """Where the page puts the masses of its two discrete shapes."""
    shares = [0.0] if shape == "point" else [-0.5, -0.25, 0.0, 0.25, 0.5]
    return [centre + width * share for share in shares]


SHIFTED = [*itertools.product((-1.45, -0.25, 0.0, 0.6, 2.0), (0.1, 1.0, 1.55))]


@pytest.mark.parametrize("shape", ["point", "points"])
def test_discrete_masses(shape):
    """W1 is SciPy's and ganlib's, its slope autograd's, JSD that of ganlib."""
    pairs = [((0.1, 1.0), (0.1 + d, width)) for d, width in SHIFTED]
    pages = ask(
        "masses",
        pairs=[
            [{"shape": shape, "centre": c, "width": w} for c, w in pair]
            for pair in pairs
        ],
    )
    for pair, (moved, told) in zip(pairs, pages, strict=True):
        x, y = (atoms(shape, *one) for one in pair)
        assert moved["value"] == pytest.approx(wasserstein_distance(x, y), abs=1e-12)
        shift = torch.zeros((), dtype=torch.float64, requires_grad=True)
        there = torch.tensor(y, dtype=torch.float64) + shift
        cost = theory.wasserstein_1d(torch.tensor(x, dtype=torch.float64), there)
        assert moved["value"] == pytest.approx(float(cost.detach()), abs=1e-12)
        if moved["slope"]["left"] == moved["slope"]["right"]:
            (slope,) = torch.autograd.grad(cost, shift)
            assert moved["slope"]["left"] == pytest.approx(float(slope), abs=1e-12)
        places = sorted({round(place, 9) for place in x + y})
        p, q = (
            torch.tensor(
                [[round(a, 9) for a in m].count(place) / len(m) for place in places]
            )
            for m in (x, y)
        )
        expected = float(theory.finite_js(p.double(), q.double()))
        assert told["value"] == pytest.approx(expected, abs=1e-6)


def test_boxes():
    """W1 against the quantiles of ten thousand samples, JSD against the quadrature."""
    pairs = [
        [
            {"shape": "boxes", "centre": c, "width": w}
            for c, w in ((0.1, 0.8), (0.1 + d, v))
        ]
        for d, v in SHIFTED
    ]
    shares = (torch.arange(10_000, dtype=torch.float64) + 0.5) / 10_000 - 0.5
    for pair, (moved, told) in zip(pairs, ask("masses", pairs=pairs), strict=True):
        x, y = (one["centre"] + one["width"] * shares for one in pair)
        cost = float(theory.wasserstein_1d(x, y))
        assert moved["value"] == pytest.approx(cost, abs=1e-7)
        ends = [
            (m["centre"] - m["width"] / 2, m["centre"] + m["width"] / 2) for m in pair
        ]
        expected = theory.js_divergence(*(theory.Uniform(*end) for end in ends))
        assert told["value"] == pytest.approx(float(expected), abs=1e-10)


# ------------------------------------------------------------------------- Dirac-GAN
LOSSES = {
    "minimax": losses.minimax,
    "non_saturating": losses.non_saturating,
    "wasserstein": losses.wasserstein,
}
REMEDIES = {
    "none": (0.0, {}),
    "clipping": (1.0, {"clip": 1.0}),
    "gradient_penalty": (0.35, {"penalties": (penalties.GradientPenalty(0.35),)}),
    "instance_noise": (0.7, {"noise_std": 0.7}),
    "r1": (0.3, {"penalties": (penalties.R1(0.3),)}),
    "r1_r2": (0.3, {"penalties": (penalties.R1(0.3), penalties.R2(0.3))}),
    "consensus": (1.0, {"consensus": 1.0}),
}
ORDERS = {
    "simultaneous": dynamics.simultaneous_step,
    "alternating": dynamics.alternating_step,
    "alternating_5": lambda game, state, h: dynamics.alternating_step(
        game, state, h, 5
    ),
}


def on_the_page(loss, remedy, order="alternating"):
    strength = REMEDIES[remedy][0]
    return {
        "loss": loss,
        "remedy": remedy,
        "strength": strength,
        "order": order,
        "step_size": 0.2,
    }


def test_every_method_is_compared():
    limits = ask("limits")["dirac_field"]["names"]
    assert [*LOSSES] == limits["loss"]
    assert [*REMEDIES] == limits["remedy"]
    assert [*ORDERS] == limits["order"]


@pytest.mark.parametrize("loss", LOSSES)
def test_vector_fields(loss):
    """At thirty random states, for every remedy, to 10⁻¹¹."""
    rng = torch.Generator().manual_seed(0)
    states = 2 * torch.randn(30, 2, generator=rng, dtype=torch.float64)
    games = [on_the_page(loss, remedy) for remedy in REMEDIES]
    pages = ask("fields", games=games, states=states.tolist())
    for remedy, page in zip(REMEDIES, pages, strict=True):
        game = dynamics.DiracGAN(LOSSES[loss], **REMEDIES[remedy][1])
        expected = [dynamics.vector_field(game, state).tolist() for state in states]
        found = torch.tensor(page, dtype=torch.float64)
        torch.testing.assert_close(
            found, torch.tensor(expected, dtype=torch.float64), rtol=1e-11, atol=1e-11
        )


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("loss", LOSSES)
def test_trajectories(loss, order):
    """150 steps from (1, 0.7) by every remedy, to 10⁻⁹; the verdicts agree too."""
    games = [on_the_page(loss, remedy, order) for remedy in REMEDIES]
    pages = ask("paths", games=games, start=[1.0, 0.7], num_steps=150)
    for remedy, page in zip(REMEDIES, pages, strict=True):
        game = dynamics.DiracGAN(LOSSES[loss], **REMEDIES[remedy][1])
        path = dynamics.simulate(game, (1.0, 0.7), 0.2, 150, ORDERS[order])
        found = torch.tensor(page["states"], dtype=torch.float64)
        assert (found[0] - found[-1]).abs().max() > 1e-3
        torch.testing.assert_close(found, path, rtol=1e-9, atol=1e-9)
        assert page["fate"] == dynamics.classify(path), remedy
