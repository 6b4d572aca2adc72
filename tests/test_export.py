"""ONNX: another runtime draws what torch draws, from one file, whole or not there."""

import json
import os
import sys

import onnx
import onnxruntime
import pytest
import torch

from ganlib import __version__, cli, data, recipes, runs, zoo
from ganlib.networks import ConditionalGenerator

GENERATORS = ("dcgan-fashion", "cgan-fashion")


def session(content):
    """The model in onnxruntime: one thread, and its complaints only as errors."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 4
    return onnxruntime.InferenceSession(content, options)


def drawn(model, z, labels=None):
    """What the model draws."""
    given = {"z": z.numpy()} | ({} if labels is None else {"label": labels.numpy()})
    return torch.from_numpy(model.run(None, given)[0])


def noise(num, z_dim):
    return torch.randn(num, z_dim, generator=torch.Generator().manual_seed(num))


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Each published generator in a folder of its own."""
    paths = {}
    for name in GENERATORS:
        paths[name] = tmp_path_factory.mktemp(name) / "model.onnx"
        runs.export_onnx(name, paths[name])
    return paths


@pytest.mark.parametrize("num", [1, 3, 64])
@pytest.mark.parametrize("name", GENERATORS)
def test_published_generators_draw_the_same(exported, name, num):
    """To 1e-5, at every size of batch; at 64 every class is asked for."""
    generator, z = zoo.load(name), noise(num, 100)
    labels = None
    if isinstance(generator, ConditionalGenerator):
        labels = torch.arange(num) % generator.num_classes
    with torch.no_grad():
        expected = generator(z) if labels is None else generator(z, labels)
    images = drawn(session(exported[name]), z, labels)
    assert images.std() > 0.1  # else nothing was tested
    torch.testing.assert_close(images, expected, rtol=0, atol=1e-5)


def test_the_label_changes_the_image_and_only_a_class_is_taken(exported):
    model = session(exported["cgan-fashion"])
    z = noise(1, 100).expand(10, -1)
    images = drawn(model, z, torch.arange(10))
    apart = (images[:, None] - images).abs().amax((2, 3, 4))
    assert (apart + torch.eye(10)).min() > 0.1
    for wrong in (-1, -10, 10):
        with pytest.raises(Exception, match="out of"):
            drawn(model, z[:1], torch.tensor([wrong]))


def test_a_fresh_generator_of_points():
    points = recipes.get("ring").generator()
    model = session(runs.onnx_bytes(points, 2, {}))
    assert [one.name for one in model.get_outputs()] == ["point"]
    z = noise(5, 2)
    torch.testing.assert_close(drawn(model, z), points(z).detach(), rtol=0, atol=1e-5)


def test_a_network_in_training_mode_is_exported_in_evaluation_mode():
    """And stays in training mode itself, its running statistics as they were."""
    fresh, z = recipes.get("dcgan-fashion").generator().train(), noise(4, 100)
    images = drawn(session(runs.onnx_bytes(fresh, 100, {})), z)
    assert fresh.training
    with torch.no_grad():
        expected = fresh.eval()(z)
        torch.testing.assert_close(images, expected, rtol=0, atol=1e-5)
        assert (images - fresh.train()(z)).abs().max() > 1e-3


@pytest.mark.parametrize("name", GENERATORS)
def test_one_file_that_says_what_it_is(exported, name):
    path = exported[name]
    assert [one.name for one in path.parent.iterdir()] == ["model.onnx"]
    model = onnx.load(path, load_external_data=False)
    facts = {one.key: one.value for one in model.metadata_props}
    classes = json.loads(facts.pop("classes", "[]"))
    assert facts == {
        "recipe": name,
        "ganlib": __version__,
        "weights_sha256": zoo.card(name)["sha256"],
    }
    asked = name == "cgan-fashion"
    assert classes == (list(data.FASHION_CLASSES) if asked else [])
    shapes = {
        one.name: [size.dim_param or size.dim_value for size in dims(one)]
        for one in [*model.graph.input, *model.graph.output]
    }
    label = {"label": ["N"]} if asked else {}
    assert shapes == {"z": ["N", 100], **label, "image": ["N", 1, 28, 28]}


def dims(value):
    return value.type.tensor_type.shape.dim


def test_a_run_in_a_folder(tmp_path, capsys):
    folder, path = tmp_path / "run", tmp_path / "ring.onnx"
    runs.train_into(folder, recipes.get("ring"), num_steps=20)
    words = ["export", str(folder), "--out", str(path), "--json"]
    assert cli.main(words) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["recipe"] == "ring"
    assert facts["out"] == str(path)
    generator, z_dim, _ = runs.load_generator(str(folder))
    z = noise(7, z_dim)
    expected = generator.eval()(z).detach()
    torch.testing.assert_close(drawn(session(path), z), expected, rtol=0, atol=1e-5)


def test_an_interrupted_export_leaves_nothing(tmp_path, monkeypatch, capsys):
    def interrupt(file):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    words = ["export", "dcgan-fashion", "--out", str(tmp_path / "model.onnx")]
    assert cli.main(words) == 130
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nix", "--out", "x.onnx"], "neither a folder"),
        (["ring", "--out", "x.onnx"], "ganlib train ring"),
        (["dcgan-fashion", "--out", "x.pt"], r"must end in .onnx"),
        (["dcgan-fashion", "--out", "nowhere/x.onnx"], "nowhere does not exist"),
    ],
)
def test_a_wrong_command_gets_a_sentence(
    capsys, tmp_path, monkeypatch, words, sentence
):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["export", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert sentence in captured.err
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_a_sentence_says_what_to_install(
    capsys, tmp_path, monkeypatch
):
    monkeypatch.setitem(sys.modules, "onnxscript", None)
    words = ["export", "dcgan-fashion", "--out", str(tmp_path / "x.onnx")]
    assert cli.main(words) == 2
    assert 'pip install "ganlib[export]"' in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
