"""Every named training set-up of the book, with the source of each number.

A recipe is written once, here. `build` turns it into a game and its data; checkpoints
and cards store it; chapters print it. Nobody types a number a second time.
"""

from ganlib.recipes.building import build, build_stacked
from ganlib.recipes.recipe import (
    OURS,
    OptimizerBuilder,
    Recipe,
    fused_adam,
    rms_prop,
)
from ganlib.recipes.remedies import remedies
from ganlib.recipes.table import RECIPES, get

__all__ = [
    "OURS",
    "RECIPES",
    "OptimizerBuilder",
    "Recipe",
    "build",
    "build_stacked",
    "fused_adam",
    "get",
    "remedies",
    "rms_prop",
]
