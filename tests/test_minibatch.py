"""Layers that look across the batch: by hand, stacked, in both families, refused."""

import math

import pytest
import torch
from torch import nn

from ganlib import networks
from ganlib.networks import DCGANRules, MinibatchDiscrimination, MinibatchStdDev
from ganlib.penalties import R1, R2, GradientPenalty, check_per_sample, input_gradients

both = pytest.mark.parametrize("layer", [MinibatchStdDev, MinibatchDiscrimination])


def build(layer, seed, **sizes):
    torch.manual_seed(seed)
    return networks.mlp_discriminator(width=8, minibatch=layer, **sizes)


# ------------------------------------------------------------------ by hand
def test_standard_deviation_of_plus_and_minus_one_is_one():
    x = torch.tensor([[1.0, -1.0], [-1.0, 1.0], [1.0, 1.0], [-1.0, -1.0]])
    out = MinibatchStdDev(2)(x)
    assert torch.equal(out[:, :2], x)
    assert torch.allclose(out[:, 2], torch.ones(4))


def test_standard_deviation_is_its_formula_on_points_and_on_maps():
    for shape in ((16, 5), (16, 3, 4, 4)):
        x = torch.randn(shape, dtype=torch.float64)
        deviation = ((x - x.mean(0)).square().mean(0) + 1e-8).sqrt().mean()
        out = MinibatchStdDev(shape[1])(x)
        assert out.shape == (16, shape[1] + 1, *shape[2:])
        expected = deviation.expand_as(out[:, -1])
        assert torch.allclose(out[:, -1], expected, rtol=1e-12)


def test_equal_samples_have_a_finite_slope():
    x = torch.ones(4, 3, requires_grad=True)
    out = MinibatchStdDev(3)(x)
    assert out[0, -1].item() == pytest.approx(1e-4, rel=1e-3)
    out.sum().backward()
    assert torch.isfinite(x.grad).all()


def test_discrimination_is_its_formula():
    layer = MinibatchDiscrimination(3, num_kernels=2, kernel_dim=4).double()
    x = torch.randn(5, 3, dtype=torch.float64)
    out = layer(x)
    assert torch.equal(out[:, :3], x)
    for i in range(5):
        for b in range(2):
            kernel = layer.kernels[:, 4 * b : 4 * b + 4]
            apart = [(y @ kernel - x[i] @ kernel).abs().sum().item() for y in x]
            mean = sum(math.exp(-distance) for distance in apart) / 5
            assert out[i, 3 + b].item() == pytest.approx(mean, rel=1e-9)


def test_discrimination_tells_equal_samples_from_scattered_ones():
    layer = MinibatchDiscrimination(2, num_kernels=3)
    alike, apart = layer(torch.ones(8, 2)), layer(1e4 * torch.randn(8, 2))
    assert torch.allclose(alike[:, 2:], torch.ones(8, 3))
    assert torch.allclose(apart[:, 2:], torch.full((8, 3), 1 / 8), atol=1e-6)


def test_discrimination_of_maps_is_that_of_their_means():
    layer = MinibatchDiscrimination(3, num_kernels=2)
    maps = torch.randn(5, 3, 4, 4)
    out = layer(maps)
    assert out.shape == (5, 5, 4, 4)
    expected = layer(maps.mean((-2, -1)))[:, 3:, None, None].expand(-1, -1, 4, 4)
    assert torch.allclose(out[:, 3:], expected, atol=1e-6)


@both
def test_wrong_axes_are_refused(layer):
    with pytest.raises(ValueError, match="this layer takes"):
        layer(3)(torch.zeros(3))


# ------------------------------------------------------------------ in a network
@both
@pytest.mark.parametrize("depth", [0, 2])
def test_stacked_runs_see_their_own_batch_alone(layer, depth):
    singles = [build(layer, seed, depth=depth) for seed in range(3)]
    x = torch.randn(3, 6, 2)
    stacked = networks.stack(singles)
    expected = torch.stack([one(batch) for one, batch in zip(singles, x, strict=True)])
    assert torch.allclose(stacked(x), expected, atol=1e-6)
    other = x.clone()
    other[1] += 1
    changed = (stacked(other) != stacked(x)).any(1)
    assert changed.tolist() == [False, True, False]


@both
def test_unstack_gives_back_the_very_weights(layer):
    singles = [build(layer, seed) for seed in range(3)]
    stacked = networks.stack(singles)
    for index, single in enumerate(singles):
        taken = networks.unstack(stacked, index).state_dict()
        assert taken.keys() == single.state_dict().keys()
        for name, tensor in single.state_dict().items():
            assert torch.equal(taken[name], tensor)


@both
def test_stacking_draws_no_random_numbers(layer):
    singles = [build(layer, seed) for seed in range(2)]
    before = torch.get_rng_state()
    networks.unstack(networks.stack(singles), 1)
    assert torch.equal(before, torch.get_rng_state())


def test_networks_with_and_without_the_layer_do_not_stack():
    with pytest.raises(ValueError, match="one shape"):
        networks.stack([build(MinibatchStdDev, 0), build(None, 0)])


@both
@pytest.mark.parametrize("no_dense", [True, False])
def test_a_convolutional_discriminator_takes_the_layer(layer, no_dense):
    rules = DCGANRules(batch_norm=False, no_dense=no_dense, small_weights=False)
    images = torch.rand(6, 1, 28, 28) * 2 - 1
    collapsed = images[:1].expand(6, -1, -1, -1)
    changes = []
    for minibatch in (layer, None):
        torch.manual_seed(0)
        network = networks.dcgan_discriminator(
            base_width=4, rules=rules, minibatch=minibatch
        )
        logits = network(images)
        assert logits.shape == (6,)
        changes.append((network(collapsed)[0] - logits[0]).abs().item())
    # Among copies of itself a sample looks different only to the new layer.
    assert changes[0] > 1e-4
    assert changes[1] < 1e-6


def test_without_the_layer_nothing_changes():
    """Same weights under one seed, and each sample is judged alone."""
    network = build(None, 0)
    torch.manual_seed(0)
    plain = networks.MLP(2, None, 8)
    x = torch.randn(5, 2)
    assert torch.equal(network(x), plain(x))
    assert torch.allclose(network(x)[:1], network(x[:1]), atol=1e-6)


# ------------------------------------------------------------------ penalties
@both
@pytest.mark.parametrize("penalty", [R1(1.0), R2(1.0), GradientPenalty()])
def test_a_gradient_penalty_refuses_the_layer_by_name(layer, penalty):
    x = torch.randn(6, 2)
    for network in (build(layer, 0), nn.Sequential(layer(2), nn.Flatten(0))):
        with pytest.raises(ValueError, match=rf"is a {layer.__name__}: it makes"):
            penalty(network, x, x + 1, torch.Generator().manual_seed(0))


@both
def test_the_layer_does_what_it_is_refused_for(layer):
    network, x = build(layer, 0), torch.randn(6, 2)
    with pytest.raises(ValueError, match="mixes samples"):
        check_per_sample(network, x)
    check_per_sample(build(None, 0), x)
    assert input_gradients(build(None, 0), x).shape == (6, 2)
