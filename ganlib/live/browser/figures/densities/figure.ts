/** Two densities that are moved apart: D*, what the game is worth, and the slope of JSD. */

import { type Axis, Chart, grid, type Point, text } from "../chart.ts";
import { type Density, logDensity, optimalLogit, separate } from "../divergence.ts";
import type { Ink } from "../ink.ts";
import { sigmoid } from "../logit/maths.ts";
import { legend, mark } from "../marks.ts";
import type { Drawing, Knob, Spec } from "../spec.ts";
import { fixed, slope, small } from "../words.ts";

export interface DensitiesState {
  shape: Density["shape"];
  real_centre: number;
  fake_centre: number;
  real_width: number;
  fake_width: number;
}

const REACH = 6, EDGE = 8, FARTHEST = 2 * REACH;
const PLACES = grid(-EDGE, EDGE, 161);
const PAIR = [
  { name: "p, the data", colour: "real", shape: "dot", dash: undefined },
  { name: "q, the forger", colour: "fake", shape: "triangle", dash: "8 4" },
] as const;

export function densities(state: DensitiesState): { p: Density; q: Density } {
  const { shape } = state;
  return {
    p: { shape, centre: state.real_centre, width: state.real_width },
    q: { shape, centre: state.fake_centre, width: state.fake_width },
  };
}

/** Where the curves over x are computed: on a grid, and on both sides of every end. */
function places(...both: readonly Density[]): number[] {
  const ends = both.filter(({ shape }) => shape === "uniform").flatMap(({ centre, width }) =>
    [-1, 1].flatMap((side) => [-1e-6, 1e-6].map((near) => centre + side * width / 2 + near)));
  return [...PLACES, ...ends].sort((a, b) => a - b);
}

/** The height at which a density is taken hold of. */
const grip = (density: Density): number => Math.exp(logDensity(density, density.centre)) / 2;

/** JSD against the distance of the centres; kept until a width or the shape changes. */
let kept: { name: string; curve: Point[] } = { name: "", curve: [] };

function curve({ p, q }: { p: Density; q: Density }): Point[] {
  const name = `${p.shape} ${p.width} ${q.width}`;
  if (name !== kept.name) {
    const at = (d: number): Point =>
      [d, separate({ ...p, centre: 0 }, { ...q, centre: d }).jsd];
    const corners = p.shape === "uniform"
      ? [Math.abs(p.width - q.width) / 2, (p.width + q.width) / 2] : [];
    const half = [...grid(0, FARTHEST, 61), ...corners].sort((a, b) => a - b).map(at);
    const mirrored = half.slice(1).reverse().map(([d, jsd]): Point => [-d, jsd]);
    kept = { name, curve: [...mirrored, ...half] };
  }
  return kept.curve;
}

function charts(state: DensitiesState, width: number, ink: Ink) {
  const wide = width >= 620, top = 58;
  const left = wide ? Math.round(0.56 * width) : width;
  const axis: Axis = { from: -EDGE, to: EDGE, ticks: [-6, -3, 0, 3, 6], label: "x" };
  const inside = { left: 46, width: left - 58 };
  const { p, q } = densities(state);
  const peak = Math.exp(Math.max(logDensity(p, p.centre), logDensity(q, q.centre)));
  const tick = peak > 2 ? 1 : peak > 0.8 ? 0.5 : 0.2;
  const ticks = Array.from({ length: Math.floor(peak / tick) + 1 }, (_, k) =>
    Number((k * tick).toFixed(1)));
  const strip = wide
    ? { left: left + 46, width: width - left - 58, top, height: 256 }
    : { left: 46, width: width - 58, top: 430, height: 150 };
  return {
    above: new Chart(ink, { ...inside, top, height: 130 }, { ...axis, label: "" },
      { from: 0, to: 1.1 * peak, ticks, label: "density" }),
    middle: new Chart(ink, { ...inside, top: 234, height: 80 }, axis,
      { from: 0, to: 1, ticks: [0, 0.5, 1], label: "D*(x)" }),
    strip: new Chart(ink, strip,
      { from: -FARTHEST, to: FARTHEST, ticks: [-12, -6, 0, 6, 12],
        label: wide || width > 420 ? "centre of q minus centre of p" : "q minus p" },
      { from: 0, to: 0.75, ticks: [0, 0.2, 0.4, 0.6], label: "JSD (nats)" }),
    height: wide ? 358 : 624,
  };
}

function drawDensities(above: Chart, middle: Chart, p: Density, q: Density): string {
  const { ink } = above, xs = places(p, q);
  const along = (f: (x: number) => number): Point[] => xs.map((x) => [x, f(x)]);
  const drawn = PAIR.map(({ colour, shape, dash }, k) => {
    const density = [p, q][k], stroke = ink[colour];
    const points = along((x) => Math.exp(logDensity(density, x)));
    return above.area(points, stroke) + above.curve(points, { stroke, dash })
      + mark(shape, above.px(density.centre), above.py(grip(density)), stroke, ink);
  });
  const best = along((x) => sigmoid(optimalLogit(p, q, x)));
  return drawn.join("") + middle.curve(best, { stroke: ink.ink });
}

/** JSD against the distance, its bound, and its tangent at the present place. */
function drawStrip(strip: Chart, p: Density, q: Density): string {
  const { ink } = strip, d = q.centre - p.centre, { jsd, slope: sides } = separate(p, q);
  const bound = { stroke: ink.muted, width: 1, dash: "2 3" };
  let markup = strip.segment([-FARTHEST, Math.LN2], [FARTHEST, Math.LN2], bound)
    + text(strip.px(FARTHEST), strip.py(Math.LN2) - 5, "log 2", ink.muted, "end")
    + strip.curve(curve({ p, q }), { stroke: ink.teal });
  if (sides.left === sides.right) {
    const reach = Math.min(2, 0.3 / Math.abs(sides.left)); // a steep one would leave
    const tangent = [-reach, reach].map((s): Point => [d + s, jsd + s * sides.left]);
    markup += strip.curve(tangent, { stroke: ink.ink, width: 1.2 });
  }
  return markup + mark("square", strip.px(d), strip.py(jsd), ink.teal, ink);
}

function draw(state: DensitiesState, width: number, ink: Ink): Drawing {
  const { p, q } = densities(state);
  const { above, middle, strip, height } = charts(state, width, ink);
  const names = PAIR.map((entry) => ({ ...entry, colour: ink[entry.colour] }));
  const body = legend(names, 46, 14, ink) + above.axes() + middle.axes() + strip.axes()
    + drawDensities(above, middle, p, q) + drawStrip(strip, p, q);
  const held = [["real_centre", p], ["fake_centre", q]] as const;
  const handles = held.map(([key, density]) => ({
    key, x: above.px(density.centre), y: above.py(grip(density)), chart: above,
  }));
  return { height, body, handles };
}

function numbers(state: DensitiesState): string {
  const { p, q } = densities(state), now = separate(p, q);
  const row = (name: string, value: string): string =>
    `<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return `<dl>${row("V(D*, G)", `${small(now.value)} nats`)}`
    + row("JSD", `${small(now.jsd < 1e-12 ? 0 : now.jsd)} nats`)
    + row("log 2 − JSD", `${small(now.gap)} nats`)
    + `${row("slope of JSD in q’s centre", slope(now.slope))}</dl>`;
}

function words(state: DensitiesState): string {
  const { p, q } = densities(state), { jsd, gap, slope: sides } = separate(p, q);
  if (jsd < 1e-12) return "The densities are equal: JSD is 0 and D* is ½ wherever they live.";
  const apart = `Centres ${fixed(Math.abs(q.centre - p.centre), 1)} apart: `;
  if (sides.left !== sides.right) {
    return `${apart}JSD is ${small(jsd)} nats and has a corner: its slope ${slope(sides)}.`;
  }
  if (gap === 0) {
    return `${apart}the supports are disjoint, JSD is exactly log 2 and its slope exactly 0. `
      + "Moving the forgeries a little changes nothing.";
  }
  const told = gap < 1e-3 ? `JSD is short of log 2 by ${small(gap)} nats`
    : `JSD is ${small(jsd)} nats, ${fixed(100 * jsd / Math.LN2, 1)} % of log 2`;
  if (sides.left === 0) return `${apart}${told}; its slope in q’s centre is 0.`;
  const way = sides.left > 0 ? "to the left" : "to the right";
  return `${apart}${told}; its slope, ${small(sides.left)}, sends the forger ${way}.`;
}

const centre = (key: Knob<DensitiesState>["key"], label: string): Knob<DensitiesState> => ({
  key, label, min: -REACH, max: REACH, step: 0.1, says: (x) => fixed(x, 1),
});
const spread = (key: Knob<DensitiesState>["key"], of: string): Knob<DensitiesState> => ({
  key, min: 0.3, max: 2, step: 0.1, says: (x) => fixed(x, 1),
  label: ({ shape }) => `${shape === "normal" ? "std" : "width"} of ${of}`,
});

export const DENSITIES: Spec<DensitiesState> = {
  title: "Two densities, the best detective, and the divergence",
  // The pair that the chapter calls "shifted".
  start: { shape: "normal", real_centre: 1, fake_centre: -1, real_width: 1, fake_width: 1 },
  choices: [{
    key: "shape", label: "shape",
    options: { normal: "normal: tails everywhere", uniform: "uniform: an end on each side" },
  }],
  knobs: [
    centre("real_centre", "centre of p"), spread("real_width", "p"),
    centre("fake_centre", "centre of q"), spread("fake_width", "q"),
  ],
  draw,
  alt: () =>
    "Three charts. Above, two densities over x: p of the data, solid, and q of the forger, "
    + "dashed. Below them D*(x) = p/(p + q), near 1 where p is larger and near 0 where q "
    + "is. In the third the Jensen–Shannon divergence against the distance of the centres: "
    + "a valley with its bottom, 0 for equal widths, at distance 0 and walls that level off "
    + "at log 2; a square marks the place of these two densities.",
  numbers,
  words,
};
