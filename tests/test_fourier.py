"""Fourier features: their formula, their lengths, and what stacking makes of them."""

import math
from functools import partial

import pytest
import torch

from ganlib import networks
from ganlib.networks import FourierFeatures


def build(seed, num=16, width=8):
    torch.manual_seed(seed)
    features = partial(FourierFeatures, num=num)
    return networks.mlp_discriminator(width=width, features=features)


def test_features_are_their_formula_wave_by_wave():
    torch.manual_seed(0)
    layer = FourierFeatures(2, num=5, lowest=1.0, highest=8.0).double()
    x = torch.randn(7, 2, dtype=torch.float64)
    out = layer(x)
    assert out.shape == (7, layer.out_features) == (7, 12)
    for i in range(7):
        for j in range(5):
            b = layer.directions[:, j]
            phase, a = float(b @ x[i]), float(b.norm()) ** -0.5
            assert out[i, 2 + j].item() == pytest.approx(a * math.sin(phase))
            assert out[i, 7 + j].item() == pytest.approx(a * math.cos(phase))
    assert torch.equal(out[:, :2], x)


def test_at_the_origin_only_the_cosines_are_left():
    layer = FourierFeatures(3, num=4)
    out = layer(torch.zeros(1, 3))[0]
    assert out[:7].eq(0).all()
    expected = layer.directions.norm(dim=0).rsqrt()
    torch.testing.assert_close(out[7:], expected)


def test_each_octave_has_as_many_waves_and_no_direction_is_preferred():
    torch.manual_seed(0)
    num = 40_000
    directions = FourierFeatures(2, num, lowest=0.5, highest=64.0).directions
    octaves = (directions.norm(dim=0) / 0.5).log2()
    assert octaves.min() >= -1e-4
    assert octaves.max() <= 7 + 1e-4
    counts = torch.bincount(octaves.clamp(max=6.999).long(), minlength=7)
    error = math.sqrt(num * (1 / 7) * (6 / 7))
    assert (counts - num / 7).abs().max() < 4 * error
    units = directions / directions.norm(dim=0)
    assert units.mean(dim=1).abs().max() < 4 * math.sqrt(0.5 / num)


def test_directions_are_drawn_with_the_weights_and_not_trained():
    network, again, other = build(0), build(0), build(1)
    directions = network.features.directions
    assert torch.equal(directions, again.features.directions)
    assert not torch.equal(directions, other.features.directions)
    assert "features.directions" in network.state_dict()
    assert "features.directions" not in dict(network.named_parameters())


def test_stacked_runs_see_their_own_waves_alone():
    singles = [build(seed) for seed in range(3)]
    x = torch.randn(3, 5, 2)
    expected = torch.stack([one(batch) for one, batch in zip(singles, x, strict=True)])
    stacked = networks.stack(singles)
    torch.testing.assert_close(stacked(x), expected)
    for index, single in enumerate(singles):
        taken = networks.unstack(stacked, index)
        for name, tensor in single.state_dict().items():
            assert torch.equal(taken.state_dict()[name], tensor)


def test_stacking_draws_no_random_numbers():
    singles = [build(seed) for seed in range(2)]
    before = torch.get_rng_state()
    networks.unstack(networks.stack(singles), 0)
    assert torch.equal(before, torch.get_rng_state())


def test_networks_with_and_without_features_do_not_stack():
    with pytest.raises(ValueError, match="one shape"):
        networks.stack([build(0), networks.mlp_discriminator(width=8)])


@pytest.mark.parametrize(
    "numbers", [{"num": 0}, {"lowest": 0.0}, {"lowest": 8.0, "highest": 8.0}]
)
def test_waves_out_of_order_are_refused(numbers):
    with pytest.raises(ValueError, match="at least one wave"):
        FourierFeatures(2, **numbers)


def test_products_of_waves_depend_on_the_difference_alone():
    # Σ a² cos b·(x − y): shifting both points changes nothing, moving one does.
    layer = FourierFeatures(2, num=32).double()
    x, y, shift = torch.randn(3, 2, dtype=torch.float64).split(1)

    def product(x, y):
        return (layer(x)[0, 2:] * layer(y)[0, 2:]).sum()

    torch.testing.assert_close(product(x, y), product(x + shift, y + shift))
    assert (product(x, y) - product(x, y + shift)).abs() > 1e-3
    lengths = layer.directions.norm(dim=0)
    waves = (layer.directions.T @ (x - y)[0]).cos() / lengths
    torch.testing.assert_close(product(x, y), waves.sum())
