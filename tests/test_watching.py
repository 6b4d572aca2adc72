"""A training in Python that is watched and steered from the page's picture."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
import torch

from ganlib import data, recipes, training

watching = pytest.importorskip("ganlib.live.watching")
RECIPE = recipes.get("ring")


def watch(num_steps=1_000, log_every=5):
    gan, batches = recipes.build(RECIPE, 3)
    settings = training.Settings(num_steps, log_every=log_every)
    return watching.Watch(gan, training.train(gan, batches, settings), RECIPE.data)


def in_a_loop(coroutine):
    """Run in a thread of its own: in this one another test may have left a loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def numbers(one):
    """The last frame, as the page reads it."""
    return np.frombuffer(one.frame, dtype="<f4")


def test_a_frame_holds_what_is_to_be_seen():
    """Header, data, fakes and the discriminator's logits, each in its place."""
    one = watch()
    record = one.train(4)
    frame = numbers(one)
    points, side = watching.NUM_POINTS, watching.SIDE
    header, real, fake, logits = np.split(frame, np.cumsum([7, 2 * points, 2 * points]))
    np.testing.assert_allclose(
        header, [points, side, 3, 20, record.d_loss, record.g_loss, 0], rtol=1e-6
    )
    made = training.sample(one.gan.generator, one._z)
    np.testing.assert_array_equal(fake.reshape(2, points).T, made.numpy())
    shown = torch.tensor(real.reshape(2, points).T)
    assert float((shown.norm(dim=1) - 2).abs().max()) < 0.6  # the ring, six std
    # The top left cell of the grid is x = −3 + half a cell, y = 3 − half a cell.
    corner = torch.tensor([[-3 + 3 / side, 3 - 3 / side]])
    right = torch.tensor([[-3 + 9 / side, 3 - 3 / side]])
    for place, point in ((0, corner), (1, right)):
        expected = float(one.gan.discriminator(point)[0].detach())
        assert logits[place] == pytest.approx(expected, abs=1e-5)


def test_watching_changes_nothing():
    """The same weights as a training that nobody watches."""
    one = watch()
    one.train(10)
    gan, batches = recipes.build(RECIPE, 3)
    list(training.train(gan, batches, training.Settings(50)))
    for ours, theirs in zip(
        one.gan.generator.parameters(), gan.generator.parameters(), strict=True
    ):
        assert torch.equal(ours, theirs)


def test_the_reader_starts_stops_and_steers():
    """What the picture sets, the kernel does, and says when it has ended."""

    async def steer():
        one = watch()
        one.set_state({"running": True, "g_lr": 0.004})
        await asyncio.sleep(0.3)
        assert one.record.step > 0
        assert one.gan.g_optimizer.param_groups[0]["lr"] == 0.004
        assert one.gan.d_optimizer.param_groups[0]["lr"] == RECIPE.d_lr
        one.set_state({"running": False})
        await asyncio.sleep(0.1)
        stopped = one.record.step
        await asyncio.sleep(0.1)
        assert one.record.step == stopped

    in_a_loop(steer())


def test_the_end_is_told():
    async def play_on():
        one = watch(num_steps=20)
        one.running = True
        await asyncio.wait_for(one._task, 20)
        return one

    one = in_a_loop(play_on())
    assert one.record.step == 20
    assert not one.running
    assert "is over" in one.message
    assert numbers(one)[3] == 20


def test_a_failure_stops_it_and_is_not_lost():
    """Losses that are no numbers end the training; the picture says why."""

    async def diverge():
        one = watch()
        with torch.no_grad():
            one.gan.generator.layers[0].weight.fill_(float("nan"))
        one.running = True
        await asyncio.wait_for(one._task, 20)
        return one

    stopped = in_a_loop(diverge())
    assert not stopped.running
    assert re.match("FloatingPointError: .*loss is nan", stopped.message)


def test_scores_are_centred():
    """Where only their differences mean anything, zero lies between data and fakes."""
    recipe = recipes.get("wgan-ring")
    gan, batches = recipes.build(recipe, 1)
    records = training.train(gan, batches, replace(recipe.settings, log_every=50))
    one = watching.Watch(gan, records, recipe.data)
    one.train(4)
    frame = numbers(one)
    assert frame[6] == 1
    logits = frame[-(watching.SIDE**2) :]
    assert logits.min() < 0 < logits.max()


def test_shown_without_a_kernel(monkeypatch):
    """A page gets a picture only; a notebook the widget, and the picture beside it."""
    one = watch()
    monkeypatch.setenv("GANLIB_BUILD", "1")
    assert set(one._repr_mimebundle_()) == {"text/plain", "text/html"}
    monkeypatch.delenv("GANLIB_BUILD")
    bundle, _ = one._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/html"].startswith('<gan-watch class="ganlib-live" frame="')
    assert repr(one) == "<Watch: a training at step 0>"


def test_what_cannot_be_shown_is_refused():
    stacked, batches = recipes.build_stacked(RECIPE, [0, 1])
    records = training.train(stacked, batches, training.Settings(10))
    with pytest.raises(ValueError, match="a stack of 2 runs"):
        watching.Watch(stacked, records, RECIPE.data)
    for name, sentence in (
        ("dcgan-fashion", "the picture is of the plane"),
        ("cgan-fashion", "the game has labels"),
    ):
        image, _ = recipes.build(recipes.get(name), 0)
        with pytest.raises(ValueError, match=sentence):
            watching.Watch(image, iter(()), data.ring())
