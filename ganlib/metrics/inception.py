r"""Features of colour images from the Inception network of the literature.

The network is torch-fidelity's, equal to the first one of 2015. Neither the library nor
its weights come with ganlib: both are asked for, or not used.
"""

import hashlib
from pathlib import Path

import torch
from torch import Tensor, nn

LIBRARY = "torch-fidelity"
WEIGHTS = "weights-inception-2015-12-05-6726825d.pth"
SHA256 = "6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2"


def inception_network(
    weights: Path | None = None, download: bool = False, layer: str = "2048"
) -> nn.Module:
    """Build the Inception network, from weights that are there or asked for.

    Args:
        weights: file of torch-fidelity's weights; where none is given, torch's own
            folder of downloads is looked into.
        download: whether to fetch the weights, 91 MB, into that folder if they are not
            there.
        layer: "2048" for the features of FID, "logits_unbiased" for the classes of the
            Inception Score.

    Returns:
        The network in evaluation mode, for `inception_features`.

    Raises:
        ImportError: torch-fidelity is not installed, or cannot be imported.
        FileNotFoundError: no weights, and no leave to download them.
        ValueError: a file that holds something else; it is not opened.

    Source: Szegedy 2015; Heusel 2017. Departure: none.
    Chapter: evaluation
    """
    try:
        from torch_fidelity.feature_extractor_inceptionv3 import (
            URL_INCEPTION_V3,
            FeatureExtractorInceptionV3,
        )
    except ImportError as error:
        raise ImportError(
            f"Inception features need {LIBRARY}, which is not installed: pip install "
            f"{LIBRARY}, or use features of a classifier of your own images."
        ) from error
    except RuntimeError as error:
        raise ImportError(
            f"{LIBRARY} imports torchvision, whose compiled operators do not fit this "
            "torch: call ganlib.data.torchvision_ops.make_importable() first."
        ) from error
    path = weights or Path(torch.hub.get_dir()) / "checkpoints" / WEIGHTS
    if not path.is_file():
        if weights or not download:
            raise FileNotFoundError(
                f"the Inception weights are not at {path}: pass download=True to fetch "
                "them (91 MB) where there is a network, or weights= with the file."
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        torch.hub.download_url_to_file(URL_INCEPTION_V3, str(path), SHA256)
    # The file is a pickle, which could run code: only the known one is opened.
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise ValueError(
            f"{path} does not hold the Inception weights of {LIBRARY}: delete it and "
            "pass download=True, or give the file that it offers."
        )
    return FeatureExtractorInceptionV3("inception", [layer], str(path))


@torch.no_grad()
def inception_features(
    network: nn.Module, images: Tensor, batch_size: int = 50
) -> Tensor:
    """Compute the features of colour images, a chunk at a time.

    Args:
        network: from `inception_network`.
        images: uint8 (N, 3, H, W), or float in [−1, 1]; of any size, the network
            scales them to 299×299.
        batch_size: images at a time, ≥ 1; bounds the memory.

    Returns:
        float32 (N, d); d = 2048, of the last pooling, unless another layer was chosen.

    Raises:
        ValueError: images of another shape or range, or none.

    Source: Heusel 2017. Departure: none.
    Chapter: evaluation
    """
    if images.ndim != 4 or images.shape[1] != 3 or not len(images):
        raise ValueError(
            f"images have shape {tuple(images.shape)}, but Inception wants (N, 3, H, "
            "W); of grey images, take features of a classifier of their kind."
        )
    if images.is_floating_point():
        if not images.abs().max() <= 1:
            raise ValueError(
                "float images must lie in [−1, 1]; those of 0 to 255 must be uint8."
            )
        images = ((images + 1) * 127.5).round().to(torch.uint8)
    return torch.cat([network(chunk)[0] for chunk in images.split(batch_size)])
