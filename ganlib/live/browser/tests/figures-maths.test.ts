/** The mathematics of the small figures: closed forms, identities, differences. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { grid } from "../figures/chart.ts";
import { nodes } from "../figures/dirac/hermite.ts";
import { classify, field, type Rules, simulate } from "../figures/dirac/maths.ts";
import { logDensity, optimalLogit, separate } from "../figures/divergence.ts";
import { minimax, nonSaturating, sigmoid, softplus } from "../figures/logit/maths.ts";
import {
  critic, earthMover, jensenShannon, type Mass, quantile,
} from "../figures/masses/maths.ts";
import { near } from "./near.ts";

const normal = (centre: number, width: number) => ({ shape: "normal", centre, width } as const);
const uniform = (centre: number, width: number) =>
  ({ shape: "uniform", centre, width } as const);
const boxes = (centre: number, width: number): Mass => ({ shape: "boxes", centre, width });
const points = (centre: number, width: number): Mass => ({ shape: "points", centre, width });
const point = (centre: number): Mass => ({ shape: "point", centre, width: 1 });

// ---------------------------------------------------------------- losses of one logit
test("the slopes add up to −1, are in the ratio eᵗ, and are differences of the values", () => {
  for (const t of [-30, -4, -0.5, 0, 2, 8]) {
    near(minimax.slope(t) + nonSaturating.slope(t), -1, 1e-15);
    near(minimax.slope(t) / nonSaturating.slope(t) / Math.exp(t), 1, 1e-12);
    for (const loss of [minimax, nonSaturating]) {
      const difference = (loss.value(t + 1e-5) - loss.value(t - 1e-5)) / 2e-5;
      near(loss.slope(t), difference, 1e-9);
    }
  }
  near(nonSaturating.value(0), Math.LN2, 1e-15);
});

test("no logit overflows", () => {
  for (const t of [-1e4, 1e4]) {
    assert.ok(Number.isFinite(softplus(t)) && Number.isFinite(sigmoid(t)));
  }
  assert.equal(softplus(1e4), 1e4);
  assert.equal(sigmoid(-Infinity), 0);
});

// ------------------------------------------------------------------------ divergence
test("uniform densities of width 1: JSD = min(d, 1) log 2, with slope log 2 and then 0", () => {
  for (const d of [0.25, 0.75, 1.5, 4]) {
    const { jsd, slope: sides } = separate(uniform(0, 1), uniform(d, 1));
    near(jsd, Math.min(d, 1) * Math.LN2, 1e-15);
    const expected = d < 1 ? Math.LN2 : 0;
    near(sides.left, expected, 1e-15);
    assert.equal(sides.left, sides.right);
  }
  assert.equal(separate(uniform(0, 1), uniform(2, 1)).slope.right, 0); // exactly
  assert.equal(separate(uniform(0, 1), uniform(2, 1)).gap, 0);
});

test("a corner has two slopes: where equal boxes meet, and where they part", () => {
  const met = separate(uniform(0, 1), uniform(0, 1)).slope;
  near(met.left, -Math.LN2, 1e-15);
  near(met.right, Math.LN2, 1e-15);
  const part = separate(uniform(0, 1), uniform(1, 1)).slope;
  near(part.left, Math.LN2, 1e-15);
  assert.equal(part.right, 0);
});

test("the divergence is 0 only at equality, symmetric, and never above log 2", () => {
  near(separate(normal(1, 0.7), normal(1, 0.7)).jsd, 0, 1e-14);
  for (const make of [normal, uniform]) {
    const pair = [make(0, 1), make(0.6, 1.7)] as const;
    const there = separate(pair[0], pair[1]), back = separate(pair[1], pair[0]);
    near(there.jsd, back.jsd, 1e-14);
    assert.ok(there.jsd > 0.01 && there.jsd < Math.LN2);
    near(there.value, 2 * there.jsd - Math.log(4), 1e-14);
  }
});

test("slopes are differences of values, for normal and for uniform densities", () => {
  for (const make of [normal, uniform]) {
    for (const [d, width] of [[0.5, 1.2], [-0.9, 0.6], [1.05, 2]]) {
      const at = (centre: number): number => separate(make(0, 1), make(centre, width)).jsd;
      const { left, right } = separate(make(0, 1), make(d, width)).slope;
      near((at(d + 1e-4) - at(d - 1e-4)) / 2e-4, (left + right) / 2, 1e-7);
    }
  }
});

test("normals twelve apart: the gap to log 2 is small, not lost, and the slope tiny", () => {
  const { gap, slope: sides } = separate(normal(0, 1), normal(12, 1));
  assert.ok(gap > 1e-10 && gap < 1e-7, String(gap));
  assert.ok(sides.left > 0 && sides.left < 1e-7, String(sides.left));
});

test("the logit of D* is the difference of the logs, and no number where neither lives", () => {
  near(optimalLogit(normal(1, 1), normal(-1, 1), 0.7), 1.4, 1e-14); // 2x
  assert.equal(optimalLogit(uniform(0, 1), uniform(2, 1), 0.2), Infinity);
  assert.ok(Number.isNaN(optimalLogit(uniform(0, 1), uniform(2, 1), 1)));
  near(logDensity(uniform(0, 2), 0.9), -Math.LN2, 1e-15);
});

// ----------------------------------------------------------------------- moving masses
test("one point each: W₁ = |θ| with slope ±1; JSD log 2 with slope 0, and 0 at θ = 0", () => {
  for (const theta of [-1.5, -0.05, 0.05, 2]) {
    const moved = earthMover(point(0.3), point(0.3 + theta));
    near(moved.value, Math.abs(theta), 1e-15);
    assert.deepEqual(moved.slope, { left: Math.sign(theta), right: Math.sign(theta) });
    const told = jensenShannon(point(0.3), point(0.3 + theta));
    near(told.value, Math.LN2, 1e-15);
    assert.deepEqual(told.slope, { left: 0, right: 0 });
  }
  assert.deepEqual(earthMover(point(0), point(0)).slope, { left: -1, right: 1 });
  near(jensenShannon(point(0), point(0)).value, 0, 1e-15);
  near(jensenShannon(point(0), point(0)).beside, Math.LN2, 1e-15);
});

test("equal shapes: W₁ is the shift; points that meet take their share from JSD", () => {
  for (const make of [points, boxes]) {
    near(earthMover(make(0, 1), make(0.25, 1)).value, 0.25, 1e-15);
  }
  near(jensenShannon(points(0, 1), points(0.25, 1)).value, Math.LN2 / 5, 1e-15);
  near(jensenShannon(points(0, 1), points(0.3, 1)).value, Math.LN2, 1e-15);
});

test("W₁ and its slope are what the quantiles and differences say, for all shapes", () => {
  for (const make of [points, boxes]) {
    for (const [d, width] of [[0.13, 2], [0.9, 0.3], [-0.4, 1.6], [-2, 0.5]]) {
      const p = make(0.1, 1), q = (extra: number): Mass => make(0.1 + d + extra, width);
      const shares = grid(0, 1, 40_001).slice(1).map((u) => u - 0.5 / 40_000);
      const mean = shares.reduce((sum, u) =>
        sum + Math.abs(quantile(p, u) - quantile(q(0), u)) / shares.length, 0);
      const moved = earthMover(p, q(0));
      near(moved.value, mean, 1e-8);
      const difference = earthMover(p, q(1e-6)).value - earthMover(p, q(-1e-6)).value;
      near((moved.slope.left + moved.slope.right) / 2, difference / 2e-6, 1e-5);
    }
  }
});

test("the critic has slopes from −1 to 1, and its lead is W₁", () => {
  for (const [p, q] of [
    [point(-0.5), point(0.5)], [points(-0.2, 1), points(0.3, 1.8)],
    [boxes(0, 1), boxes(0.4, 2)], [boxes(0.3, 2), boxes(0.2, 0.4)], [boxes(-1, 1), boxes(1, 1)],
  ]) {
    const knots = critic(p, q, -3, 3);
    const at = (x: number): number => {
      const k = Math.max(1, knots.findIndex(([place]) => place >= x));
      const [[x0, y0], [x1, y1]] = [knots[k - 1], knots[k]];
      return x1 === x0 ? y0 : y0 + (y1 - y0) * (x - x0) / (x1 - x0);
    };
    for (let k = 1; k < knots.length; k++) {
      const rise = Math.abs(knots[k][1] - knots[k - 1][1]);
      assert.ok(rise <= knots[k][0] - knots[k - 1][0] + 1e-12);
    }
    const shares = grid(0, 1, 20_001).slice(1).map((u) => u - 0.5 / 20_000);
    const mean = (mass: Mass): number =>
      shares.reduce((sum, u) => sum + at(quantile(mass, u)) / shares.length, 0);
    near(mean(p) - mean(q), earthMover(p, q).value, 1e-6);
  }
});

// --------------------------------------------------------------------------- Dirac-GAN
test("Gauss–Hermite nodes have the moments of a standard normal", () => {
  const moment = (power: number): number =>
    nodes().reduce((sum, [node, weight]) => sum + weight * node ** power, 0);
  assert.equal(nodes().length, 24);
  for (const [power, expected] of [[0, 1], [1, 0], [2, 1], [3, 0], [4, 3], [6, 15], [8, 105]]) {
    near(moment(power), expected, 1e-11);
  }
});

const RULES: Rules = {
  loss: "minimax", remedy: "none", strength: 0, order: "alternating", step_size: 0.2,
};

test("zero-sum: each simultaneous step leaves its circle, by Pythagoras", () => {
  const rules = { ...RULES, order: "simultaneous" } as const;
  const states = simulate(rules, [1, 1], 50);
  for (let k = 0; k < 50; k++) {
    const [before, after] = [states[k], states[k + 1]].map((state) => Math.hypot(...state));
    const pace = 0.2 * Math.hypot(...field(rules, states[k]));
    near(after ** 2, before ** 2 + pace ** 2, 1e-12);
  }
});

test("bilinear game, alternating: θ² + ψ² − hθψ keeps its value", () => {
  const rules = { ...RULES, loss: "wasserstein" } as const;
  for (const [theta, psi] of simulate(rules, [1, 1], 500)) {
    near(theta ** 2 + psi ** 2 - 0.2 * theta * psi, 1.8, 1e-12);
  }
});

test("clipping keeps ψ, and paths are told apart as the chapter tells them", () => {
  const fate = (change: Partial<Rules>): string =>
    classify(simulate({ ...RULES, ...change }, [1, 1], 500)).fate;
  assert.equal(fate({}), "circles");
  assert.equal(fate({ order: "simultaneous" }), "diverges");
  assert.equal(fate({ remedy: "r1", strength: 0.3 }), "converges");
  const clipped = { ...RULES, remedy: "clipping", strength: 0.5, loss: "wasserstein" } as const;
  const states = simulate(clipped, [1, 0], 200);
  assert.ok(states.every(([, psi]) => Math.abs(psi) <= 0.5));
  assert.ok(states.some(([, psi]) => Math.abs(psi) === 0.5));
});
