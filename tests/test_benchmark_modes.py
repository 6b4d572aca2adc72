"""The bookkeeping of benchmarks/modes.py: what it counts, joins, keeps and quotes."""

import math
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from ganlib import recipes

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import modes  # noqa: E402 - the path to it is set just above

GRID = modes.TARGETS["grid"]
METHODS = modes.methods(recipes.get("pairs-grid"))


def test_a_run_that_lies_nowhere_counts_with_nothing_on_modes():
    nowhere = torch.full((2, 50, 2), math.nan)
    scores = modes.scores(nowhere, GRID)
    assert scores["modes"] == [0, 0]
    assert scores["high_quality"] == scores["variance_largest"] == [0, 0]
    assert scores["reverse_kl"] == [None, None]
    assert scores["binned_kl"] == [4.5, 4.5]


def test_means_and_standard_errors_are_over_all_seeds():
    runs = [
        {"binned_kl": [0.1], "reverse_kl": [0.2], "seconds": [3.0]},
        {"binned_kl": [0.3], "reverse_kl": [None], "seconds": [5.0]},
    ]
    row = modes.joined(runs)
    assert row["binned_kl"] == [0.1, 0.3]
    # Two values 0.2 apart: standard deviation 0.2/√2, standard error 0.1.
    assert row["mean and standard error"]["binned_kl"] == [0.2, 0.1]
    assert row["mean and standard error"]["reverse_kl"] == [None, None]
    assert row["seconds a run"] == 4.0


def test_the_published_means_are_on_the_scale_of_the_bins():
    found = {
        name: {row["method"]: row["binned_kl"] for row in modes.published(name)}
        for name in ("ring", "grid")
    }
    assert found["ring"]["PacGAN4"] == pytest.approx(0.091, abs=5e-4)
    assert found["grid"]["PacGAN4"] == pytest.approx(0.098, abs=5e-4)
    assert found["grid"]["GAN"] == pytest.approx(0.704, abs=5e-4)
    assert found["ring"]["VEEGAN"] is None  # no divergence was published
    assert all(row["fault"] and row["source"] for row in modes.published("grid"))


def test_the_short_recipes_share_what_the_protocol_says():
    shared = {(r.batch_size, r.num_steps, r.ema_decay) for r in METHODS.values()}
    assert len(shared) == 1
    told = [str(recipe.numbers()) for recipe in METHODS.values()]
    assert len(set(told)) == len(told)  # no two runs share a file


@pytest.mark.parametrize("name", METHODS)
def test_every_method_trains_as_a_stack_and_is_scored(name):
    samples = modes.sampled(replace(METHODS[name], num_steps=2), (0, 1))
    assert samples.shape == (2, modes.NUM_SAMPLES, 2)
    assert torch.isfinite(samples).all()
    assert not torch.equal(*samples)


def test_a_stack_in_which_a_run_diverges_is_trained_seed_by_seed(monkeypatch):
    def diverge(gan, batches, settings):
        raise FloatingPointError

    monkeypatch.setattr(modes.training, "train", diverge)
    samples = modes.sampled(METHODS["non-saturating"], (0, 1))
    assert samples.shape == (2, modes.NUM_SAMPLES, 2)
    assert samples.isnan().all()


def test_a_finished_run_is_read_and_a_changed_recipe_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr(modes, "DONE", tmp_path)
    recipe = replace(METHODS["non-saturating"], num_steps=1)
    first = modes.runs_of(GRID, "non-saturating", recipe, (0,))
    monkeypatch.setattr(modes, "sampled", None)  # a second training would raise
    assert modes.runs_of(GRID, "non-saturating", recipe, (0,)) == first
    with pytest.raises(TypeError):
        modes.runs_of(GRID, "non-saturating", replace(recipe, batch_size=64), (0,))


def test_the_target_itself_is_the_limit_of_the_rows():
    row = modes.perfect(GRID)
    assert row["modes"] == [25] * 10
    mean, error = row["mean and standard error"]["binned_kl"]
    assert abs(mean - 25 / (2 * modes.NUM_SAMPLES)) < 5 * error
