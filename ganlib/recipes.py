"""Every named training set-up of the book, with the source of each number.

A recipe is written once, here. `build` turns it into a game and its data; checkpoints
and cards store it; chapters print it. Nobody types a number a second time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from types import MappingProxyType
from typing import Any

import torch
from torch import nn

from ganlib import data, losses, networks
from ganlib.losses import Loss
from ganlib.penalties import GradientPenalty, WeightClipping
from ganlib.training import GAN, Annealing, Penalty, Replay, Settings

OURS = "ours: chosen on this book's runs"
# Named on cards only where a recipe uses them.
REMEDIES = ("instance_noise", "packing", "replay", "unrolled_steps")

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
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """How long the recipe trains, as `train` wants it."""
        return Settings(self.num_steps, self.d_steps, annealing=self.annealing)

    def numbers(self) -> dict[str, Any]:
        """Its plain numbers by name, for cards, checkpoints and tables."""
        plain = (int, float, str, tuple)
        values = {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if f.name not in REMEDIES or getattr(self, f.name) != f.default
        }
        values |= getattr(self.generator, "keywords", {})  # sizes given to a builder
        values["penalties"] = [repr(penalty) for penalty in self.penalties]
        if self.optimizer is not fused_adam:
            values["optimizer"] = self.optimizer.__name__
        if self.annealing is not None:
            values["annealing"] = repr(self.annealing)
        values["loss"] = losses.name_of(self.loss)
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if isinstance(value, (*plain, list))
        }


def build(
    recipe: Recipe, seed: int, with_labels: bool = False
) -> tuple[GAN, Iterator[data.Batch]]:
    """Make the game and the data of one run.

    Args:
        recipe: the set-up.
        seed: ≥ 0; sets the first weights, the data's order and the noise.
        with_labels: whether image batches carry their labels.

    Returns:
        The game and its endless batches, ready for `train`.

    Chapter: first-gan
    """
    generator, discriminator = _networks(recipe, seed)
    data_rng, noise = _streams(seed)
    return (
        _game(recipe, generator, discriminator, noise),
        _batches(recipe, data_rng, with_labels),
    )


def build_stacked(recipe: Recipe, seeds: list[int]) -> tuple[GAN, Iterator[data.Batch]]:
    """Make S runs of a 2-D recipe as one stacked model.

    Args:
        recipe: a set-up whose players are MLPs.
        seeds: S ≥ 1 seeds; run s is the run that `build(recipe, seeds[s])` makes.

    Returns:
        The stacked game and its batches: samples are (S, N, d), logits (S, N).

    Chapter: first-gan
    """
    pairs = [_networks(recipe, seed) for seed in seeds]
    streams = [_streams(seed) for seed in seeds]
    generator, discriminator = (
        networks.stack(players) for players in zip(*pairs, strict=True)
    )
    batches = [_batches(recipe, data_rng, False) for data_rng, _ in streams]
    gan = _game(recipe, generator, discriminator, [noise for _, noise in streams])
    return gan, data.StackedBatches(batches)


def _networks(recipe: Recipe, seed: int) -> tuple[nn.Module, nn.Module]:
    with torch.random.fork_rng(devices=[]):  # the caller's random state is not ours
        torch.manual_seed(seed)
        return recipe.generator(), recipe.discriminator()


def _streams(seed: int) -> tuple[torch.Generator, torch.Generator]:
    """Make two random streams, data and noise, that no two seeds share."""
    return tuple(torch.Generator().manual_seed(3 * seed + i) for i in (1, 2))


def _batches(recipe: Recipe, rng: torch.Generator, with_labels: bool) -> Iterator:
    if isinstance(recipe.data, data.Mixture):
        return data.SampleBatches(recipe.data, recipe.batch_size, rng)
    images = recipe.data()
    if isinstance(images, data.ChannelImages):
        return data.ChannelBatches(images, recipe.batch_size, rng)
    return data.ImageBatches(images, recipe.batch_size, rng, with_labels)


def _game(
    recipe: Recipe,
    generator: nn.Module,
    discriminator: nn.Module,
    noise: torch.Generator | list[torch.Generator],
) -> GAN:
    return GAN(
        generator,
        discriminator,
        recipe.loss,
        recipe.optimizer(generator.parameters(), recipe.g_lr, recipe.betas),
        recipe.optimizer(discriminator.parameters(), recipe.d_lr, recipe.betas),
        recipe.z_dim,
        noise,
        recipe.penalties,
        recipe.clipping,
        recipe.ema_decay,
        recipe.instance_noise,
        recipe.packing,
        Replay(recipe.replay) if recipe.replay else None,
        recipe.unrolled_steps,
    )


def _toy(target: data.Mixture, name: str, summary: str, **numbers: Any) -> Recipe:
    sources = {"betas": "Radford 2016 (β₁ 0.5)"}
    sources |= dict.fromkeys(("data", "num_steps", "batch_size", "g_lr", "d_lr"), OURS)
    return Recipe(
        name,
        summary,
        target,
        generator=networks.mlp_generator,
        discriminator=networks.mlp_discriminator,
        sources=MappingProxyType(sources),
        **numbers,
    )


def _clipped_ring() -> Recipe:
    arjovsky = "Arjovsky 2017, algorithm 1"
    return Recipe(
        "wgan-ring",
        "Wasserstein GAN with clipped weights on the ring.",
        data.ring(radius=2.0, std=0.1),
        generator=networks.mlp_generator,
        discriminator=networks.mlp_discriminator,
        loss=losses.wasserstein,
        clipping=WeightClipping(0.1),
        num_steps=1_000,
        d_steps=5,
        g_lr=5e-4,
        d_lr=1e-3,
        betas=(0.0, 0.99),
        optimizer=rms_prop,
        sources=MappingProxyType(
            {
                "loss": arjovsky,
                "d_steps": arjovsky,
                "optimizer": arjovsky,
                "betas": "no momentum; 0.99 is PyTorch's, as in the authors' code",
                "clipping": "ours: 0.1, the paper has 0.01; seconds in place of hours",
                "g_lr": "ours: 5e-4, the paper has 5e-5; seconds in place of hours",
                "d_lr": "ours: 1e-3, the paper has 5e-5; the critic leads",
                "batch_size": "ours: 128, the paper has 64",
                "num_steps": OURS,
            }
        ),
    )


def _wgan_gp(target: data.Mixture) -> Recipe:
    gulrajani = "Gulrajani 2017, algorithm 1 (defaults)"
    ours = "ours: 1e-4 for both in the paper, for 100,000 steps and more"
    return Recipe(
        f"wgan-gp-{target.name}",
        "WGAN with gradient penalty: a critic of slope one on the ring.",
        target,
        generator=partial(networks.mlp_generator, width=64, depth=3),
        discriminator=partial(networks.mlp_discriminator, width=64, depth=3),
        loss=losses.wasserstein,
        penalties=(GradientPenalty(10.0),),
        d_steps=5,
        batch_size=64,
        num_steps=2_000,
        g_lr=3e-4,
        d_lr=3e-3,
        betas=(0.0, 0.9),
        sources=MappingProxyType(
            {
                "penalties": gulrajani,
                "d_steps": gulrajani,
                "betas": gulrajani,
                "batch_size": gulrajani,
                "g_lr": ours,
                "d_lr": ours,
            }
            | dict.fromkeys(("data", "width", "depth", "num_steps"), OURS)
        ),
    )


def _dcgan(name: str, summary: str, num_steps: int) -> Recipe:
    radford = "Radford 2016, Details of adversarial training"
    return Recipe(
        name,
        summary,
        data=data.fashion_mnist,
        generator=partial(networks.dcgan_generator, base_width=32),
        discriminator=partial(networks.dcgan_discriminator, base_width=32),
        z_dim=100,
        batch_size=16,
        num_steps=num_steps,
        g_lr=2e-4,
        d_lr=2e-4,
        betas=(0.5, 0.999),
        ema_decay=0.999,
        sources=MappingProxyType(
            {
                "betas": radford,
                "g_lr": radford,
                "d_lr": radford,
                "z_dim": "Radford 2016, figure 1",
                "batch_size": "ours: 16, the paper has 128; more steps for the time",
                "base_width": "ours: 32, the paper has 64; sized for one core",
                "ema_decay": "Karras 2018, section 4 (0.999)",
                "num_steps": OURS,
            }
        ),
    )


def _sngan(name: str, summary: str, num_steps: int) -> Recipe:
    recipe = _dcgan(name, summary, num_steps)
    rules = networks.DCGANRules(batch_norm=False)
    miyato = {
        "discriminator": "Miyato 2018, section 2.1 (no BatchNorm: ours, for the bound)",
        "loss": "Miyato 2018, eqs. 16 and 17",
        "num_steps": "as dcgan-fashion, to compare; not trained so far here",
    }
    return replace(
        recipe,
        discriminator=partial(
            networks.with_spectral_norm,
            networks.dcgan_discriminator,
            base_width=32,
            rules=rules,
        ),
        loss=losses.hinge,
        sources=MappingProxyType({**recipe.sources, **miyato}),
    )


_ALL = [
    _toy(data.ring(radius=2.0, std=0.1), "ring", "Eight clusters on a ring."),
    _toy(data.gaussian(), "gaussian", "One standard normal in the plane."),
    _toy(data.two_clusters(), "two-clusters", "Two clusters side by side."),
    _toy(data.moons(), "moons", "Two interleaved half circles."),
    _toy(data.spiral(), "spiral", "A spiral of two turns."),
    _clipped_ring(),
    _wgan_gp(data.ring(radius=2.0, std=0.1)),
    _dcgan("dcgan-fashion", "DCGAN on Fashion-MNIST.", 50_000),
    _sngan("sngan-fashion", "DCGAN with spectral norm and the hinge loss.", 50_000),
]

RECIPES: Mapping[str, Recipe] = MappingProxyType({r.name: r for r in _ALL})
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
