r"""Short looping pictures, with a still for whoever wants no motion and for print.

Chapter: first-gan, dynamics, dcgan, latent-space.
"""

from io import BytesIO

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from ganlib.notebook.figures import (
    DPI,
    MAX_WIDTH,
    check_words,
    data_uri,
    encode,
    img_tag,
    publish_figure,
)

_LAST_FRAME_MS = 1500  # the result is worth a look before the loop begins again
_COLOURS = 32  # in an animated drawing; more adds bytes that nobody sees


def frame(fig, dpi=DPI):
    r"""Draw a matplotlib figure on white as one frame of an animation; close it.

    Args:
        fig: the matplotlib figure; its size in inches is the same in every frame.
        dpi: pixels to the inch; 90 is one pixel to a logical pixel.

    Returns:
        uint8 array (H, W, 3): a figure of 4 × 4 inches gives 360 × 360 pixels.

    Chapter: first-gan, dynamics.
    """
    fig.set_dpi(dpi)
    fig.patch.set(facecolor="white", alpha=1.0)
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[..., :3].copy()
    plt.close(fig)
    return pixels


def animation(frames, alt, caption=None, fps=8, *, kind="plot", scale=1):
    r"""Show frames as a looping picture; the last frame is the still.

    Whoever asks for reduced motion sees the last frame only, and so does a printer;
    the last frame should therefore show the result.

    Weight: 24 frames of 380 × 380 pixels with 512 points come to about 90 kB, with a
    filled-contour wash behind them to about 170 kB; halve the frames to halve it.

    Args:
        frames: list of at least two frames of one size: uint8 arrays (H, W) or
            (H, W, 3), matplotlib figures, or functions that return either.
        alt: what the animation shows; ≥ 20 characters.
        caption: a line of plain text, or None.
        fps: frames a second, between 1 and 30.
        kind: "plot" (the dark theme inverts it) or "photo".
        scale: logical pixels to a frame's pixel: 2 for small images.

    Raises:
        TypeError, ValueError: where a frame or a setting cannot be used.

    Chapter: first-gan, dynamics, dcgan, latent-space.
    """
    check_words(alt, kind)
    if not 1 <= fps <= 30:
        raise ValueError(f"fps lies between 1 and 30 frames a second, not {fps!r}.")
    images = [Image.fromarray(_pixels(item)) for item in frames]
    if len(images) < 2 or len({(image.size, image.mode) for image in images}) > 1:
        raise ValueError(
            "An animation needs at least two frames, all of one size; these are "
            f"{len(images)} frames of sizes {sorted({i.size for i in images})}."
        )
    width = min(MAX_WIDTH, round(images[0].width * scale))
    height = round(width * images[0].height / images[0].width)
    css = "image-rendering:pixelated;" if scale > 1 else ""
    img = img_tag(_encode_frames(images, fps, kind), alt, (width, height), css)
    still = data_uri(encode(images[-1]))
    media = "(prefers-reduced-motion: reduce), print"
    picture = f'<picture><source media="{media}" srcset="{still}">{img}</picture>'
    publish_figure(picture, alt, caption, kind)


def _pixels(item):
    if hasattr(item, "savefig"):
        return frame(item)
    if callable(item):
        return _pixels(item())
    array = np.asarray(item)
    grey, colour = array.ndim == 2, array.ndim == 3 and array.shape[-1] == 3
    if array.dtype != np.uint8 or not (grey or colour):
        raise TypeError(
            "A frame is a uint8 array of shape (H, W) or (H, W, 3), or a matplotlib "
            f"figure, but this one has shape {array.shape} and type {array.dtype}."
        )
    return array


def _encode_frames(images, fps, kind):
    # Drawings have few colours: one small palette for all frames compresses best.
    few = _with_few_colours(images) if kind == "plot" else images
    lossless = _webp(few, fps, lossless=True, quality=60)
    lossy = _webp(images, fps, quality=60)
    return min(lossless, lossy, key=len)


def _with_few_colours(images):
    # Every second pixel of every frame is sample enough to choose the colours from.
    pixels = [np.asarray(image.convert("RGB"))[::2, ::2] for image in images]
    strip = Image.fromarray(np.concatenate(pixels))
    palette = strip.quantize(_COLOURS, dither=Image.Dither.NONE)
    return [
        image.convert("RGB")
        .quantize(palette=palette, dither=Image.Dither.NONE)
        .convert("RGB")
        for image in images
    ]


def _webp(images, fps, **options):
    durations = [round(1000 / fps)] * (len(images) - 1) + [_LAST_FRAME_MS]
    buffer = BytesIO()
    images[0].save(
        buffer,
        "WEBP",
        save_all=True,
        append_images=images[1:],
        duration=durations,
        loop=0,
        method=4,
        **options,
    )
    return buffer.getvalue()
