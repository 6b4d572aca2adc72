r"""Show the discriminator old fakes again, so that it does not forget them."""

from dataclasses import dataclass, field

import torch
from torch import Tensor

from ganlib.penalties import Noise


@dataclass
class Replay:
    r"""A store of past fakes, half of which replace new ones in each batch.

    A discriminator that sees the newest fakes alone forgets what it knew of earlier
    ones, and the generator may go back to them: the two chase one another in a circle.

    Args:
        capacity: fakes kept for each run, ≥ 1.
        share: how much of each batch is old, in (0, 1).

    Attributes:
        fakes: the store, shape (S, capacity, ...) once full, S = 1 for a single run;
            `None` before the first batch.

    Raises:
        ValueError: a capacity or share out of its range.

    Source: Shrivastava 2017, section 2.3; Zhu 2017, section 4. Departure: an old fake
    that was shown leaves the store, and a new one that was not takes its place.
    Chapter: failures
    """

    capacity: int
    share: float = 0.5
    fakes: Tensor | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Refuse a store that holds nothing, and batches all old or all new."""
        if self.capacity < 1 or not 0 < self.share < 1:
            raise ValueError(
                f"capacity is {self.capacity} and share {self.share}, but a store "
                "needs capacity ≥ 1 and share in (0, 1)."
            )

    def exchange(self, fake: Tensor, noise: Noise) -> Tensor:
        """Put new fakes into the store and take as many old ones out.

        Args:
            fake: new fakes without a graph, shape (N, ...), or (S, N, ...) when
                `noise` is a list of S generators.
            noise: chooses the places in the store.

        Returns:
            Same shape. While the store fills up: the new fakes as they are; then the
            first of them, and old ones in the place of the others.
        """
        rngs = noise if isinstance(noise, list) else [noise]
        new = fake if isinstance(noise, list) else fake[None]
        kept = new[:, :0] if self.fakes is None else self.fakes.to(new)
        if kept.shape[1] < self.capacity:
            self.fakes = torch.cat([kept, new], dim=1)[:, : self.capacity].clone()
            return fake
        num = min(int(self.share * new.shape[1]), self.capacity)
        places = torch.stack(
            [torch.randperm(self.capacity, generator=rng)[:num] for rng in rngs]
        )
        runs = torch.arange(len(new))[:, None]
        mixed = torch.cat([new[:, : new.shape[1] - num], kept[runs, places]], dim=1)
        self.fakes = kept.clone()
        self.fakes[runs, places] = new[:, new.shape[1] - num :]
        return mixed if isinstance(noise, list) else mixed[0]

    def state_dict(self) -> dict[str, Tensor | None]:
        """Return what a checkpoint keeps."""
        return {"fakes": self.fakes}

    def load_state_dict(self, state: dict[str, Tensor | None]) -> None:
        """Take up a store that a checkpoint kept."""
        self.fakes = state["fakes"]
