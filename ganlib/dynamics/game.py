"""The Dirac-GAN: its losses, its vector field and the Jacobian of that field."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from torch import Tensor, nn

NUM_NODES = 24  # Gauss–Hermite nodes for each of the two noises


class _LinearDiscriminator(nn.Module):
    """D(x) = ψx. The slope stays the tensor it is, so that autograd reaches it."""

    def __init__(self, slope: Tensor) -> None:
        super().__init__()
        self.slope = slope

    def forward(self, x: Tensor) -> Tensor:
        return self.slope * x[..., 0]


@dataclass(frozen=True)
class DiracGAN:
    r"""Game of one data point at 0, one generated point θ and D(x) = ψx.

    $$L_D(\theta, \psi) = \ell_D(\psi \cdot 0,\, \psi\theta) + \text{penalties}, \qquad
    L_G(\theta, \psi) = \ell_G(\psi \cdot 0,\, \psi\theta)$$

    Args:
        loss: a pair with ``discriminator(real_logits, fake_logits)`` and
            ``generator(real_logits, fake_logits)``, as in ``ganlib.losses``.
        penalties: callables as in ``ganlib.penalties``, added to D's loss.
        noise_std: σ ≥ 0 of the instance noise on both points, in units of x.
        consensus: γ ≥ 0 of consensus optimisation, which subtracts the gradient of
            γ/2 ‖v‖² from the vector field v.
        clip: c > 0; ψ is clipped to [−c, c] after each discriminator step.

    Raises:
        ValueError: ``noise_std`` or ``consensus`` is negative, ``clip`` not positive.

    Source: Mescheder et al. 2018, def. 2.1. Departure: any loss pair, where the paper
        has one function f for both players.
    Chapter: dynamics
    """

    loss: object
    penalties: tuple[Callable[..., Tensor], ...] = ()
    noise_std: float = 0.0
    consensus: float = 0.0
    clip: float | None = None

    def __post_init__(self) -> None:
        if min(self.noise_std, self.consensus) < 0:
            raise ValueError("noise_std and consensus are strengths: give them ≥ 0.")
        if self.clip is not None and not self.clip > 0:
            raise ValueError(f"clip is {self.clip}, but ψ needs room: give clip > 0.")

    def losses(self, theta: Tensor, psi: Tensor) -> tuple[Tensor, Tensor]:
        r"""Return L_D and L_G at one state, in the loss's unit.

        Args:
            theta: θ, the generator's point, a tensor without axes.
            psi: ψ, the discriminator's slope, a tensor without axes.

        Returns:
            The discriminator's and the generator's loss, tensors without axes.
            Logistic losses at (0, 0): 2 log 2 and log 2.
        """
        shift_real, shift_fake, weights = _noise_pairs(self.noise_std)
        real, fake = shift_real, theta + shift_fake
        discriminator = _LinearDiscriminator(psi)
        logits = discriminator(real[..., None]), discriminator(fake[..., None])
        d_loss = (weights * self.loss.discriminator(*logits)).sum()
        g_loss = (weights * self.loss.generator(*logits)).sum()
        # D is linear, its slope is ψ at every point: one pair of points is enough.
        points = real[:1, :1], fake[:1, :1]
        for penalty in self.penalties:
            rng = torch.Generator().manual_seed(0)
            d_loss = d_loss + penalty(discriminator, *points, rng)
        return d_loss, g_loss


@cache
def _noise_pairs(std: float) -> tuple[Tensor, Tensor, Tensor]:
    """Return noise on the real and the fake point, (S, 2) each, and weights (S,).

    Every pair of Gauss–Hermite nodes is a batch of its own, so that losses which
    compare a real with a fake logit average over independent noises too. The two
    columns are equal: the losses refuse a stacked batch of one sample.
    """
    num = NUM_NODES if std else 1
    nodes, weights = (
        torch.from_numpy(a) for a in np.polynomial.hermite_e.hermegauss(num)
    )
    weights = weights / weights.sum()
    shifts = std * torch.cartesian_prod(nodes, nodes)
    real, fake = (shifts[:, i, None].expand(-1, 2) for i in (0, 1))
    return real, fake, torch.outer(weights, weights).flatten()


def _as_state(state) -> Tensor:
    """Return the state as a tensor that derivatives can be taken in."""
    state = torch.as_tensor(state, dtype=torch.float64)
    if state.shape != (2,):
        raise ValueError(
            f"The state has shape {tuple(state.shape)}, but it is the pair (θ, ψ): "
            "give two numbers."
        )
    return state if state.requires_grad else state.detach().requires_grad_(True)


def vector_field(game: DiracGAN, state) -> Tensor:
    r"""Direction in which gradient descent of both players moves the state.

    $$v(\theta, \psi) = \begin{pmatrix} -\partial L_G / \partial\theta \\
    -\partial L_D / \partial\psi \end{pmatrix}, \qquad
    v_\gamma = v - \gamma\, \nabla \tfrac12 \lVert v \rVert^2$$

    Args:
        game: the game; its ``consensus`` is γ.
        state: (θ, ψ), two numbers or a tensor of shape (2,).

    Returns:
        v, shape (2,), float64, differentiable in the state. Non-saturating loss without
        penalties at (0, 1): (1/2, 0).

    Raises:
        ValueError: the state is not a pair.

    Source: Mescheder et al. 2018, sec. 2; consensus optimisation: Mescheder et al.
        2017, sec. 4. Departure: D scores the data high, the paper scores it low, so
        our ψ is its −ψ.
    Chapter: dynamics
    """
    state = _as_state(state)
    theta, psi = state.unbind()
    d_loss, g_loss = game.losses(theta, psi)
    options = {"create_graph": True, "materialize_grads": True}
    (down_g,) = torch.autograd.grad(g_loss, theta, **options)
    (down_d,) = torch.autograd.grad(d_loss, psi, **options)
    field = -torch.stack([down_g, down_d])
    if game.consensus:
        energy = 0.5 * field.square().sum()
        (uphill,) = torch.autograd.grad(energy, state, **options)
        field = field - game.consensus * uphill
    return field


def differentiate(function: Callable[[Tensor], Tensor], state) -> Tensor:
    r"""Jacobian of a map of the plane, by autograd.

    $$J_{ij} = \frac{\partial F_i}{\partial x_j}$$

    Args:
        function: F, maps a state of shape (2,) to shape (2,).
        state: where, two numbers.

    Returns:
        J, shape (2, 2), float64. The identity map: the identity.

    Source: textbook. Departure: none.
    Chapter: dynamics
    """
    state = _as_state(state)
    return torch.autograd.functional.jacobian(function, state.detach())


def jacobian(game: DiracGAN, state=(0.0, 0.0)) -> Tensor:
    r"""Jacobian of the vector field.

    $$J = \begin{pmatrix} \partial v_1/\partial\theta & \partial v_1/\partial\psi \\
    \partial v_2/\partial\theta & \partial v_2/\partial\psi \end{pmatrix}$$

    Args:
        game: the game.
        state: (θ, ψ); default the equilibrium (0, 0).

    Returns:
        J, shape (2, 2), float64. Non-saturating loss with R1:
        ((0, 1/2), (−1/2, −γ)).

    Raises:
        ValueError: the state is not a pair.

    Source: Mescheder et al. 2018, sec. 2.1. Departure: none.
    Chapter: dynamics
    """
    return differentiate(lambda point: vector_field(game, point), state)


def eigenvalues(matrix: Tensor) -> Tensor:
    r"""Eigenvalues of a real 2×2 matrix, in a fixed order.

    $$\lambda_\pm = \tfrac12 \operatorname{tr} J \pm
    \sqrt{\tfrac14 (\operatorname{tr} J)^2 - \det J}$$

    Written out for the fixed order: + before −, which a general routine does not keep.
    Where the two coincide half the digits are lost, as by any method.

    Args:
        matrix: J, shape (2, 2).

    Returns:
        λ₊ and λ₋, shape (2,), complex128, in the matrix's unit.
        ((0, 1), (−1, 0)): i and −i.

    Source: textbook. Departure: none.
    Chapter: dynamics
    """
    middle = matrix.trace() / 2
    # (a − d)²/4 + bc is the same radicand, without cancellation.
    half_gap = (matrix[0, 0] - matrix[1, 1]) / 2
    radicand = half_gap**2 + matrix[0, 1] * matrix[1, 0]
    root = radicand.to(torch.complex128).sqrt()
    return torch.stack([middle + root, middle - root])
