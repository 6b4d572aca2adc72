/** Two masses that are moved apart: W₁ against JSD, the cheapest plan and the best critic. */

import { type Axis, Chart, grid, type Point } from "../chart.ts";
import type { Ink } from "../ink.ts";
import { arrows, legend, mark, type Shape } from "../marks.ts";
import type { Drawing, Knob, Spec } from "../spec.ts";
import { fixed, slope, small } from "../words.ts";
import {
  atoms, critic, type Distance, earthMover, jensenShannon, type Mass, quantile,
} from "./maths.ts";

export interface MassesState {
  shape: Mass["shape"];
  real_centre: number;
  fake_centre: number;
  real_width: number;
  fake_width: number;
}

const REACH = 1.5, EDGE = 2.7, FARTHEST = 2 * REACH, NUM_ARROWS = 9;
const DASH = "8 4";
const HEAPS = [
  { name: "p, the data", colour: "real", shape: "dot" },
  { name: "q, the forger", colour: "fake", shape: "triangle" },
] as const;
const DISTANCES = [
  { name: "W₁", colour: "teal", shape: "square" },
  { name: "JSD", colour: "wine", shape: "diamond", dash: DASH },
] as const;

export function masses(state: MassesState): { p: Mass; q: Mass } {
  const { shape } = state;
  return {
    p: { shape, centre: state.real_centre, width: state.real_width },
    q: { shape, centre: state.fake_centre, width: state.fake_width },
  };
}

function charts(width: number, ink: Ink) {
  const wide = width >= 620, left = wide ? Math.round(0.56 * width) : width;
  const axis: Axis = { from: -EDGE, to: EDGE, ticks: [-2, -1, 0, 1, 2], label: "x" };
  const inside = { left: 46, width: left - 58 };
  const place = wide
    ? { left: left + 46, width: width - left - 58, top: 58, height: 262 }
    : { left: 46, width: width - 58, top: 442, height: 170 };
  return {
    // p is drawn at height 1 and q at height 0, as in the chapter's picture of a plan.
    line: new Chart(ink, { ...inside, top: 58, height: 110 }, { ...axis, label: "" },
      { from: -0.35, to: 1.35, ticks: [], label: "the cheapest plan" }),
    critic: new Chart(ink, { ...inside, top: 222, height: 98 }, axis,
      { from: -2.5, to: 2.5, ticks: [-2, 0, 2], label: "critic φ(x)" }),
    shifts: new Chart(ink, place,
      { from: -FARTHEST, to: FARTHEST, ticks: [-3, -2, -1, 0, 1, 2, 3],
        label: "shift θ: centre of q minus centre of p" },
      { from: 0, to: FARTHEST, ticks: [0, 1, 2, 3], label: "distance of p and q" }),
    height: wide ? 364 : 656,
  };
}

function drawMass(chart: Chart, mass: Mass, y: number, shape: Shape, colour: string): string {
  if (mass.shape !== "boxes") {
    const places = atoms(mass);
    return places.map((x) => mark(shape, chart.px(x), chart.py(y), colour, chart.ink)).join("");
  }
  const half = mass.width / 2, high = 0.24;
  const corners = [[-half, 0], [-half, high], [half, high], [half, 0], [-half, 0]];
  const outline = corners.map(([dx, dy]): Point =>
    [mass.centre + dx, y + (y > 0.5 ? dy : -dy)]);
  return `<path d="${chart.trace(outline)}Z" fill="${colour}" fill-opacity="0.3"`
    + ` stroke="${colour}"/>`
    + mark(shape, chart.px(mass.centre), chart.py(y), colour, chart.ink);
}

function drawPlan(chart: Chart, p: Mass, q: Mass): string {
  const count = p.shape === "boxes" ? NUM_ARROWS : atoms(p).length;
  const shares = Array.from({ length: count }, (_, k) => (k + 0.5) / count);
  return arrows(shares.map((u) => [
    [chart.px(quantile(p, u)), chart.py(0.92)], [chart.px(quantile(q, u)), chart.py(0.1)],
  ]), chart.ink.muted, 7);
}

/** Both distances against the shift; where only single places meet, JSD has needles. */
function drawShifts(chart: Chart, p: Mass, q: Mass): string {
  const at = (theta: number): Mass => ({ ...q, centre: p.centre + theta });
  const shifts = grid(-FARTHEST, FARTHEST, 121);
  const moved = (f: (p: Mass, q: Mass) => Distance) => shifts.map((theta): Point =>
    [theta, f(p, at(theta)).beside]);
  const jagged = { stroke: chart.ink.wine, dash: DASH };
  let markup = chart.curve(moved(earthMover), { stroke: chart.ink.teal })
    + chart.curve(moved(jensenShannon), jagged);
  const meets = p.shape === "boxes" ? [] : atoms(p).flatMap((x) =>
    atoms({ ...q, centre: 0 }).map((y) => x - y - p.centre));
  for (const theta of new Set(meets.map((meet) => Number(meet.toFixed(9))))) {
    const { value, beside } = jensenShannon(p, at(theta));
    const needle = { stroke: chart.ink.wine, width: 1.2 };
    markup += chart.segment([theta, beside], [theta, value], needle);
  }
  return markup;
}

function draw(state: MassesState, width: number, ink: Ink): Drawing {
  const { p, q } = masses(state), { line, critic: below, shifts, height } = charts(width, ink);
  const coloured = <E extends { colour: keyof Ink }>(entries: readonly E[]) =>
    entries.map((entry) => ({ ...entry, colour: ink[entry.colour] }));
  const { left, top } = shifts.box, theta = q.centre - p.centre;
  const present = [earthMover(p, q), jensenShannon(p, q)].map(({ value }, k) => {
    const { shape, colour } = DISTANCES[k];
    return mark(shape, shifts.px(theta), shifts.py(value), ink[colour], ink);
  });
  const body = legend(coloured(HEAPS), 46, 14, ink)
    + legend(coloured(DISTANCES), left, top - 44, ink)
    + line.axes() + below.axes() + shifts.axes() + drawPlan(line, p, q)
    + drawMass(line, p, 1, "dot", ink.real) + drawMass(line, q, 0, "triangle", ink.fake)
    + below.curve(critic(p, q, -EDGE, EDGE), { stroke: ink.ink })
    + drawShifts(shifts, p, q) + present.join("");
  const held = [["real_centre", p, 1], ["fake_centre", q, 0]] as const;
  const handles = held.map(([key, { centre }, y]) =>
    ({ key, x: line.px(centre), y: line.py(y), chart: line }));
  return { height, body, handles };
}

function slopeOf({ value, slope: sides, beside }: Distance): string {
  return Math.abs(beside - value) > 1e-9 ? "a jump here, 0 beside it" : slope(sides);
}

function numbers(state: MassesState): string {
  const { p, q } = masses(state);
  const row = (name: string, distance: Distance): string =>
    `<tr><th scope="row">${name}</th><td>${fixed(distance.value, 3)}</td>`
    + `<td>${slopeOf(distance)}</td></tr>`;
  return "<table><thead><tr><th scope=\"col\">distance</th><th scope=\"col\">value</th>"
    + "<th scope=\"col\">slope in θ</th></tr></thead><tbody>"
    + row("W₁", earthMover(p, q)) + row("JSD (nats)", jensenShannon(p, q))
    + "</tbody></table>";
}

function words(state: MassesState): string {
  const { p, q } = masses(state), theta = q.centre - p.centre;
  const moved = earthMover(p, q), told = jensenShannon(p, q);
  const start = `θ = ${fixed(theta, 2)}: W₁ is ${fixed(moved.value, 3)}, JSD `
    + `${small(Math.max(told.value, 0))} nats. `;
  if (moved.value < 1e-9) return `${start}The two are equal; any move would raise both.`;
  if (Math.abs(told.beside - told.value) > 1e-9) {
    return `${start}Some of the points meet, and JSD jumps: it has no slope to follow.`;
  }
  const way = moved.slope.left > 0 ? "to the left" : "to the right";
  const flat = moved.slope.left * moved.slope.right <= 0;
  const first = flat ? "W₁ is at its lowest for these shapes" : `W₁ sends the forger ${way}`;
  const none = told.slope.left === 0 && told.slope.right === 0;
  const corner = Math.abs(told.slope.left - told.slope.right) > 1e-9;
  const says = none
    ? "JSD is flat and says nothing"
    : corner ? "JSD has a corner: a slope on one side, another on the other" : "JSD has a slope, too";
  return `${start}${first}; ${says}.`;
}

const centre = (key: Knob<MassesState>["key"], label: string): Knob<MassesState> => ({
  key, label, min: -REACH, max: REACH, step: 0.05, says: (x) => fixed(x, 2),
});
const spread = (key: Knob<MassesState>["key"], label: string): Knob<MassesState> => ({
  key, label, min: 0.1, max: 2, step: 0.05, says: (x) => fixed(x, 2),
  idle: ({ shape }) => shape === "point",
});

export const MASSES: Spec<MassesState> = {
  title: "Two masses on a line, the cheapest plan, and two distances",
  start: { shape: "point", real_centre: -0.5, fake_centre: 0.5, real_width: 1, fake_width: 1 },
  choices: [{
    key: "shape", label: "shape",
    options: {
      point: "one point each (parallel lines)", points: "five points each", boxes: "boxes",
    },
  }],
  knobs: [
    centre("real_centre", "centre of p"), spread("real_width", "width of p"),
    centre("fake_centre", "centre of q"), spread("fake_width", "width of q"),
  ],
  draw,
  alt: () =>
    "Three charts. Above, the data p on an upper line and the forger q on a lower one, with "
    + "arrows of the cheapest plan that keep the order and do not cross. Below, the critic: "
    + "it falls or rises by 1 a unit where mass has to cross and is flat elsewhere. In the "
    + "third both distances against the shift: W₁ rises on either side of its lowest place, "
    + "with slope 1 once the two are apart; JSD is flat at log 2 there. Marks show these two.",
  numbers,
  words,
};
