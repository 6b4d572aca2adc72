"""Stacked images: independent channels, the right range, bit-exact resume."""

import pytest
import torch

from ganlib import data


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def numbered(num=10):
    """Pool of plain images, the k-th of grey value 25 k."""
    return (25 * torch.arange(num)).view(-1, 1, 1, 1).expand(-1, 1, 4, 4).byte()


def test_channels_are_drawn_independently_and_evenly():
    batches = data.ChannelBatches(data.ChannelImages(numbered(), 3), 20_000, rng())
    real = next(batches).real
    assert real.shape == (20_000, 3, 4, 4)
    assert real.dtype == torch.float32
    codes = ((real[:, :, 0, 0] + 1) * 127.5 / 25).round().long()
    counts = torch.bincount(codes @ torch.tensor([100, 10, 1]), minlength=1_000)
    # Chi-square of 999 degrees: mean 999, standard deviation 45.
    chi_square = ((counts - 20.0) ** 2 / 20).sum()
    assert abs(chi_square - 999) < 4 * 45


def test_every_channel_is_an_image_of_the_pool():
    source = data.stacked_digits()
    real = next(data.ChannelBatches(source, 5, rng())).real
    pool = {image.numpy().tobytes() for image in source.images}
    for image in data.to_uint8(real).flatten(0, 1):
        assert image.numpy().tobytes() in pool


def test_it_resumes_to_the_bit():
    source = data.ChannelImages(numbered(), 2)
    batches = data.ChannelBatches(source, 8, rng(1))
    next(batches)
    state = batches.state_dict()
    expected = next(batches).real
    resumed = data.ChannelBatches(source, 8, rng(9))
    resumed.load_state_dict(state)
    assert torch.equal(next(resumed).real, expected)


@pytest.mark.parametrize("shape", [(10, 4, 4), (10, 3, 4, 4), (0, 1, 4, 4)])
def test_pools_of_another_shape_are_refused(shape):
    pool = torch.zeros(shape, dtype=torch.uint8)
    with pytest.raises(ValueError, match="made of grey ones"):
        data.ChannelBatches(data.ChannelImages(pool), 8, rng())


@pytest.mark.parametrize(("batch_size", "channels"), [(0, 3), (8, 0)])
def test_counts_must_be_positive(batch_size, channels):
    with pytest.raises(ValueError, match="at least 1"):
        data.ChannelBatches(data.ChannelImages(numbered(), channels), batch_size, rng())
