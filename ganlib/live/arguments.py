"""Arguments of live figures, checked and written as attributes of their elements.

They come from Python as numbers, and from the book's directive as text.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Range:
    """Numbers that an argument may be.

    Args:
        low: the least one.
        high: the largest one.

    Chapter: first-gan
    """

    low: float
    high: float

    def read(self, name: str, value: object) -> str:
        """Return the number as an attribute, or say what is wrong with it."""
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = None
        if number is None or not self.low <= number <= self.high:
            raise ValueError(
                f"{name} is {value!r}, but the figure takes a number from {self.low:g} "
                f"to {self.high:g}: choose one of those."
            )
        return f"{number:g}"


@dataclass(frozen=True)
class OneOf:
    """Names that an argument may be.

    Args:
        names: all of them.

    Chapter: first-gan
    """

    names: tuple[str, ...]

    def read(self, name: str, value: object) -> str:
        """Return the name as an attribute, or say what is wrong with it."""
        if value not in self.names:
            raise ValueError(
                f"{name} is {value!r}, but the figure knows {', '.join(self.names)}: "
                "choose one of those."
            )
        return value


LAST_SEED = 2**32 - 1  # the page's random numbers start from 32 bits


def read_seed(seed: int | str) -> int:
    """Take a seed as a number or, from the book's directive, as its digits.

    Args:
        seed: a whole number from 0 to `LAST_SEED`.

    Returns:
        The number; ``read_seed("7")`` is 7.

    Raises:
        ValueError: something else than such a number.
    """
    digits = str(seed)
    if not (digits.isascii() and digits.isdigit()) or int(digits) > LAST_SEED:
        raise ValueError(
            f"seed is {seed!r}, but must be a whole number from 0 to {LAST_SEED}."
        )
    return int(digits)


_CENTRES, _SPREADS = Range(-6, 6), Range(0.3, 2)
_PLACES, _WIDTHS = Range(-1.5, 1.5), Range(0.1, 2)
PLOT_ARGUMENTS = {
    "logit_slider": {"logit": Range(-8, 8)},
    "two_densities": {
        "shape": OneOf(("normal", "uniform")),
        "real_centre": _CENTRES,
        "fake_centre": _CENTRES,
        "real_width": _SPREADS,
        "fake_width": _SPREADS,
    },
    "dirac_field": {
        "loss": OneOf(("minimax", "non_saturating", "wasserstein")),
        "remedy": OneOf(
            (
                "none",
                "clipping",
                "gradient_penalty",
                "instance_noise",
                "r1",
                "r1_r2",
                "consensus",
            )
        ),
        "order": OneOf(("simultaneous", "alternating", "alternating_5")),
        "step_size": Range(0.05, 1),
        "strength": Range(0.05, 3),
        "theta": Range(-2, 2),
        "psi": Range(-2, 2),
    },
    "moving_masses": {
        "shape": OneOf(("point", "points", "boxes")),
        "real_centre": _PLACES,
        "fake_centre": _PLACES,
        "real_width": _WIDTHS,
        "fake_width": _WIDTHS,
    },
}
"""The arguments of each small figure, with the limits of its controls."""
