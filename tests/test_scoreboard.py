"""The scoreboard: what one row holds, and that it tells good samples from bad ones."""

import sys
from pathlib import Path

import pytest
import torch

from ganlib import data, recipes

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

scoreboard = pytest.importorskip("scoreboard")


def drawn(seed, num=1_500):
    return data.ring(radius=2.0, std=0.1).sample(
        num, torch.Generator().manual_seed(seed)
    )


def test_scores_of_the_truth_and_of_a_collapse():
    truth = scoreboard.scores(drawn(0), drawn(1), 0)
    fallen = scoreboard.scores(drawn(0), drawn(1) * 0.01, 0)
    assert truth.keys() == fallen.keys()
    assert abs(truth["coverage"] - 0.969) < 0.02
    assert abs(truth["density"] - 1) < 0.1
    assert abs(truth["c2st"] - 0.5) < 0.05
    assert abs(truth["kid_1000"]) < 100 < fallen["kid_1000"]
    assert truth["fid"] < 0.05 < 1 < fallen["fid"]
    assert fallen["precision"] == fallen["density"] == fallen["coverage"] == 0
    assert fallen["c2st"] > 0.99


def test_every_recipe_has_data_to_be_held_against():
    kinds = (data.fashion_mnist, data.stacked_digits)
    for recipe in recipes.RECIPES.values():
        assert isinstance(recipe.data, data.Mixture) or recipe.data in kinds, recipe


def test_targets_of_one_name_and_other_width_are_other_data():
    wide, narrow = data.ring(radius=2.0, std=0.1), data.ring()
    assert scoreboard.points(wide).name != scoreboard.points(narrow).name
