"""Adversarial losses: pairs of functions on logits, one signature for all.

A loss is the pair *(what the discriminator minimises, what the generator minimises)*.
Both take ``(real_logits, fake_logits)``, the discriminator's raw outputs on data and on
generated samples, and both average over the last axis, the batch: logits ``(N,)`` give
one number, the logits ``(S, N)`` of S stacked runs give S. All pairs are written in the
same order of lines, so that the difference between two of them is the science.
"""

from ganlib.losses.cross_entropy import minimax, non_saturating, relativistic
from ganlib.losses.scores import hinge, least_squares, wasserstein
from ganlib.losses.signature import Loss, LossFunction
from ganlib.losses.smoothing import SmoothedDiscriminator, one_sided_smoothing
from ganlib.losses.table import LOSSES, name_of

__all__ = [
    "LOSSES",
    "Loss",
    "LossFunction",
    "SmoothedDiscriminator",
    "hinge",
    "least_squares",
    "minimax",
    "name_of",
    "non_saturating",
    "one_sided_smoothing",
    "relativistic",
    "wasserstein",
]
