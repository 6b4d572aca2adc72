r"""The file of a case: what is kept of a run while it trains, and the verdict on it."""

from collections.abc import Iterable, Iterator

import torch
from torch import Tensor

from ganlib.diagnostics.judges import Judge
from ganlib.diagnostics.landscape import as_points
from ganlib.diagnostics.probes import generator_signal, patience
from ganlib.diagnostics.symptoms import symptoms_of
from ganlib.diagnostics.verdict import Diagnosis, diagnose
from ganlib.training import GAN, Record, draw_noise, sample

# Reports that a verdict looks back on, fakes in each, and data to compare them with.
WINDOW, NUM_FAKES, NUM_REAL = 6, 400, 1_000


class CaseFile:
    r"""Keep what a verdict needs while a run trains.

    Nothing of the run is touched: samples come from a z of its own, the discriminator
    is asked through a copy, and the same weights come out with and without it.

    Args:
        real: data to compare with, points (N, d) or images (N, C, H, W) in random
            order, best such as the run is not trained on; the first 1,000 are used.
        train: the training set, where it is finite; only with it can memorisation be
            seen.
        labels: of `real`, shape (N,), for conditional networks; the fakes that are
            looked at are asked for the same.

    Attributes:
        records: every record that was followed.
        stopped: why training stopped of itself, or "".

    Raises:
        ValueError: fewer than 50 samples, or of another shape.

    Chapter: failures
    """

    def __init__(
        self, real: Tensor, train: Tensor | None = None, labels: Tensor | None = None
    ) -> None:
        self.real = real[:NUM_REAL]
        self.labels = None if labels is None else labels[:NUM_FAKES]
        points = as_points(self.real)
        if len(points) < 50:
            raise ValueError(
                f"real holds {len(points)} samples, but a verdict needs at least 50 "
                f"and uses up to {NUM_REAL:,}."
            )
        self.judge = Judge(points)
        self.train = None if train is None else as_points(train)
        self.records: list[Record] = []
        self.stopped = ""
        self._fakes: list[Tensor] = []  # (S, N, ...) each, S = 1 for a single run
        self._signals: list[Tensor] = []  # (S,) each
        self._z: Tensor | None = None
        self._num_fakes = min(NUM_FAKES, len(self.real))

    def follow(self, records: Iterable[Record], gan: GAN) -> Iterator[Record]:
        """Pass the records of `train` on, and keep record, samples and slope of each.

        Args:
            records: what `train` yields.
            gan: the game that it trains.

        Yields:
            The records.

        Raises:
            FloatingPointError: as training does; the case keeps the reason.
        """
        try:
            for record in records:
                self.add(record, gan)
                yield record
        except FloatingPointError as error:
            self.stopped = str(error)
            self._look(gan)
            raise

    def add(self, record: Record, gan: GAN) -> None:
        """Keep one record, and look at the game as it now stands."""
        self.records.append(record)
        self._look(gan)

    def _look(self, gan: GAN) -> None:
        stacked = isinstance(gan.noise, list)
        fake = sample(gan.generator, self._noise(gan), self.labels)
        slope = generator_signal(gan, self._real_for(gan), fake, self.labels)
        self._fakes.append(fake if stacked else fake[None])
        self._signals.append(slope if stacked else slope[None])
        del self._fakes[:-WINDOW], self._signals[:-WINDOW]

    def _noise(self, gan: GAN) -> Tensor:
        if self._z is None:
            num_runs = len(gan.noise) if isinstance(gan.noise, list) else 1
            rngs = [torch.Generator().manual_seed(run) for run in range(num_runs)]
            noise = rngs if isinstance(gan.noise, list) else rngs[0]
            self._z = draw_noise(self._num_fakes, gan.z_dim, noise)
        return self._z

    def _real_for(self, gan: GAN) -> Tensor:
        real = self.real[: self._num_fakes]
        if not isinstance(gan.noise, list):
            return real
        return real.expand(len(gan.noise), *real.shape)

    def diagnose(self, gan: GAN) -> Diagnosis | list[Diagnosis]:
        """Name the state of the run, or of each of S stacked runs.

        Args:
            gan: the game as it stands; asked, where there is doubt, how well its
                discriminator would do against a generator that stands still.

        Returns:
            One verdict, or a list of S.

        Raises:
            ValueError: nothing was followed yet.
        """
        if not self._fakes:
            raise ValueError(
                "the case is empty: loop over case.follow(train(...), gan), and ask "
                "for a verdict after at least one record."
            )
        asked: list[Tensor] = []  # patience of all runs, computed once and if needed

        def patience_of(run: int) -> float:
            if not asked:
                real = self.real[: self._num_fakes]
                asked.append(patience(gan, real, labels=self.labels).reshape(-1))
            return asked[0][run].item()

        stacked = isinstance(gan.noise, list)
        verdicts = [
            diagnose(
                symptoms_of(
                    self.judge,
                    [as_points(fake[run]) for fake in self._fakes],
                    [slope[run].item() for slope in self._signals],
                    self._losses(run),
                    self.train,
                    lambda run=run: patience_of(run),
                )
            )
            for run in range(len(self._fakes[-1]))
        ]
        return verdicts if stacked else verdicts[0]

    def _losses(self, run: int) -> list[float]:
        """Both losses over the window; infinite where the run left the numbers."""
        lost = self.stopped and not torch.isfinite(self._fakes[-1][run]).all()
        lost = lost or not torch.isfinite(self._signals[-1][run])
        found = [torch.inf] if lost else []
        for record in self.records[-WINDOW:]:
            for loss in (record.d_loss, record.g_loss):
                found.append(loss[run] if isinstance(loss, list) else loss)
        return found
