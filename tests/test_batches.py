"""Streams of batches: what they yield, and that they resume to the bit."""

import io
from itertools import islice

import pytest
import torch

from ganlib.data import (
    ImageBatches,
    ImageSet,
    SampleBatches,
    StackedBatches,
    ring,
    to_unit_range,
)

NAMES = ("a", "b", "c")


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def image_set(num=23, channels=1):
    """Image i is filled with the byte i, so that a batch tells which it holds."""
    images = torch.arange(num, dtype=torch.uint8).view(-1, 1, 1, 1)
    images = images.expand(num, channels, 4, 4).contiguous()
    return ImageSet(images, torch.arange(num) % 3, NAMES)


def held(batch):
    """Indices of the images of a batch of ``image_set``."""
    return ((batch.real[..., 0, 0, 0] + 1) * 127.5).round().long()


def sample_stream(seed=0):
    return SampleBatches(ring(), 16, rng(seed))


def image_stream(seed=0, **options):
    return ImageBatches(image_set(), 5, rng(seed), with_labels=True, **options)


def stacked_samples(seed=0):
    return StackedBatches([sample_stream(10 * seed + i) for i in range(3)])


def stacked_images(seed=0):
    return StackedBatches([image_stream(10 * seed + i) for i in range(3)])


STREAMS = [sample_stream, image_stream, stacked_samples, stacked_images]


def assert_same(first, second):
    assert torch.equal(first.real, second.real)
    assert (first.labels is None) == (second.labels is None)
    if first.labels is not None:
        assert torch.equal(first.labels, second.labels)


@pytest.mark.parametrize("make", STREAMS)
@pytest.mark.parametrize("steps", [0, 1, 3, 4, 6])
def test_resume_gives_the_same_bits(make, steps):
    # Four batches make an epoch: 0 is before it, 4 at its end, the others within.
    stream = make()
    list(islice(stream, steps))
    buffer = io.BytesIO()
    torch.save(stream.state_dict(), buffer)
    expected = list(islice(stream, 9))
    buffer.seek(0)
    resumed = make(seed=7)
    next(resumed)
    resumed.load_state_dict(torch.load(buffer, weights_only=True))
    for ours, theirs in zip(islice(resumed, 9), expected, strict=True):
        assert_same(ours, theirs)


@pytest.mark.parametrize("make", STREAMS)
def test_taking_the_state_changes_nothing(make):
    watched, plain = make(), make()
    for _ in range(6):
        watched.state_dict()
        assert_same(next(watched), next(plain))


@pytest.mark.parametrize("make", STREAMS)
def test_seeds_differ(make):
    assert not torch.equal(next(make(0)).real, next(make(1)).real)


def test_resume_with_a_generator_shared_with_the_noise():
    shared = rng()
    stream = ImageBatches(image_set(), 5, shared)
    next(stream)
    torch.randn(8, generator=shared)
    state = stream.state_dict()
    expected = [(torch.randn(8, generator=shared), next(stream)) for _ in range(6)]
    other = rng(9)
    resumed = ImageBatches(image_set(), 5, other)
    resumed.load_state_dict(state)
    for noise, batch in expected:
        assert torch.equal(torch.randn(8, generator=other), noise)
        assert_same(next(resumed), batch)


@pytest.mark.parametrize("make", [stacked_samples, stacked_images])
def test_each_slice_is_the_stream_alone(make):
    alone = sample_stream if make is stacked_samples else image_stream
    singles = [alone(i) for i in range(3)]
    stacked = make()
    for _ in range(6):
        batch = next(stacked)
        for index, single in enumerate(singles):
            one = next(single)
            assert torch.equal(batch.real[index], one.real)
            if one.labels is not None:
                assert torch.equal(batch.labels[index], one.labels)


def test_sample_batches_are_the_target_s_samples():
    batch = next(sample_stream(3))
    assert torch.equal(batch.real, ring().sample(16, rng(3)))
    assert batch.labels is None


def test_an_epoch_has_no_repeats_and_drops_the_rest():
    stream = image_stream()
    seen = []
    for epoch in range(3):
        batches = list(islice(stream, 4))
        assert stream.epoch == epoch
        indices = torch.cat([held(batch) for batch in batches])
        assert len(indices.unique()) == 20
        seen.append(indices)
    assert not torch.equal(seen[0], seen[1])
    # Which three are dropped changes, so that no image is lost for good.
    assert len(torch.cat(seen).unique()) > 20


def test_a_set_that_divides_evenly_is_used_whole():
    stream = ImageBatches(image_set(20), 5, rng())
    for _ in range(3):
        indices = torch.cat([held(batch) for batch in islice(stream, 4)])
        assert sorted(indices.tolist()) == list(range(20))


def test_labels_stay_with_their_images():
    for batch in islice(image_stream(), 10):
        assert torch.equal(batch.labels, held(batch) % 3)
        assert batch.labels.dtype == torch.int64


def test_images_rest_as_bytes_and_come_as_unit_range():
    stream = ImageBatches(image_set(channels=3), 5, rng())
    assert stream.images.dtype == torch.uint8
    batch = next(stream)
    assert batch.labels is None
    assert batch.real.shape == (5, 3, 4, 4)
    assert batch.real.dtype == torch.float32
    expected = to_unit_range(image_set(channels=3).images[held(batch)])
    assert torch.equal(batch.real, expected)


def test_images_rest_on_the_device_that_was_asked_for():
    # The meta device keeps shapes and no data: it is the second device of any machine.
    stream = image_stream(device="meta")
    batch = next(stream)
    assert stream.images.device.type == "meta"
    assert stream.images.dtype == torch.uint8
    assert batch.real.device.type == batch.labels.device.type == "meta"


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_a_gpu_gives_the_batches_of_the_cpu():
    for here, there in zip(
        islice(image_stream(), 6), islice(image_stream(device="cuda"), 6), strict=True
    ):
        assert there.real.is_cuda
        torch.testing.assert_close(here.real, there.real.cpu(), rtol=0, atol=1e-6)


def test_the_set_is_not_changed():
    images = image_set()
    list(islice(ImageBatches(images, 5, rng()), 9))
    assert torch.equal(images.images, image_set().images)


@pytest.mark.parametrize("batch_size", [1, 0, -3])
def test_a_batch_of_one_is_refused(batch_size):
    with pytest.raises(ValueError, match="at least 2"):
        SampleBatches(ring(), batch_size, rng())
    with pytest.raises(ValueError, match="at least 2"):
        ImageBatches(image_set(), batch_size, rng())


def test_a_batch_larger_than_the_set_is_refused():
    with pytest.raises(ValueError, match="only 23 images"):
        ImageBatches(image_set(), 24, rng())
    assert len(next(ImageBatches(image_set(), 23, rng())).real) == 23


def test_image_sets_are_checked():
    images, labels, names = image_set()
    cases = [
        (images.float() / 255, labels, TypeError, "must be uint8"),
        (images[:, 0], labels, ValueError, r"shape \(N, C, H, W\)"),
        (images, labels.float(), TypeError, "must be int64"),
        (images, labels[:-1], ValueError, r"labels of shape \(23,\)"),
        (images, labels + 1, ValueError, r"0 … 2.* run from 1 to 3"),
        (images, labels - 1, ValueError, r"0 … 2.* run from -1 to 1"),
    ]
    for bad_images, bad_labels, error, sentence in cases:
        with pytest.raises(error, match=sentence):
            ImageBatches(ImageSet(bad_images, bad_labels, names), 5, rng())


def test_stacks_are_checked():
    with pytest.raises(ValueError, match="at least one stream"):
        StackedBatches([])
    with pytest.raises(ValueError, match=r"one batch size, got \[8, 16\]"):
        StackedBatches([sample_stream(), SampleBatches(ring(), 8, rng())])
    shared = rng()
    with pytest.raises(ValueError, match="generator of its own"):
        StackedBatches([SampleBatches(ring(), 8, shared) for _ in range(2)])


def test_a_state_of_another_set_up_is_refused():
    with pytest.raises(ValueError, match="batch_size 16, this one has 8"):
        SampleBatches(ring(), 8, rng()).load_state_dict(sample_stream().state_dict())
    other = ImageBatches(image_set(30), 5, rng())
    with pytest.raises(ValueError, match="number of images 23, this one has 30"):
        other.load_state_dict(image_stream().state_dict())
    two = StackedBatches([sample_stream(i) for i in range(2)])
    with pytest.raises(ValueError, match="number of streams 3, this one has 2"):
        two.load_state_dict(stacked_samples().state_dict())
