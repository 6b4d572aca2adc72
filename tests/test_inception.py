"""Inception features: what is said without library or weights, and what goes in."""

import hashlib
import subprocess
import sys

import pytest
import torch
from torch import nn

from ganlib.data.torchvision_ops import make_importable
from ganlib.metrics import inception_features, inception_network

make_importable()


class Recorder(nn.Module):
    """Stand in for the network: keep what it gets, return the mean of each channel."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def forward(self, images):
        self.seen.append(images)
        return (images.float().mean((2, 3)),)


def test_missing_library_gets_a_sentence(monkeypatch):
    name = "torch_fidelity.feature_extractor_inceptionv3"
    monkeypatch.setitem(sys.modules, "torch_fidelity", None)
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match="pip install torch-fidelity"):
        inception_network(download=True)


def test_missing_weights_get_a_sentence_and_nothing_is_downloaded(
    monkeypatch, tmp_path
):
    def refuse(*args, **kwargs):
        raise AssertionError("a download")

    monkeypatch.setattr(torch.hub, "download_url_to_file", refuse)
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path))
    with pytest.raises(FileNotFoundError, match="download=True"):
        inception_network()
    with pytest.raises(FileNotFoundError, match=r"none\.pth"):
        inception_network(tmp_path / "none.pth", download=True)
    with pytest.raises(AssertionError, match="a download"):
        inception_network(download=True)


def test_another_file_gets_a_sentence_and_is_not_opened(tmp_path):
    path = tmp_path / "weights.pth"
    path.write_bytes(b"a pickle that runs code")
    with pytest.raises(ValueError, match="does not hold the Inception weights"):
        inception_network(path)


def test_importing_the_measures_imports_no_library():
    code = "import sys, ganlib.metrics; sys.exit('torch_fidelity' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_images_arrive_as_bytes_in_chunks():
    network = Recorder()
    images = torch.tensor([-1.0, 0.0, 1.0])[:, None, None, None].expand(3, 3, 8, 8)
    features = inception_features(network, images, batch_size=2)
    assert [len(chunk) for chunk in network.seen] == [2, 1]
    assert all(chunk.dtype == torch.uint8 for chunk in network.seen)
    assert features[:, 0].tolist() == [0, 128, 255]
    whole = inception_features(network, torch.full((2, 3, 8, 8), 7, dtype=torch.uint8))
    assert whole.tolist() == [[7, 7, 7], [7, 7, 7]]


@pytest.mark.parametrize(
    ("images", "words"),
    [
        (torch.zeros(2, 1, 28, 28), "grey images"),
        (torch.zeros(3, 28, 28), "has|have shape"),
        (torch.zeros(0, 3, 8, 8), "have shape"),
        (torch.full((2, 3, 8, 8), 255.0), r"\[−1, 1\]"),
        (torch.full((2, 3, 8, 8), float("nan")), r"\[−1, 1\]"),
    ],
)
def test_wrong_images_get_a_sentence(images, words):
    with pytest.raises(ValueError, match=words):
        inception_features(Recorder(), images)


@pytest.mark.slow
def test_network_is_built_from_a_file(monkeypatch, tmp_path):
    """With weights of chance: shapes, evaluation mode, and the layer that was asked."""
    from torch_fidelity.feature_extractor_inceptionv3 import (
        FeatureExtractorInceptionV3,
    )

    monkeypatch.setattr(FeatureExtractorInceptionV3, "load_state_dict", _any_weights)
    path = tmp_path / "weights.pth"
    torch.save({}, path)
    known = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setattr("ganlib.metrics.inception.SHA256", known)
    network = inception_network(path)
    assert not network.training
    images = torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    assert inception_features(network, images).shape == (2, 2048)
    classes = inception_network(path, layer="logits_unbiased")
    assert inception_features(classes, images).shape == (2, 1008)


def _any_weights(self, state):
    assert state == {}
