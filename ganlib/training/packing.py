r"""Packs of samples: let the discriminator judge several at once."""

from torch import Tensor


def pack(x: Tensor, num: int, stacked: bool = False) -> Tensor:
    r"""Put samples into packs of m, each pack one sample for the discriminator.

    .. math:: (x_1, \dots, x_N) \mapsto
              ([x_1, \dots, x_m], \dots, [x_{N-m+1}, \dots, x_N])

    The discriminator then compares the joint distributions of m samples, $p^m$ and
    $q^m$, which lie further apart the more modes $q$ leaves out. A pack is a sample:
    losses average over N/m of them, and a penalty takes the slope towards a whole
    pack. The discriminator's first layer has to be m times as wide.

    Args:
        x: points (N, d) or images (N, C, H, W); behind a seed axis where `stacked`.
        num: m ≥ 1, samples to a pack; N must be a multiple of it.
        stacked: whether the first axis counts stacked runs.

    Returns:
        Points (N/m, m·d), or images (N/m, m·C, H, W). With m = 1 the samples
        themselves.

    Raises:
        ValueError: N is no multiple of m.

    Source: Lin 2018, section 2 (PacGAN). Departure: none.
    Chapter: failures
    """
    if num == 1:
        return x
    axis = 1 if stacked else 0
    if x.shape[axis] % num:
        raise ValueError(
            f"{x.shape[axis]} samples do not fill packs of {num}: choose a batch size "
            f"that is a multiple of {num}, and drop the ragged last batch."
        )
    return x.unflatten(axis, (-1, num)).flatten(axis + 1, axis + 2)
