"""A live figure as an object: what Jupyter shows, and what the book's pages embed."""

import base64
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from ganlib import zoo

BUILT = Path(__file__).parent / "built"
"""Where the built scripts lie, one for each kind of figure."""

MARK = "data-ganlib-live"
"""Attribute of a figure's script, by which the book finds it and loads it once."""

WEIGHTS_MARK = "data-ganlib-weights"
"""Attribute of what holds a network's weights, by which figure and book find it."""

WEIGHTS_TYPE = "application/octet-stream;base64"
"""Type of the script element that holds weights, which no browser runs."""


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
        weights: the published network that the figure draws with, or `None`. Its file
            travels with the figure; in the book it is a file of its own, which a page
            loads when the reader asks for it.

    Chapter: first-gan
    """

    tag: str
    script: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    still: str = ""
    weights: str | None = None

    def element(self) -> str:
        """Return the custom element alone, as HTML with the still picture inside.

        Its class tells the book's styles that the figure brings its own ground.
        """
        attributes = "".join(
            f' {name}="{escape(value)}"'
            for name, value in self.attributes.items()
            if value is not None
        )
        opening = f'<{self.tag} class="ganlib-live"{attributes}>'
        return f"{opening}{self.still}</{self.tag}>"

    def _repr_html_(self) -> str:
        """Return weights, element and script: all that a page needs.

        The weights come first. Where an earlier output has defined the element, the
        browser builds this one as soon as it has read its opening tag.
        """
        code = (BUILT / f"{self.script}.js").read_text(encoding="utf-8")
        script = f"<script {MARK}={self.script}>{code}</script>"
        return "\n".join([*self._weights(), self.element(), script])

    def _weights(self) -> list[str]:
        if self.weights is None:
            return []
        content = base64.b64encode(zoo.weight_bytes(self.weights)).decode("ascii")
        opening = f'<script type="{WEIGHTS_TYPE}" {WEIGHTS_MARK}={self.weights}>'
        return [f"{opening}{content}</script>"]

    def __repr__(self) -> str:
        """Say what would be seen; the markup itself is long."""
        return f"<{self.tag}: a live figure, shown by Jupyter and in the book>"
