"""Runs on disk, killed and resumed as a reader would."""

import json
import math
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch
from PIL import Image

from ganlib import checkpoint, diagnostics, losses, recipes, runs, training
from ganlib.penalties import R1
from ganlib.runs import folders

RING = recipes.get("ring")


def pixels(path):
    with Image.open(path) as picture:
        return np.array(picture)


def weights(folder):
    state = checkpoint.read(folder / runs.CHECKPOINT)
    return state["step"], torch.cat([t.flatten() for t in state["generator"].values()])


@pytest.mark.slow
def test_a_run_killed_without_warning_ends_at_the_same_bits(tmp_path):
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    runs.train_into(whole, RING, seed=1, num_steps=2_000)
    command = [sys.executable, "-m", "ganlib.cli", "train", "ring", "--seed", "1"]
    command += ["--steps", "2000", "--out", str(killed)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while not (killed / runs.CHECKPOINT).exists():
        assert process.poll() is None, "the run ended before it could be killed"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    step, _ = weights(killed)
    assert 0 < step < 2_000
    subprocess.run(command, check=True, capture_output=True)
    assert weights(killed)[0] == weights(whole)[0] == 2_000
    assert torch.equal(weights(killed)[1], weights(whole)[1])
    records = [(one / runs.RECORDS).read_text() for one in (whole, killed)]
    assert records[0] == records[1]
    assert len(records[0].splitlines()) == 20


def test_a_record_cut_short_is_dropped(tmp_path):
    (tmp_path / runs.RECORDS).write_text('{"step": 100}\n{"step": 600}\n{"ste')
    folders._keep_records(tmp_path, 500)
    assert (tmp_path / runs.RECORDS).read_text() == '{"step": 100}\n'


def test_a_finished_run_is_left_as_it_is(tmp_path):
    facts = runs.train_into(tmp_path, RING, num_steps=20)
    before = (tmp_path / runs.CHECKPOINT).read_bytes()
    again = runs.train_into(tmp_path, RING, num_steps=20)
    assert again == facts
    assert facts["step"] == 20
    assert (tmp_path / runs.CHECKPOINT).read_bytes() == before


def test_a_run_can_be_looked_at_on_its_way(tmp_path):
    steps = []
    for record in runs.steps_into(tmp_path / "a", RING, num_steps=1_000):
        steps.append(record.step)
        if record.step == 500:  # its checkpoint is there, and a copy can be kept
            assert weights(tmp_path / "a")[0] == 500
    assert steps == list(range(100, 1_001, 100))
    runs.train_into(tmp_path / "b", RING, num_steps=1_000)
    assert torch.equal(weights(tmp_path / "a")[1], weights(tmp_path / "b")[1])


def test_an_annealed_run_resumes_at_the_same_rates(tmp_path):
    annealed = replace(
        RING,
        num_steps=1_000,
        penalties=(R1(0.1),),
        annealing=training.Annealing(lr=0.1, gamma=0.1),
    )
    whole = tmp_path / "whole", tmp_path / "halted"
    runs.train_into(whole[0], annealed)
    gan, batches = recipes.build(annealed, 0)
    for record in training.train(gan, batches, annealed.settings):
        if record.step == 500:
            break
    meta = checkpoint.read(whole[0] / runs.CHECKPOINT)["meta"] | {"step": 500}
    checkpoint.save(whole[1] / runs.CHECKPOINT, gan, batches, 500, meta)
    runs.train_into(whole[1], annealed)
    assert torch.equal(*(weights(folder)[1] for folder in whole))


def test_a_run_keeps_its_verdict_and_the_peek_changes_nothing(tmp_path, capsys):
    facts = runs.train_into(tmp_path / "kept", RING, num_steps=500)
    kept = checkpoint.read(tmp_path / "kept" / runs.CHECKPOINT)["meta"]
    assert facts["verdict"] == kept["verdict"]
    assert facts["verdict"]["state"] in diagnostics.STATES
    assert f"step 500: {facts['verdict']['state']}. " in capsys.readouterr().err
    gan, batches = recipes.build(RING, 0)
    list(training.train(gan, batches, training.Settings(500)))
    bare = torch.cat([t.flatten() for t in gan.generator.state_dict().values()])
    assert torch.equal(weights(tmp_path / "kept")[1], bare)


def test_a_verdict_is_said_again_only_when_it_changes(tmp_path, capsys):
    runs.train_into(tmp_path, RING, num_steps=2_000)
    lines = [line for line in capsys.readouterr().err.splitlines() if ". " in line]
    states = [re.search(r"step [\d,]+: ([a-z ]+)\.", line) for line in lines]
    said = [found[1] for found in states if found]
    assert said
    assert all(one != other for one, other in pairwise(said))


def test_a_run_can_be_made_longer(tmp_path):
    runs.train_into(tmp_path / "a", RING, num_steps=20)
    runs.train_into(tmp_path / "a", RING, num_steps=40)
    runs.train_into(tmp_path / "b", RING, num_steps=40)
    pair = [weights(tmp_path / name)[1] for name in "ab"]
    assert torch.equal(*pair)


def test_another_seed_or_recipe_in_the_same_folder_is_refused(tmp_path):
    runs.train_into(tmp_path, RING, num_steps=5)
    with pytest.raises(ValueError, match="holds a run with seed 0"):
        runs.train_into(tmp_path, RING, seed=1, num_steps=5)
    with pytest.raises(ValueError, match=r"holds a run with g_lr 0\.001, but 0\.01"):
        runs.train_into(tmp_path, replace(RING, g_lr=1e-2), num_steps=5)


@pytest.mark.parametrize(("seed", "steps"), [(-1, 5), (0, -5), (0, 0)])
def test_bad_numbers_get_a_sentence(tmp_path, seed, steps):
    with pytest.raises(ValueError, match="≥"):
        runs.train_into(tmp_path, RING, seed=seed, num_steps=steps)


def test_samples_of_a_folder_and_of_a_published_generator(tmp_path):
    runs.train_into(tmp_path, RING, num_steps=5)
    for source, shape in ((str(tmp_path), (6, 2)), ("dcgan-fashion", (6, 1, 28, 28))):
        generator, z_dim, _ = runs.load_generator(source)
        first, same, other = (
            runs.draw(generator, z_dim, 6, seed) for seed in (3, 3, 4)
        )
        assert first.shape == shape
        assert torch.equal(first, same)
        assert not torch.equal(first, other)


def test_image_samples_are_bytes_in_the_shape_that_was_promised(tmp_path):
    grey = torch.linspace(-1, 1, 5 * 784).reshape(5, 1, 28, 28)
    colour = grey.repeat(1, 3, 1, 1)
    for name, images, shape in (
        ("g", grey, (5, 28, 28)),
        ("c", colour, (5, 28, 28, 3)),
    ):
        runs.write_samples(tmp_path / f"{name}.npz", images)
        written = np.load(tmp_path / f"{name}.npz")["images"]
        assert written.shape == shape
        assert written.dtype == np.uint8
        assert (written.min(), written.max()) == (0, 255)
        runs.write_samples(tmp_path / f"{name}.png", images)
        grid = pixels(tmp_path / f"{name}.png")
        assert grid.shape == (2 * 30 + 2, 3 * 30 + 2, 3)


def test_point_samples_are_floats_or_a_density_map(tmp_path):
    points = torch.randn(100, 2)
    runs.write_samples(tmp_path / "p.npz", points)
    assert np.array_equal(np.load(tmp_path / "p.npz")["points"], points.numpy())
    runs.write_samples(tmp_path / "p.png", torch.tensor([[1.0, 1.0], [1.0, 1.0]]))
    dark = np.argwhere(pixels(tmp_path / "p.png") < 128)
    assert (dark.mean(0) < [30, 513]).all()  # the upper right corner: y grows upwards
    assert dark.mean(0)[1] > 480


@pytest.mark.parametrize("name", ["x.jpg", "x"])
def test_other_endings_get_a_sentence(tmp_path, name):
    with pytest.raises(ValueError, match=r"must end in \.png"):
        runs.write_samples(tmp_path / name, torch.randn(3, 2))


def test_a_source_that_is_nothing_gets_a_sentence():
    with pytest.raises(ValueError, match="ganlib train ring"):
        runs.load_generator("ring")


def test_records_are_json_lines(tmp_path):
    runs.train_into(tmp_path, RING, num_steps=150)
    lines = (tmp_path / runs.RECORDS).read_text().splitlines()
    assert [json.loads(line)["step"] for line in lines] == [100, 150]


def test_a_run_that_diverges_names_its_last_healthy_checkpoint(tmp_path):
    calm = replace(RING, num_steps=600)
    runs.train_into(tmp_path, calm)
    lines = (tmp_path / runs.RECORDS).read_text()
    state = checkpoint.read(tmp_path / runs.CHECKPOINT)
    state["generator"]["layers.0.weight"].fill_(math.nan)
    checkpoint.write_atomically(
        tmp_path / runs.CHECKPOINT, lambda file: torch.save(state, file)
    )
    before = (tmp_path / runs.CHECKPOINT).read_bytes()
    with pytest.raises(
        FloatingPointError, match=r"step 601.*checkpoint\.pt, of step 6"
    ):
        runs.train_into(tmp_path, calm, num_steps=700)
    assert (tmp_path / runs.CHECKPOINT).read_bytes() == before
    assert (tmp_path / runs.RECORDS).read_text() == lines


def test_a_run_that_diverges_at_once_says_that_there_is_no_checkpoint(tmp_path):
    wild = replace(RING, loss=losses.wasserstein, g_lr=1e30, d_lr=1e30)
    with pytest.raises(FloatingPointError, match="There is no checkpoint yet"):
        runs.train_into(tmp_path, wild)
    assert not (tmp_path / runs.CHECKPOINT).exists()
