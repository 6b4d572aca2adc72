"""The command line: what it says, where, and its exit codes."""

import json
import subprocess
import sys

import pytest

from ganlib import cli, data, diagnostics, recipes
from ganlib.training import loop


def run(capsys, *words):
    code = cli.main(list(words))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_recipes_lists_all(capsys):
    code, out, _ = run(capsys, "recipes")
    assert code == 0
    assert all(name in out for name in recipes.RECIPES)


def test_recipes_as_json_carry_their_sources(capsys):
    code, out, _ = run(capsys, "recipes", "--json")
    listed = json.loads(out)
    assert code == 0
    assert set(listed) == set(recipes.RECIPES)
    assert listed["dcgan-fashion"]["sources"]["g_lr"].startswith("Radford 2016")


def test_train_then_sample(capsys, tmp_path):
    folder, picture = tmp_path / "run", tmp_path / "points.png"
    words = ["--steps", "20", "--out", str(folder), "--json"]
    code, out, err = run(capsys, "train", "ring", *words)
    assert (code, json.loads(out)["step"]) == (0, 20)
    assert "step" in err  # the progress bar
    assert json.loads(out)["verdict"]["state"] in diagnostics.STATES
    code, out, _ = run(capsys, "train", "ring", *words[:-1])
    assert out.splitlines()[1].startswith(diagnostics.STATES)
    code, out, _ = run(capsys, "sample", str(folder), "--out", str(picture), "--json")
    assert code == 0
    assert json.loads(out) == {
        "source": "ring",
        "num": 64,
        "seed": 0,
        "out": str(picture),
    }
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["train", "nix"], "there is no recipe 'nix'"),
        (["sample", "nix", "--out", "x.png"], "neither a folder"),
        (["train", "ring", "--seed", "-1"], "seed is -1"),
        (["sample", "dcgan-fashion", "--num", "0", "--out", "x.png"], "num is 0"),
        (["sample", "dcgan-fashion", "--num", "2", "--out", "x.gif"], "must end in"),
    ],
)
def test_a_wrong_command_exits_2_with_a_sentence(capsys, words, sentence):
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert sentence in err


def test_unreachable_data_exits_3(capsys, monkeypatch):
    def unreachable():
        raise data.DataUnavailableError("three ways")

    monkeypatch.setattr(data, "fetch_fashion_mnist", unreachable)
    code, _, err = run(capsys, "data", "fetch", "fashion-mnist")
    assert (code, err) == (3, "ganlib: three ways\n")


@pytest.mark.parametrize(
    ("error", "expected"), [(FloatingPointError("NaN"), 1), (KeyboardInterrupt(), 130)]
)
def test_failure_exits_1_and_interruption_130(
    capsys, monkeypatch, tmp_path, error, expected
):
    def fail(gan, real, labels=None):
        raise error

    monkeypatch.setattr(loop, "discriminator_step", fail)
    code, out, _ = run(capsys, "train", "ring", "--out", str(tmp_path / "run"))
    assert (code, out) == (expected, "")


def test_help_teaches_and_is_quick():
    """Help must not wait for torch."""
    words = [sys.executable, "-X", "importtime", "-m", "ganlib.cli", "train", "--help"]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    assert "ganlib train dcgan-fashion --steps 2000" in done.stdout
    assert " torch" not in done.stderr


def test_importing_ganlib_imports_nothing_heavy():
    words = [sys.executable, "-c", "import sys, ganlib; print(*sys.modules)"]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    heavy = {"torch", "torchvision", "numpy", "matplotlib", "IPython"}
    assert "ganlib" in done.stdout.split()
    assert heavy & set(done.stdout.split()) == set()
