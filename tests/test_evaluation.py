"""Scores of samples against data, from files and generators, and the command."""

import json

import numpy as np
import pytest
import torch

from ganlib import cli, data, metrics, runs


def points(path, num, shift=0.0, seed=0):
    rng = torch.Generator().manual_seed(seed)
    runs.write_samples(path, torch.randn(num, 2, generator=rng) + shift)
    return str(path)


def test_points_are_scored_as_the_measures_score_them(tmp_path):
    real = points(tmp_path / "real.npz", 600)
    fake = points(tmp_path / "fake.npz", 500, shift=0.5, seed=1)
    facts = runs.evaluate(fake, real, ["fid", "prdc", "c2st"])
    found = facts["scores"]["samples"]
    a, b = (torch.from_numpy(np.load(path)["points"]) for path in (real, fake))
    assert found["fid"] == metrics.frechet_distance(a, b)
    assert found["recall"] == metrics.prdc(a, b).recall
    alike = metrics.classifier_two_sample_test(a[:500], b)
    assert found["c2st"] == alike.accuracy
    assert (facts["num"], facts["num_real"]) == (500, 600)
    assert set(facts["scores"]) == {"samples"}  # a file brings no second real set


def test_the_same_file_is_at_no_distance(tmp_path):
    real = points(tmp_path / "real.npz", 300)
    found = runs.evaluate(real, real, ["fid", "kid", "prdc"])["scores"]["samples"]
    assert found["fid"] == pytest.approx(0, abs=1e-9)
    assert found["precision"] == found["recall"] == found["coverage"] == 1


@pytest.mark.slow
def test_a_generator_beside_real_data(tmp_path):
    """Real data is closer to data than samples are, and the order is not chance."""
    facts = runs.evaluate("dcgan-fashion", "fashion-mnist", ["fid", "is"], num=1_000)
    scores = facts["scores"]
    assert 0 < scores["real"]["fid"] < scores["samples"]["fid"]
    assert 1 < scores["samples"]["is"] < scores["real"]["is"] < 10
    generator, z_dim, _ = runs.load_generator("dcgan-fashion")
    path = tmp_path / "garments.npz"
    runs.write_samples(path, runs.draw(generator, z_dim, 1_000, 0))
    again = runs.evaluate(str(path), "fashion-mnist", ["fid"])["scores"]["samples"]
    # bytes on disk: rounded pixels, nearly the same features
    assert again["fid"] == pytest.approx(scores["samples"]["fid"], rel=0.01)


def test_the_command_prints_both_rows_and_json(tmp_path, capsys):
    real = points(tmp_path / "real.npz", 300)
    fake = points(tmp_path / "fake.npz", 300, seed=1)
    words = ["evaluate", fake, "--against", real, "--metrics", "fid,kid"]
    assert cli.main(words) == 0
    printed = capsys.readouterr()
    assert "300 samples against 300" in printed.out
    assert [line.split()[0] for line in printed.out.splitlines()[3:]] == [
        "fid",
        "kid",
        "kid_std",
    ]
    assert "part" in printed.err  # the progress bar
    assert cli.main([*words, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["scores"]["samples"].keys() == {"fid", "kid", "kid_std"}


def wrong(tmp_path):
    real = points(tmp_path / "real.npz", 50)
    np.savez(tmp_path / "other.npz", z=np.zeros(3))
    runs.write_samples(tmp_path / "wide.npz", torch.zeros(5, 3, 28, 28))
    garments = data.to_unit_range(data.digits().images[:4])
    runs.write_samples(tmp_path / "grey.npz", garments)
    return {
        name: str(tmp_path / f"{name}.npz") for name in ("other", "wide", "grey")
    } | {"real": real}


@pytest.mark.parametrize(
    ("source", "against", "names", "sentence"),
    [
        ("real", "real", ["fud"], "there is no metric fud; there are: fid"),
        ("real", "real", [], "in an empty list"),
        ("real", "real", ["is"], "leave `is` out"),
        ("other", "real", ["fid"], "must hold `images`"),
        ("real", "other", ["fid"], "must hold `images`"),
        ("grey", "real", ["fid"], "cannot be compared"),
        ("wide", "wide", ["fid"], "inception_features"),
    ],
)
def test_what_cannot_be_scored_gets_a_sentence(
    tmp_path, source, against, names, sentence
):
    files = wrong(tmp_path)
    with pytest.raises(ValueError, match=sentence):
        runs.evaluate(files[source], files[against], names)


def test_unknown_data_gets_a_sentence(tmp_path):
    with pytest.raises(ValueError, match="name fashion-mnist, or a"):
        runs.evaluate(points(tmp_path / "a.npz", 9), "mnist", ["fid"])
    with pytest.raises(ValueError, match="neither a folder"):
        runs.evaluate("nobody", "fashion-mnist", ["fid"])
