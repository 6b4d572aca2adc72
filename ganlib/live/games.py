"""The playground: a small GAN that trains in the reader's browser."""

import base64
import re
from html import escape
from urllib.parse import parse_qs

from ganlib.live.arguments import read_seed
from ganlib.live.catalogue import presets
from ganlib.live.figure import BUILT, Figure

TOURS = ("game", "collapse")


def playground(
    preset: str = "ring",
    seed: int | str = 0,
    state: str | None = None,
    name: str | None = None,
    tour: str = "game",
) -> Figure:
    """Train a GAN of the plane in the page: no kernel, no network, no waiting.

    Args:
        preset: what to start from, a name of `presets`.
        seed: a whole number from 0 to 2³² − 1; fixes weights, data and noise.
        state: what "Copy a link" gives in a notebook: preset, settings and every step
            made. It takes the place of `preset` and `seed`.
        name: what links on a page of the book call this figure; lower-case letters,
            digits and hyphens, once on a page.
        tour: which short tour its button starts, "game" or "collapse".

    Returns:
        The figure; ``playground("two-clusters-collapse")`` shows a mode collapse.

    Raises:
        ValueError: a preset, seed, name or tour that there is not.

    Source: this course. Departure: none.
    Chapter: first-gan
    """
    if state:
        preset = parse_qs(state).get("preset", ["ring"])[0]
    if preset not in presets():
        raise ValueError(
            f"there is no preset {preset!r}: take one of {', '.join(presets())}."
        )
    if name is not None and not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise ValueError(
            f"name is {name!r}, but must be lower-case letters, digits and hyphens."
        )
    if tour not in TOURS:
        raise ValueError(f"there is no tour {tour!r}: take one of {', '.join(TOURS)}.")
    start = {"preset": preset, "seed": str(read_seed(seed))}
    return Figure(
        tag="gan-playground",
        script="playground",
        attributes={"id": name, **({"state": state} if state else start), "tour": tour},
        still=_still(preset),
    )


def _still(preset: str) -> str:
    """Return the picture of the preset, trained as its caption says, under seed 0."""
    title, caption = presets()[preset]["title"], presets()[preset]["caption"]
    png = base64.b64encode((BUILT / f"{preset}.png").read_bytes()).decode()
    alt = (
        f"{title}. Data as indigo dots, forgeries as orange triangles, and behind them "
        f"what the discriminator says, orange for forged, indigo for real. {caption}"
    )
    return (
        f'<img src="data:image/png;base64,{png}" alt="{escape(alt)}" width="320" '
        f'height="320"><p>With scripts, this game trains on the page. {caption}</p>'
    )
