r"""Colours, markers and matplotlib settings of every picture in the book.

Every pair of colours differs in lightness as well as in hue, so that a picture survives
colour blindness and a grey printer; each has contrast 3 : 1 or more on white.

Chapter: all of them.
"""

import matplotlib
from cycler import cycler
from matplotlib.colors import LinearSegmentedColormap

REAL = "#3f4fb5"  # indigo: real samples, and D towards 1
FAKE = "#d97706"  # orange: generated samples, and D towards 0
INK = (REAL, FAKE, "#1c1c24", "#0f8a80", "#7a1f4b")

# Keyword arguments for scatter: the shapes differ too, dots against triangles.
REAL_POINTS = {"color": REAL, "marker": "o", "s": 9, "linewidths": 0}
FAKE_POINTS = {"color": FAKE, "marker": "^", "s": 13, "linewidths": 0}

# What D says, 0 to 1, as a wash behind the points: pale, so that the points stand out.
WASH = LinearSegmentedColormap.from_list("wash", ["#f2b866", "#ffffff", "#8d98dc"])

_SETTINGS = {
    "figure.figsize": (6.4, 3.8),  # inches; 90 logical pixels to the inch
    "figure.dpi": 90,
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.labelsize": 11,
    "legend.fontsize": 10,
    "legend.frameon": False,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "lines.linewidth": 1.8,
    "lines.markersize": 5,
    "image.interpolation": "nearest",
    "figure.constrained_layout.use": True,
    # Lines differ in dash as well as in colour.
    "axes.prop_cycle": cycler(color=INK)
    + cycler(linestyle=["-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1))]),
}


def style():
    r"""Set the book's matplotlib defaults; a chapter calls it once, at the top.

    Chapter: all of them.
    """
    matplotlib.rcParams.update(_SETTINGS)
