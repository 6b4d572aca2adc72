"""Paths between latent vectors: ends, lengths, limits, gradients, distributions."""

import math

import pytest
import torch

from ganlib import latent
from ganlib.latent import angle, lerp, normal_blend, slerp

PATHS = (lerp, slerp, normal_blend)
each_path = pytest.mark.parametrize("path", PATHS)
X, Y = torch.eye(2, dtype=torch.float64)


def pairs(num=50, dim=7, seed=0):
    rng = torch.Generator().manual_seed(seed)
    return torch.randn(2, num, dim, generator=rng, dtype=torch.float64)


@each_path
def test_starts_at_the_start_and_ends_at_the_end(path):
    start, end = pairs()
    torch.testing.assert_close(path(start, end, 0.0), start, rtol=0, atol=1e-12)
    torch.testing.assert_close(path(start, end, 1.0), end, rtol=0, atol=1e-12)


@each_path
def test_way_back_is_the_way_there(path):
    start, end = pairs()
    there, back = path(start, end, 0.3), path(end, start, 0.7)
    torch.testing.assert_close(there, back, rtol=0, atol=1e-12)


@each_path
def test_turning_the_ends_turns_the_path(path):
    start, end = pairs()
    turn = torch.linalg.qr(pairs(7, 7, seed=1)[0]).Q
    turned = path(start @ turn, end @ turn, 0.4)
    torch.testing.assert_close(turned, path(start, end, 0.4) @ turn)


@each_path
def test_many_places_at_once(path):
    start, end = pairs()
    t = torch.tensor([0.0, 0.2, 1.0], dtype=torch.float64)
    whole = path(start, end, t[:, None])
    assert whole.shape == (3, 50, 7)
    torch.testing.assert_close(whole[1], path(start, end, 0.2))
    torch.testing.assert_close(path(start[0], end[0], t), whole[:, 0])


def test_worked_values():
    half = math.sqrt(0.5)
    assert lerp(X, Y, 0.5).tolist() == [0.5, 0.5]
    assert slerp(X, Y, 0.5).tolist() == pytest.approx([half, half], abs=1e-15)
    assert normal_blend(X, Y, 0.5).tolist() == pytest.approx([half, half], abs=1e-15)
    assert angle(X, Y).item() == pytest.approx(math.pi / 2, abs=1e-15)
    assert angle(X, -Y - X).item() == pytest.approx(3 * math.pi / 4, abs=1e-15)


def test_great_circle_keeps_length_and_divides_the_angle():
    start, end = (z / z.norm(dim=-1, keepdim=True) for z in pairs())
    point = slerp(start, end, 0.3)
    ones = torch.ones(50, dtype=torch.float64)
    torch.testing.assert_close(point.norm(dim=-1), ones, rtol=0, atol=1e-12)
    torch.testing.assert_close(angle(start, point), 0.3 * angle(start, end))


def test_orthogonal_ends_make_great_circle_and_blend_one():
    for t in (0.1, 0.5, 0.8):
        torch.testing.assert_close(slerp(X, 3 * Y, t), normal_blend(X, 3 * Y, t))


def test_equals_the_quaternion_interpolation_of_scipy():
    transform = pytest.importorskip("scipy.spatial.transform")
    # SciPy takes the shorter way, q or −q: choose ends less than a right angle apart.
    ends = torch.tensor([[1.0, 2.0, -0.5, 0.3], [0.4, 1.5, 0.8, 0.6]]).double()
    ends = ends / ends.norm(dim=-1, keepdim=True)
    turns = transform.Rotation.from_quat(ends.numpy())
    theirs = transform.Slerp([0, 1], turns)([0.25]).as_quat()[0]
    ours = slerp(*ends, 0.25)
    theirs = torch.from_numpy(theirs) * torch.sign(ours @ torch.from_numpy(theirs))
    torch.testing.assert_close(ours, theirs, rtol=0, atol=1e-12)


def test_parallel_ends_are_joined_by_the_chord_with_finite_gradients():
    start = X.clone().requires_grad_()
    for tilt in (0.0, 1e-9, 1e-5):
        end = (2 * X + tilt * Y).requires_grad_()
        point = slerp(start, end, 0.25)
        torch.testing.assert_close(point, lerp(start, end, 0.25), rtol=0, atol=1e-9)
        gradients = torch.autograd.grad(point.sum(), (start, end))
        assert all(torch.isfinite(one).all() for one in gradients)


@each_path
def test_gradients_are_those_of_finite_differences(path):
    start, end = (z.requires_grad_() for z in pairs(3, 4))
    assert torch.autograd.gradcheck(lambda a, b: path(a, b, 0.3), (start, end))


def test_mean_squared_length_of_normal_ends():
    dim, num = 20, 20_000
    start, end = pairs(num, dim, seed=2)
    error = 4 * math.sqrt(2 * dim / num)  # four standard errors at full variance
    for t in (0.25, 0.5):
        squares = [path(start, end, t).square().sum(-1).mean() for path in PATHS]
        assert squares[0].item() == pytest.approx(
            dim * ((1 - t) ** 2 + t**2), abs=error
        )
        assert squares[2].item() == pytest.approx(dim, abs=error)
        assert squares[1].item() == pytest.approx(dim, abs=error)
        spread = normal_blend(start, end, t).square().sum(-1).var().item()
        assert spread == pytest.approx(2 * dim, rel=0.06)


def test_precision_is_that_of_the_ends():
    start, end = pairs()
    t = torch.tensor(0.5)  # float32, as a chapter may well pass it
    assert all(path(start, end, t).dtype == torch.float64 for path in PATHS)
    assert all(path(X.float(), Y.float(), 0.5).dtype == torch.float32 for path in PATHS)


@each_path
def test_ends_of_different_shape_are_refused(path):
    with pytest.raises(ValueError, match="want one shape"):
        path(torch.ones(2, 3), torch.ones(3), 0.5)


def test_opposite_and_zero_ends_are_refused():
    with pytest.raises(ValueError, match="opposite directions"):
        latent.slerp(X, -X, 0.5)
    with pytest.raises(ValueError, match="one of the vectors is zero"):
        latent.slerp(X, 0 * X, 0.5)
