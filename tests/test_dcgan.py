"""DCGAN's rules, one test each, on every size it is built for."""

from dataclasses import fields, replace

import pytest
import torch
from torch import nn

from ganlib import losses, networks, training
from ganlib.networks import DCGANRules, dcgan_discriminator, dcgan_generator

SIZES = [(28, 1), (32, 3), (64, 3)]


def leaves(network, kind):
    return [m for m in network.modules() if isinstance(m, kind)]


@pytest.mark.parametrize(("size", "channels"), SIZES)
def test_shapes_and_range(size, channels):
    images = dcgan_generator(size, channels, base_width=4)(torch.randn(3, 100))
    assert images.shape == (3, channels, size, size)
    assert images.abs().max() <= 1
    logits = dcgan_discriminator(size, channels, base_width=4)(images)
    assert logits.shape == (3,)


@pytest.mark.parametrize("broken", [f.name for f in fields(DCGANRules)])
@pytest.mark.parametrize(("size", "channels"), SIZES)
def test_each_rule_can_be_broken_and_changes_the_networks(size, channels, broken):
    rules = replace(DCGANRules(), **{broken: False})
    players = [
        (
            dcgan_generator(size, channels, base_width=4, rules=one),
            dcgan_discriminator(size, channels, base_width=4, rules=one),
        )
        for one in (DCGANRules(), rules)
    ]
    images = players[1][0](torch.randn(3, 100))
    assert images.shape == (3, channels, size, size)
    assert players[1][1](images).shape == (3,)
    if broken != "small_weights":  # a rule of numbers, not of structure
        texts = [tuple(str(network) for network in pair) for pair in players]
        assert texts[0] != texts[1]


@pytest.mark.parametrize(("size", "channels"), SIZES)
def test_strides_instead_of_pooling(size, channels):
    for network in (
        dcgan_generator(size, channels),
        dcgan_discriminator(size, channels),
    ):
        assert not leaves(network, nn.AvgPool2d | nn.MaxPool2d | nn.Upsample)
        layers = leaves(network, nn.Conv2d | nn.ConvTranspose2d)
        strided = [layer for layer in layers if layer.stride == (2, 2)]
        assert len(strided) == len(layers) - 1  # all but "project" or the last logit


def test_batch_norm_everywhere_but_at_the_edges():
    generator, discriminator = dcgan_generator(64, 3), dcgan_discriminator(64, 3)
    assert len(leaves(generator, nn.BatchNorm2d)) == 4
    assert len(leaves(discriminator, nn.BatchNorm2d)) == 3
    kinds = [type(layer) for layer in generator.layers]
    assert kinds[-2:] == [nn.ConvTranspose2d, nn.Tanh]
    kinds = [type(layer) for layer in discriminator.layers]
    assert kinds[:2] == [nn.Conv2d, nn.LeakyReLU]


def test_batch_norm_keeps_the_usual_epsilon():
    for network in (dcgan_generator(), dcgan_discriminator()):
        assert {layer.eps for layer in leaves(network, nn.BatchNorm2d)} == {1e-5}


def test_activations():
    generator, discriminator = dcgan_generator(), dcgan_discriminator()
    assert leaves(generator, nn.ReLU)
    assert not leaves(generator, nn.LeakyReLU)
    assert {m.negative_slope for m in leaves(discriminator, nn.LeakyReLU)} == {0.2}
    assert not leaves(discriminator, nn.ReLU | nn.Sigmoid)


def test_no_dense_layers():
    for network in (dcgan_generator(), dcgan_discriminator()):
        assert not leaves(network, nn.Linear)


def test_initial_weights_are_normal_with_std_002():
    torch.manual_seed(0)
    for network in (dcgan_generator(64, 3), dcgan_discriminator(64, 3)):
        convolutions = leaves(network, nn.Conv2d | nn.ConvTranspose2d)
        w = torch.cat([layer.weight.detach().flatten() for layer in convolutions])
        assert w.mean().abs() < 4 * 0.02 / len(w) ** 0.5
        assert (w.std() - 0.02).abs() < 4 * 0.02 / (2 * len(w)) ** 0.5


def test_channels_of_the_64_pixel_form_are_the_papers():
    layers = leaves(dcgan_generator(64, 3), nn.ConvTranspose2d)
    assert [layer.in_channels for layer in layers] == [100, 512, 256, 128, 64]
    assert layers[-1].out_channels == 3


def test_the_64_pixel_form_trains_one_step():
    torch.manual_seed(0)
    generator, discriminator = dcgan_generator(64, 3), dcgan_discriminator(64, 3)
    adam = [
        torch.optim.Adam(n.parameters(), lr=2e-4, betas=(0.5, 0.999))
        for n in (generator, discriminator)
    ]
    noise = torch.Generator().manual_seed(0)
    gan = training.GAN(
        generator, discriminator, losses.non_saturating, *adam, 100, noise
    )
    before = generator.layers[0].weight.detach().clone()
    real = torch.rand(4, 3, 64, 64) * 2 - 1
    (record,) = training.train(gan, iter([(real, None)]), training.Settings(1))
    assert record.step == 1
    assert not torch.equal(before, generator.layers[0].weight)


def test_bad_sizes_get_a_sentence():
    with pytest.raises(ValueError, match=r"built for \[28, 32, 64\]"):
        networks.dcgan_generator(48)
    with pytest.raises(ValueError, match=r"wants \(N, 100\)"):
        networks.dcgan_generator()(torch.randn(3, 100, 1, 1))
