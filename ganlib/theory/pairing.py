"""The pairing game between two distributions on a finite space, solved exactly.

A distribution is its masses: a float64 tensor (K,) of numbers above 0 that sum to 1.
A critic is its logits (K,), one a point. Only differences of logits matter.
"""

import torch
from torch import Tensor
from torch.nn.functional import softplus

MAX_STEPS = 200
SMALL_STEP = 1e-6  # nats: after it the error is its square, less than rounding


def pairing_value(logits: Tensor, p: Tensor, q: Tensor) -> Tensor:
    r"""Value of the pairing game for one critic: minus its relativistic loss.

    $$V(t) = \mathbb E_{x \sim p,\, y \sim q}\big[\log\sigma(t(x) - t(y))\big]$$

    Args:
        logits: t, shape (K,), any real numbers.
        p: masses of the real points, shape (K,), ≥ 0, sum 1.
        q: masses of the generated points, shape (K,), ≥ 0, sum 1.

    Returns:
        The value in nats, at most 0, a tensor without axes. Equal logits:
        −log 2 = −0.6931.

    Raises:
        ValueError: shapes differ, a mass is negative, or masses do not sum to 1.

    Source: Jolicoeur-Martineau 2019, section 4.1 (RSGAN). Departure: maximised.
    Chapter: modern-baseline
    """
    _check_masses(p=p, q=q)
    return -(p @ softplus(logits - logits[:, None]) @ q)


def pairing_critic(p: Tensor, q: Tensor, stiffness: Tensor | None = None) -> Tensor:
    r"""Best critic of the pairing game, with or without a penalty, by Newton's method.

    $$t^\ast = \arg\max_t\; V(t) - \tfrac12\, t^\top K t$$

    It knows no formula for the answer: it climbs the concave function until the steps
    are rounding.

    Args:
        p: masses of the real points, shape (K,), ≥ 0, sum 1.
        q: masses of the generated points, shape (K,), ≥ 0, sum 1.
        stiffness: K, symmetric and positive semi-definite, shape (K, K), constants in
            its kernel, as `ganlib.theory.stiffness` makes it; `None` for no penalty.

    Returns:
        t*, shape (K,), in nats, with mean 0. Masses (¾, ¼) and (½, ½) without penalty:
        t*₁ − t*₂ = log 3.

    Raises:
        ValueError: shapes differ, a mass is negative, or masses do not sum to 1.
        ArithmeticError: there is no best critic, as without penalty where p or q is 0,
            or Newton's method did not find it.

    Source: Bach 2010, section 2 (Newton's method on logistic losses). Departure: the
    damping log(1 + r)/r of a step of reach r.
    Chapter: modern-baseline
    """
    _check_masses(p=p, q=q)
    logits = torch.zeros_like(p)
    if stiffness is None:
        stiffness = torch.zeros(len(p), len(p), dtype=p.dtype)
    for _ in range(MAX_STEPS):
        step = _newton_step(*_derivatives(logits, p, q, stiffness))
        reach = step.max() - step.min()
        if reach < SMALL_STEP:
            return logits + step - (logits + step).mean()
        # log σ changes its curvature by a factor e in a nat at most; so damped, each
        # step climbs, and near the top it is the full step.
        logits = logits + step * reach.log1p() / reach
    raise ArithmeticError(
        f"no best critic within {MAX_STEPS} Newton steps: the game may have none, as "
        "where a point has mass under one distribution only and no penalty holds it."
    )


def _derivatives(
    logits: Tensor, p: Tensor, q: Tensor, stiffness: Tensor
) -> tuple[Tensor, Tensor]:
    """Gradient of the penalised value, and minus its Hessian."""
    gaps = logits[:, None] - logits
    doubt = torch.outer(p, q) * torch.sigmoid(-gaps)  # of each pair (real, fake)
    slope = doubt.sum(1) - doubt.sum(0) - stiffness @ logits
    weight = doubt * torch.sigmoid(gaps)
    weight = weight + weight.T
    return slope, torch.diag(weight.sum(1)) - weight + stiffness


def _newton_step(slope: Tensor, bend: Tensor) -> Tensor:
    """Solve with the first logit held: adding a constant changes nothing."""
    step = torch.zeros_like(slope)
    step[1:], flaw = torch.linalg.solve_ex(bend[1:, 1:], slope[1:])
    if flaw or not step.isfinite().all():
        raise ArithmeticError(
            "no best critic: the value no longer bends. A point with mass under one "
            "distribution only, and no penalty to hold it, sends its logit to infinity."
        )
    return step


def _check_masses(**masses: Tensor) -> None:
    shapes = {tuple(mass.shape) for mass in masses.values()}
    if len(shapes) > 1:
        raise ValueError(f"masses must lie on one space, but have shapes {shapes}.")
    for name, mass in masses.items():
        if (mass < 0).any() or abs(mass.sum().item() - 1) > 1e-9:
            raise ValueError(
                f"{name} must hold masses ≥ 0 that sum to 1, but its least is "
                f"{mass.min():.3g} and its sum {mass.sum():.9g}. Divide by the sum."
            )
