"""Runs on disk: train into a folder, resume it, draw samples from it, score them."""

from ganlib.runs.evaluation import MEASURES, evaluate
from ganlib.runs.folders import CHECKPOINT, RECORDS, sentence, steps_into, train_into
from ganlib.runs.samples import class_index, draw, load_generator, write_samples

__all__ = [
    "CHECKPOINT",
    "MEASURES",
    "RECORDS",
    "class_index",
    "draw",
    "evaluate",
    "load_generator",
    "sentence",
    "steps_into",
    "train_into",
    "write_samples",
]
