"""Stacked images' modes: the digits of a number, named by a classifier."""

import json
from functools import cache
from pathlib import Path

import pytest
import torch

from ganlib import data, recipes, zoo
from ganlib.metrics import stacked_labels, uniform_kl

ROOT = Path(__file__).resolve().parents[1]
MEASURED = ROOT / "benchmarks" / "results" / "stacked_digits.json"


@cache
def pool():
    """Digits that no network was trained on, every fifth of them, and their classes."""
    images, labels, _ = data.digits()
    held_out = torch.arange(len(labels)) % 5 == 4
    return images[held_out], labels[held_out]


class GreyReader(torch.nn.Module):
    """Calls an image of constant grey g / 10 a g; has what `extract` asks for."""

    def features(self, images):
        return images.mean((1, 2, 3)).unsqueeze(1)

    def head(self, features):
        return -(features * 10 - torch.arange(10)).abs()


def test_three_channels_are_read_as_a_number():
    classes = torch.tensor([[3, 0, 7], [9, 4, 1], [0, 0, 0]])
    images = (classes / 10)[..., None, None].expand(-1, -1, 28, 28)
    assert stacked_labels(GreyReader(), images).tolist() == [307, 941, 0]


def test_chunks_do_not_matter_and_other_numbers_of_channels_work():
    images, _ = pool()
    classifier = zoo.load("digits-classifier")
    stacked = data.to_unit_range(images[:60].view(30, 2, 28, 28))
    labels = stacked_labels(classifier, stacked)
    assert torch.equal(labels, stacked_labels(classifier, stacked, batch_size=7))
    assert labels.shape == (30,)
    assert 0 <= labels.min() <= labels.max() < 100
    single = stacked_labels(classifier, stacked[:, 1:])
    assert torch.equal(single, labels % 10)


def test_real_digits_score_as_a_perfect_sampler_within_its_error():
    """Held-out digits of equal numbers: the floor 999/2N plus what is misread."""
    images, _ = pool()
    classifier = zoo.load("digits-classifier")
    singles = stacked_labels(classifier, data.to_unit_range(images))
    rng = torch.Generator().manual_seed(0)
    chosen = torch.randint(len(singles), (26_000, 3), generator=rng)
    labels = singles[chosen] @ torch.tensor([100, 10, 1])
    assert len(labels.unique()) == 1_000
    assert 0.0175 < uniform_kl(labels, 1_000) < 0.0225


def test_the_classifier_of_digits_keeps_its_promise():
    images, labels = pool()
    named = stacked_labels(zoo.load("digits-classifier"), data.to_unit_range(images))
    accuracy = (named == labels).double().mean().item()
    card = zoo.card("digits-classifier")["metrics"]
    assert accuracy == pytest.approx(card["test accuracy"], abs=2e-3)
    assert accuracy >= 0.985


@pytest.mark.parametrize("shape", [(28, 28), (0, 3, 28, 28), (2, 3, 32, 32)])
def test_other_shapes_get_a_sentence(shape):
    with pytest.raises(ValueError, match=r"\(N, .*28, 28\)"):
        stacked_labels(zoo.load("digits-classifier"), torch.zeros(shape))


def test_the_committed_measurement_is_of_the_recipes_as_they_stand():
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    for name, numbers in measured["recipes"].items():
        assert numbers == recipes.get(name).numbers()
        for played in measured["rows"][name]:
            assert played["steps"] == recipes.get(name).num_steps
            assert played["curve"][-1]["kl"] == played["averaged"]["kl"]
