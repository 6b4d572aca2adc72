"""The Inception Score: its two ends, its formula, its parts, and what it cannot see."""

import math

import pytest
import torch

from ganlib.metrics import inception_score


def probabilities(num, classes, seed=0):
    rng = torch.Generator().manual_seed(seed)
    logits = torch.randn(num, classes, generator=rng, dtype=torch.float64)
    return (2 * logits).softmax(-1)


def test_sure_and_varied_scores_the_number_of_classes():
    p = torch.eye(7).repeat(10, 1)
    assert inception_score(p, num_splits=1) == pytest.approx((7, 0))
    assert inception_score(p) == pytest.approx((7, 0))


def test_samples_alike_score_one():
    assert inception_score(torch.eye(5)[:1].repeat(30, 1)) == pytest.approx((1, 0))
    assert inception_score(torch.full((30, 5), 0.2)) == pytest.approx((1, 0), abs=1e-6)


def test_is_the_exponential_of_the_mutual_information():
    p = probabilities(50, 6)
    joint = p / 50
    outer = joint.sum(1, keepdim=True) * joint.sum(0, keepdim=True)
    expected = math.exp((joint * (joint / outer).log()).sum())
    assert inception_score(p, num_splits=1).mean == pytest.approx(expected, rel=1e-12)


def test_parts_are_scored_alone():
    p = probabilities(103, 4)
    parts = [p[i * 103 // 4 : (i + 1) * 103 // 4] for i in range(4)]
    alone = torch.tensor([inception_score(part, num_splits=1).mean for part in parts])
    found = inception_score(p, num_splits=4)
    assert found.mean == pytest.approx(alone.mean().item(), rel=1e-6)
    assert found.std == pytest.approx(alone.std(correction=0).item(), rel=1e-5)


def test_one_sample_a_class_is_as_good_as_a_million():
    """It cannot see collapse within a class."""
    p = probabilities(20, 5)
    once = inception_score(p, num_splits=1)
    assert inception_score(p.repeat(9, 1), num_splits=1) == pytest.approx(once)


def test_order_of_classes_does_not_matter():
    p = probabilities(40, 6)
    assert inception_score(p.flip(1)) == pytest.approx(inception_score(p))


def test_half_precision_is_taken():
    p = probabilities(200, 10)
    expected = inception_score(p, num_splits=2)
    assert inception_score(p.half(), num_splits=2) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize(
    ("p", "splits", "words"),
    [
        (torch.randn(20, 5), 1, "softmax"),
        (torch.ones(20, 5), 1, "softmax"),
        (torch.tensor([[1.5, -0.5]]).repeat(20, 1), 1, "softmax"),
        (torch.eye(5), 6, "N ≥ 6"),
        (torch.eye(5), 0, "one part"),
        (torch.eye(5) * math.nan, 1, "not finite"),
        (torch.zeros(0, 5), 1, "N ≥ 1"),
        (torch.ones(5), 1, "has shape"),
    ],
)
def test_bad_input_gets_a_sentence(p, splits, words):
    with pytest.raises(ValueError, match=words):
        inception_score(p, num_splits=splits)
