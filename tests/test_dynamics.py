"""Every formula of the Dirac-GAN against autograd on the package's own losses."""

import math
from functools import partial

import pytest
import torch

from ganlib import dynamics, losses, penalties
from ganlib.dynamics import CLOSED_FORMS, DiracGAN

LOGISTIC = (0.5, -0.25)  # f'(0), f''(0) of f(t) = −log(1 + e⁻ᵗ)
LINEAR = (1.0, 0.0)  # of f(t) = t
LOGISTIC_LOSSES = [losses.minimax, losses.non_saturating, losses.relativistic]
STRENGTHS = [0.1, 0.3, 0.7, 1.0, 2.0]
TOLERANCE = {"rtol": 0.0, "atol": 1e-6}


def spectrum(game):
    return dynamics.eigenvalues(dynamics.jacobian(game))


def formula(row, strength, constants):
    return CLOSED_FORMS[row].eigenvalues(strength, *constants)


def complex_pair(real, imaginary):
    return torch.tensor(
        [complex(real, imaginary), complex(real, -imaginary)], dtype=torch.complex128
    )


@pytest.mark.parametrize("loss", LOGISTIC_LOSSES)
def test_no_penalty_turns_at_half_a_radian(loss):
    expected = formula("none", 0.0, LOGISTIC)
    torch.testing.assert_close(expected, complex_pair(0, 0.5), **TOLERANCE)
    torch.testing.assert_close(spectrum(DiracGAN(loss)), expected, **TOLERANCE)


@pytest.mark.parametrize("loss", [losses.wasserstein, losses.hinge])
def test_linear_losses_turn_at_one_radian(loss):
    expected = formula("none", 0.0, LINEAR)
    torch.testing.assert_close(spectrum(DiracGAN(loss)), expected, **TOLERANCE)
    torch.testing.assert_close(expected, complex_pair(0, 1), **TOLERANCE)


@pytest.mark.parametrize("loss", LOGISTIC_LOSSES)
@pytest.mark.parametrize("sigma", [0.1, 0.7, math.sqrt(2), 2.0])
def test_instance_noise(loss, sigma):
    measured = spectrum(DiracGAN(loss, noise_std=sigma))
    expected = formula("instance noise", sigma, LOGISTIC)
    torch.testing.assert_close(measured, expected, **TOLERANCE)


@pytest.mark.parametrize("loss", LOGISTIC_LOSSES)
@pytest.mark.parametrize("penalty", [penalties.R1, penalties.R2])
@pytest.mark.parametrize("gamma", STRENGTHS)
def test_one_zero_centred_penalty(loss, penalty, gamma):
    measured = spectrum(DiracGAN(loss, (penalty(gamma),)))
    torch.testing.assert_close(measured, formula("R1", gamma, LOGISTIC), **TOLERANCE)


@pytest.mark.parametrize("loss", LOGISTIC_LOSSES)
@pytest.mark.parametrize("gamma", STRENGTHS)
def test_both_zero_centred_penalties(loss, gamma):
    both = (penalties.R1(gamma), penalties.R2(gamma))
    expected = formula("R1 + R2", gamma, LOGISTIC)
    torch.testing.assert_close(spectrum(DiracGAN(loss, both)), expected, **TOLERANCE)
    doubled = formula("R1", 2 * gamma, LOGISTIC)
    torch.testing.assert_close(expected, doubled, **TOLERANCE)


@pytest.mark.parametrize("loss", LOGISTIC_LOSSES)
@pytest.mark.parametrize("gamma", STRENGTHS)
def test_consensus_optimisation(loss, gamma):
    measured = spectrum(DiracGAN(loss, consensus=gamma))
    expected = formula("consensus", gamma, LOGISTIC)
    torch.testing.assert_close(measured, expected, **TOLERANCE)


@pytest.mark.parametrize("gamma", STRENGTHS)
def test_wasserstein_with_r1(gamma):
    measured = spectrum(DiracGAN(losses.wasserstein, (penalties.R1(gamma),)))
    torch.testing.assert_close(measured, formula("R1", gamma, LINEAR), **TOLERANCE)


PRINTED = [  # method, strength, f'(0) and f''(0), first and second eigenvalue
    ("instance noise", 0.7, LOGISTIC, -0.1225 + 0.4848j, -0.1225 - 0.4848j),
    ("R1", 0.3, LOGISTIC, -0.15 + 0.4770j, -0.15 - 0.4770j),
    ("R1", 1.0, LOGISTIC, -0.5, -0.5),
    ("R1", 2.0, LOGISTIC, -0.1340, -1.8660),
    ("R1 + R2", 0.3, LOGISTIC, -0.3 + 0.4j, -0.3 - 0.4j),
    ("consensus", 1.0, LOGISTIC, -0.25 + 0.5j, -0.25 - 0.5j),
    ("R1", 0.3, LINEAR, -0.15 + 0.9887j, -0.15 - 0.9887j),
]


@pytest.mark.parametrize(("row", "strength", "constants", "first", "second"), PRINTED)
def test_formulas_give_the_published_digits(row, strength, constants, first, second):
    expected = torch.tensor([first, second], dtype=torch.complex128)
    measured = formula(row, strength, constants)
    torch.testing.assert_close(measured, expected, rtol=0, atol=6e-5)


@pytest.mark.parametrize("row", CLOSED_FORMS)
def test_convergence_column_is_the_sign_of_the_real_part(row):
    for strength in STRENGTHS:
        largest = formula(row, strength, LOGISTIC).real.max()
        assert (largest < -1e-9) == CLOSED_FORMS[row].converges


@pytest.mark.parametrize(
    ("row", "critical", "game"),
    [
        ("R1", 1.0, lambda s: DiracGAN(losses.minimax, (penalties.R1(s),))),
        (
            "instance noise",
            math.sqrt(2),
            lambda s: DiracGAN(losses.minimax, noise_std=s),
        ),
    ],
)
def test_rotation_stops_exactly_at_the_critical_strength(row, critical, game):
    below, above = (spectrum(game(critical * c)) for c in (0.99, 1.01))
    assert below.imag.abs().min() > 0.01
    assert above.imag.abs().max() == 0
    torch.testing.assert_close(
        spectrum(game(critical)), complex_pair(-0.5, 0), rtol=0, atol=1e-6
    )


@pytest.mark.parametrize("loss", LOGISTIC_LOSSES)
@pytest.mark.parametrize("step_size", [0.05, 0.2, 1.0])
def test_simultaneous_updates_always_expand(loss, step_size):
    game = DiracGAN(loss)
    update = dynamics.update_jacobian(game, dynamics.simultaneous_step, step_size)
    measured = dynamics.eigenvalues(update)
    torch.testing.assert_close(measured, complex_pair(1, step_size / 2), **TOLERANCE)
    expected = dynamics.simultaneous_multipliers(spectrum(game), step_size)
    torch.testing.assert_close(measured, expected, **TOLERANCE)
    modulus = math.sqrt(1 + step_size**2 / 4)
    assert measured.abs()[0].item() == pytest.approx(modulus, abs=1e-9)


def test_simultaneous_modulus_has_the_published_digits():
    rotation = formula("none", 0.0, LOGISTIC)
    modulus = dynamics.simultaneous_multipliers(rotation, 0.2).abs()[0].item()
    assert modulus == pytest.approx(1.00499, abs=5e-6)
    assert modulus**500 == pytest.approx(12.0, abs=0.1)


@pytest.mark.parametrize("loss", LOGISTIC_LOSSES)
@pytest.mark.parametrize("step_size", [0.05, 0.2, 1.0])
@pytest.mark.parametrize("d_steps", [1, 5])
def test_alternating_updates_turn_without_growing(loss, step_size, d_steps):
    step = partial(dynamics.alternating_step, d_steps=d_steps)
    update = dynamics.update_jacobian(DiracGAN(loss), step, step_size)
    measured = dynamics.eigenvalues(update)
    expected = dynamics.alternating_multipliers(step_size, 0.5, d_steps=d_steps)
    torch.testing.assert_close(measured, expected, **TOLERANCE)
    torch.testing.assert_close(
        measured.abs(), torch.ones(2, dtype=torch.float64), rtol=0, atol=1e-12
    )


def test_alternating_multipliers_have_the_published_digits():
    for d_steps, first in ((1, 0.995 + 0.0999j), (5, 0.975 + 0.2222j)):
        measured = dynamics.alternating_multipliers(0.2, 0.5, d_steps=d_steps)[0].item()
        assert measured.real == pytest.approx(first.real, abs=5e-5)
        assert measured.imag == pytest.approx(first.imag, abs=5e-5)


def test_alternating_updates_expand_once_a_exceeds_two():
    assert dynamics.alternating_multipliers(3.99, 0.5).abs().max() < 1 + 1e-12
    assert dynamics.alternating_multipliers(4.01, 0.5).abs().max() > 1.01


@pytest.mark.parametrize(
    ("gamma", "limit", "contraction"),
    [(0.1, 0.40, 0.9950), (0.3, 1.20, 0.9747), (1.0, 4.0, 0.9), (2.0, 1.07, 0.9732)],
)
def test_step_limit_with_r1(gamma, limit, contraction):
    game = DiracGAN(losses.non_saturating, (penalties.R1(gamma),))
    measured = dynamics.step_size_limit(spectrum(game))
    assert measured == pytest.approx(limit, abs=5e-3)
    if gamma <= 1:
        assert measured == pytest.approx(gamma / 0.25, abs=1e-6)
    for factor, contracts in ((0.99, True), (1.01, False)):
        update = dynamics.update_jacobian(
            game, dynamics.simultaneous_step, factor * measured
        )
        assert (dynamics.eigenvalues(update).abs().max() < 1) == contracts
    update = dynamics.update_jacobian(game, dynamics.simultaneous_step, 0.2)
    modulus = dynamics.eigenvalues(update).abs().max().item()
    assert modulus == pytest.approx(contraction, abs=5e-5)


def test_no_step_contracts_without_damping():
    assert dynamics.step_size_limit(spectrum(DiracGAN(losses.minimax))) == 0


def test_wgan_gp_field_jumps_at_slope_zero():
    """The discriminator is pushed to |ψ| = 1 from both sides, by 2λ each way."""
    weight, near = 0.35, 1e-3
    game = DiracGAN(losses.wasserstein, (penalties.GradientPenalty(weight),))
    above = dynamics.vector_field(game, (0.0, near))[1].item()
    below = dynamics.vector_field(game, (0.0, -near))[1].item()
    assert above == pytest.approx(2 * weight * (1 - near), abs=1e-6)
    assert below == pytest.approx(-2 * weight * (1 - near), abs=1e-6)


def test_consensus_subtracts_the_whole_gradient():
    """The published notebook halves one term; finite differences decide for one."""
    state, gamma, width = (0.8, -0.6), 0.7, 1e-5
    plain = DiracGAN(losses.minimax)
    full = dynamics.vector_field(
        DiracGAN(losses.minimax, consensus=gamma), state
    ).detach()

    def energy(theta, psi):
        return 0.5 * dynamics.vector_field(plain, (theta, psi)).square().sum().item()

    theta, psi = state
    slopes = torch.tensor(
        [
            (energy(theta + width, psi) - energy(theta - width, psi)) / (2 * width),
            (energy(theta, psi + width) - energy(theta, psi - width)) / (2 * width),
        ],
        dtype=torch.float64,
    )
    expected = dynamics.vector_field(plain, state).detach() - gamma * slopes
    torch.testing.assert_close(full, expected, rtol=0, atol=1e-8)
    sigmoid = 1 / (1 + math.exp(-theta * psi))
    square, bend = theta**2 + psi**2, sigmoid * (1 - sigmoid)
    by_hand = [
        theta * sigmoid**2 + psi * square * sigmoid * bend,
        psi * sigmoid**2 + theta * square * sigmoid * bend,
    ]
    torch.testing.assert_close(
        slopes, torch.tensor(by_hand, dtype=torch.float64), rtol=0, atol=1e-8
    )


def test_vector_field_by_hand_away_from_the_equilibrium():
    theta, psi = 0.7, -1.3
    up, down = (1 / (1 + math.exp(-sign * theta * psi)) for sign in (1, -1))
    expected = {
        losses.minimax: (psi * up, -theta * up),
        losses.non_saturating: (psi * down, -theta * up),
        losses.relativistic: (psi * down, -theta * up),
        losses.wasserstein: (psi, -theta),
    }
    for loss, by_hand in expected.items():
        field = dynamics.vector_field(DiracGAN(loss), (theta, psi)).tolist()
        assert field == pytest.approx(by_hand, abs=1e-12)


@pytest.mark.parametrize("loss", [losses.minimax, losses.relativistic])
def test_instance_noise_matches_sampled_noise(loss):
    """Independent noise on both points, 4·10⁵ draws, within four standard errors."""
    rng = torch.Generator().manual_seed(0)
    num, sigma = 400_000, 0.7
    theta = torch.tensor(0.9, dtype=torch.float64)
    psi = torch.tensor(1.1, dtype=torch.float64)
    real, fake = (
        sigma * torch.randn(num, 2, generator=rng, dtype=torch.float64).T[:, :, None]
    )
    logits = psi * real.expand(-1, 2), psi * (theta + fake.expand(-1, 2))
    exact = DiracGAN(loss, noise_std=sigma).losses(theta, psi)
    for player, value in zip(loss[:2], exact, strict=True):
        draws = player(*logits)
        error = draws.std().item() / math.sqrt(num)
        assert abs(draws.mean().item() - value.item()) < 4 * error


SIMULTANEOUS = dynamics.simultaneous_step
ALTERNATING = dynamics.alternating_step
ALTERNATING_5 = partial(dynamics.alternating_step, d_steps=5)
STEPS = {"SimGD": SIMULTANEOUS, "AltGD": ALTERNATING, "AltGD 5": ALTERNATING_5}
NS, MM, W = losses.non_saturating, losses.minimax, losses.wasserstein
WGAN_GP = DiracGAN(W, (penalties.GradientPenalty(0.35),))  # "reg 0.7" is 2λ
# Settings of the published simulation; which run ends where.
RUNS = [
    ("GAN", DiracGAN(MM), "SimGD", "diverges"),
    ("GAN", DiracGAN(MM), "AltGD", "circles"),
    ("GAN", DiracGAN(MM), "AltGD 5", "circles"),
    ("NS-GAN", DiracGAN(NS), "SimGD", "circles"),
    ("NS-GAN", DiracGAN(NS), "AltGD", "circles"),
    ("WGAN", DiracGAN(W), "SimGD", "diverges"),
    ("WGAN clip 1", DiracGAN(W, clip=1.0), "SimGD", "circles"),
    ("WGAN clip 1", DiracGAN(W, clip=1.0), "AltGD", "circles"),
    ("WGAN clip 1", DiracGAN(W, clip=1.0), "AltGD 5", "circles"),
    ("WGAN-GP", WGAN_GP, "SimGD", "circles"),
    ("WGAN-GP", WGAN_GP, "AltGD", "circles"),
    ("WGAN-GP", WGAN_GP, "AltGD 5", "circles"),
    ("noise 0.7", DiracGAN(MM, noise_std=0.7), "SimGD", "converges"),
    ("noise 0.7", DiracGAN(MM, noise_std=0.7), "AltGD", "converges"),
    ("R1 0.3", DiracGAN(MM, (penalties.R1(0.3),)), "SimGD", "converges"),
    ("R1 0.3", DiracGAN(MM, (penalties.R1(0.3),)), "AltGD", "converges"),
    ("R1 0.3", DiracGAN(MM, (penalties.R1(0.3),)), "AltGD 5", "converges"),
    ("R1 1", DiracGAN(MM, (penalties.R1(1.0),)), "SimGD", "converges"),
    ("NS R1 0.3", DiracGAN(NS, (penalties.R1(0.3),)), "AltGD", "converges"),
    (
        "NS R1 + R2",
        DiracGAN(NS, (penalties.R1(0.3), penalties.R2(0.3))),
        "AltGD",
        "converges",
    ),
    ("WGAN R1", DiracGAN(W, (penalties.R1(0.3),)), "AltGD", "converges"),
    ("ConOpt 1", DiracGAN(MM, consensus=1.0), "SimGD", "converges"),
    ("ConOpt 1", DiracGAN(MM, consensus=1.0), "AltGD", "converges"),
    ("ConOpt 1", DiracGAN(NS, consensus=1.0), "AltGD 5", "converges"),
]


@pytest.mark.parametrize(
    ("game", "step", "outcome"),
    [pytest.param(*run[1:], id=" ".join((run[0], run[2]))) for run in RUNS],
)
def test_five_hundred_steps_end_as_the_table_says(game, step, outcome):
    trajectory = dynamics.simulate(game, (1.0, 1.0), 0.2, 500, STEPS[step])
    assert dynamics.classify(trajectory) == outcome


@pytest.mark.parametrize("start", [(1.0, 1.0), (0.2, 0.0)])
def test_non_saturating_loss_ends_on_the_cycle_that_both_sides_approach(start):
    """Near (0, 0) a simultaneous step expands, further out the loss itself contracts.

    Averaged over a turn, r² changes by h²r²/4 − hr⁴/8 a step: zero at r² = 2h. The
    cycle lies there to first order in h, whichever side a run comes from.
    """
    game, step_size = DiracGAN(losses.non_saturating), 0.1
    run = dynamics.simulate(game, start, step_size, 2500, SIMULTANEOUS)
    radius = run[-500:].square().sum(dim=1).mean().sqrt().item()
    assert radius == pytest.approx(math.sqrt(2 * step_size), rel=0.05)


def test_consensus_on_the_saturating_game_can_run_away():
    """A local result: far from (0, 0), ‖v‖ also falls where D saturates, at infinity.

    One discriminator step a turn comes back to the equilibrium, five do not.
    """
    game = DiracGAN(losses.minimax, consensus=1.0)
    near = dynamics.simulate(game, (0.1, 0.1), num_steps=100, step=ALTERNATING_5)
    assert dynamics.classify(near) == "converges"
    far = dynamics.simulate(game, (1.0, 1.0), step=ALTERNATING_5)
    assert dynamics.classify(far) == "diverges"
    field = dynamics.vector_field(DiracGAN(losses.minimax), far[-1])
    assert field.norm() < 0.2 < far[-1].norm()


def test_clipping_keeps_the_slope_inside():
    run = dynamics.simulate(DiracGAN(losses.wasserstein, clip=0.3), step=SIMULTANEOUS)
    assert run[1:, 1].abs().max().item() == 0.3
    free = dynamics.simulate(DiracGAN(losses.wasserstein), step=SIMULTANEOUS)
    assert free[1:, 1].abs().max().item() > 0.3


def test_simulate_repeats_the_step():
    game = DiracGAN(losses.wasserstein)
    run = dynamics.simulate(game, (1.0, 0.0), 0.2, 3)
    assert run.shape == (4, 2)
    assert run.dtype == torch.float64
    assert not run.requires_grad
    assert run[1].tolist() == pytest.approx([0.96, -0.2], abs=1e-12)
    one = dynamics.simultaneous_step(game, torch.tensor([1.0, 0.0]), 0.2)
    assert one.tolist() == pytest.approx([1.0, -0.2], abs=1e-7)


def spiral(modulus, num_steps=500, angle=0.1):
    steps = torch.arange(num_steps + 1, dtype=torch.float64)
    turn = torch.stack([(angle * steps).cos(), (angle * steps).sin()], dim=1)
    return modulus ** steps[:, None] * turn


@pytest.mark.parametrize(
    ("ratio", "outcome"),
    [
        (1e-6, "converges"),
        (0.09, "converges"),
        (0.11, "circles"),
        (1.0, "circles"),
        (1.24, "circles"),
        (1.26, "diverges"),
        (1e6, "diverges"),
    ],
)
def test_classify_on_rotations_of_known_modulus(ratio, outcome):
    """401 steps lie between the largest of the first fifth and that of the last."""
    lag = 500 - 99 if ratio > 1 else 401
    assert dynamics.classify(spiral(ratio ** (1 / lag))) == outcome


def test_classify_calls_infinite_runs_diverging():
    run = spiral(1.0)
    run[-1] = torch.nan
    assert dynamics.classify(run) == "diverges"


def test_eigenvalues_agree_with_the_general_routine():
    rng = torch.Generator().manual_seed(0)
    for _ in range(50):
        matrix = torch.randn(2, 2, generator=rng, dtype=torch.float64)
        ours, theirs = dynamics.eigenvalues(matrix), torch.linalg.eigvals(matrix)
        for value in ours:
            assert (theirs - value).abs().min() < 1e-10
        torch.testing.assert_close(ours.sum(), theirs.sum(), rtol=0, atol=1e-10)


def test_mistakes_are_told():
    with pytest.raises(ValueError, match="pair"):
        dynamics.vector_field(DiracGAN(losses.minimax), (1.0, 2.0, 3.0))
    with pytest.raises(ValueError, match="≥ 0"):
        DiracGAN(losses.minimax, noise_std=-1.0)
    with pytest.raises(ValueError, match="clip > 0"):
        DiracGAN(losses.minimax, clip=0.0)
    with pytest.raises(ValueError, match="ten"):
        dynamics.classify(torch.zeros(5, 2))
