"""The small classifier: shapes, chunks, and that training it teaches it."""

import pytest
import torch

from ganlib import data, zoo
from ganlib.metrics import FashionClassifier
from ganlib.metrics.features import extract, train_classifier


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


@pytest.mark.slow
def test_training_teaches_and_repeats_itself():
    images, labels, _ = data.fashion_mnist("test")

    def one_pass():
        torch.manual_seed(0)
        network = FashionClassifier()
        rng = torch.Generator().manual_seed(0)
        losses = list(
            train_classifier(network, images[:2560], labels[:2560], rng, num_epochs=2)
        )
        assert not network.training
        return network, losses

    network, losses = one_pass()
    assert losses[1] < losses[0] < 2.4
    _, probabilities = extract(network, data.to_unit_range(images[5000:6000]))
    accuracy = (probabilities.argmax(-1) == labels[5000:6000]).float().mean()
    assert accuracy > 0.5
    assert one_pass()[1] == losses
