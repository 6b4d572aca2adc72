"""Nearest neighbours and balls: against all distances at once, and with ties."""

import pytest
import torch
from sklearn.neighbors import NearestNeighbors

from ganlib.metrics.neighbours import Points, nearest_neighbours


def normal(num, dim, seed=0):
    rng = torch.Generator().manual_seed(seed)
    return torch.randn(num, dim, generator=rng, dtype=torch.float64)


def by_hand():
    return torch.tensor([[0.0], [1.0], [3.0]], dtype=torch.float64)


def test_neighbours_by_hand():
    squared, index = nearest_neighbours(by_hand())
    assert squared.tolist() == [1, 1, 4]
    assert index.tolist() == [1, 0, 1]
    squared, index = nearest_neighbours(by_hand(), torch.tensor([[2.5], [-1.0]]))
    assert squared.tolist() == [1, 2.25, 0.25]
    assert index.tolist() == [1, 0, 0]


def test_balls_by_hand():
    points = Points(by_hand(), by_hand()[0])
    first, second = points.balls(1, 2)
    assert first.tolist() == [1, 1, 4]
    assert second.tolist() == [9, 4, 9]


# Fewer than a block, a block to the point, one more, several of both kinds.
@pytest.mark.parametrize("num", [7, 512, 513, 1_024, 1_700])
@pytest.mark.parametrize("dim", [1, 16, 17, 60])
def test_are_scikit_learns(num, dim):
    """Its search is exact, by a tree; both sides of every edge of a block are met."""
    a = normal(num, dim) + 3
    distances, indices = NearestNeighbors(n_neighbors=5).fit(a.numpy()).kneighbors()
    squared, index = nearest_neighbours(a)
    assert index.tolist() == indices[:, 0].tolist()
    assert squared.numpy() == pytest.approx(distances[:, 0] ** 2, rel=1e-9)
    for k, balls in zip((1, 5), Points(a, a[0]).balls(1, 5), strict=True):
        assert balls.numpy() == pytest.approx(distances[:, k - 1] ** 2, rel=1e-9)


@pytest.mark.parametrize("dim", [3, 50])
def test_copies_are_at_no_distance_at_all(dim):
    a = 100 + normal(40, dim)
    squared, index = nearest_neighbours(a.flip(0), a)
    assert squared.max() == 0
    assert index.tolist() == list(range(39, -1, -1))
    squared, _ = nearest_neighbours(torch.cat([a, a]))
    assert squared.max() == 0


@pytest.mark.parametrize("dim", [3, 50])
def test_no_point_is_inside_a_ball_that_it_defines(dim):
    """The k-th neighbour lies on the sphere, however its distance was rounded."""
    a = 7 + normal(300, dim)
    points = Points(a, a[0])
    inside = points.squared_distances(slice(None), points, slice(None))
    for k, balls in zip((1, 4), points.balls(1, 4), strict=True):
        num_inside = (inside < balls[:, None]).sum(1)
        assert (num_inside == k).all()  # itself and k − 1 neighbours
