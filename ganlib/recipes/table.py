"""Every recipe of the book by its name."""

from collections.abc import Mapping
from types import MappingProxyType

from ganlib.recipes.images import IMAGES
from ganlib.recipes.points import POINTS
from ganlib.recipes.recipe import Recipe
from ganlib.recipes.remedies import HASTY

RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {r.name: r for r in (*POINTS, HASTY, *IMAGES)}
)
"""Every recipe by name."""


def get(name: str) -> Recipe:
    """Look a recipe up by name.

    Args:
        name: a key of `RECIPES`.

    Returns:
        The recipe.

    Raises:
        ValueError: there is none of this name; the message lists those there are.

    Chapter: first-gan
    """
    if name not in RECIPES:
        raise ValueError(
            f"there is no recipe {name!r}; the recipes are: {', '.join(RECIPES)}."
        )
    return RECIPES[name]
