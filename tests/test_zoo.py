"""Published networks: whole, small, as their cards say."""

import hashlib

import pytest
import torch
from safetensors.torch import load

from ganlib import data, recipes, zoo
from ganlib.metrics import frechet_distance, stacked_labels, uniform_kl
from ganlib.metrics.features import extract, predicted_classes
from ganlib.training import draw_noise, sample

CARD_FIELDS = {"recipe", "seed", "seconds", "data", "date", "metrics", "licence"}


@pytest.mark.parametrize("name", zoo.names())
def test_cards_are_complete_and_true(name):
    card = zoo.card(name)
    content = (zoo.WEIGHTS / f"{name}.safetensors").read_bytes()
    assert card.keys() >= CARD_FIELDS
    assert card["bytes"] == len(content) <= 3_000_000
    assert card["sha256"] == hashlib.sha256(content).hexdigest()
    kinds = {t.dtype for t in load(content).values() if t.is_floating_point()}
    assert kinds == {torch.float16}


@pytest.mark.parametrize("name", zoo.names())
def test_networks_come_ready_to_use(name):
    network = zoo.load(name)
    assert not network.training
    assert not any(p.requires_grad for p in network.parameters())
    assert {p.dtype for p in network.parameters()} == {torch.float32}


def test_the_published_generator_is_of_the_recipe_as_it_stands():
    for name in set(zoo.names()) & set(recipes.RECIPES):
        assert zoo.card(name)["recipe"] == recipes.get(name).numbers()
        assert zoo.card(name)["steps"] == recipes.get(name).num_steps


def test_a_damaged_file_is_refused(tmp_path, monkeypatch):
    for ending in ("json", "safetensors"):
        name = f"fashion-classifier.{ending}"
        (tmp_path / name).write_bytes((zoo.WEIGHTS / name).read_bytes())
    damaged = tmp_path / "fashion-classifier.safetensors"
    content = bytearray(damaged.read_bytes())
    content[-1] ^= 1
    damaged.write_bytes(content)
    monkeypatch.setattr(zoo, "WEIGHTS", tmp_path)
    with pytest.raises(ValueError, match="the file is damaged"):
        zoo.load("fashion-classifier")


def test_an_unknown_name_lists_the_known():
    with pytest.raises(ValueError, match=r"there are: .*fashion-classifier"):
        zoo.load("stylegan")


def test_packing_rounds_to_half_precision_and_no_further():
    network = torch.nn.Linear(5, 3)
    content, facts = zoo.pack(network)
    assert facts["bytes"] == len(content)
    for name, tensor in load(content).items():
        error = (tensor.float() - network.state_dict()[name]).abs()
        assert error.max() <= network.state_dict()[name].abs().max() * 2**-11


@pytest.mark.slow
def test_the_published_metrics_can_be_measured_again():
    """Fewer samples than the card's, hence a band and not an equality."""
    card = zoo.card("dcgan-fashion")["metrics"]
    eyes = zoo.load("fashion-classifier")
    z = draw_noise(4_000, 100, torch.Generator().manual_seed(1))
    fake, probabilities = extract(eyes, sample(zoo.load("dcgan-fashion"), z))
    test = data.fashion_mnist("test")
    real, classes = extract(eyes, data.to_unit_range(test.images))
    distance = frechet_distance(fake, real)
    published = card["Fréchet distance to test images"]
    assert 0.8 * published < distance < 1.25 * published
    shares = probabilities.argmax(-1).bincount(minlength=10) / 4_000
    assert torch.allclose(shares, torch.tensor(card["share of each class"]), atol=0.03)
    accuracy = (classes.argmax(-1) == test.labels).double().mean().item()
    published = zoo.card("fashion-classifier")["metrics"]["test accuracy"]
    assert accuracy == pytest.approx(published, abs=2e-3)


def test_both_classifiers_are_good_enough_to_measure_by():
    for name in ("fashion-classifier", "fashion-judge"):
        assert zoo.card(name)["metrics"]["test accuracy"] >= 0.92


@pytest.mark.slow
def test_the_published_label_consistency_can_be_measured_again():
    """From other noise and 2,000 samples: five standard errors are 0.03."""
    card, judge = zoo.card("cgan-fashion")["metrics"], zoo.load("fashion-judge")
    asked = torch.arange(2_000) % 10
    z = draw_noise(2_000, 100, torch.Generator().manual_seed(1))
    names = predicted_classes(judge, sample(zoo.load("cgan-fashion"), z, asked))
    consistency = (names == asked).double().mean().item()
    assert consistency == pytest.approx(card["label consistency"], abs=0.03)
    real, labels, _ = data.fashion_mnist("test")
    accuracy = predicted_classes(judge, data.to_unit_range(real)) == labels
    published = card["the same of test images"]
    assert accuracy.double().mean().item() == pytest.approx(published, abs=1e-3)


@pytest.mark.slow
def test_the_published_divergence_of_stacked_digits_can_be_measured_again():
    """Above what a perfect sampler scores, which depends on the number of samples.

    From other noise and 10,000 samples: the divergence of those who are perfect has a
    standard deviation of √(2 · 999) / 20,000 = 0.0022, and here it is a little more.
    """
    card = zoo.card("pairs-digits")["metrics"]
    z = draw_noise(10_000, 64, torch.Generator().manual_seed(1))
    images = sample(zoo.load("pairs-digits"), z)
    labels = stacked_labels(zoo.load("digits-classifier"), images)
    excess = uniform_kl(labels, 1_000).item() - 999 / 20_000
    published = card["divergence of their shares from equal ones"]
    expected = published - card["of a perfect sampler"]
    assert excess == pytest.approx(expected, abs=0.012)
    assert len(labels.unique()) >= 990
