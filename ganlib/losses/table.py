"""Every loss of the book by the name the book uses."""

from ganlib.losses.cross_entropy import minimax, non_saturating, relativistic
from ganlib.losses.scores import hinge, least_squares, wasserstein
from ganlib.losses.signature import Loss
from ganlib.losses.smoothing import SmoothedDiscriminator

LOSSES = {
    "minimax": minimax,
    "non_saturating": non_saturating,
    "least_squares": least_squares,
    "wasserstein": wasserstein,
    "hinge": hinge,
    "relativistic": relativistic,
}
"""Every loss of the book by the name the book uses, for tables and loops."""


def name_of(loss: Loss) -> str:
    """Name a loss as cards, checkpoints and tables do.

    Args:
        loss: one of `LOSSES`, or one of them smoothed.

    Returns:
        Its name. ``one_sided_smoothing(non_saturating, 0.1)``: "non_saturating, real
        label 0.9".

    Raises:
        ValueError: a loss that is not made from those of the book.

    Chapter: failures
    """
    smoothed = isinstance(loss.discriminator, SmoothedDiscriminator)
    plain = minimax.discriminator if smoothed else loss.discriminator
    for name, known in LOSSES.items():
        if known == loss._replace(discriminator=plain):
            if smoothed:
                name += f", real label {1 - loss.discriminator.smoothing:g}"
            return name
    raise ValueError(
        "this loss is not one of the book's: add it to ganlib.losses.LOSSES under the "
        "name that cards and checkpoints shall show."
    )
