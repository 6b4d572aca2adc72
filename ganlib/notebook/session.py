r"""The start of a chapter, and the wait inside it: seeds and progress.

Chapter: all of them.
"""

import operator
import os
import random
import sys

import numpy as np
import torch
from IPython import get_ipython
from tqdm.std import tqdm

# `make book` sets the first; pytest, and so nbval, hands the second to its kernels.
_SILENCERS = ("GANLIB_BUILD", "PYTEST_VERSION")


def seed_everything(seed):
    r"""Seed Python, NumPy and PyTorch, use one thread, and return a noise generator.

    One thread, because sums then run in one order and every number of the chapter comes
    out the same bit for bit. ``torch.use_deterministic_algorithms`` stays off: on one
    CPU thread it changes no result, and elsewhere it refuses operations that a reader
    may want to try.

    Args:
        seed: whole number, 0 ≤ seed < 2³².

    Returns:
        ``torch.Generator`` for sampling. Its stream is another than the global one:
        otherwise a network's first weights and the first noise drawn would be the same
        numbers. Two calls with one seed return the same stream.

    Raises:
        TypeError, ValueError: where the seed is no whole number or out of range.

    Chapter: all of them.
    """
    seed = _checked(seed)
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002  (for libraries that draw from it)
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    stream = int(np.random.SeedSequence([seed, 1]).generate_state(1)[0])
    return torch.Generator().manual_seed(stream)


def progress(iterable, total=None, description=""):
    r"""Iterate with a live bar that vanishes at the end; silent in a built page.

    Args:
        iterable: what to iterate over; its items pass through unchanged.
        total: number of items, where the iterable cannot say.
        description: a word or two in front of the bar.

    Returns:
        An iterator over the items of ``iterable``.

    Chapter: all of them.
    """
    # The text bar, not the widget: a widget brings megabytes of script to a page.
    return tqdm(
        iterable,
        total=total,
        desc=description or None,
        leave=False,
        disable=not _is_watched(),
        file=sys.stderr,
        dynamic_ncols=True,
    )


def _is_watched():
    if any(os.environ.get(name) for name in _SILENCERS):
        return False
    in_notebook = getattr(get_ipython(), "kernel", None) is not None
    return in_notebook or sys.stderr.isatty()


def _checked(seed):
    try:
        number = operator.index(seed)
    except TypeError:
        number = None
    if number is None or isinstance(seed, bool):
        raise TypeError(
            f"A seed is a whole number such as 0, but this one is {seed!r} of type "
            f"{type(seed).__name__}."
        )
    if not 0 <= number < 2**32:
        raise ValueError(
            f"A seed lies between 0 and 2³² − 1, but this one is {number}."
        )
    return number
