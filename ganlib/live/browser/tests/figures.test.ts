/** What the small figures draw, say and start with. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Chart } from "../figures/chart.ts";
import { DENSITIES } from "../figures/densities/figure.ts";
import { DIRAC, MOST_PATHS, paths, started } from "../figures/dirac/figure.ts";
import { LIVE_INK, STILL_INK } from "../figures/ink.ts";
import { LOGIT } from "../figures/logit/figure.ts";
import { MASSES } from "../figures/masses/figure.ts";
import { change, onStep, type Spec, startingState } from "../figures/spec.ts";
import { STILLS } from "../figures/stills.ts";
import { factor, fixed, percent, slope, small } from "../figures/words.ts";
import { arrowOf } from "../shared/keys.ts";
import { near } from "./near.ts";

test("a chart's two directions undo each other, and a hole interrupts a curve", () => {
  const box = { left: 40, top: 10, width: 300, height: 200 };
  const axis = { from: -2, to: 6, ticks: [], label: "" };
  const chart = new Chart(LIVE_INK, box, axis, axis);
  for (const [x, y] of [[-2, 6], [0.3, 5.1]]) {
    const [there, back] = chart.at(chart.px(x), chart.py(y));
    near(there, x, 1e-12);
    near(back, y, 1e-12);
  }
  assert.ok(chart.py(6) < chart.py(-2));
  const broken = chart.trace([[0, 1], [1, NaN], [2, 1], [3, 1]]);
  assert.equal(broken.match(/M/g)?.length, 2);
});

const SPECS = [LOGIT, DENSITIES, DIRAC, MASSES] as unknown as Spec<Record<string, unknown>>[];

test("every choice, and either end of every knob, draws numbers at both widths", () => {
  for (const spec of SPECS) {
    const states = [spec.start,
      ...spec.choices.flatMap(({ key, options }) =>
        Object.keys(options).map((value) => change(spec, spec.start, key, value))),
    ].flatMap((state) => [state, ...spec.knobs.flatMap(({ key, min, max }) =>
      [min, max].map((value) => change(spec, state, key, value)))]);
    for (const state of states) {
      for (const width of [300, 900]) {
        const { body, height, handles } = spec.draw(state, width, LIVE_INK);
        const text = body + spec.words(state) + spec.numbers(state);
        assert.doesNotMatch(text, /NaN|Infinity|undefined/, JSON.stringify(state));
        for (const { x, y } of handles) assert.ok(x > 0 && x < width && y > 0 && y < height);
      }
    }
  }
});

test("stills are drawn in the daylight's own colours and are small", () => {
  for (const picture of Object.values(STILLS)) {
    assert.ok(picture.includes(STILL_INK.ink) && !picture.includes("var("));
    assert.ok(picture.length < 20_000, String(picture.length));
  }
});

test("attributes set where a figure starts; what they cannot be is left as it was", () => {
  const given: Record<string, string> = {
    shape: "uniform", "fake-centre": "2.04", "real-width": "99", "real-centre": "nonsense",
  };
  const state = startingState(DENSITIES, (name) => given[name] ?? null);
  assert.deepEqual(state, {
    shape: "uniform", fake_centre: 2, real_width: 2, real_centre: 1, fake_width: 1,
  });
  assert.deepEqual(startingState(DENSITIES, () => null), DENSITIES.start);
  const odd = startingState(DENSITIES, (name) => name === "shape" ? "toString" : null);
  assert.equal(odd.shape, "normal");
  assert.equal(onStep(DENSITIES.knobs[0], -0.30000004), -0.3);
});

test("the first path starts where the attributes say, with the strength of the remedy", () => {
  const given: Record<string, string> = { theta: "-1.5", psi: "0.26", remedy: "consensus" };
  const state = startingState(DIRAC, (name) => given[name] ?? null);
  assert.deepEqual(state.starts, [[-1.5, 0.3]]);
  assert.equal(state.strength, 1);
  given.strength = "0.7";
  assert.equal(startingState(DIRAC, (name) => given[name] ?? null).strength, 0.7);
});

test("words say what holds: a corner, a tiny slope that is not 0, disjoint supports", () => {
  const words = (change: object): string => DENSITIES.words({ ...DENSITIES.start, ...change });
  assert.match(words({ fake_centre: 1 }), /densities are equal/);
  assert.match(words({ fake_centre: -6, real_centre: 6 }), /short of log 2 by .* × 10⁻/);
  assert.doesNotMatch(words({ fake_centre: -6, real_centre: 6 }), /slope .* is 0|exactly/);
  const boxes = { shape: "uniform", real_centre: 0 };
  assert.match(words({ ...boxes, fake_centre: 1 }), /corner: its slope jumps from 0\.693 to 0/);
  assert.match(words({ ...boxes, fake_centre: 1.1 }), /exactly log 2 and its slope exactly 0/);
  assert.match(words({ ...boxes, fake_centre: 0.5 }), /0\.693, sends the forger to the left/);
});

test("numbers are written with a minus sign and the digits that are meant", () => {
  assert.deepEqual([fixed(-0.04, 1), fixed(-0.06, 1), fixed(2, 2)], ["0.0", "−0.1", "2.00"]);
  assert.deepEqual([small(0), small(-0.0182), small(3.26e-9)], ["0", "−0.018", "3.3 × 10⁻⁹"]);
  assert.deepEqual([small(-4e-12), factor(54.598), factor(2980.96)],
    ["−4.0 × 10⁻¹²", "54.6", "2,981"]);
  assert.deepEqual([percent(0.018), percent(0.9997)], ["1.8 %", "99.970 %"]);
  assert.equal(slope({ left: -1, right: 1 }), "jumps from −1.000 to 1.000");
});

test("at logit −4 the words have the chapter's numbers, and at 0 neither pushes harder", () => {
  assert.match(LOGIT.words({ logit: -4 }), /1\.8 %.*54\.6 times.*0\.982 against 0\.018/);
  assert.match(LOGIT.words({ logit: 4 }), /minimax loss pushes it up 54\.6 times/);
  assert.match(LOGIT.words({ logit: 0 }), /equally hard/);
});

test("a path is kept with its start, beside another figure's under other rules", () => {
  const first = started({ ...DIRAC.start, starts: [] });
  const second = started({ ...DIRAC.start, starts: [], step_size: 0.4 });
  const [path] = paths(first), [other] = paths(second);
  assert.notDeepEqual(path[5], other[5]);
  assert.equal(paths(first)[0], path);
  assert.equal(paths(second)[0], other);
  assert.equal(paths(started(first))[0], path);
  // A start that was dropped and is chosen again is a new one: nothing holds its path.
  const again = started({ ...first, starts: [] });
  assert.notEqual(paths(again)[0], path);
  assert.deepEqual(paths(again)[0], path);
});

test("arrow keys point, other keys and shortcuts do not", () => {
  const free = { altKey: false, ctrlKey: false, metaKey: false };
  assert.deepEqual(arrowOf({ ...free, key: "ArrowUp" }), [0, 1]);
  assert.deepEqual(arrowOf({ ...free, key: "ArrowLeft" }), [-1, 0]);
  assert.equal(arrowOf({ ...free, key: "Home" }), null);
  for (const modifier of Object.keys(free)) {
    assert.equal(arrowOf({ ...free, [modifier]: true, key: "ArrowUp" }), null, modifier);
  }
});

test("paths are started at the cursor, the oldest goes, and new rules move them all", () => {
  let state = { ...DIRAC.start, theta: -1, psi: 0.5 };
  for (let k = 0; k < MOST_PATHS + 2; k++) state = started(state);
  assert.equal(state.starts.length, MOST_PATHS);
  assert.deepEqual(state.starts.at(-1), [-1, 0.5]);
  const before = paths(state)[0][5], after = paths({ ...state, step_size: 0.4 })[0][5];
  assert.notDeepEqual(before, after);
  const damped = change(DIRAC, state, "remedy", "r1");
  assert.equal(damped.strength, 0.3); // the chapter's
});
