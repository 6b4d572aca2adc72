"""Two-parameter games: vector field, Jacobian, trajectories.

The Dirac-GAN is the smallest GAN there is: one data point, a generator that is one
point, a discriminator that is one slope. Its losses and penalties are the package's
own, handed in, and every derivative is taken by autograd.
"""

from ganlib.dynamics.closed_forms import (
    CLOSED_FORMS,
    ClosedForm,
    alternating_multipliers,
    simultaneous_multipliers,
    step_size_limit,
)
from ganlib.dynamics.game import DiracGAN, eigenvalues, jacobian, vector_field
from ganlib.dynamics.trajectories import (
    alternating_step,
    classify,
    simulate,
    simultaneous_step,
    update_jacobian,
)

__all__ = [
    "CLOSED_FORMS",
    "ClosedForm",
    "DiracGAN",
    "alternating_multipliers",
    "alternating_step",
    "classify",
    "eigenvalues",
    "jacobian",
    "simulate",
    "simultaneous_multipliers",
    "simultaneous_step",
    "step_size_limit",
    "update_jacobian",
    "vector_field",
]
