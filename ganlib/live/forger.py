"""A published generator in the reader's browser: a slice, a path, a class."""

import base64
import io
from math import pi, sqrt

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from ganlib import data, latent, recipes, zoo
from ganlib.live.arguments import read_seed
from ganlib.live.figure import Figure
from ganlib.training import draw_noise, sample

GARMENTS, ASKED = "dcgan-fashion", "cgan-fashion"
GAP = 2  # pixels between images
QUALITY = 60  # of WebP: a still is looked at until the reader presses the button


def latent_slice(seed: int | str = 0) -> Figure:
    """Show a plane through latent space, to move about in.

    A garment stands in the middle; the distance from it is an angle between latent
    vectors, 90° at the middle of each edge, so that all have length √d, as draws have.

    Args:
        seed: of the garment and of the directions, 0 to 2³² − 1.

    Returns:
        A figure that draws with the published generator "dcgan-fashion".

    Raises:
        ValueError: something else than such a number.

    Chapter: latent-space
    """
    seed = read_seed(seed)
    images = sample(zoo.load(GARMENTS), _slice_of_shell(seed))
    alt = (
        "Seven rows of seven generated garments, a slice through latent space: "
        "neighbours are alike, and towards the edges the garment in the middle has "
        "become others."
    )
    return _figure("gan-latent-slice", seed, GARMENTS, _still(images, alt, 7, 280))


def latent_path(seed: int | str = 0) -> Figure:
    """Show two paths between two garments that the reader chooses.

    Args:
        seed: of the sixteen garments to choose from, 0 to 2³² − 1.

    Returns:
        A figure that draws with the published generator "dcgan-fashion".

    Raises:
        ValueError: something else than such a number.

    Chapter: latent-space
    """
    seed = read_seed(seed)
    z0, z1 = _draws(GARMENTS, 2, seed)
    t = torch.linspace(0, 1, 9)
    paths = [path(z0, z1, t) for path in (latent.slerp, latent.lerp)]
    images = sample(zoo.load(GARMENTS), torch.cat(paths))
    alt = (
        "Two rows of nine images from one generated garment to another: above along "
        "the great circle, below along the chord. Both rows change gradually."
    )
    return _figure("gan-latent-path", seed, GARMENTS, _still(images, alt, 9, 540))


def pick_class(seed: int | str = 0) -> Figure:
    """Show what the conditional generator draws for the class that the reader picks.

    Args:
        seed: of the latent vectors, 0 to 2³² − 1.

    Returns:
        A figure that draws with the published generator "cgan-fashion".

    Raises:
        ValueError: something else than such a number.

    Chapter: conditional
    """
    seed = read_seed(seed)
    classes = recipes.get(ASKED).classes
    z = _draws(ASKED, 1, seed)
    labels = torch.arange(len(classes))
    images = sample(zoo.load(ASKED), z.expand(len(classes), -1), labels)
    alt = f"Ten generated images from one z, a class each: {', '.join(classes)}."
    still = _still(images, alt, 10, 600)
    return _figure("gan-pick-class", seed, ASKED, still, classes=", ".join(classes))


def _draws(name: str, num: int, seed: int) -> Tensor:
    """Latent vectors of a published generator."""
    rng = torch.Generator().manual_seed(seed)
    return draw_noise(num, recipes.get(name).z_dim, rng)


def _slice_of_shell(seed: int, reach: int = 3) -> Tensor:
    """Latent vectors of a slice, laid out as on the page: rows from the top left."""
    noise = _draws(GARMENTS, 3, seed).double()
    middle, right, up = torch.linalg.qr(noise.T).Q.T
    steps = torch.arange(-reach, reach + 1, dtype=torch.double) / reach
    y, x = torch.meshgrid(-steps, steps, indexing="ij")
    places = torch.stack([x.flatten(), y.flatten()], dim=1)
    angle = places.norm(dim=1, keepdim=True) * pi / 2
    # sin(angle)/distance, which is π/2 in the middle
    aside = torch.sinc(angle / pi) * pi / 2
    z = angle.cos() * middle + aside * (places @ torch.stack([right, up]))
    return (sqrt(noise.shape[1]) * z).float()


def _figure(tag: str, seed: int, weights: str, still: str, **attributes: str) -> Figure:
    megabytes = len(zoo.weight_bytes(weights)) * 4 / 3 / 1e6  # base64 is a third longer
    attributes |= {
        "seed": str(seed),
        "weights": weights,
        "megabytes": f"{megabytes:.1f}",
    }
    return Figure(tag, "forger", attributes, still, weights)


def _still(images: Tensor, alt: str, columns: int, width: int) -> str:
    """Lay images out in rows, as a picture and a sentence."""
    pixels = data.to_uint8(images)[:, 0].numpy()
    count, side, _ = pixels.shape
    rows, step = -(-count // columns), side + GAP
    sheet = np.full((rows * step - GAP, columns * step - GAP), 255, np.uint8)
    for k, image in enumerate(pixels):
        top, left = k // columns * step, k % columns * step
        sheet[top : top + side, left : left + side] = image
    file = io.BytesIO()
    Image.fromarray(sheet).save(file, "webp", quality=QUALITY)
    address = "data:image/webp;base64," + base64.b64encode(file.getvalue()).decode()
    height = round(width * sheet.shape[0] / sheet.shape[1])
    return (
        f'<img alt="{alt}" src="{address}" width="{width}" height="{height}" '
        'style="max-width:100%;height:auto;image-rendering:pixelated">'
        "<noscript><p>A still picture; with scripts the generator draws here.</p>"
        "</noscript>"
    )
