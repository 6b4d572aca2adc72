"""The small classifier: shapes, chunks, and that training it teaches it."""

import pytest
import torch
from torch import nn

from ganlib import data, zoo
from ganlib.metrics import FashionClassifier, FashionJudge
from ganlib.metrics.features import (
    _augment,
    extract,
    predicted_classes,
    train_classifier,
)


def test_features_and_logits():
    network = FashionClassifier().eval()
    images = torch.rand(3, 1, 28, 28) * 2 - 1
    features = network.features(images)
    assert features.shape == (3, 128)
    assert features.min() >= 0
    assert torch.allclose(network.head(features), network(images))


def test_extract_does_not_depend_on_the_chunks():
    images = torch.rand(7, 1, 28, 28) * 2 - 1
    network = zoo.load("fashion-classifier")
    whole, chunked = extract(network, images), extract(network, images, batch_size=3)
    for a, b in zip(whole, chunked, strict=True):
        assert torch.allclose(a, b, atol=1e-5)
    assert torch.allclose(whole[1].sum(-1), torch.ones(7), atol=1e-5)


def test_wrong_images_get_a_sentence():
    with pytest.raises(ValueError, match=r"wants \(N, 1, 28, 28\)"):
        FashionClassifier()(torch.zeros(2, 3, 32, 32))


def test_the_judge_is_another_network_and_names_in_chunks():
    torch.manual_seed(0)
    judge, images = FashionJudge().eval(), torch.rand(5, 1, 28, 28) * 2 - 1
    assert judge(images).shape == (5, 10)
    expected = judge(images).argmax(-1)
    assert torch.equal(predicted_classes(judge, images, batch_size=2), expected)
    assert not {type(m) for m in judge.modules()} & {nn.BatchNorm2d, nn.AvgPool2d}


def test_augmentation_mirrors_and_moves():
    images = torch.arange(2 * 784.0).reshape(2, 1, 28, 28) / 784 - 1
    rng = torch.Generator().manual_seed(0)
    assert torch.equal(_augment(images, rng, mirror=False, shift=0), images)
    some = torch.cat([_augment(images, rng, mirror=True, shift=0) for _ in range(30)])
    both = torch.cat([images, images.flip(-1)])
    seen = {int((one == both).flatten(1).all(1).nonzero()[0]) for one in some}
    assert seen == {0, 1, 2, 3}
    moved = _augment(images, rng, mirror=False, shift=2)
    padded = nn.functional.pad(images, (2, 2, 2, 2), value=-1.0)
    windows = (padded[..., y : y + 28, x : x + 28] for y in range(5) for x in range(5))
    assert any(torch.equal(moved, window) for window in windows)


@pytest.mark.slow
@pytest.mark.parametrize("build", [FashionClassifier, FashionJudge])
def test_training_teaches_and_repeats_itself(build):
    images, labels, _ = data.fashion_mnist("test")

    def one_pass():
        torch.manual_seed(0)
        network = build()
        rng = torch.Generator().manual_seed(0)
        losses = list(
            train_classifier(network, images[:2560], labels[:2560], rng, num_epochs=2)
        )
        assert not network.training
        return network, losses

    network, losses = one_pass()
    assert losses[1] < losses[0] < 2.4
    names = predicted_classes(network, data.to_unit_range(images[5000:6000]))
    accuracy = (names == labels[5000:6000]).float().mean()
    assert accuracy > 0.5
    assert one_pass()[1] == losses
