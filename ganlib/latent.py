r"""Paths between two latent vectors: the chord, the great circle, the normal blend.

All three are weighted sums a(t)·start + b(t)·end. They differ in what they keep. The
chord keeps nothing, the great circle keeps the length of vectors of equal length, and
the normal blend keeps the distribution: it turns two independent draws from N(0, I)
into a draw from N(0, I) at every t.
"""

from math import pi

import torch
from torch import Tensor
from torch.linalg import vector_norm

_NEARLY_OPPOSITE = 1e-3  # radians short of π


def lerp(start: Tensor, end: Tensor, t: Tensor | float) -> Tensor:
    r"""Interpolate along the chord.

    .. math:: z_t = (1 - t)\,z_0 + t\,z_1

    Args:
        start: latent vectors z_0, shape (..., d).
        end: latent vectors z_1, the same shape.
        t: place on the path, 0 at the start and 1 at the end; a number, or a tensor
            that broadcasts against the vectors without their last axis.

    Returns:
        Points, shape (..., d). From (1, 0) to (0, 1) at t = ½: (½, ½).

    Raises:
        ValueError: the vectors differ in shape.

    Source: Radford 2016, section 6.1 (walking in the latent space). Departure: none.
    Chapter: latent-space
    """
    t = _place(start, end, t)
    return (1 - t) * start + t * end


def slerp(start: Tensor, end: Tensor, t: Tensor | float) -> Tensor:
    r"""Interpolate along the great circle.

    .. math:: z_t = \frac{\sin((1 - t)\,\omega)}{\sin \omega}\,z_0
              + \frac{\sin(t\,\omega)}{\sin \omega}\,z_1,
              \quad \omega = \text{angle between } z_0 \text{ and } z_1

    Vectors in the same direction are joined by the chord, the limit as ω → 0.

    Args:
        start: latent vectors z_0, shape (..., d), none of them zero.
        end: latent vectors z_1, the same shape, none of them zero.
        t: place on the path, as for `lerp`.

    Returns:
        Points, shape (..., d). From (1, 0) to (0, 1) at t = ½: (√½, √½).

    Raises:
        ValueError: the vectors differ in shape, one is zero, or two are opposite.

    Source: Shoemake 1985; White 2016. Departure: sin(aω)/sin(ω) is
    computed as a·sinc(aω/π)/sinc(ω/π), which needs no special case at ω = 0.
    Chapter: latent-space
    """
    t = _place(start, end, t)
    omega = angle(start, end).unsqueeze(-1)
    if (omega > pi - _NEARLY_OPPOSITE).any():
        raise ValueError(
            "two of the vectors point in opposite directions: they lie on many great "
            "circles, and none is the shortest. Draw one of them again."
        )

    def weight(share: Tensor) -> Tensor:
        return share * torch.sinc(share * omega / pi) / torch.sinc(omega / pi)

    return weight(1 - t) * start + weight(t) * end


def normal_blend(start: Tensor, end: Tensor, t: Tensor | float) -> Tensor:
    r"""Interpolate so that independent normal ends give a normal point at every t.

    .. math:: z_t = \cos(\pi t / 2)\,z_0 + \sin(\pi t / 2)\,z_1

    Args:
        start: latent vectors z_0, shape (..., d).
        end: latent vectors z_1, the same shape.
        t: place on the path, as for `lerp`.

    Returns:
        Points, shape (..., d). From (1, 0) to (0, 1) at t = ½: (√½, √½).

    Raises:
        ValueError: the vectors differ in shape.

    Source: the chapter's theorem; the great circle of two orthogonal vectors.
    Departure: none.
    Chapter: latent-space
    """
    t = _place(start, end, t) * (pi / 2)
    return t.cos() * start + t.sin() * end


def angle(start: Tensor, end: Tensor) -> Tensor:
    r"""Angle between vectors, accurate for nearly parallel ones too.

    .. math:: \omega = 2 \arctan \frac{\|u_0 - u_1\|}{\|u_0 + u_1\|},
              \quad u_i = z_i / \|z_i\|

    Args:
        start: vectors, shape (..., d), none of them zero.
        end: vectors, the same shape, none of them zero.

    Returns:
        Radians in [0, π], shape (...). Between (1, 0) and (0, 1): π/2.

    Raises:
        ValueError: the vectors differ in shape, or one is zero.

    Source: the half-angle formula. Departure: none.
    Chapter: latent-space
    """
    _place(start, end, 0.0)
    lengths = [vector_norm(z, dim=-1, keepdim=True) for z in (start, end)]
    if any((length == 0).any() for length in lengths):
        raise ValueError("one of the vectors is zero: it points in no direction.")
    u0, u1 = start / lengths[0], end / lengths[1]
    apart, together = (vector_norm(z, dim=-1) for z in (u0 - u1, u0 + u1))
    return 2 * torch.atan2(apart, together)


def _place(start: Tensor, end: Tensor, t: Tensor | float) -> Tensor:
    """Give t an axis for the vectors' components, after a look at the shapes."""
    if start.ndim == 0 or start.shape != end.shape:
        raise ValueError(
            f"start has shape {tuple(start.shape)} and end {tuple(end.shape)}, but "
            "both ends of a path want one shape (..., d)."
        )
    return torch.as_tensor(t, dtype=start.dtype, device=start.device).unsqueeze(-1)
