"""What a recipe is: one training set-up, with the source of each of its numbers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any

import torch
from torch import nn

from ganlib import data, losses
from ganlib.losses import Loss
from ganlib.penalties import WeightClipping
from ganlib.training import Annealing, Penalty, Settings

OURS = "ours: chosen on this book's runs"
# Named on cards only where a recipe uses them.
EXTRAS = (
    "instance_noise",
    "packing",
    "replay",
    "unrolled_steps",
    "classes",
    "class_weight",
    "class_on_fakes",
)

# Builds an optimiser from (parameters, learning rate, betas).
OptimizerBuilder = Callable[
    [Iterable[nn.Parameter], float, tuple[float, float]], torch.optim.Optimizer
]


def fused_adam(
    parameters: Iterable[nn.Parameter], lr: float, betas: tuple[float, float]
) -> torch.optim.Optimizer:
    """Adam, all weights in one call: a sixth less time for small networks."""
    return torch.optim.Adam(parameters, lr=lr, betas=betas, fused=True)


def rms_prop(
    parameters: Iterable[nn.Parameter], lr: float, betas: tuple[float, float]
) -> torch.optim.Optimizer:
    """RMSProp, which has no momentum; of the betas it takes the second."""
    return torch.optim.RMSprop(parameters, lr=lr, alpha=betas[1])


@dataclass(frozen=True)
class Recipe:
    """One training set-up.

    Args:
        name: what `get` and the command line call it.
        summary: one sentence for the list.
        data: a 2-D target, or a function that loads an image set.
        generator: builds the generator.
        discriminator: builds the discriminator.
        loss: one of `ganlib.losses`.
        penalties: added to the discriminator's loss.
        clipping: bound on the critic's weights, or `None`.
        z_dim: size of the latent vector.
        batch_size: samples a step.
        num_steps: generator steps.
        d_steps: discriminator steps for each.
        g_lr: the generator's learning rate.
        d_lr: the discriminator's learning rate.
        betas: the optimiser's two decay rates, for both players.
        ema_decay: decay of the averaged generator, 0 for none.
        optimizer: builds both optimisers, `fused_adam` or `rms_prop`.
        annealing: how rates, penalties and noise change on the way, or `None`.
        instance_noise: std of the noise on what the discriminator is shown, 0 for none.
        packing: samples that the discriminator judges jointly, 1 for each alone.
        replay: past fakes kept to be shown again, 0 for none.
        unrolled_steps: discriminator steps that the generator looks ahead.
        classes: names of the classes that both players are told, none for no labels.
        class_weight: weight of naming the label in both losses, 0 for none.
        class_on_fakes: whether the discriminator learns the labels of fakes too.
        sources: where each number comes from, by field.

    Chapter: first-gan
    """

    name: str
    summary: str
    data: data.Mixture | Callable[[], data.ImageSet | data.ChannelImages]
    generator: Callable[[], nn.Module]
    discriminator: Callable[[], nn.Module]
    loss: Loss = losses.non_saturating
    penalties: tuple[Penalty, ...] = ()
    clipping: WeightClipping | None = None
    z_dim: int = 2
    batch_size: int = 128
    num_steps: int = 3_000
    d_steps: int = 1
    g_lr: float = 1e-3
    d_lr: float = 1e-3
    betas: tuple[float, float] = (0.5, 0.999)
    ema_decay: float = 0.0
    optimizer: OptimizerBuilder = fused_adam
    annealing: Annealing | None = None
    instance_noise: float = 0.0
    packing: int = 1
    replay: int = 0
    unrolled_steps: int = 0
    classes: tuple[str, ...] = ()
    class_weight: float = 0.0
    class_on_fakes: bool = False
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """How long the recipe trains, as `train` wants it."""
        return Settings(self.num_steps, self.d_steps, annealing=self.annealing)

    def numbers(self) -> dict[str, Any]:
        """Its plain numbers by name, for cards, checkpoints and tables.

        Sizes given to the generator's builder stand by their own name; what the
        discriminator's is given besides, or otherwise, stands under "discriminator".
        """
        plain = (int, float, str, tuple)
        values = {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if f.name not in EXTRAS or getattr(self, f.name) != f.default
        }
        sizes = _keywords(self.generator)
        values |= {k: v if isinstance(v, plain) else _told(v) for k, v in sizes.items()}
        if others := _besides(self.discriminator, sizes):
            values["discriminator"] = others
        values["penalties"] = [repr(penalty) for penalty in self.penalties]
        if self.optimizer is not fused_adam:
            values["optimizer"] = self.optimizer.__name__
        for name in ("annealing", "clipping"):
            if getattr(self, name) is not None:
                values[name] = repr(getattr(self, name))
        values["loss"] = losses.name_of(self.loss)
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if isinstance(value, (*plain, list))
        }


def _keywords(builder: Callable[..., nn.Module]) -> dict[str, Any]:
    return getattr(builder, "keywords", {})


def _besides(builder: Callable[..., nn.Module], known: dict[str, Any]) -> list[str]:
    """Tell what a builder is given that is not among the known sizes."""
    missing = object()
    inner = [_told(value) for value in getattr(builder, "args", ())]
    given = _keywords(builder).items()
    return inner + [f"{k}={_told(v)}" for k, v in given if known.get(k, missing) != v]


def _told(value: Any) -> str:
    """Name a function or class with what it is given; repr for the rest."""
    if isinstance(value, partial):
        parts = [_told(one) for one in value.args]
        parts += [f"{k}={_told(v)}" for k, v in value.keywords.items()]
        return f"{value.func.__name__}({', '.join(parts)})"
    return getattr(value, "__name__", repr(value))
