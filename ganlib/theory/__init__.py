"""Closed forms and exact solvers: densities, divergences, the optimal discriminator.

Everything is computed in float64 by quadrature and returned as a tensor without axes,
differentiable in the densities' parameters. Nothing here is learned.
"""

from ganlib.theory.densities import (
    Mixture,
    Normal,
    Uniform,
    normal_mixture,
)
from ganlib.theory.discriminator import (
    mutual_information,
    optimal_discriminator,
    optimal_logit,
    value,
    value_at_optimum,
)
from ganlib.theory.divergences import (
    js_divergence,
    js_divergence_monte_carlo,
    kl,
    total_variation,
)
from ganlib.theory.f_divergences import (
    FDivergence,
    f_divergence,
    f_dual_value,
    optimal_critic,
)
from ganlib.theory.f_table import F_DIVERGENCES
from ganlib.theory.quadrature import entropy, expectation, integrate, panel_edges

__all__ = [
    "F_DIVERGENCES",
    "FDivergence",
    "Mixture",
    "Normal",
    "Uniform",
    "entropy",
    "expectation",
    "f_divergence",
    "f_dual_value",
    "integrate",
    "js_divergence",
    "js_divergence_monte_carlo",
    "kl",
    "mutual_information",
    "normal_mixture",
    "optimal_critic",
    "optimal_discriminator",
    "optimal_logit",
    "panel_edges",
    "total_variation",
    "value",
    "value_at_optimum",
]
