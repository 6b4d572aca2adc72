"""Runs on disk: train into a folder, resume it, and draw samples from what it holds."""

from ganlib.runs.folders import CHECKPOINT, RECORDS, sentence, steps_into, train_into
from ganlib.runs.samples import draw, load_generator, write_samples

__all__ = [
    "CHECKPOINT",
    "RECORDS",
    "draw",
    "load_generator",
    "sentence",
    "steps_into",
    "train_into",
    "write_samples",
]
