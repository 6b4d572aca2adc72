r"""Claims: the sentences of a chapter that a cell checks, and that may fail.

Chapter: all of them; the ledger page lists every claim of the executed book.
"""

import math
import os
import re
from html import escape

from ganlib.notebook.output import plain_value, publish, shown_value

CLAIM_MIME = "application/vnd.ganlib.claim+json"
_SLUG = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")


class ClaimError(AssertionError):
    r"""A claim of the text does not hold for what was measured."""


def claim(slug, statement, measured, holds, *, shown=None):
    r"""State a sentence of the chapter beside what was measured, and check it.

    Shows one line: a mark (✓ or ✗), the statement, the measured value. The line is
    shown whether or not the claim holds; then a claim that does not hold raises, unless
    the environment says ``GANLIB_CLAIMS=record`` (``make seeds`` does).

    Args:
        slug: "chapter/short-name", lower-case letters, digits and hyphens.
        statement: the sentence, plain text; write maths in Unicode (≤, σ, 10⁻⁶).
        measured: number, truth value, text, one-element tensor, or a flat list.
        holds: the condition, a bool or a one-element bool tensor.
        shown: text to show instead of ``measured`` to four significant digits.

    Returns:
        None. ``claim("minimax/half", "D says ½", 0.4993, True)`` shows
        "✓ D says ½: 0.4993".

    Raises:
        ClaimError: where the claim does not hold.
        TypeError, ValueError: where the claim is not well formed.

    Chapter: all of them.
    """
    _check_words(slug, statement)
    holds = _truth(holds, slug)
    measured = plain_value(measured)
    if holds and _has_nan(measured):
        raise ValueError(
            f"Claim {slug!r} is said to hold, but what was measured is not a number "
            "(NaN). Find where the NaN comes from; a comparison that NaN passes, such "
            "as `not x > limit`, cannot support a claim."
        )
    shown = shown_value(measured) if shown is None else str(shown)
    publish(_bundle(slug, statement, measured, shown, holds))
    if not holds and os.environ.get("GANLIB_CLAIMS") != "record":
        raise ClaimError(f"Claim {slug!r} does not hold: {statement}: {shown}.")


def _check_words(slug, statement):
    if not isinstance(slug, str) or not _SLUG.fullmatch(slug):
        raise ValueError(
            f"A claim's slug is 'chapter/short-name' in lower-case letters, digits and "
            f"hyphens, but this one is {slug!r}."
        )
    if not isinstance(statement, str) or not statement.strip():
        raise ValueError(f"Claim {slug!r} needs a statement: the sentence it checks.")
    if "$" in statement or "\n" in statement:
        raise ValueError(
            f"The statement of claim {slug!r} is one line of plain text; write maths "
            "in Unicode (σ, ½, ≤, 10⁻⁶) instead of between dollar signs."
        )


def _truth(holds, slug):
    value = holds.tolist() if hasattr(holds, "tolist") else holds
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, bool):
        raise TypeError(
            f"`holds` of claim {slug!r} must be one truth value, but it is {holds!r}; "
            "write a comparison, such as `holds=error < 0.02`, and reduce several with "
            "`.all()`."
        )
    return value


def _has_nan(measured):
    items = measured if isinstance(measured, list) else [measured]
    return any(isinstance(item, float) and math.isnan(item) for item in items)


def _bundle(slug, statement, measured, shown, holds):
    mark, state = ("✓", "holds") if holds else ("✗", "fails")
    # In words too, because a screen reader passes over the mark.
    spoken = "" if holds else "Does not hold: "
    line = (
        f'<div class="ganlib-claim ganlib-claim--{state}">'
        f'<span class="ganlib-claim__mark" aria-hidden="true">{mark}</span> '
        f"<span>{spoken}{escape(statement)}</span> "
        f'<span class="ganlib-claim__value">{escape(shown)}</span></div>'
    )
    record = {
        "slug": slug,
        "statement": statement,
        "measured": _json_value(measured),
        "shown": shown,
        "holds": holds,
    }
    plain = f"{mark} {statement}: {shown}"
    return {"text/plain": plain, "text/html": line, CLAIM_MIME: record}


def _json_value(measured):
    if isinstance(measured, list):
        return [_json_value(item) for item in measured]
    if isinstance(measured, float):
        # JSON has no NaN nor infinity; and the last bits differ between machines.
        return float(f"{measured:.6g}") if math.isfinite(measured) else str(measured)
    return measured
