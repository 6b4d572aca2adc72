"""Multilayer perceptrons: shapes, stacking, and what they refuse."""

import pytest
import torch
from torch import nn

from ganlib import networks


def test_discriminator_returns_one_logit_a_sample():
    assert networks.mlp_discriminator()(torch.randn(7, 2)).shape == (7,)


def test_generator_returns_points():
    assert networks.mlp_generator(z_dim=3, out_features=5)(torch.randn(7, 3)).shape == (
        7,
        5,
    )


def test_an_mlp_is_its_formula():
    network = networks.MLP(3, 2, width=4, depth=1, slope=0.1)
    x = torch.randn(6, 3)
    first, last = network.layers
    hidden = x @ first.weight.T + first.bias
    hidden = torch.where(hidden > 0, hidden, 0.1 * hidden)
    assert torch.allclose(network(x), hidden @ last.weight.T + last.bias, atol=1e-6)


def test_another_activation_stands_between_the_layers_and_not_behind_them():
    network = networks.mlp_generator(width=4, depth=2, activation=nn.Tanh)
    x = torch.randn(6, 2)
    hidden = x
    for layer in network.layers[:-1]:
        hidden = torch.tanh(hidden @ layer.weight.T + layer.bias)
    last = network.layers[-1]
    assert torch.allclose(network(x), hidden @ last.weight.T + last.bias, atol=1e-6)
    assert list(network.modules())[-1] is last  # points may lie anywhere


def test_a_generator_of_tanh_stacks_and_unstacks():
    singles = [networks.mlp_generator(width=4, activation=nn.Tanh) for _ in range(2)]
    stacked, x = networks.stack(singles), torch.randn(2, 5, 2)
    for index, single in enumerate(singles):
        torch.testing.assert_close(stacked(x)[index], single(x[index]))
        assert torch.equal(networks.unstack(stacked, index)(x[0]), single(x[0]))


@pytest.mark.parametrize("make", [networks.mlp_generator, networks.mlp_discriminator])
@pytest.mark.parametrize("depth", [0, 1, 3])
def test_stack_maps_each_batch_by_its_own_network(make, depth):
    singles = [make(width=8, depth=depth) for _ in range(3)]
    x = torch.randn(3, 5, 2)
    expected = torch.stack([one(batch) for one, batch in zip(singles, x, strict=True)])
    assert torch.allclose(networks.stack(singles)(x), expected, atol=1e-6)


@pytest.mark.parametrize("make", [networks.mlp_generator, networks.mlp_discriminator])
def test_unstack_gives_back_the_very_weights(make):
    singles = [make(width=8) for _ in range(3)]
    stacked = networks.stack(singles)
    for index, single in enumerate(singles):
        taken = networks.unstack(stacked, index)
        assert taken.scalar == single.scalar
        for name, tensor in single.state_dict().items():
            assert torch.equal(taken.state_dict()[name], tensor)


def test_stacking_draws_no_random_numbers():
    singles = [networks.mlp_generator() for _ in range(2)]
    before = torch.get_rng_state()
    networks.unstack(networks.stack(singles), 0)
    assert torch.equal(before, torch.get_rng_state())


def test_stack_copies():
    single = networks.mlp_generator()
    stacked = networks.stack([single])
    with torch.no_grad():
        single.layers[0].weight.zero_()
    assert stacked.layers[0].weight.abs().max() > 0


def test_stack_refuses_nothing_and_unequal_networks():
    with pytest.raises(ValueError, match="at least one network"):
        networks.stack([])
    with pytest.raises(ValueError, match="one shape"):
        networks.stack([networks.mlp_generator(), networks.mlp_generator(width=8)])


def test_unstack_refuses_a_run_that_is_not_there():
    stacked = networks.stack([networks.mlp_generator()])
    with pytest.raises(IndexError, match="holds 1 runs"):
        networks.unstack(stacked, 1)


def test_a_gain_of_he_keeps_the_size_of_the_signal():
    torch.manual_seed(0)
    z = torch.randn(4096, 128)
    sizes = []
    for gain in (1.0, 2.4):
        net = networks.mlp_generator(128, 128, width=128, depth=8, gain=gain)
        sizes.append(float(net(z).detach().std()))
    assert sizes[0] < 0.1  # little more than the biases, ±1/√128
    assert 0.5 < sizes[1] < 2.0


def test_a_gain_of_one_changes_no_bit_and_none_is_refused():
    nets = []
    for sizes in ({}, {"gain": 1.0}):
        torch.manual_seed(3)
        nets.append(networks.mlp_generator(**sizes))
    assert all(map(torch.equal, *(net.parameters() for net in nets)))
    with pytest.raises(ValueError, match="gain is 0"):
        networks.mlp_generator(gain=0.0)
