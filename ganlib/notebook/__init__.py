r"""What only a chapter needs: claims, pictures, tables, source listings, seeding.

The only room that imports IPython and matplotlib. Everything a chapter shows leaves
through here, so that it has a text alternative, works in light and dark, and is the
same byte for byte when the chapter runs again.

Chapter: all of them.
"""

from ganlib.notebook.animations import animation, frame
from ganlib.notebook.claims import ClaimError, claim
from ganlib.notebook.figures import figure
from ganlib.notebook.images import image_grid, picture
from ganlib.notebook.results import committed_results
from ganlib.notebook.session import progress, seed_everything
from ganlib.notebook.source import show_source
from ganlib.notebook.style import (
    FAKE,
    FAKE_POINTS,
    INK,
    REAL,
    REAL_POINTS,
    WASH,
    style,
)
from ganlib.notebook.tables import table

__all__ = [
    "FAKE",
    "FAKE_POINTS",
    "INK",
    "REAL",
    "REAL_POINTS",
    "WASH",
    "ClaimError",
    "animation",
    "claim",
    "committed_results",
    "figure",
    "frame",
    "image_grid",
    "picture",
    "progress",
    "seed_everything",
    "show_source",
    "style",
    "table",
]
