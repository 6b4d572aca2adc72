"""The game as played: who plays, one step of each, the loop, and sampling."""

from ganlib.training.annealing import Annealing
from ganlib.training.game import GAN, Penalty
from ganlib.training.loop import (
    DiscriminatorStep,
    Record,
    Settings,
    discriminator_step,
    generator_step,
    train,
    update_ema,
)
from ganlib.training.sampling import draw_noise, sample

__all__ = [
    "GAN",
    "Annealing",
    "DiscriminatorStep",
    "Penalty",
    "Record",
    "Settings",
    "discriminator_step",
    "draw_noise",
    "generator_step",
    "sample",
    "train",
    "update_ema",
]
