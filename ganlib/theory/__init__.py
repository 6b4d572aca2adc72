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
from ganlib.theory.objectives import (
    OBJECTIVES,
    Objective,
    expected_loss,
    finite_js,
    finite_kl,
    finite_variation,
    paired_js,
    triangular,
)
from ganlib.theory.pairing import (
    pairing_critic,
    pairing_value,
)
from ganlib.theory.quadrature import entropy, expectation, integrate, panel_edges
from ganlib.theory.sobolev import (
    dual_sobolev_norm,
    dual_sobolev_norm_line,
    dual_sobolev_potential,
    stiffness,
)
from ganlib.theory.transport import Transport, transport
from ganlib.theory.wasserstein import euclidean_cost, potential, wasserstein_1d

__all__ = [
    "F_DIVERGENCES",
    "OBJECTIVES",
    "FDivergence",
    "Mixture",
    "Normal",
    "Objective",
    "Transport",
    "Uniform",
    "dual_sobolev_norm",
    "dual_sobolev_norm_line",
    "dual_sobolev_potential",
    "entropy",
    "euclidean_cost",
    "expectation",
    "expected_loss",
    "f_divergence",
    "f_dual_value",
    "finite_js",
    "finite_kl",
    "finite_variation",
    "integrate",
    "js_divergence",
    "js_divergence_monte_carlo",
    "kl",
    "mutual_information",
    "normal_mixture",
    "optimal_critic",
    "optimal_discriminator",
    "optimal_logit",
    "paired_js",
    "pairing_critic",
    "pairing_value",
    "panel_edges",
    "potential",
    "stiffness",
    "total_variation",
    "transport",
    "triangular",
    "value",
    "value_at_optimum",
    "wasserstein_1d",
]
