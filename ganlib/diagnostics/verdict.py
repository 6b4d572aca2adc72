r"""From symptoms to a name: the first rule that fits, and a sentence that says why."""

import math
from typing import NamedTuple

from ganlib.diagnostics.symptoms import WRONG_PLACE, Symptoms

HEALTHY = "healthy"
DIVERGENCE = "divergence"
MEMORISATION = "memorisation"
VANISHING = "vanishing gradient"
WEAK = "weak discriminator"
OSCILLATION = "oscillation"
COLLAPSE = "mode collapse"

STATES = (
    HEALTHY,
    COLLAPSE,
    VANISHING,
    WEAK,
    OSCILLATION,
    DIVERGENCE,
    MEMORISATION,
)
"""Every state that a verdict can name."""

# The thresholds. They were set on games in the plane, `tuned` in benchmarks/sick_runs;
# the confusion table is measured on others.
FAR, HUGE = 20.0, 100.0  # widths of the data; units of the loss
COPIED = 0.7  # half is chance; 400 fakes have a standard error of 0.025
NO_SLOPE = 1e-4  # nats a width: healthy games have 0.01 and more
BLIND = 0.1  # share of its loss that a discriminator sheds when nobody runs away
NEVER = 0.25  # of the data, in cells that are not visited; a narrow mode moves about
HELD = 0.9  # of the clusters: one missing of eight is a collapse, one of 25 is not
RESTLESS = 0.5  # widths from snapshot to snapshot
POINT = 1 / 3  # of the data's width
BETTER = -0.05  # change of mismatch within the window


class Diagnosis(NamedTuple):
    """The state of a run, and why.

    Args:
        state: one of `STATES`.
        evidence: a sentence with the numbers.
        section: the address, within the book, of the section that treats it; "" for a
            healthy run.
        symptoms: all that was measured.

    Chapter: failures
    """

    state: str
    evidence: str
    section: str
    symptoms: Symptoms


def diagnose(symptoms: Symptoms) -> Diagnosis:
    r"""Name the state of a run by the first rule that fits.

    In this order: numbers that are none, copies of the training set; then, where fakes
    are in the wrong place or clusters empty, a generator without gradient, a
    discriminator that cannot tell, empty clusters, restless fakes, and fakes that leave
    a part of the data out. What is left is healthy, or still learning.

    The order is one of causes: without a gradient nothing else can be read from the
    fakes, and a blind discriminator lets them be anywhere.

    Args:
        symptoms: what `symptoms_of` found.

    Returns:
        The verdict.

    Chapter: failures
    """
    for rule in _RULES:
        if found := rule(symptoms):
            state, evidence = found
            return Diagnosis(state, evidence, treated_in(state), symptoms)
    return Diagnosis(HEALTHY, _healthy(symptoms), "", symptoms)


def treated_in(state: str) -> str:
    """Address of the section of the chapter `failures` that treats a state.

    Args:
        state: one of `STATES`.

    Returns:
        For "mode collapse": "failures.html#failures-mode-collapse".
    """
    return f"failures.html#failures-{state.replace(' ', '-')}"


def _diverged(s: Symptoms) -> tuple[str, str] | None:
    if not s.finite:
        return DIVERGENCE, "A loss or a sample is no number any more."
    if s.reach > FAR and s.loss > HUGE:
        return DIVERGENCE, (
            f"The fakes lie {s.reach:.0f} widths of the data away, and a loss has "
            f"reached {s.loss:.3g}."
        )
    return None


def _memorised(s: Symptoms) -> tuple[str, str] | None:
    if not s.copies >= COPIED:
        return None
    return MEMORISATION, (
        f"{s.copies:.0%} of the fakes lie nearer to the training set than to as much "
        "data that was never shown; chance is 50 %."
    )


def _vanished(s: Symptoms) -> tuple[str, str] | None:
    if s.mismatch < WRONG_PLACE or s.signal >= NO_SLOPE:
        return None
    return VANISHING, (
        f"{s.mismatch:.0%} of the mass is in the wrong place, but the generator's loss "
        f"changes by only {s.signal:.1g} for each width of the data that a fake moves."
    )


def _blind(s: Symptoms) -> tuple[str, str] | None:
    if s.mismatch < WRONG_PLACE or not s.patience < BLIND:
        return None
    return WEAK, (
        f"{s.mismatch:.0%} of the mass is in the wrong place, and with the generator "
        f"held still the discriminator sheds only {max(s.patience, 0):.0%} of its loss."
    )


def _empty_clusters(s: Symptoms) -> tuple[str, str] | None:
    if s.num_clusters == 1 or s.held > HELD * s.num_clusters or _is_learning(s):
        return None
    kind = "Total" if s.held <= 1 or s.spread < POINT else "Partial"
    moves = (
        f" They are not always the same: the fakes move by {s.travel:.1f} widths of "
        "the data from one report to the next."
        if s.travel >= RESTLESS
        else ""
    )
    return COLLAPSE, (
        f"{kind}: {s.held:.0f} of the data's {s.num_clusters} clusters hold "
        f"fakes.{moves}"
    )


def _restless(s: Symptoms) -> tuple[str, str] | None:
    if s.mismatch < WRONG_PLACE or s.travel < RESTLESS:
        return None
    return OSCILLATION, (
        f"The fakes move by {s.travel:.1f} widths of the data from one report to the "
        f"next, and {s.mismatch:.0%} of the mass is in the wrong place."
    )


def _left_out(s: Symptoms) -> tuple[str, str] | None:
    if (s.missing < NEVER and s.spread >= POINT) or _is_learning(s):
        return None
    kind = "Total" if s.spread < POINT else "Partial"
    return COLLAPSE, (
        f"{kind}: {s.missing:.0%} of the data lies where the generator never goes, and "
        f"the fakes are {s.spread:.2f} times as wide as the data."
    )


def _is_learning(s: Symptoms) -> bool:
    return s.trend < BETTER and s.travel < RESTLESS


def _healthy(s: Symptoms) -> str:
    if s.mismatch < WRONG_PLACE:
        clusters = (
            f"; all {s.num_clusters} clusters hold fakes"
            if 1 < s.num_clusters == s.held
            else ""
        )
        return f"{1 - s.mismatch:.0%} of the mass is where the data is{clusters}."
    known = "" if math.isnan(s.patience) else ", the discriminator can tell,"
    return (
        f"Still learning: {s.mismatch:.0%} of the mass is in the wrong place{known} "
        f"and a slope of {s.signal:.2g} a width reaches the generator."
    )


_RULES = (
    _diverged,
    _memorised,
    _vanished,
    _blind,
    _empty_clusters,
    _restless,
    _left_out,
)
