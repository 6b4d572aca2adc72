"""A live figure as an object: what Jupyter shows, and what the book's pages embed."""

from dataclasses import dataclass, field
from html import escape
from pathlib import Path

BUILT = Path(__file__).parent / "built"
"""Where the built scripts lie, one for each kind of figure."""

MARK = "data-ganlib-live"
"""Attribute of a figure's script, by which the book finds it and loads it once."""


@dataclass(frozen=True)
class Figure:
    """A figure that runs in the reader's browser.

    As the last value of a cell it shows itself in JupyterLab, Colab and nbviewer,
    without a kernel and without a network.

    Args:
        tag: the custom element, such as "gan-playground".
        script: which of the built scripts defines it, such as "playground".
        attributes: attributes of the element; a value of `None` leaves one out.
        still: HTML shown where scripts do not run: a picture and a sentence.

    Chapter: first-gan
    """

    tag: str
    script: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    still: str = ""

    def element(self) -> str:
        """Return the custom element alone, as HTML with the still picture inside.

        Its class tells the book's styles that the figure brings its own ground.
        """
        attributes = "".join(
            f' {name}="{escape(value)}"'
            for name, value in {"class": "ganlib-live", **self.attributes}.items()
            if value is not None
        )
        return f"<{self.tag}{attributes}>{self.still}</{self.tag}>"

    def _repr_html_(self) -> str:
        """Return element and script: all that a page needs."""
        code = (BUILT / f"{self.script}.js").read_text(encoding="utf-8")
        return f"{self.element()}\n<script {MARK}={self.script}>{code}</script>"

    def __repr__(self) -> str:
        """Say what would be seen; the markup itself is long."""
        return f"<{self.tag}: a live figure, shown by Jupyter and in the book>"
