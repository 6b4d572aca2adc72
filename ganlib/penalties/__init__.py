r"""What holds a discriminator back: gradient penalties and weight clipping.

A gradient penalty is called ``penalty(discriminator, real, fake, noise, labels)`` and
returns what is added to the discriminator's loss, one number for each run. All three
are the same two lines, *where* to measure the slope and *what* slope is wanted:

===================  =====================================  ======================
penalty              points x                               cost of a slope
===================  =====================================  ======================
``R1``               real samples                           γ/2 ‖∇D(x)‖²
``R2``               generated samples                      γ/2 ‖∇D(x)‖²
``GradientPenalty``  one point a pair, between them         λ (‖∇D(x)‖ − 1)²
===================  =====================================  ======================

The slope is each sample's own, so a discriminator that mixes samples (BatchNorm) is
refused: through it, one sample's output depends on all the others. So is one that does
not return one logit for each sample.
"""

from ganlib.penalties.clipping import WeightClipping
from ganlib.penalties.one_centred import GradientPenalty, interpolate
from ganlib.penalties.slopes import Noise, check_per_sample, input_gradients
from ganlib.penalties.zero_centred import R1, R2

__all__ = [
    "R1",
    "R2",
    "GradientPenalty",
    "Noise",
    "WeightClipping",
    "check_per_sample",
    "input_gradients",
    "interpolate",
]
