"""Fetching Fashion-MNIST: the order of sources, damage, and plain sentences.

Four small files stand for the real ones, and nothing here touches the network.
"""

import gzip
import hashlib
import os
import random
import socket
from pathlib import Path

import pytest

from ganlib.data import files

CONTENT = {
    name: random.Random(name).randbytes(2_000) for name in files.FASHION_MNIST_SHA256
}
NAME = "t10k-labels-idx1-ubyte"
DOWNLOAD = files.download_with_torchvision  # the fixture below replaces it


@pytest.fixture(autouse=True)
def small_world(tmp_path, monkeypatch):
    """An empty cache, an empty system folder, no network, four small files."""
    digests = {k: hashlib.sha256(v).hexdigest() for k, v in CONTENT.items()}
    monkeypatch.setattr(files, "FASHION_MNIST_SHA256", digests)
    monkeypatch.setenv("GANLIB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("GANLIB_SYSTEM_DATA", str(tmp_path / "system"))
    monkeypatch.setattr(files, "download_with_torchvision", unreachable)


def unreachable(root):
    raise OSError("no route to host")


def put_on_system(names=CONTENT):
    files.system_folder().mkdir(exist_ok=True)
    for name in names:
        archive = files.system_folder() / f"{name}.gz"
        archive.write_bytes(gzip.compress(CONTENT[name]))


def downloader(content=CONTENT):
    """Return a stand-in for torchvision's download, and the list of its calls."""
    calls = []

    def download(root):
        calls.append(root)
        raw = root / "FashionMNIST" / "raw"
        raw.mkdir(parents=True)
        for name, body in content.items():
            (raw / name).write_bytes(body)

    return download, calls


def assert_whole(folder):
    assert sorted(path.name for path in folder.iterdir()) == sorted(CONTENT)
    for name, body in CONTENT.items():
        assert (folder / name).read_bytes() == body


def test_the_cache_comes_first(monkeypatch):
    folder = files.fashion_mnist_folder()
    folder.mkdir(parents=True)
    for name, body in CONTENT.items():
        (folder / name).write_bytes(body)
    put_on_system()
    said = []
    assert files.fetch_fashion_mnist(said.append) == folder
    assert said == []


def test_the_system_copy_comes_before_the_download(monkeypatch):
    put_on_system()
    download, calls = downloader()
    monkeypatch.setattr(files, "download_with_torchvision", download)
    said = []
    assert_whole(files.fetch_fashion_mnist(said.append))
    assert calls == []
    assert len(said) == 4


def test_the_download_comes_last_and_once(monkeypatch):
    download, calls = downloader()
    monkeypatch.setattr(files, "download_with_torchvision", download)
    assert_whole(files.fetch_fashion_mnist())
    assert len(calls) == 1
    # What was downloaded beside the four files is gone.
    assert [path.name for path in files.cache_folder().iterdir()] == ["FashionMNIST"]


def test_an_incomplete_system_copy_is_completed_by_the_download(monkeypatch):
    put_on_system([NAME])
    download, calls = downloader()
    monkeypatch.setattr(files, "download_with_torchvision", download)
    assert_whole(files.fetch_fashion_mnist())
    assert len(calls) == 1


def flip_a_byte(path):
    body = bytearray(path.read_bytes())
    body[100] ^= 1
    path.write_bytes(body)


def truncate(path):
    os.truncate(path, 100)


def empty(path):
    os.truncate(path, 0)


def replace_by_folder(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [flip_a_byte, truncate, empty])
def test_a_damaged_cached_file_is_fetched_again(damage):
    put_on_system()
    path = files.fetch_fashion_mnist() / NAME
    damage(path)
    assert path.read_bytes() != CONTENT[NAME]
    said = []
    assert files.read_fashion_mnist(NAME, said.append) == CONTENT[NAME]
    assert path.read_bytes() == CONTENT[NAME]
    assert "damaged" in said[0]


@pytest.mark.parametrize("damage", [flip_a_byte, truncate, empty, replace_by_folder])
def test_a_damaged_cached_file_is_never_used(damage):
    put_on_system()
    path = files.fetch_fashion_mnist() / NAME
    damage(path)
    for archive in files.system_folder().iterdir():
        archive.unlink()
    with pytest.raises(files.DataUnavailableError, match="no route to host"):
        files.read_fashion_mnist(NAME)


@pytest.mark.parametrize("damage", [flip_a_byte, truncate, empty])
def test_a_damaged_system_copy_is_passed_over(damage, monkeypatch):
    put_on_system()
    damage(files.system_folder() / f"{NAME}.gz")
    with pytest.raises(files.DataUnavailableError):
        files.fetch_fashion_mnist()
    download, _ = downloader()
    monkeypatch.setattr(files, "download_with_torchvision", download)
    assert_whole(files.fetch_fashion_mnist())


def test_a_whole_archive_of_other_data_is_passed_over():
    put_on_system()
    (files.system_folder() / f"{NAME}.gz").write_bytes(gzip.compress(b"MNIST"))
    with pytest.raises(files.DataUnavailableError):
        files.read_fashion_mnist(NAME)


def test_a_wrong_download_is_not_kept(monkeypatch):
    download, _ = downloader({**CONTENT, NAME: b"a page that asks for a log-in"})
    monkeypatch.setattr(files, "download_with_torchvision", download)
    with pytest.raises(files.DataUnavailableError, match="not the published ones"):
        files.fetch_fashion_mnist()
    assert not (files.fashion_mnist_folder() / NAME).exists()


@pytest.mark.parametrize("error", [OSError, RuntimeError, TimeoutError, EOFError])
def test_the_sentence_names_the_three_ways(error, monkeypatch):
    def fail(root):
        raise error("Error downloading:\nTried a mirror, got:\nno answer\n")

    monkeypatch.setattr(files, "download_with_torchvision", fail)
    with pytest.raises(files.DataUnavailableError) as caught:
        files.fetch_fashion_mnist()
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert "(no answer)" in sentence
    assert "torchvision can download" in sentence
    assert "apt-get install dataset-fashion-mnist" in sentence
    assert str(files.fashion_mnist_folder()) in sentence
    assert all(name in sentence for name in CONTENT)


def test_a_cache_that_cannot_be_written_says_so(tmp_path):
    put_on_system()
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(files.DataUnavailableError, match="set GANLIB_CACHE"):
        files.fetch_fashion_mnist()


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_an_interrupted_write_leaves_nothing_behind(moment, monkeypatch):
    put_on_system()

    def interrupted(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, moment, interrupted)
    with pytest.raises(KeyboardInterrupt):
        files.fetch_fashion_mnist()
    assert list(files.fashion_mnist_folder().iterdir()) == []


def test_an_interrupted_download_leaves_nothing_behind(monkeypatch):
    def interrupted(root):
        (root / "half").write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "download_with_torchvision", interrupted)
    with pytest.raises(KeyboardInterrupt):
        files.fetch_fashion_mnist()
    assert list(files.cache_folder().iterdir()) == []


def test_where_the_cache_is(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "/xdg")
    monkeypatch.setenv("GANLIB_CACHE", "/own")
    assert files.cache_folder() == Path("/own")
    monkeypatch.delenv("GANLIB_CACHE")
    assert files.cache_folder() == Path("/xdg/ganlib")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert files.cache_folder() == Path.home() / ".cache" / "ganlib"


def test_the_socket_timeout_is_put_back():
    before = socket.getdefaulttimeout()
    seen = []

    def stop_inside():
        with files._socket_timeout(1.5):
            seen.append(socket.getdefaulttimeout())
            raise KeyError

    with pytest.raises(KeyError):
        stop_inside()
    assert seen == [1.5]
    assert socket.getdefaulttimeout() == before


def test_torchvision_is_given_the_timeout(tmp_path, monkeypatch):
    from ganlib.data import torchvision_ops

    torchvision_ops.make_importable()
    import torchvision.datasets

    seen = []

    def stand_in(root, download):
        seen.append((root, download, socket.getdefaulttimeout()))

    monkeypatch.setattr(torchvision.datasets, "FashionMNIST", stand_in)
    DOWNLOAD(tmp_path)
    assert seen == [(str(tmp_path), True, files.DOWNLOAD_TIMEOUT)]
