"""Spectral norm: equal to PyTorch's own, saved, resumed, copied, stacked; the bound."""

from copy import deepcopy
from dataclasses import replace
from functools import partial

import pytest
import torch
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm as reference

from ganlib import checkpoint, networks, recipes, training
from ganlib.networks import (
    DCGANRules,
    convolution_bound,
    lipschitz_bound,
    spectral_norm,
    with_spectral_norm,
)
from ganlib.networks.spectral import SpectralNorm, norm_of, raw_weight

BARE = DCGANRules(batch_norm=False)
LAYERS = {
    "linear": (lambda: nn.Linear(5, 7), (4, 5)),
    "linear-wide": (lambda: nn.Linear(9, 1), (4, 9)),
    "conv": (lambda: nn.Conv2d(2, 3, 4, stride=2, padding=1), (2, 2, 6, 6)),
    "transposed": (lambda: nn.ConvTranspose2d(2, 3, 4, 2, 1), (2, 2, 5, 5)),
    "conv1d": (lambda: nn.Conv1d(2, 3, 4), (2, 2, 6)),
}
each_layer = pytest.mark.parametrize("name", LAYERS)


def pair_of(name):
    """One layer normalised by us and by PyTorch, in the same state."""
    torch.manual_seed(0)
    make, shape = LAYERS[name]
    ours = make()
    theirs = reference(deepcopy(ours))
    spectral_norm(ours)
    theirs.parametrizations.weight[0]._u.copy_(norm_of(ours).u)
    theirs.parametrizations.weight[0]._v.copy_(norm_of(ours).v)
    return ours, theirs, torch.randn(shape)


# ------------------------------------------------------------------ against PyTorch
@each_layer
def test_value_and_gradient_are_those_of_pytorch_along_training(name):
    ours, theirs, x = pair_of(name)
    optimizers = [torch.optim.SGD(one.parameters(), lr=0.1) for one in (ours, theirs)]
    for _ in range(5):
        # Two passes before one backward pass, as in a discriminator's step.
        losses = [(one(x) - one(-x).cos()).square().mean() for one in (ours, theirs)]
        for optimizer, loss in zip(optimizers, losses, strict=True):
            optimizer.zero_grad()
            loss.backward()
        assert torch.allclose(*losses, rtol=1e-5)
        grads = [raw_weight(one).grad for one in (ours, theirs)]
        assert torch.allclose(*grads, rtol=1e-4, atol=1e-6)
        assert grads[0].abs().max() > 1e-4
        for optimizer in optimizers:
            optimizer.step()
    assert torch.allclose(norm_of(ours).u, theirs.parametrizations.weight[0]._u, 1e-4)
    assert torch.allclose(ours.eval()(x), theirs.eval()(x), rtol=1e-4, atol=1e-6)


@each_layer
def test_evaluation_mode_is_a_function_of_the_state(name):
    ours, theirs, x = pair_of(name)
    ours.eval(), theirs.eval()
    first, again = ours(x), ours(x)
    assert torch.equal(first, again)
    assert torch.allclose(first, theirs(x), rtol=1e-5, atol=1e-6)


def test_training_mode_makes_one_iteration_a_pass():
    ours, _, x = pair_of("linear")
    norm, weight = norm_of(ours), raw_weight(ours)
    with torch.no_grad():
        weight.normal_()  # so that an iteration changes something
    v = norm.v
    ours(x)
    u = torch.nn.functional.normalize(weight.detach() @ v, dim=0)
    assert torch.allclose(norm.u, u, atol=1e-6)
    assert not torch.allclose(norm.v, v, atol=1e-3)


# ------------------------------------------------------------------ closed forms
def test_a_row_is_divided_by_its_length_and_gain_multiplies():
    layer = nn.Linear(2, 1, bias=False)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[3.0, 4.0]]))
    spectral_norm(layer, gain=2.0)
    assert torch.allclose(layer.weight, torch.tensor([[1.2, 1.6]]))


@pytest.mark.parametrize("seed", range(5))
def test_many_iterations_find_the_largest_singular_value(seed):
    torch.manual_seed(seed)
    weight = torch.randn(20, 30, dtype=torch.float64)
    norm = SpectralNorm(weight)
    norm.iterate(weight, 3_000)
    largest = torch.linalg.svdvals(weight)[0]
    assert norm.sigma(weight).item() == pytest.approx(largest.item(), rel=1e-9)


def test_the_gradient_of_the_estimate_is_the_outer_product():
    weight = torch.randn(4, 6, dtype=torch.float64, requires_grad=True)
    norm = SpectralNorm(weight)
    (slope,) = torch.autograd.grad(norm.sigma(weight), weight)
    assert torch.allclose(slope, torch.outer(norm.u, norm.v))


def test_gradients_of_gradients_exist():
    layer = spectral_norm(nn.Linear(3, 2).double()).eval()
    x = torch.randn(2, 3, dtype=torch.float64, requires_grad=True)
    raw = raw_weight(layer)

    def slope(weight):
        norm = norm_of(layer)
        return (x @ norm(weight).T).tanh()

    assert torch.autograd.gradcheck(slope, raw)
    assert torch.autograd.gradgradcheck(slope, raw)


# ------------------------------------------------------------------ copied, stacked
def discriminator(seed, gain=1.0):
    torch.manual_seed(seed)
    return with_spectral_norm(networks.mlp_discriminator, width=8, gain=gain)


def test_a_deep_copy_is_a_network_of_its_own():
    one = discriminator(0)
    other, x = deepcopy(one), torch.randn(3, 2)
    assert torch.equal(one(x), other(x))
    other(x)
    assert not torch.equal(norm_of(one.layers[1]).v, norm_of(other.layers[1]).v)


def test_stacked_runs_are_the_runs_alone_along_training():
    alone, x = [discriminator(s) for s in range(3)], torch.randn(3, 16, 2)
    together = networks.stack(alone)
    optimizers = [torch.optim.Adam(n.parameters(), 1e-2) for n in (*alone, together)]
    for _ in range(5):
        outs = [n(x[s]) for s, n in enumerate(alone)]
        loss = sum(out.tanh().mean() for out in [*outs, *together(x)])
        for optimizer in optimizers:
            optimizer.zero_grad()
        loss.backward()
        for optimizer in optimizers:
            optimizer.step()
    bounds = torch.stack([lipschitz_bound(network) for network in alone])
    assert torch.allclose(lipschitz_bound(together), bounds, rtol=1e-3)
    for s, network in enumerate(alone):
        taken = networks.unstack(together, s)
        assert torch.allclose(taken(x[s]), network(x[s]), atol=1e-4)
        assert norm_of(taken.layers[0]).training


def test_stacking_draws_and_iterates_nothing():
    alone = [discriminator(s) for s in range(2)]
    random, v = torch.get_rng_state(), norm_of(alone[0].layers[0]).v
    networks.unstack(networks.stack(alone), 0)
    assert torch.equal(random, torch.get_rng_state())
    assert norm_of(alone[0].layers[0]).v is v


def test_networks_of_different_gain_do_not_stack():
    with pytest.raises(ValueError, match="gains differ"):
        networks.stack([discriminator(0), discriminator(1, gain=2.0)])


# ------------------------------------------------------------------ refused
def test_batch_norm_is_refused():
    with pytest.raises(ValueError, match="BatchNorm2d"):
        with_spectral_norm(networks.dcgan_discriminator, base_width=4)


def test_twice_is_refused_and_so_is_nothing():
    with pytest.raises(ValueError, match="already"):
        spectral_norm(discriminator(0))
    with pytest.raises(ValueError, match="no linear layer"):
        spectral_norm(nn.Sequential(nn.ReLU()))


def test_weights_and_gains_without_a_norm_are_refused():
    with pytest.raises(ValueError, match="zero or not finite"):
        SpectralNorm(torch.zeros(2, 2))
    with pytest.raises(ValueError, match="zero or not finite"):
        SpectralNorm(torch.full((2, 2), torch.nan))
    with pytest.raises(ValueError, match="above 0"):
        SpectralNorm(torch.ones(2, 2), gain=0.0)


# ------------------------------------------------------------------ saved
def spectral_ring():
    ring = recipes.get("ring")
    build = partial(with_spectral_norm, networks.mlp_discriminator, width=8)
    return replace(ring, discriminator=build, batch_size=16)


def test_a_resumed_run_is_the_run_bit_for_bit(tmp_path):
    recipe, ends = spectral_ring(), []
    gan, batches = recipes.build(recipe, 0)
    list(training.train(gan, batches, training.Settings(6)))
    ends.append(gan.discriminator.state_dict())
    gan, batches = recipes.build(recipe, 0)
    list(training.train(gan, batches, training.Settings(3)))
    checkpoint.save(tmp_path / "run.pt", gan, batches, 3)
    gan, batches = recipes.build(recipe, 0)
    start = checkpoint.load(tmp_path / "run.pt", gan, batches)
    list(training.train(gan, batches, training.Settings(6), start))
    ends.append(gan.discriminator.state_dict())
    assert any(name.endswith(".v") for name in ends[0])
    for name, value in ends[0].items():
        assert torch.equal(value, ends[1][name]), name


def test_stacked_games_of_a_spectral_recipe_run():
    gan, batches = recipes.build_stacked(spectral_ring(), [0, 1, 2])
    (record,) = training.train(gan, batches, training.Settings(2))
    assert len(record.d_loss) == 3


# ------------------------------------------------------------------ the bound
def unrolled(layer, shape):
    """Write a convolution as a matrix, one row for each input pixel."""
    bare = deepcopy(layer)
    bare.bias = None
    return bare(torch.eye(shape.numel()).view(-1, *shape)).flatten(1).double()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("make", "shape", "windows"),
    [
        (lambda: nn.Conv2d(2, 3, 3, padding=1), (2, 6, 6), (6, 6)),
        (lambda: nn.Conv2d(2, 3, 4, stride=2, padding=1), (2, 8, 8), (4, 4)),
        (lambda: nn.Conv2d(2, 3, 5, stride=2), (2, 9, 9), (3, 3)),
        (lambda: nn.Conv2d(2, 1, 5), (2, 5, 5), (1, 1)),
        (lambda: nn.Conv2d(1, 2, 2, dilation=2), (1, 6, 6), (4, 4)),
        (lambda: nn.ConvTranspose2d(2, 3, 4, 2, 1), (2, 4, 4), (4, 4)),
        (lambda: nn.ConvTranspose2d(2, 3, 4), (2, 1, 1), (1, 1)),
    ],
)
@torch.no_grad()
def test_the_bound_of_a_convolution_holds_on_both_sides(make, shape, windows, seed):
    torch.manual_seed(seed)
    layer = make()
    norm = torch.linalg.matrix_norm(unrolled(layer, torch.Size(shape)), ord=2)
    kernel = torch.linalg.matrix_norm(layer.weight.double().flatten(1), ord=2)
    bound = convolution_bound(layer, windows)
    assert norm <= bound * (1 + 1e-9)
    assert convolution_bound(layer) >= bound
    if windows == (1, 1):
        assert norm.item() == pytest.approx(bound.item(), rel=1e-6)
    elif layer.dilation == (1, 1) and not isinstance(layer, nn.ConvTranspose2d):
        assert norm >= kernel * (1 - 1e-9)  # an interior window sees all of the kernel


def test_a_linear_chain_reaches_the_product_of_its_norms():
    chain = nn.Sequential(nn.Linear(1, 1), nn.Linear(1, 1), nn.Flatten(0))
    slope = (chain(torch.ones(1, 1)) - chain(torch.zeros(1, 1))).abs().item()
    assert lipschitz_bound(chain).item() == pytest.approx(slope, rel=1e-5)
    mlp = networks.mlp_discriminator(width=2)
    with torch.no_grad():
        for layer in mlp.layers:
            layer.weight.copy_(2 * torch.eye(2)[: layer.out_features])
    assert lipschitz_bound(mlp).item() == pytest.approx(8.0)


@pytest.mark.parametrize("seed", range(3))
@torch.no_grad()
def test_no_pair_of_images_breaks_the_bound(seed):
    torch.manual_seed(seed)
    network = networks.dcgan_discriminator(base_width=4, rules=BARE)
    x, y = torch.randn(2, 500, 1, 28, 28)
    y = x + 0.1 * y
    slopes = (network(x) - network(y)).abs() / (x - y).flatten(1).norm(dim=1)
    assert slopes.max() <= lipschitz_bound(network, x[:1])


def test_looking_at_the_bound_changes_nothing():
    network = discriminator(0)
    before = deepcopy(network.state_dict())
    lipschitz_bound(network)
    assert all(torch.equal(v, before[k]) for k, v in network.state_dict().items())
    assert all(module.training for module in network.modules())


def test_unknown_layers_and_odd_convolutions_get_a_sentence():
    with pytest.raises(ValueError, match="does not know how steep"):
        lipschitz_bound(networks.dcgan_discriminator(base_width=4))
    with pytest.raises(ValueError, match="one group"):
        convolution_bound(nn.Conv2d(2, 2, 3, groups=2))
