"""Eigenvalues at the equilibrium as formulas, to hold the autograd values against.

For the logistic losses f(t) = −log(1 + e⁻ᵗ), so f'(0) = 1/2 and f''(0) = −1/4; for the
Wasserstein loss f(t) = t, so f'(0) = 1 and f''(0) = 0.
"""

import cmath
from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from torch import Tensor


class ClosedForm(NamedTuple):
    r"""Eigenvalues of the Jacobian at (0, 0) under one method.

    Attributes:
        method: its name in the field.
        eigenvalues: maps (strength, f'(0), f''(0)) to the pair λ₊, λ₋; the strength is
            γ of a penalty or of consensus optimisation, σ of instance noise, and
            ignored where nothing is added.
        converges: whether the real parts are negative for every positive strength.
        source: where the row is proved.

    Chapter: dynamics
    """

    method: str
    eigenvalues: Callable[[float, float, float], Tensor]
    converges: bool
    source: str


def _pair(middle: complex, root: complex) -> Tensor:
    return torch.tensor([middle + root, middle - root], dtype=torch.complex128)


def _damped(damping: float, slope: float) -> Tensor:
    """−d ± √(d² − f'²): a rotation of speed f' with friction 2d on ψ."""
    return _pair(-damping, cmath.sqrt(damping**2 - slope**2))


CLOSED_FORMS = {
    "none": ClosedForm(
        "no penalty",
        lambda strength, slope, bend: _damped(0.0, slope),
        False,
        "Mescheder et al. 2018, lemma 2.2",
    ),
    "instance noise": ClosedForm(
        "instance noise σ",
        lambda strength, slope, bend: _damped(-bend * strength**2, slope),
        True,
        "Mescheder et al. 2018, lemma 3.2",
    ),
    "R1": ClosedForm(
        "R1 or R2, γ",
        lambda strength, slope, bend: _damped(strength / 2, slope),
        True,
        "Mescheder et al. 2018, lemma 3.3",
    ),
    "R1 + R2": ClosedForm(
        "R1 and R2, γ each",
        lambda strength, slope, bend: _damped(strength, slope),
        True,
        "the row above with 2γ",
    ),
    "consensus": ClosedForm(
        "consensus optimisation γ",
        lambda strength, slope, bend: _pair(-strength * slope**2, 1j * slope),
        True,
        "Mescheder et al. 2018, supplement on consensus optimisation",
    ),
}


def simultaneous_multipliers(eigenvalues: Tensor, step_size: float) -> Tensor:
    r"""Eigenvalues of a simultaneous update, from those of the vector field.

    $$\mu = 1 + h\lambda$$

    Args:
        eigenvalues: λ of the vector field's Jacobian, shape (2,), complex.
        step_size: h > 0.

    Returns:
        μ, shape (2,), complex128. λ = ±i/2 and h = 0.2: 1 ± 0.1i, modulus 1.00499.

    Source: Mescheder et al. 2018, section 2. Departure: none.
    Chapter: dynamics
    """
    return 1 + step_size * eigenvalues


def alternating_multipliers(
    step_size: float, slope: float, g_steps: int = 1, d_steps: int = 1
) -> Tensor:
    r"""Eigenvalues of an alternating update of the game without penalty.

    $$\mu_\pm = 1 - \tfrac12 a^2 \pm \sqrt{(1 - \tfrac12 a^2)^2 - 1}, \qquad
    a = \sqrt{n_g n_d}\, h f'(0)$$

    Their modulus is exactly 1 while a < 2.

    Args:
        step_size: h > 0.
        slope: f'(0); 1/2 for logistic losses, 1 for Wasserstein.
        g_steps: n_g ≥ 1.
        d_steps: n_d ≥ 1.

    Returns:
        μ, shape (2,), complex128. h = 0.2, f'(0) = 1/2: 0.995 ± 0.0999i.

    Source: Mescheder et al. 2018, section 2. Departure: none.
    Chapter: dynamics
    """
    middle = 1 - 0.5 * g_steps * d_steps * (step_size * slope) ** 2
    return _pair(middle, cmath.sqrt(middle**2 - 1))


def step_size_limit(eigenvalues: Tensor | Sequence[complex]) -> float:
    r"""Largest step size below which simultaneous updates contract.

    $$h < \min_\lambda \frac{-2\, \mathrm{Re}\,\lambda}{|\lambda|^2}$$

    Args:
        eigenvalues: λ of the vector field's Jacobian, shape (2,), complex, not 0.

    Returns:
        The limit; 0 if some real part is not negative, so that no step contracts.
        R1 with γ = 0.3, logistic loss: 1.2.

    Source: |1 + hλ| < 1 solved for h. Departure: none.
    Chapter: dynamics
    """
    values = torch.as_tensor(eigenvalues, dtype=torch.complex128)
    limits = -2 * values.real / values.abs() ** 2
    return max(0.0, limits.min().item())
