"""The page's arithmetic is PyTorch's: same weights, data and noise, the same game.

The page computes in single precision, the reference here in double. Two things that are
no fault of either are kept out, by looking at the reference alone:

* where a leaky rectifier or the hinge has its kink, rounding decides between two
  slopes: so the case is the first seed whose game stays 1e-6 away from every kink;
* where a gradient is zero in exact arithmetic (biases of a critic, whose scores only
  count by their differences), Adam divides rounding by rounding. Its epsilon, 1e-8,
  then has to be larger than rounding: 1e-4 for the losses that have such gradients.
"""

import json
import math

import pytest
import torch
from live_sources import node

from ganlib import losses, networks, training
from ganlib.penalties import R1, R2, GradientPenalty, WeightClipping

NUM_STEPS = 50
SIZE = 16  # samples a batch
WIDTH = 12

LOSSES = (
    "minimax",
    "non_saturating",
    "least_squares",
    "wasserstein",
    "hinge",
    "relativistic",
)
DIFFERENCES = ("wasserstein", "hinge", "relativistic")
RESTRAINTS = {
    "none": (0.0, {}),
    "clipping": (0.3, {"clipping": WeightClipping(0.3)}),
    "gradient_penalty": (10.0, {"penalties": (GradientPenalty(10.0),)}),
    "r1_r2": (0.5, {"penalties": (R1(0.5), R2(0.5))}),
}


class Draws:
    """Data and noise of a game, and the same numbers for a second game."""

    def __init__(self, seed, with_epsilon, d_steps):
        rng = torch.Generator().manual_seed(seed)
        real = torch.randn(NUM_STEPS * d_steps, SIZE, 2, generator=rng) * 1.5
        twin = torch.Generator().manual_seed(seed + 1)
        self.real = real.double().unflatten(0, (NUM_STEPS, d_steps))
        self.noise = torch.Generator().manual_seed(seed + 1)
        self.all = []
        for batches in real.unflatten(0, (NUM_STEPS, d_steps)):
            for batch in batches:
                self.all += [batch.T, torch.randn(SIZE, 2, generator=twin).T]
                if with_epsilon:
                    self.all.append(torch.rand(SIZE, 1, generator=twin))
            self.all.append(torch.randn(SIZE, 2, generator=twin).T)


class Reference:
    """Fifty steps of `ganlib.training`, and how near they came to a kink."""

    def __init__(self, loss, restraint, d_steps, seed):
        self.draws = Draws(seed, restraint == "gradient_penalty", d_steps)
        self.margin = math.inf
        torch.manual_seed(seed)
        self.players = [
            networks.mlp_generator(width=WIDTH).double(),
            networks.mlp_discriminator(width=WIDTH).double(),
        ]
        for player in self.players:
            for layer in player.layers[:-1]:
                layer.register_forward_hook(self.note_kinks)
        if loss == "hinge":
            self.players[1].register_forward_hook(self.note_hinge)
        self.parameters = [p for player in self.players for p in player.parameters()]
        for p in self.parameters:  # what the page can hold
            p.data = p.data.float().double()
        self.first = [p.detach().flatten().tolist() for p in self.parameters]
        self.play(loss, restraint)

    def note_kinks(self, layer, inputs, output):
        self.margin = min(self.margin, float(output.detach().abs().min()))

    def note_hinge(self, player, inputs, logits):
        self.margin = min(self.margin, float((logits.detach().abs() - 1).abs().min()))

    def play(self, loss, restraint):
        optimizers = [
            torch.optim.Adam(player.parameters(), 2e-3, (0.5, 0.99), epsilon(loss))
            for player in self.players
        ]
        gan = training.GAN(
            *self.players,
            getattr(losses, loss),
            *optimizers,
            2,
            self.draws.noise,
            **RESTRAINTS[restraint][1],
        )
        self.records = []
        for batches in self.draws.real:
            for real in batches:
                d_loss = training.discriminator_step(gan, real).loss
            d_norm = norm(self.players[1])
            g_loss = training.generator_step(gan, real)
            norms = [d_norm, norm(self.players[0])]
            self.records.append([float(d_loss), float(g_loss), *norms])


def reference(loss, restraint, d_steps):
    """The first of forty games that no rounding can turn another way."""
    for seed in range(40):
        game = Reference(loss, restraint, d_steps, seed)
        if game.margin > 1e-6:
            return game
    pytest.fail("forty games in a row came within 1e-6 of a kink")


def epsilon(loss):
    """Adam's epsilon, larger than rounding where gradients can be exactly zero."""
    return 1e-4 if loss in DIFFERENCES else 1e-8


def norm(player):
    """Euclidean norm of all gradients of a network together."""
    return float(torch.cat([p.grad.flatten() for p in player.parameters()]).norm())


def in_the_page(loss, restraint, d_steps, first, draws):
    """Fifty steps of the page's own code, run by Node."""
    rules = {
        "loss": loss,
        "restraint": restraint,
        "strength": RESTRAINTS[restraint][0],
        "g_lr": 2e-3,
        "d_lr": 2e-3,
        "beta1": 0.5,
        "beta2": 0.99,
        "epsilon": epsilon(loss),
        "d_steps": d_steps,
        "width": WIDTH,
        "depth": 2,
        "batch_size": SIZE,
    }
    case = {
        "rules": rules,
        "num_steps": NUM_STEPS,
        "weights": first,
        "draws": [draw.flatten().tolist() for draw in draws.all],
    }
    result = json.loads(node("tests/replay.ts", given=json.dumps(case)))
    return [torch.tensor(one) for one in result["weights"]], result["losses"]


@pytest.mark.parametrize("restraint", RESTRAINTS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("d_steps", [1, 2])
def test_fifty_steps_agree(loss, restraint, d_steps):
    """All weights and biases to 1e-5; losses and gradient norms to 1e-4."""
    game = reference(loss, restraint, d_steps)
    page, records = in_the_page(loss, restraint, d_steps, game.first, game.draws)
    moved = [
        float((p.detach().flatten() - torch.tensor(before)).abs().max())
        for p, before in zip(game.parameters, game.first, strict=True)
    ]
    assert max(moved) > 1e-2  # else nothing was tested
    for ours, theirs in zip(page, game.parameters, strict=True):
        torch.testing.assert_close(
            ours.double(), theirs.detach().flatten(), rtol=0, atol=1e-5
        )
    torch.testing.assert_close(
        torch.tensor(records), torch.tensor(game.records), rtol=1e-4, atol=1e-5
    )
