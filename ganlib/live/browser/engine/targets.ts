/**
 * Two-dimensional data with known centres: those of `ganlib.data`, by the same formulas.
 *
 * Each target is a mixture of Gaussians of one width and equal weights; a curve is one of
 * many centres laid along it.
 */

import type { Random } from "./random.ts";

export interface Target {
  /** The centres, x and y in turn. */
  means: Float64Array;
  /** Width of each Gaussian, in the unit of the data. */
  std: number;
  /** Into how many parts the centres are counted: fewer than centres on a curve. */
  numParts: number;
  /** What one part is called: a cluster, a piece of the curve. */
  part: string;
}

export const TARGET_NAMES = [
  "gaussian", "two-clusters", "ring", "grid", "moons", "spiral", "drawn",
] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

/** Eight Gaussians on a circle: `ganlib.data.ring(radius=2, std=0.1)`. */
function ring(): Target {
  const means = [];
  for (let k = 0; k < 8; k++) {
    means.push(2 * Math.cos((2 * Math.PI * k) / 8), 2 * Math.sin((2 * Math.PI * k) / 8));
  }
  return clusters(means, 0.1);
}

/** Nine Gaussians on a square grid: `ganlib.data.grid(side=3, spacing=2, std=0.1)`. */
function grid(): Target {
  const ticks = [-2, 0, 2];
  return clusters(ticks.flatMap((x) => ticks.flatMap((y) => [x, y])), 0.1);
}

/** Two interleaved half circles: `ganlib.data.moons()`. */
function moons(): Target {
  const means = [];
  for (const sign of [1, -1]) {
    for (let k = 0; k < 50; k++) {
      const t = (Math.PI * k) / 49;
      means.push(sign * (Math.cos(t) - 0.5), sign * (Math.sin(t) - 0.25));
    }
  }
  return curve(means, 0.08);
}

/**
 * Archimedean spiral of two turns: `ganlib.data.spiral()`. Centres at equal steps of arc
 * length, not of angle, so that the density along the curve is even.
 */
function spiral(): Target {
  const fine = 4096, numCentres = 200, turns = 2, radius = 2;
  const xs = new Float64Array(fine + 1), ys = new Float64Array(fine + 1);
  const travelled = new Float64Array(fine + 1);
  for (let k = 0; k <= fine; k++) {
    const angle = (2 * Math.PI * turns * k) / fine, r = radius * (0.1 + (0.9 * k) / fine);
    xs[k] = r * Math.cos(angle);
    ys[k] = r * Math.sin(angle);
    if (k) travelled[k] = travelled[k - 1] + Math.hypot(xs[k] - xs[k - 1], ys[k] - ys[k - 1]);
  }
  const means = new Float64Array(2 * numCentres);
  for (let c = 0, k = 0; c < numCentres; c++) {
    const stop = (travelled[fine] * c) / (numCentres - 1);
    while (k < fine - 1 && travelled[k + 1] < stop) k++;
    const share = (stop - travelled[k]) / (travelled[k + 1] - travelled[k]);
    means[2 * c] = xs[k] + share * (xs[k + 1] - xs[k]);
    means[2 * c + 1] = ys[k] + share * (ys[k + 1] - ys[k]);
  }
  return curve(means, 0.08);
}

/** Gaussians of equal weight around centres given as x and y in turn; each is a part. */
export function clusters(means: ArrayLike<number>, std: number): Target {
  const centres = rounded(means);
  return { means: centres, std, numParts: centres.length / 2, part: "cluster" };
}

/** Gaussians along a curve, counted in 20 pieces of it. */
function curve(means: ArrayLike<number>, std: number): Target {
  return { means: rounded(means), std, numParts: 20, part: "piece" };
}

/**
 * Round to multiples of 2⁻²⁰. Browsers may differ in the last bit of a cosine; after this
 * they have the same centres, and so a seed has the same game in all of them.
 */
function rounded(means: ArrayLike<number>): Float64Array {
  return Float64Array.from(means, (x) => Math.round(x * 1048576) / 1048576);
}

/** The target of a name; for "drawn", of the centres that the reader drew (may be none). */
export function target(name: TargetName, drawn: ArrayLike<number> = []): Target {
  switch (name) {
    case "gaussian": return clusters([0, 0], 1);
    case "two-clusters": return clusters([-1, 0, 1, 0], 0.2);
    case "ring": return ring();
    case "grid": return grid();
    case "moons": return moons();
    case "spiral": return spiral();
    case "drawn": return clusters(drawn, 0.1);
  }
}

/** Fill (2, count), all x before all y, with samples of the target. */
export function drawSamples(target: Target, random: Random, out: Float32Array): void {
  const count = out.length / 2, num = target.means.length / 2;
  for (let k = 0; k < count; k++) {
    const centre = 2 * random.below(num);
    out[k] = target.means[centre] + target.std * random.normal();
    out[count + k] = target.means[centre + 1] + target.std * random.normal();
  }
}

/** How well samples cover a target: the measures of `ganlib.metrics.modes`. */
export interface Coverage {
  /** Parts that hold at least one sample within three std of one of their centres. */
  parts: number;
  /** Share of samples within three std of a centre; 0.989 for a perfect sampler. */
  quality: number;
  /** Largest share that one part has of the samples within three std; 0 if none is. */
  largest: number;
}

/** Measure samples (2, count), all x before all y. `counts` is scratch of numParts. */
export function coverage(target: Target, samples: Float32Array, counts: Int32Array): Coverage {
  const count = samples.length / 2, num = target.means.length / 2;
  const limit = 9 * target.std * target.std;
  counts.fill(0);
  let good = 0;
  for (let k = 0; k < count; k++) {
    let best = Infinity, nearest = 0;
    for (let c = 0; c < num; c++) {
      const dx = samples[k] - target.means[2 * c];
      const dy = samples[count + k] - target.means[2 * c + 1];
      const distance = dx * dx + dy * dy;
      if (distance < best) {
        best = distance;
        nearest = c;
      }
    }
    if (best < limit) {
      good += 1;
      counts[Math.floor((nearest * target.numParts) / num)] += 1;
    }
  }
  let parts = 0, largest = 0;
  for (let part = 0; part < target.numParts; part++) {
    if (counts[part] > 0) parts += 1;
    largest = Math.max(largest, counts[part]);
  }
  return { parts, quality: good / count, largest: good ? largest / good : 0 };
}
