"""Saving and resuming: bit for bit, whole or not at all."""

from dataclasses import replace

import pytest
import torch

from ganlib import checkpoint, recipes, training
from ganlib.penalties import R1, GradientPenalty
from ganlib.training import Settings

RING = replace(
    recipes.get("ring"),
    batch_size=16,
    ema_decay=0.99,
    penalties=(R1(0.1), GradientPenalty(0.1)),
)


def play(gan, batches, num_steps, start=0):
    return list(training.train(gan, batches, Settings(num_steps), start))


def tensors(gan):
    for name in ("generator", "discriminator", "ema_generator"):
        yield from getattr(gan, name).state_dict().values()
    for optimizer in (gan.g_optimizer, gan.d_optimizer):
        for state in optimizer.state_dict()["state"].values():
            yield from state.values()


@pytest.mark.parametrize("stacked", [False, True])
def test_a_resumed_run_is_the_uninterrupted_one(tmp_path, stacked):
    def build(seed):
        if stacked:
            return recipes.build_stacked(RING, [seed, seed + 1])
        return recipes.build(RING, seed)

    whole, batches = build(0)
    play(whole, batches, 30)
    first, batches = build(0)
    play(first, batches, 13)
    checkpoint.save(tmp_path / "c.pt", first, batches, 13)
    second, batches = build(77)  # all that it starts with is overwritten
    start = checkpoint.load(tmp_path / "c.pt", second, batches)
    assert start == 13
    play(second, batches, 30, start)
    pairs = list(zip(tensors(whole), tensors(second), strict=True))
    assert len(pairs) > 20
    assert all(torch.equal(a, b) for a, b in pairs)


def test_meta_comes_back(tmp_path):
    gan, batches = recipes.build(RING, 0)
    meta = {"recipe": "ring", "betas": [0.5, 0.999]}
    checkpoint.save(tmp_path / "c.pt", gan, batches, 0, meta)
    assert checkpoint.read(tmp_path / "c.pt")["meta"] == meta


def test_a_failed_write_leaves_the_last_good_file(tmp_path):
    path = tmp_path / "file"
    checkpoint.write_atomically(path, lambda file: file.write(b"good"))

    def fail(file):
        file.write(b"half")
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        checkpoint.write_atomically(path, fail)
    assert path.read_bytes() == b"good"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_a_truncated_checkpoint_gets_a_sentence(tmp_path):
    path = tmp_path / "c.pt"
    gan, batches = recipes.build(RING, 0)
    checkpoint.save(path, gan, batches, 0)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(ValueError, match="not a readable checkpoint"):
        checkpoint.load(path, gan, batches)


def test_another_torch_file_gets_a_sentence(tmp_path):
    torch.save({"weights": torch.zeros(1)}, tmp_path / "c.pt")
    with pytest.raises(ValueError, match="not a checkpoint of this book"):
        checkpoint.read(tmp_path / "c.pt")


def test_a_checkpoint_runs_no_code(tmp_path):
    import pickle

    class Harmful:
        def __reduce__(self):
            return (tmp_path.joinpath("harm").touch, ())

    (tmp_path / "c.pt").write_bytes(pickle.dumps(Harmful()))
    with pytest.raises(ValueError, match="not a readable checkpoint"):
        checkpoint.read(tmp_path / "c.pt")
    assert not (tmp_path / "harm").exists()


def test_a_checkpoint_of_another_game_gets_a_sentence(tmp_path):
    gan, batches = recipes.build(RING, 0)
    checkpoint.save(tmp_path / "c.pt", gan, batches, 0)
    other, batches = recipes.build_stacked(RING, [0, 1])
    with pytest.raises(ValueError, match="differently built game"):
        checkpoint.load(tmp_path / "c.pt", other, batches)


def test_a_missing_checkpoint_is_missing(tmp_path):
    gan, batches = recipes.build(RING, 0)
    with pytest.raises(FileNotFoundError):
        checkpoint.load(tmp_path / "none.pt", gan, batches)
