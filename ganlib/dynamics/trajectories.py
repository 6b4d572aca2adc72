"""Gradient descent on the game: steps, trajectories, and what became of them."""

from collections.abc import Callable

import torch
from torch import Tensor

from ganlib.dynamics.game import DiracGAN, differentiate, vector_field

Step = Callable[[DiracGAN, Tensor, float], Tensor]

CONVERGED = 0.1  # late distance over early distance, below which a run converges
DIVERGED = 1.25  # and above which it diverges


def _clip(game: DiracGAN, psi: Tensor) -> Tensor:
    return psi if game.clip is None else psi.clamp(-game.clip, game.clip)


def simultaneous_step(game: DiracGAN, state: Tensor, step_size: float) -> Tensor:
    r"""Move both players at once, each from where the other was.

    $$(\theta, \psi) \leftarrow (\theta, \psi) + h\, v(\theta, \psi)$$

    Args:
        game: the game.
        state: (θ, ψ), shape (2,).
        step_size: h > 0.

    Returns:
        The next state, shape (2,), float64. Non-saturating loss, h = 0.2, from (0, 1):
        (0.1, 1).

    Source: Mescheder et al. 2018, sec. 2. Departure: none.
    Chapter: dynamics
    """
    state = torch.as_tensor(state, dtype=torch.float64)
    theta, psi = state + step_size * vector_field(game, state)
    return torch.stack([theta, _clip(game, psi)])


def alternating_step(
    game: DiracGAN, state: Tensor, step_size: float, d_steps: int = 1
) -> Tensor:
    r"""Move the discriminator ``d_steps`` times, then the generator once.

    $$\psi \leftarrow \psi + h\, v_2(\theta, \psi) \ \ (\text{d\_steps times}), \qquad
    \theta \leftarrow \theta + h\, v_1(\theta, \psi)$$

    Args:
        game: the game.
        state: (θ, ψ), shape (2,).
        step_size: h > 0, of both players.
        d_steps: discriminator steps, ≥ 1.

    Returns:
        The next state, shape (2,), float64. Wasserstein loss, h = 0.2, from (1, 0):
        (0.96, −0.2).

    Source: Goodfellow et al. 2014, algorithm 1. Departure: none.
    Chapter: dynamics
    """
    theta, psi = torch.as_tensor(state, dtype=torch.float64).unbind()
    for _ in range(d_steps):
        field = vector_field(game, torch.stack([theta, psi]))
        psi = _clip(game, psi + step_size * field[1])
    field = vector_field(game, torch.stack([theta, psi]))
    return torch.stack([theta + step_size * field[0], psi])


def update_jacobian(
    game: DiracGAN, step: Step, step_size: float, state=(0.0, 0.0)
) -> Tensor:
    r"""Jacobian of one update as a map from state to state.

    $$J_F = \frac{\partial F_h(\theta, \psi)}{\partial(\theta, \psi)}$$

    The update contracts towards a fixed point if both eigenvalues lie inside the unit
    circle.

    Args:
        game: the game.
        step: ``simultaneous_step``, ``alternating_step`` or a partial of it.
        step_size: h > 0.
        state: where; default the equilibrium (0, 0).

    Returns:
        J_F, shape (2, 2), float64. Simultaneous steps: 1 + hJ.

    Source: Mescheder et al. 2018, sec. 2. Departure: none.
    Chapter: dynamics
    """
    return differentiate(lambda point: step(game, point, step_size), state)


def simulate(
    game: DiracGAN,
    start=(1.0, 1.0),
    step_size: float = 0.2,
    num_steps: int = 500,
    step: Step = alternating_step,
) -> Tensor:
    r"""Trajectory of the game from a starting state.

    $$(\theta, \psi)_{k+1} = F_h\big((\theta, \psi)_k\big)$$

    Args:
        game: the game.
        start: (θ, ψ) at step 0.
        step_size: h > 0.
        num_steps: how many updates, ≥ 0.
        step: ``simultaneous_step``, ``alternating_step`` or a partial of it.

    Returns:
        The states, shape (num_steps + 1, 2), float64, θ in column 0.

    Raises:
        ValueError: the start is not a pair.

    Source: Mescheder et al. 2018, sec. 2; defaults from its published notebook
        (DiracGAN.ipynb). Departure: none.
    Chapter: dynamics
    """
    state = torch.as_tensor(start, dtype=torch.float64)
    states = [state]
    for _ in range(num_steps):
        # Each step is differentiated by itself: the past must not stay in the graph.
        state = step(game, state.detach(), step_size).detach()
        states.append(state)
    return torch.stack(states)


def classify(trajectory: Tensor) -> str:
    r"""Say what a trajectory did: converge, circle or diverge.

    $$\rho = \frac{\max_{\text{last fifth}} \lVert(\theta, \psi)\rVert}
    {\max_{\text{first fifth}} \lVert(\theta, \psi)\rVert}$$

    It converges below ρ = 0.1, diverges above 1.25, circles in between: decay by less
    than tenfold in the run is not called convergence. The largest distance in a fifth
    is taken because an orbit need not be round. Distances alone are looked at, so a
    state that stands still away from the equilibrium counts as circling.

    Args:
        trajectory: states, shape (T, 2), T ≥ 10; long enough for each fifth to hold a
            turn.

    Returns:
        "converges", "circles" or "diverges". A run that leaves the finite numbers
        diverges; a trajectory that stays at one radius circles.

    Raises:
        ValueError: the shape is not (T, 2) with T ≥ 10.

    Source: none. Departure: none.
    Chapter: dynamics
    """
    if trajectory.ndim != 2 or trajectory.shape[1] != 2 or len(trajectory) < 10:
        raise ValueError(
            f"The trajectory has shape {tuple(trajectory.shape)}; give at least ten "
            "states of two numbers, shape (T, 2)."
        )
    if not trajectory.isfinite().all():
        return "diverges"
    distance = trajectory.norm(dim=1)
    fifth = len(trajectory) // 5
    late, early = distance[-fifth:].max(), distance[:fifth].max()
    if late < CONVERGED * early:
        return "converges"
    return "diverges" if late > DIVERGED * early else "circles"
