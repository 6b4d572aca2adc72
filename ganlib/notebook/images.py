r"""Sets of small images as one picture, without matplotlib: few bytes, hard pixels.

Chapter: dcgan, latent-space, conditional.
"""

import numpy as np
from PIL import Image

from ganlib.notebook.figures import (
    MAX_WIDTH,
    check_words,
    encode,
    img_tag,
    publish_figure,
)

_PAPER = 255  # between the images
_ROUNDING = 1e-3  # how far past ±1 a float may lie and still be rounding


def image_grid(images, columns=8, pad=2):
    r"""Lay images out in rows, left to right, on white.

    Args:
        images: tensor or array (N, C, H, W) with C = 1 or 3; uint8, or float in
            [−1, 1].
        columns: number of images in a row, ≥ 1.
        pad: white pixels between neighbours.

    Returns:
        uint8 array (rows, columns) of pixels for C = 1, (rows, columns, 3) for C = 3:
        sixteen 28 × 28 images in eight columns with pad 2 give 58 × 238.

    Raises:
        ValueError: where the shape or the range is another.

    Chapter: dcgan, latent-space, conditional.
    """
    pixels = _to_uint8(images)
    num, channels, height, width = pixels.shape
    if columns < 1 or pad < 0:
        raise ValueError(f"columns must be ≥ 1 and pad ≥ 0, not {columns} and {pad}.")
    columns = min(columns, num)
    rows = -(-num // columns)
    shape = (rows * (height + pad) - pad, columns * (width + pad) - pad, channels)
    grid = np.full(shape, _PAPER, dtype=np.uint8)
    for index, image in enumerate(pixels):
        row, column = divmod(index, columns)
        top, left = row * (height + pad), column * (width + pad)
        grid[top : top + height, left : left + width] = image.transpose(1, 2, 0)
    return grid[..., 0] if channels == 1 else grid


def picture(images, alt, caption=None, columns=8, scale=2, pad=2):
    r"""Show a set of images as one picture with hard pixels.

    Args:
        images: tensor or array (N, C, H, W), as for ``image_grid``.
        alt: what the images show; ≥ 20 characters.
        caption: a line of plain text, or None.
        columns: number of images in a row.
        scale: logical pixels to an image's pixel.
        pad: white pixels between neighbours.

    Raises:
        ValueError: where the images or the description cannot be used.

    Chapter: dcgan, latent-space, conditional.
    """
    check_words(alt, "photo")
    grid = Image.fromarray(image_grid(images, columns, pad))
    width = min(MAX_WIDTH, round(grid.width * scale))
    height = round(width * grid.height / grid.width)
    img = img_tag(encode(grid), alt, (width, height), "image-rendering:pixelated;")
    publish_figure(img, alt, caption, "photo")


def _to_uint8(images):
    if hasattr(images, "detach"):
        images = images.detach().cpu().numpy()
    pixels = np.asarray(images)
    if pixels.ndim != 4 or pixels.shape[1] not in (1, 3) or len(pixels) == 0:
        raise ValueError(
            "Images have shape (N, C, H, W) with N ≥ 1 and C = 1 or 3, but these have "
            f"shape {pixels.shape}; add an axis with .unsqueeze() or [None]."
        )
    if pixels.dtype == np.uint8:
        return pixels
    if not np.issubdtype(pixels.dtype, np.floating):
        raise ValueError(f"Images are uint8 or float in [−1, 1], not {pixels.dtype}.")
    # Written so that NaN fails it too.
    if not np.abs(pixels).max() <= 1 + _ROUNDING:
        raise ValueError(
            f"Float images lie in [−1, 1], but these span {pixels.min():.4g} to "
            f"{pixels.max():.4g}; bring data there with x / 127.5 − 1."
        )
    return np.rint((pixels.clip(-1, 1) + 1) * 127.5).astype(np.uint8)
