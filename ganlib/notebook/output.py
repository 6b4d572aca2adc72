r"""How a value becomes text, and how text and markup reach the reader.

Chapter: all of them.
"""

import math
from collections.abc import Iterable

from IPython import get_ipython
from IPython.display import display

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def publish(bundle):
    r"""Show a bundle of MIME types; outside a notebook, print its plain text.

    Args:
        bundle: dict from MIME type to content; "text/plain" must be one of them.

    Chapter: all of them.
    """
    if get_ipython() is None:
        print(bundle["text/plain"])
    else:
        display(bundle, raw=True)


def plain_value(value):
    r"""Turn a measured value into plain Python: bool, int, float, str or list of them.

    Args:
        value: a Python scalar or string, a tensor or array (a single element becomes
            a scalar), or a flat sequence of such scalars.

    Returns:
        The plain value; ``plain_value(torch.tensor([0.5]))`` is ``0.5``.

    Raises:
        TypeError: where the value is none of these.

    Chapter: all of them.
    """
    if hasattr(value, "tolist"):
        value = value.tolist()
        while isinstance(value, list) and len(value) == 1:
            value = value[0]
    if isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Iterable) and not isinstance(value, dict | set | bytes):
        items = [plain_value(item) for item in value]
        if items and not any(isinstance(item, list) for item in items):
            return items
    raise TypeError(
        f"A value to show is a number, a truth value, a text or a flat list of them, "
        f"but this is {value!r} of type {type(value).__name__}; reduce it first, for "
        "example with .mean() or .item()."
    )


def shown_value(value):
    r"""Write a plain value for a reader, numbers to four significant digits.

    Four digits are what a reader can use and few enough to be the same on every run.

    Args:
        value: anything that ``plain_value`` accepts.

    Returns:
        Text: ``shown_value(0.49932)`` is "0.4993", ``shown_value(-2e-9)`` is
        "−2×10⁻⁹", ``shown_value(True)`` is "yes".

    Chapter: all of them.
    """
    value = plain_value(value)
    if isinstance(value, list):
        return ", ".join(shown_value(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _shown_float(value)
    if isinstance(value, int):
        return str(value).replace("-", "−")
    return value


def _shown_float(value):
    if math.isnan(value):
        return "nan"
    sign = "−" if value < 0 else ""
    if math.isinf(value):
        return f"{sign}∞"
    digits, _, exponent = f"{abs(value):.4g}".partition("e")
    if exponent:
        return f"{sign}{digits}×10{str(int(exponent)).translate(_SUPERSCRIPTS)}"
    return f"{sign}{digits}"
