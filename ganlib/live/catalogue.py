"""The playground's presets: what the page offers and what it promises of each."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("presets.json")


@cache
def presets() -> Mapping[str, dict[str, Any]]:
    """Read what the page offers.

    Returns:
        From each preset's name to its title, its caption, the settings in which it
        differs from the recipe ``ring`` (32 units in a layer), and `expect`: after how
        many steps which measure lies between which two numbers.

    Source: this course. Departure: none.
    Chapter: first-gan
    """
    return json.loads(FILE.read_text(encoding="utf-8"))
