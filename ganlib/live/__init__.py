"""Figures that run in the reader's browser: on the page, in a notebook, offline.

A figure is a custom element of HTML and one script without dependencies. `Figure` holds
both, so the last line of a cell shows it; in the book the directive ``{live}`` writes
the element, and the page loads the script once.
"""

from ganlib.live.catalogue import presets
from ganlib.live.figure import Figure
from ganlib.live.forger import latent_path, latent_slice, pick_class
from ganlib.live.games import playground
from ganlib.live.plots import (
    dirac_field,
    logit_slider,
    moving_masses,
    two_densities,
)

__all__ = [
    "Figure",
    "dirac_field",
    "latent_path",
    "latent_slice",
    "logit_slider",
    "moving_masses",
    "pick_class",
    "playground",
    "presets",
    "two_densities",
]
