"""Where the files of Fashion-MNIST come from, and how they are known to be whole.

Looked for in this order: ganlib's cache, a copy installed on the system, torchvision's
download. Whatever the way, a file counts only if its SHA-256 is the one written here.
"""

import gzip
import hashlib
import os
import socket
import tempfile
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

# Of the decompressed files: archives of the same content differ in their bytes.
FASHION_MNIST_SHA256 = {
    "train-images-idx3-ubyte": (
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"
    ),
    "train-labels-idx1-ubyte": (
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"
    ),
    "t10k-images-idx3-ubyte": (
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"
    ),
    "t10k-labels-idx1-ubyte": (
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"
    ),
}

# Seconds without a byte before the download is given up.
DOWNLOAD_TIMEOUT = 20.0

_DOWNLOAD_ERRORS = (OSError, HTTPException, EOFError, RuntimeError, ImportError)


class DataUnavailableError(RuntimeError):
    r"""Fashion-MNIST could not be had from any source; the message says what to do."""


def cache_folder() -> Path:
    r"""Folder where ganlib keeps what it fetched.

    Returns:
        ``$GANLIB_CACHE``, else ``$XDG_CACHE_HOME/ganlib``, else ``~/.cache/ganlib``;
        the folder need not exist.

    Source: XDG base directory specification. Departure: none.
    Chapter: dcgan
    """
    if own := os.environ.get("GANLIB_CACHE"):
        return Path(own).expanduser()
    if shared := os.environ.get("XDG_CACHE_HOME"):
        return Path(shared).expanduser() / "ganlib"
    return Path.home() / ".cache" / "ganlib"


def fashion_mnist_folder() -> Path:
    r"""Folder of the four decompressed idx files inside the cache.

    Returns:
        ``<cache>/FashionMNIST/raw``, the layout of torchvision, so that
        ``torchvision.datasets.FashionMNIST(cache_folder())`` reads the same files.

    Source: torchvision's MNIST classes. Departure: none.
    Chapter: dcgan
    """
    return cache_folder() / "FashionMNIST" / "raw"


def fetch_fashion_mnist(progress: Callable[[str], None] | None = None) -> Path:
    r"""Make sure that all four files of Fashion-MNIST are in the cache, and whole.

    Args:
        progress: called with one sentence at each step; None is silent.

    Returns:
        The folder that holds them, ``fashion_mnist_folder()``.

    Raises:
        DataUnavailableError: no source has them, or the cache cannot be written.

    Source: Xiao et al. 2017, the published files. Departure: none.
    Chapter: dcgan
    """
    for name in FASHION_MNIST_SHA256:
        read_fashion_mnist(name, progress)
    return fashion_mnist_folder()


def read_fashion_mnist(
    name: str, progress: Callable[[str], None] | None = None
) -> bytes:
    r"""Read one file of Fashion-MNIST, verified, and fetched first if need be.

    Args:
        name: one of the keys of ``FASHION_MNIST_SHA256``.
        progress: called with one sentence at each step; None is silent.

    Returns:
        The decompressed bytes; "t10k-labels-idx1-ubyte" has 10,008 (a header of 8
        and one for each of 10,000 labels).

    Raises:
        DataUnavailableError: no source has it, or the cache cannot be written.

    Source: Xiao et al. 2017, the published files. Departure: none.
    Chapter: dcgan
    """
    say = progress or (lambda sentence: None)
    folder = fashion_mnist_folder()
    content = _read_if_whole(folder / name, say)
    if content is None:
        content = _read_from_system(name, say)
        if content is not None:
            _keep(folder / name, content)
    if content is None:
        _download_into(folder, say)
        content = _read_if_whole(folder / name, say)
    if content is None:
        raise _unavailable("the downloaded files are not the published ones")
    return content


def system_folder() -> Path:
    r"""Folder where Debian's package puts the compressed files.

    Returns:
        ``$GANLIB_SYSTEM_DATA``, else ``/usr/share/datasets/fashion-mnist``.

    Source: Debian package dataset-fashion-mnist. Departure: none.
    Chapter: dcgan
    """
    folder = os.environ.get("GANLIB_SYSTEM_DATA")
    return Path(folder or "/usr/share/datasets/fashion-mnist").expanduser()


def download_with_torchvision(root: Path) -> None:
    r"""Let torchvision download and unpack Fashion-MNIST into a folder.

    Args:
        root: existing folder; the files land in ``root/FashionMNIST/raw``.

    Raises:
        OSError, RuntimeError: the server could not be reached, or an archive is bad.

    Source: torchvision's FashionMNIST. Departure: gives up after
        ``DOWNLOAD_TIMEOUT`` seconds without a byte.
    Chapter: dcgan
    """
    from ganlib.data.torchvision_ops import make_importable

    make_importable()
    from torchvision.datasets import FashionMNIST

    with _socket_timeout(DOWNLOAD_TIMEOUT):
        FashionMNIST(str(root), download=True)


@contextmanager
def _socket_timeout(seconds: float) -> Iterator[None]:
    # torchvision opens the address without a time limit of its own.
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def _is_whole(name: str, content: bytes) -> bool:
    return hashlib.sha256(content).hexdigest() == FASHION_MNIST_SHA256[name]


def _read_if_whole(path: Path, say: Callable[[str], None]) -> bytes | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        say(f"{path} cannot be read ({error}) and is fetched again.")
        return None
    if _is_whole(path.name, content):
        return content
    say(f"{path} is damaged (its SHA-256 is wrong) and is fetched again.")
    return None


def _read_from_system(name: str, say: Callable[[str], None]) -> bytes | None:
    archive = system_folder() / f"{name}.gz"
    try:
        with gzip.open(archive) as file:
            content = file.read()
    except FileNotFoundError:
        return None
    except (OSError, EOFError, zlib.error) as error:
        say(f"{archive} cannot be unpacked ({error}) and is passed over.")
        return None
    if not _is_whole(name, content):
        say(f"{archive} does not hold the published {name} and is passed over.")
        return None
    say(f"{name} is taken from {archive}.")
    return content


def _download_into(folder: Path, say: Callable[[str], None]) -> None:
    say("Fashion-MNIST is downloaded by torchvision (30 MB).")
    try:
        cache_folder().mkdir(parents=True, exist_ok=True)
        scratch = tempfile.TemporaryDirectory(dir=cache_folder(), prefix=".download-")
    except OSError as error:
        raise _not_writable(error) from error
    with scratch as root:
        try:
            download_with_torchvision(Path(root))
        except _DOWNLOAD_ERRORS as error:
            raise _unavailable(_first_line(error)) from error
        for name in FASHION_MNIST_SHA256:
            fresh = Path(root) / "FashionMNIST" / "raw" / name
            content = _read_if_whole(fresh, say)
            if content is not None:
                _keep(folder / name, content)


def _keep(path: Path, content: bytes) -> None:
    """Write all of the file or none: a name in the cache never means half a file."""
    temporary = path.with_name(f".{path.name}-{uuid.uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise _not_writable(error) from error


def _first_line(error: BaseException) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[-1].strip() if lines else type(error).__name__


def _unavailable(cause: str) -> DataUnavailableError:
    names = ", ".join(FASHION_MNIST_SHA256)
    return DataUnavailableError(
        f"Fashion-MNIST could not be had ({cause}): connect to the network, so that "
        "torchvision can download it, or install Debian's copy with `apt-get install "
        f"dataset-fashion-mnist`, or copy the four decompressed files {names} into "
        f"{fashion_mnist_folder()}."
    )


def _not_writable(error: OSError) -> DataUnavailableError:
    return DataUnavailableError(
        f"Fashion-MNIST cannot be kept in {fashion_mnist_folder()} ({error}): set "
        "GANLIB_CACHE to a folder that you may write to and that has 60 MB free."
    )
