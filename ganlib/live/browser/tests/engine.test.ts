/** The arithmetic of the page; its agreement with PyTorch is tested from Python. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Game, type Rules, seededSource } from "../engine/game.ts";
import { Arena } from "../engine/kernels.ts";
import { LOSS_NAMES, lossTable } from "../engine/losses.ts";
import { MLP } from "../engine/mlp.ts";
import { Random } from "../engine/random.ts";
import { clusters, coverage, drawSamples, target, TARGET_NAMES } from "../engine/targets.ts";
import { kernels } from "./kernels.ts";
import { near } from "./near.ts";

const RULES: Rules = {
  loss: "non_saturating", restraint: "none", strength: 0, g_lr: 1e-3, d_lr: 1e-3,
  beta1: 0.5, beta2: 0.999, epsilon: 1e-8, d_steps: 1, width: 16, depth: 2, batch_size: 32,
};

test("xoshiro128++ gives the numbers of its authors' code", () => {
  const random = new Random(Math.log, 0, 0);
  random.state.set([1, 2, 3, 4]);
  const first = Array.from({ length: 6 }, () => random.bits());
  assert.deepEqual(first, [641, 1573767, 3222811527, 3517856514, 836907274, 4247214768]);
});

test("normal numbers have the moments of N(0, 1), to four standard errors", () => {
  const random = new Random(Math.log, 5, 1), count = 100_000;
  let first = 0, second = 0, third = 0, fourth = 0;
  for (let k = 0; k < count; k++) {
    const x = random.normal();
    first += x / count;
    second += x ** 2 / count;
    third += x ** 3 / count;
    fourth += x ** 4 / count;
  }
  const error = 4 / Math.sqrt(count);
  near(first, 0, error);
  near(second, 1, error * Math.sqrt(2));
  near(third, 0, error * Math.sqrt(15));
  near(fourth, 3, error * Math.sqrt(96));
});

test("seeds and streams do not share their numbers", () => {
  const drawn = new Set<number>();
  for (let seed = 0; seed < 50; seed++) {
    for (let stream = 0; stream < 3; stream++) {
      drawn.add(new Random(Math.log, seed, stream).bits());
    }
  }
  assert.equal(drawn.size, 150);
});

test("the compiled logarithm and exponential are JavaScript's to the last digits", () => {
  const { exp, log, log1p } = kernels();
  for (const x of [-30, -1, -1e-9, 0, 1e-9, 0.5, 3, 20]) {
    near(exp(x), Math.exp(x), 4e-16 * Math.exp(x));
    near(log1p(Math.abs(x)), Math.log1p(Math.abs(x)), 1e-15);
    if (x > 0) near(log(x), Math.log(x), 1e-14);
  }
});

test("losses have the slopes that differences of their values say", () => {
  const losses = lossTable(kernels()), slopes = { real: 0, fake: 0 }, h = 1e-5;
  for (const name of LOSS_NAMES) {
    for (const player of ["discriminator", "generator"] as const) {
      const loss = losses[name][player];
      for (const [real, fake] of [[0.3, -0.7], [-2, 1.5], [3, 0.2]]) {
        const by = (dr: number, df: number): number => loss(real + dr, fake + df, slopes);
        const dReal = (by(h, 0) - by(-h, 0)) / (2 * h);
        const dFake = (by(0, h) - by(0, -h)) / (2 * h);
        loss(real, fake, slopes);
        near(slopes.fake, dFake, 1e-8);
        near(slopes.real, dReal, 1e-8);
      }
    }
  }
});

test("a network's gradients are what differences of its output say", () => {
  const arena = new Arena(kernels()), network = new MLP(arena, [2, 12, 6, 1], 8);
  network.initialise(new Random(Math.log, 1, 0));
  const x = arena.floats(16), ones = arena.floats(8);
  arena.view(ones, 8).fill(1);
  const points = arena.view(x, 16), random = new Random(Math.log, 2, 0);
  for (let k = 0; k < 16; k++) points[k] = random.normal();
  const total = (): number =>
    arena.view(network.forward(x, 8), 8).reduce((sum, value) => sum + value, 0);
  total();
  network.zeroGradients();
  const toInput = network.backward(ones, { parameters: true, input: true });
  const slopes = Array.from(arena.view(toInput, 16));
  const gradients = Array.from(arena.view(network.gradients, network.numParameters));
  const numbers = arena.view(network.parameters, network.numParameters);
  const h = 1e-3; // single precision; the network is linear in each number nearby
  for (const [array, expected] of [[points, slopes], [numbers, gradients]] as const) {
    for (let k = 0; k < array.length; k += 5) {
      const kept = array[k];
      array[k] = kept + h;
      const above = total();
      array[k] = kept - h;
      const below = total();
      array[k] = kept;
      near((above - below) / (2 * h), expected[k], 0.01 * Math.abs(expected[k]) + 2e-3);
    }
  }
});

test("samples are told apart at every batch size, layers of every width", () => {
  for (const sizes of [[2, 1], [2, 7, 1], [3, 8, 5, 2]]) {
    const arena = new Arena(kernels()), network = new MLP(arena, sizes, 24);
    network.initialise(new Random(Math.log, 3, 0));
    const random = new Random(Math.log, 4, 0), inputs = sizes[0];
    const x = arena.floats(inputs * 24), points = arena.view(x, inputs * 24);
    for (let k = 0; k < points.length; k++) points[k] = random.normal();
    const outputs = sizes[sizes.length - 1];
    const together = Array.from(arena.view(network.forward(x, 24), outputs * 24));
    const some = arena.floats(inputs * 8);
    for (let i = 0; i < inputs; i++) {
      arena.view(some, inputs * 8).set(points.subarray(24 * i + 8, 24 * i + 16), 8 * i);
    }
    const alone = arena.view(network.forward(some, 8), outputs * 8);
    for (let o = 0; o < outputs; o++) {
      for (let k = 0; k < 8; k++) assert.equal(alone[8 * o + k], together[24 * o + 8 + k]);
    }
  }
});

test("a game is fixed by its seed, and another seed is another game", () => {
  const play = (seed: number): number[] => {
    const one = kernels();
    const game = new Game(one, RULES, seededSource(one, target("ring"), seed), seed);
    for (let k = 0; k < 30; k++) game.step();
    return [game.d_loss, game.g_loss, game.d_norm, game.g_norm];
  };
  assert.deepEqual(play(7), play(7));
  assert.notDeepEqual(play(7), play(8));
});

test("clipped weights stay within the limit", () => {
  const rules: Rules = { ...RULES, loss: "wasserstein", restraint: "clipping", strength: 0.05 };
  const one = kernels();
  const game = new Game(one, rules, seededSource(one, target("ring"), 1), 1);
  for (let k = 0; k < 20; k++) game.step();
  const numbers = game.arena.view(
    game.discriminator.parameters, game.discriminator.numParameters,
  );
  near(Math.max(...numbers.map(Math.abs)), 0.05, 1e-8);
});

test("a batch that is no multiple of eight is refused in a sentence", () => {
  const one = kernels(), source = seededSource(one, target("ring"), 1);
  assert.throws(
    () => new Game(one, { ...RULES, batch_size: 20 }, source, 1),
    /batch_size is 20, but must be a multiple of 8/,
  );
});

test("the data cover themselves: all parts, and 98.9 % within three std", () => {
  for (const name of TARGET_NAMES.filter((one) => one !== "drawn")) {
    const data = target(name), samples = new Float32Array(2 * 20_000);
    drawSamples(data, new Random(Math.log, 1, 1), samples);
    const seen = coverage(data, samples, new Int32Array(data.numParts));
    assert.equal(seen.parts, data.numParts, name);
    const overlap = data.part === "piece" ? 1 : 0.989; // neighbours help on a curve
    near(seen.quality, overlap, 0.011);
    assert.ok(seen.largest >= 0.9 / data.numParts && seen.largest < 1.5 / data.numParts + 0.05);
  }
});

test("a heap on one of two clusters covers one part", () => {
  const heap = new Float32Array([1, 1.1, 0.9, 9, 0, 0, 0.1, 9]);
  const seen = coverage(target("two-clusters"), heap, new Int32Array(2));
  assert.deepEqual(seen, { parts: 1, quality: 0.75, largest: 1 });
});

test("points that a reader drew are centres", () => {
  const data = clusters([0.5, -1.25], 0.1);
  assert.deepEqual([data.numParts, ...data.means], [1, 0.5, -1.25]);
});

test("nothing in a game depends on the browser's own functions", () => {
  const engine = join(import.meta.dirname, "..", "engine");
  for (const name of readdirSync(engine)) {
    const code = readFileSync(join(engine, name), "utf8").replace(/\/\*\*[\s\S]*?\*\//g, "");
    const used = code.match(/\*\*|Math\.(log|log1p|exp|expm1|pow|sin|cos|tan|hypot)\b/g) ?? [];
    const rounded = name === "targets.ts" ? ["Math.cos", "Math.sin", "Math.hypot"] : [];
    assert.deepEqual(used.filter((one) => !rounded.includes(one)), [], name);
  }
});
