/**
 * Places in latent space, for the comparison with ganlib.latent and with the still.
 *
 *     node tests/places.ts <case.json >places.json
 *
 * The case holds two ends with places `t` between them, and three directions of a slice
 * with places `at` it.
 */

import { readFileSync } from "node:fs";
import { lerp, onSlice, slerp } from "../forger/latent.ts";

interface Case {
  start: number[];
  end: number[];
  t: number[];
  directions: number[][];
  at: [number, number][];
}

const { start, end, t, directions, at } = JSON.parse(readFileSync(0, "utf8")) as Case;
const [middle, right, up] = directions.map((one) => Float64Array.from(one));
const from = Float32Array.from(start), to = Float32Array.from(end);
const room = (): Float32Array => new Float32Array(start.length);
process.stdout.write(JSON.stringify({
  slerp: t.map((place) => Array.from(slerp(from, to, place, room()))),
  lerp: t.map((place) => Array.from(lerp(from, to, place, room()))),
  slice: at.map(([x, y]) => Array.from(onSlice({ middle, right, up }, x, y, room()))),
}));
