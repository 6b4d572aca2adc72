"""A training in Python, watched and steered from the playground's picture.

Not imported by `ganlib.live` itself: it needs anywidget and torch, a page does not.
"""

import asyncio
import base64
import os
import time
from collections.abc import Iterator
from typing import Any

import anywidget
import torch
import traitlets
from torch import Tensor

from ganlib import losses
from ganlib.data import Mixture
from ganlib.live.figure import BUILT, Figure
from ganlib.networks import ConditionalGenerator
from ganlib.training import GAN, Record, draw_noise, sample

NUM_POINTS, SIDE = 256, 40
SLICE = 0.03  # seconds of training between two looks at what the reader wants
_TIE = (
    "\nexport default { render: ({ model, el }) => globalThis.ganlibWatch(model, el) };"
)


class Watch(anywidget.AnyWidget):
    """Watch a game of the plane while PyTorch trains it, and steer it from the picture.

    Shown as the last value of a cell: *Train* and *Pause* in the picture start and stop
    the training in the kernel, and the learning rates are the optimisers' own,
    whichever side changes them. Where there is no kernel, in the book or on nbviewer,
    the picture shows where the training was last.

    Args:
        gan: the game; not a stack of several.
        records: what plays it, `ganlib.training.train` for example.
        target: its data.
        extent: the picture reaches from −extent to extent, in units of the data.

    Attributes:
        running: whether the kernel trains; may be set.
        g_lr: the generator's learning rate; may be set.
        d_lr: the discriminator's learning rate; may be set.
        record: the last record, `None` before the first.
        message: why the training has stopped, if it was not the reader.

    Raises:
        ValueError: a stacked game, or data and fakes that are not points of the plane.

    Source: this course. Departure: none.
    Chapter: first-gan
    """

    _esm = (BUILT / "watch.js").read_text(encoding="utf-8") + _TIE
    frame = traitlets.Bytes().tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)
    running = traitlets.Bool(False).tag(sync=True)
    g_lr = traitlets.Float().tag(sync=True)
    d_lr = traitlets.Float().tag(sync=True)

    def __init__(
        self,
        gan: GAN,
        records: Iterator[Record],
        target: Mixture,
        extent: float = 3.0,
    ) -> None:
        _check(gan, target)
        self.gan, self.record = gan, None
        self._records, self._extent = records, extent
        rng = torch.Generator().manual_seed(0)  # looking draws no number of the game's
        self._real = target.sample(NUM_POINTS, rng)
        self._z = draw_noise(NUM_POINTS, gan.z_dim, rng)
        self._task: asyncio.Task | None = None
        super().__init__(g_lr=_rate(gan.g_optimizer), d_lr=_rate(gan.d_optimizer))
        self.show()

    def train(self, num_records: int) -> Record | None:
        """Train here and now until so many records have come, and show the last one.

        Args:
            num_records: ≥ 1; fewer come where the training ends before.

        Returns:
            The last record.
        """
        for _ in range(num_records):
            self.record = next(self._records, self.record)
        self.show()
        return self.record

    def show(self) -> None:
        """Send the picture of the game as it is now."""
        fake = sample(self.gan.generator, self._z)
        self.frame = pack(self._real, fake, self._wash(fake), self)

    def _wash(self, fake: Tensor) -> Tensor:
        """Ask D on the grid, as logits whose 0 means "cannot tell", like the page."""
        critic = self.gan.discriminator
        logits = sample(critic, _grid(self._extent))
        if self.gan.loss is losses.least_squares:  # data are coded 1, fakes 0
            return 6 * (logits - 0.5)
        if not only_differences(self.gan):
            return logits
        centred = logits - sample(critic, torch.cat([self._real, fake])).mean()
        return 3 * centred / centred.abs().max().clamp(min=1e-12)

    def figure(self) -> Figure:
        """Return the last picture as a figure without a kernel."""
        return Figure(
            tag="gan-watch",
            script="watch",
            attributes={"frame": base64.b64encode(self.frame).decode()},
            still="<p>With scripts, a picture of data and forgeries stands here.</p>",
        )

    @traitlets.observe("running")
    def _start(self, change: Any) -> None:
        """Train in the kernel's own loop, between what else it is asked to do."""
        if change["new"] and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._play())

    @traitlets.observe("g_lr", "d_lr")
    def _set_rate(self, change: Any) -> None:
        """Give an optimiser the rate that either side has set."""
        optimizer = getattr(self.gan, change["name"].replace("lr", "optimizer"))
        for group in optimizer.param_groups:
            group["lr"] = change["new"]

    async def _play(self) -> None:
        self.message = ""
        try:
            while self.running:
                end = time.monotonic() + SLICE
                while self.running and time.monotonic() < end:
                    record = next(self._records, None)
                    if record is None:
                        self.message = "The training is over: all its steps are made."
                        return
                    self.record = record
                self.show()
                await asyncio.sleep(SLICE / 3)  # the kernel listens to the reader
        except Exception as error:  # no cell waits for this task: tell the reader
            self.message = f"{type(error).__name__}: {error}"
        finally:
            self.running = False
            self.show()

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Add the picture without a kernel, for pages that have none."""
        picture = {"text/html": self.figure()._repr_html_(), "text/plain": repr(self)}
        if (
            "GANLIB_BUILD" in os.environ
        ):  # a page has no kernel, and no player for widgets
            return picture
        data, metadata = super()._repr_mimebundle_(**options)
        return data | picture, metadata

    def __repr__(self) -> str:
        """Say what is watched; the values themselves are long."""
        step = self.record.step if self.record else 0
        return f"<Watch: a training at step {step}>"


def only_differences(gan: GAN) -> bool:
    """Whether the zero of D's scores means nothing: a Wasserstein critic's, or pairs'.

    Args:
        gan: the game.
    """
    return gan.loss is losses.wasserstein or gan.loss.paired


def pack(real: Tensor, fake: Tensor, logits: Tensor, watch: Watch) -> bytes:
    """Write a frame as the page reads it: single precision, little-endian.

    Args:
        real: data, (N, 2).
        fake: samples, (N, 2).
        logits: of the discriminator on the grid, (side²,), row after row from the top.
        watch: for the extent and the last record.

    Returns:
        Seven numbers (N, side, extent, step, both losses, 1 where only differences of
        the logits mean anything), then data and fakes, all x before all y, then the
        logits.
    """
    step, d_loss, g_loss, *_ = watch.record or (0, torch.nan, torch.nan)
    scores = only_differences(watch.gan)
    header = [len(real), SIDE, watch._extent, step, d_loss, g_loss, scores]
    parts = [torch.tensor(header), real.T.flatten(), fake.T.flatten(), logits]
    return torch.cat([part.float() for part in parts]).numpy().astype("<f4").tobytes()


def _grid(extent: float) -> Tensor:
    """Centres of the cells of a square, row after row from the top, (side², 2)."""
    along = ((2 * torch.arange(SIDE) + 1) / SIDE - 1) * extent
    y, x = torch.meshgrid(-along, along, indexing="ij")
    return torch.stack([x.flatten(), y.flatten()], dim=1)


def _rate(optimizer: torch.optim.Optimizer) -> float:
    return optimizer.param_groups[0]["lr"]


def _check(gan: GAN, target: Mixture) -> None:
    if isinstance(gan.noise, list):
        raise ValueError(
            f"the game is a stack of {len(gan.noise)} runs, but one picture shows one "
            "game: build it with recipes.build, not build_stacked."
        )
    if gan.class_weight or isinstance(gan.generator, ConditionalGenerator):
        raise ValueError(
            "the game has labels, but the picture is of points without any: watch an "
            "unconditional game."
        )
    made = sample(gan.generator, torch.zeros(1, gan.z_dim)).shape[1:]
    if tuple(made) != (2,):
        raise ValueError(
            f"the generator makes samples of shape {tuple(made)}, but the picture is "
            "of the plane: points (2,)."
        )
