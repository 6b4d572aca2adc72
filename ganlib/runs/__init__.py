"""Runs on disk: train into a folder, resume it, sample, score and export it."""

from ganlib.runs.evaluation import MEASURES, evaluate
from ganlib.runs.export import export_onnx, onnx_bytes
from ganlib.runs.folders import CHECKPOINT, RECORDS, sentence, steps_into, train_into
from ganlib.runs.samples import class_index, draw, load_generator, write_samples

__all__ = [
    "CHECKPOINT",
    "MEASURES",
    "RECORDS",
    "class_index",
    "draw",
    "evaluate",
    "export_onnx",
    "load_generator",
    "onnx_bytes",
    "sentence",
    "steps_into",
    "train_into",
    "write_samples",
]
