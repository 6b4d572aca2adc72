/** The playground's model: settings, sessions, links and curves, without a page. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Inspector } from "../engine/inspector.ts";
import { History } from "../playground/history.ts";
import { readLink, Session } from "../playground/session.ts";
import { changes, checked, PRESETS } from "../playground/settings.ts";
import { askedOf, linkTo, unshareable } from "../playground/sharing.ts";
import { remaining, TOUR_SEED, TOURS } from "../playground/tours.ts";
import { shortNumber } from "../shared/numbers.ts";
import { kernels } from "./kernels.ts";

const VIEW = { numPoints: 64, side: 8, extent: 3 };

function played(session: Session): number[] {
  const { game } = session;
  return [game.d_loss, game.g_loss, game.d_norm, game.g_norm];
}

function again(words: Record<string, string>): Session {
  const { preset, settings, log } = readLink(words);
  const session = new Session(kernels, preset, settings);
  for (const _ of session.replay(log));
  return session;
}

test("a session is what its link says, however it came about", () => {
  const session = new Session(kernels, "two-clusters", { seed: 3, width: 8 });
  session.change("d_lr", "0.002"); // before the first step: a first setting
  for (const mover of ["d", "b", "b", "g", "b"] as const) session.advance(mover);
  session.change("g_lr", "1e-2"); // after it: a part of the log
  session.change("loss", "hinge");
  session.advance("b");
  const words = session.write();
  assert.deepEqual(words, {
    preset: "two-clusters", seed: "3", width: "8", d_lr: "0.002",
    log: "d1*b2*g1*b1*g_lr-0.01*loss-hinge*b1",
  });
  const other = again(words);
  assert.deepEqual(played(other), played(session));
  assert.deepEqual(other.write(), words);
  assert.deepEqual([other.d_steps, other.g_steps], [5, 5]);
});

test("looking does not change a game", () => {
  const watched = new Session(kernels, "ring"), alone = new Session(kernels, "ring");
  const inspector = new Inspector(watched.game, watched.target, VIEW);
  for (let k = 0; k < 20; k++) {
    watched.advance("b");
    inspector.lookAtFakes();
    inspector.lookAtWash();
    inspector.lookAtPull();
    inspector.lookAtLines();
    alone.advance("b");
  }
  assert.deepEqual(played(watched), played(alone));
});

test("arrows point down the slope of the generator's loss", () => {
  const session = new Session(kernels, "ring");
  for (let k = 0; k < 50; k++) session.advance("b");
  const inspector = new Inspector(session.game, session.target, VIEW);
  inspector.lookAtFakes();
  inspector.lookAtPull();
  // −log D falls where D's logit rises: along an arrow it has to.
  const rises: number[] = [], logit = (points: Float32Array): Float32Array => {
    const { arena, discriminator } = session.game, at = arena.floats(points.length);
    arena.view(at, points.length).set(points);
    return arena.view(discriminator.forward(at, 64), 64).slice();
  };
  const before = logit(inspector.fake);
  const moved = inspector.fake.map((x, k) => x + 0.001 * inspector.pull[k]);
  const after = logit(moved);
  for (let k = 0; k < 64; k++) rises.push(after[k] - before[k]);
  assert.ok(rises.every((rise) => rise > -1e-6), "no logit falls");
  assert.ok(rises.filter((rise) => rise > 0).length > 60, "nearly all rise");
});

test("only a structural change starts again", () => {
  const session = new Session(kernels, "ring");
  session.advance("b");
  session.change("beta1", "0.9");
  assert.equal(session.g_steps, 1);
  session.change("beta1", "0.9"); // no change: nothing to note
  assert.equal(session.write().log, "b1*beta1-0.9");
  session.change("batch_size", "64");
  assert.deepEqual([session.g_steps, session.write().log], [0, undefined]);
});

test("what is drawn is data, and an empty sheet is not ready", () => {
  const session = new Session(kernels, "drawn");
  session.change("drawn", "");
  assert.equal(session.ready, false);
  session.change("drawn", "150.-25.0.0");
  assert.deepEqual(session.settings.drawn, [1.5, -0.25, 0, 0]);
  assert.equal(session.target.numParts, 2);
  assert.equal(session.write().drawn, "150.-25.0.0");
});

test("a game that leaves the numbers is noticed", () => {
  const session = new Session(kernels, "ring"), { arena, generator } = session.game;
  assert.equal(session.alive, true); // no loss yet is no bad loss
  session.advance("b");
  assert.equal(session.alive, true);
  arena.view(generator.parameters, 1)[0] = Infinity;
  session.advance("b");
  assert.equal(session.alive, false);
});

test("settings from outside are checked, in sentences", () => {
  const wrong: Record<string, [string, RegExp]> = {
    g_lr: ["fast", /the learning rate of G \(g_lr\) is fast, but must be a number from 0 to 1/],
    width: ["3.5", /the number of units \(width\) is 3.5, but must be a whole number from 4 to 128/],
    batch_size: ["12", /must be a whole number from 8 to 1024, a multiple of 8/],
    seed: ["", /seed is empty, but must be a whole number/],
    loss: ["vanilla", /loss is vanilla, but must be one of minimax, non_saturating/],
    drawn: ["1.2.3", /must be at most 64 points, each two whole numbers/],
    colour: ["red", /there is no setting colour/],
  };
  for (const [name, [text, sentence]] of Object.entries(wrong)) {
    assert.throws(() => checked(name, text), sentence);
  }
  assert.deepEqual(checked("g_lr", "1e-3"), { g_lr: 0.001 });
});

test("links that make no sense are refused, in sentences", () => {
  const wrong: [Record<string, string>, RegExp][] = [
    [{ preset: "toString" }, /preset is toString, but must be one of gaussian/],
    [{ log: "b5*x3" }, /log holds x3, but must be moves such as b400/],
    [{ log: "b5*width-8" }, /log holds width-8/],
    [{ log: "b5*g_lr--1" }, /\(g_lr\) is -1, but must be a number/],
    [{ log: "b9000000" }, /asks for 9000000 steps, but at most 1000000/],
  ];
  for (const [words, sentence] of wrong) assert.throws(() => readLink(words), sentence);
});

test("a preset told by its changes is the preset", () => {
  for (const [name, { settings }] of Object.entries(PRESETS)) {
    assert.deepEqual(changes(settings, name), {});
  }
});

/** As much of an element as a figure's asking needs. */
function figure(id: string, attributes: Record<string, string> = {}): Element {
  const getAttribute = (name: string): string | null => attributes[name] ?? null;
  return { id, getAttribute } as unknown as Element;
}

test("links keep the page, its own words, and name the figure", () => {
  const words = { preset: "ring", log: "b10*g_lr-0.01" };
  const link = linkTo("one", words, "file:///a/b.html?live=old&seed=3&theme=dark#elsewhere");
  assert.equal(
    link, "file:///a/b.html?live=one&theme=dark&preset=ring&log=b10*g_lr-0.01#one",
  );
  assert.deepEqual(askedOf(figure("one"), link), words);
  assert.deepEqual(askedOf(figure("one"), link.replace("?", "?fbclid=1&")), words);
  assert.deepEqual(askedOf(figure("two", { preset: "grid" }), link), { preset: "grid" });
  assert.deepEqual(
    askedOf(figure("", { state: "preset=spiral&seed=2" }), link),
    { preset: "spiral", seed: "2" },
  );
});

test("a game that no link can replay is not shared", () => {
  const session = new Session(kernels, "ring");
  assert.equal(unshareable(session), "");
  session.log.push({ mover: "b", count: 1_000_001 });
  assert.match(unshareable(session), /at most 1,000,000; this game has 1,000,001/);
});

test("on the way to a stop only what is left is played", () => {
  const moves = [["d", 100], ["b", 200]] as const;
  const b = (count: number) => ({ mover: "b" as const, count });
  const d = (count: number) => ({ mover: "d" as const, count });
  assert.deepEqual(remaining([], moves), [d(100), b(200)]);
  assert.deepEqual(remaining([d(40)], moves), [d(60), b(200)]);
  assert.deepEqual(remaining([d(100), b(150)], moves), [b(50)]);
  assert.deepEqual(remaining([d(100), b(200)], moves), []);
  const elsewhere = [
    [b(5)], [d(101)], [d(40), b(1)], [d(100), b(201)], [d(100), b(200), d(1)],
    [{ name: "g_lr", text: "1" }],
  ];
  for (const log of elsewhere) assert.equal(remaining(log, moves), null);
});

/** What is measured at each stop of a tour, played as the page plays it. */
function measured(tour: string) {
  return TOURS[tour].map(({ preset, moves }) => {
    const session = new Session(kernels, preset, { seed: TOUR_SEED });
    for (const _ of session.replay(remaining([], moves) ?? []));
    const inspector = new Inspector(session.game, session.target, { ...VIEW, numPoints: 256 });
    inspector.lookAtFakes();
    const mean = (from: number): number =>
      inspector.fake.subarray(from, from + 256).reduce((sum, x) => sum + x / 256, 0);
    return {
      ...inspector.coverage(), ...inspector.moments(), d_loss: session.game.d_loss,
      middle: [mean(0), mean(256)],
    };
  });
}

test("the tour of the game says what happens", () => {
  const [heap, , opened, covered, last] = measured("game");
  assert.ok(Math.max(heap.spread_x, heap.spread_y) < 0.2);
  assert.ok(Math.min(opened.spread_x, opened.spread_y) > 0.8);
  assert.equal(covered.parts, 8);
  assert.equal(last.parts, 8);
  assert.ok(last.quality > covered.quality + 0.1);
  assert.ok(last.d_loss > 1.1 && last.d_loss < 2 * Math.log(2));
});

test("the tour of a collapse says what happens", () => {
  const [, heap, elsewhere, cured] = measured("collapse");
  for (const stop of [heap, elsewhere]) {
    assert.ok(stop.parts <= 1 && Math.min(stop.spread_x, stop.spread_y) < 0.2);
  }
  const [x, y] = [0, 1].map((axis) => heap.middle[axis] - elsewhere.middle[axis]);
  assert.ok(Math.hypot(x, y) > 1);
  assert.equal(cured.parts, 8);
});

test("a curve shows the whole run in bounded memory", () => {
  const curve = new History(8);
  for (let k = 0; k < 1000; k++) curve.add(k);
  assert.ok(curve.length > 4 && curve.length <= 8);
  // Means of equal, consecutive stretches from the first step on.
  const stretch = curve.values[1] - curve.values[0];
  for (let k = 0; k < curve.length; k++) {
    assert.equal(curve.values[k], (stretch - 1) / 2 + k * stretch);
  }
  curve.clear();
  curve.add(5);
  assert.deepEqual([curve.length, curve.values[0]], [1, 5]);
});

test("numbers are written for a reader", () => {
  const written: [number, string][] = [
    [NaN, "–"], [0, "0.00"], [1.3129, "1.31"], [-0.06329, "−0.0633"], [1234.5, "1,235"],
    [-1.23e-7, "−1.2×10⁻⁷"], [2.5e9, "2.5×10⁹"], [-Infinity, "−∞"],
  ];
  for (const [value, text] of written) assert.equal(shortNumber(value), text);
});
