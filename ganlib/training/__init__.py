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
from ganlib.training.packing import pack
from ganlib.training.presented import instance_noise, presented
from ganlib.training.replay import Replay
from ganlib.training.sampling import call_network, draw_noise, sample
from ganlib.training.unrolling import look_ahead

__all__ = [
    "GAN",
    "Annealing",
    "DiscriminatorStep",
    "Penalty",
    "Record",
    "Replay",
    "Settings",
    "call_network",
    "discriminator_step",
    "draw_noise",
    "generator_step",
    "instance_noise",
    "look_ahead",
    "pack",
    "presented",
    "sample",
    "train",
    "update_ema",
]
