"""What the judges are not told: where the modes are, and the generator's gradient."""

from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from ganlib import training
from ganlib.metrics import high_quality_fraction, mode_shares
from sick_runs.cases import Case


@dataclass
class Oracle:
    """What is known of the runs of a case and the judges are not told."""

    case: Case
    train: Tensor | None
    held: list[Tensor] = field(default_factory=list)
    means: list[Tensor] = field(default_factory=list)
    good: Tensor | None = None
    fakes: Tensor | None = None
    stopped: bool = False

    def look(self, fakes: Tensor) -> None:
        """Read one report's fakes, (S, N, 2)."""
        target = self.case.recipe.data
        # A curve of hundreds of modes counts as ten stretches.
        shares = mode_shares(fakes, target, 6.0)[..., :-1]
        groups = min(10, shares.shape[-1])
        shares = torch.stack([s.sum(-1) for s in shares.tensor_split(groups, -1)], -1)
        self.held.append((shares > 0.2 / groups).double().mean(-1))
        self.means.append(fakes.mean(1))
        self.good = high_quality_fraction(fakes, target, 6.0)
        self.fakes = fakes

    def came_about(self, gradients: tuple[Tensor, Tensor]) -> list[bool]:
        """Tell in which runs the failure that the case is about did happen."""
        kind, width = self.case.kind, self._width()
        held = torch.stack(self.held[-6:]).median(0).values
        moved = torch.stack(self.means[-6:]).diff(dim=0).norm(dim=-1).mean(0)
        healthy = (held == 1) & (self.good > 0.5)
        found = {
            "healthy": healthy,
            "mode collapse": held < 0.95,
            "vanishing gradient": (gradients[1] < 1e-3 * gradients[0]) & ~healthy,
            "weak discriminator": ~healthy,
            "oscillation": moved > 0.5 * width,
            "divergence": ~self._is_near(30 * width) | torch.tensor(self.stopped),
            "memorisation": self._is_copied() if self.train is not None else healthy,
        }
        return found[kind].tolist()

    def _width(self) -> float:
        points = self.case.recipe.data.sample(2_000, torch.Generator().manual_seed(1))
        return points.var(0).sum().sqrt().item()

    def _is_near(self, reach: float) -> Tensor:
        """Not true for what is not a number."""
        return self.fakes.norm(dim=-1).mean(-1) < reach

    def _is_copied(self) -> Tensor:
        rng = torch.Generator().manual_seed(2)
        others = self.case.recipe.data.sample(400, rng)
        usual = torch.cdist(others, self.train).min(-1).values.median()
        return torch.cdist(self.fakes, self.train).min(-1).values.median(-1).values < (
            usual / 3
        )


def gradient_norms(gan: training.GAN, batches: Any) -> Tensor:
    """Norm of the generator's own gradient in each run; the game is left as it is."""
    real, _ = next(batches)
    noise = [torch.Generator().manual_seed(seed) for seed in range(len(gan.noise))]
    fake = gan.generator(training.draw_noise(real.shape[1], gan.z_dim, noise))
    loss = gan.loss.generator(gan.discriminator(real), gan.discriminator(fake)).sum()
    gradients = torch.autograd.grad(loss, list(gan.generator.parameters()))
    return sum(g.flatten(1).square().sum(1) for g in gradients).sqrt()
