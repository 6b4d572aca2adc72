/** The field of the Dirac-GAN, and what gradient steps make of a start. */

import { Chart, grid } from "../chart.ts";
import type { Ink } from "../ink.ts";
import { arrows, mark, type Place } from "../marks.ts";
import type { Drawing, Spec } from "../spec.ts";
import { fixed, small } from "../words.ts";
import {
  classify, field, type Rules, runLength, simulate, type State, type Verdict,
} from "./maths.ts";

export interface DiracState extends Rules {
  /** The cursor: where the next path starts. */
  theta: number;
  psi: number;
  /** Where paths have started, the last one last. */
  starts: readonly State[];
}

export const REACH = 2;
export const MOST_PATHS = 6;
const FAR = 50; // from the equilibrium: what lies beyond is not drawn
const SIDE = 420; // pixels of the plane, where there is room

/** What is added by its name in the figure, and the strength that the chapter gives it. */
const REMEDIES = {
  none: { name: "nothing", letter: "strength", strength: 0 },
  clipping: { name: "clipping of ψ", letter: "clip c", strength: 1 },
  gradient_penalty: { name: "one-centred penalty", letter: "λ", strength: 0.35 },
  instance_noise: { name: "instance noise", letter: "noise σ", strength: 0.7 },
  r1: { name: "R1", letter: "γ", strength: 0.3 },
  r1_r2: { name: "R1 and R2", letter: "γ", strength: 0.3 },
  consensus: { name: "consensus optimisation", letter: "γ", strength: 1 },
} as const;
const ORDERS = {
  simultaneous: "simultaneous", alternating: "alternating",
  alternating_5: "alternating, five D steps",
} as const;

/**
 * The path of each start, and the rules it follows.
 *
 * A start belongs to one figure. When that drops it, its path goes with it.
 */
const kept = new WeakMap<State, { rules: string; path: State[] }>();

/** The path of each start under the present rules, computed once. */
export function paths(state: DiracState): State[][] {
  const { loss, remedy, strength, order, step_size } = state;
  const rules = `${loss} ${remedy} ${strength} ${order} ${step_size}`;
  return state.starts.map((start) => {
    const known = kept.get(start);
    if (known?.rules === rules) return known.path;
    const path = simulate(state, start, runLength(step_size));
    kept.set(start, { rules, path });
    return path;
  });
}

/** The part of a path that is drawn: far out, coordinates would outgrow a browser's. */
export function drawable(states: readonly State[]): readonly State[] {
  const end = states.findIndex((state) => !(Math.hypot(...state) < FAR));
  return end < 0 ? states : states.slice(0, end);
}

/** The state with one more start, at the cursor. */
export function started(state: DiracState): DiracState {
  const { theta, psi } = state;
  return { ...state, starts: [...state.starts, [theta, psi] as const].slice(-MOST_PATHS) };
}

export function plane(width: number, ink: Ink): Chart {
  const side = Math.min(SIDE, width - 58), ticks = [-2, -1, 0, 1, 2];
  const box = { left: 40 + Math.max(0, (width - 58 - side) / 2), top: 24, width: side };
  return new Chart(ink, { ...box, height: side },
    { from: -REACH, to: REACH, ticks, label: "generator θ" },
    { from: -REACH, to: REACH, ticks, label: "discriminator ψ" });
}

/** Directions of the field on a grid; all arrows have one length. */
function directions(chart: Chart, rules: Rules): string {
  const ends: [Place, Place][] = [], ticks = grid(-1.8, 1.8, 11);
  for (const [theta, psi] of ticks.flatMap((x) => ticks.map((y) => [x, y] as const))) {
    const [right, up] = field(rules, [theta, psi]), speed = Math.hypot(right, up);
    if (speed < 1e-9) continue;
    const dx = 10 * right / speed, dy = -10 * up / speed;
    const x = chart.px(theta), y = chart.py(psi);
    ends.push([[x - dx, y - dy], [x + dx, y + dy]]);
  }
  return arrows(ends, chart.ink.muted);
}

/** A square where a path starts; the last one is solid, and has a dot where it ends. */
function drawPath(chart: Chart, states: readonly State[], last: boolean): string {
  const { ink } = chart, near = drawable(states);
  const line = last ? { stroke: ink.real, width: 1.8 } : { stroke: ink.muted, dash: "4 3" };
  const at = (shape: "square" | "dot", [theta, psi]: State, fill: string): string =>
    mark(shape, chart.px(theta), chart.py(psi), fill, ink);
  const head = last ? at("dot", near[near.length - 1], ink.real) : "";
  return `<g class="path${last ? " last" : ""}">${chart.curve(near, line)}${head}</g>`
    + at("square", states[0], last ? ink.fake : ink.muted);
}

function draw(state: DiracState, width: number, ink: Ink): Drawing {
  const chart = plane(width, ink), { left, top, width: side } = chart.box;
  const all = paths(state);
  let inside = directions(chart, state);
  if (state.remedy === "clipping") {
    for (const psi of [-state.strength, state.strength]) {
      const limit = { stroke: ink.wine, width: 1.2, dash: "6 3" };
      inside += chart.segment([-REACH, psi], [REACH, psi], limit);
    }
  }
  const middle = `M${chart.px(0) - 7} ${chart.py(0)}h14m-7 -7v14`;
  inside += `<path d="${middle}" stroke="${ink.ink}" stroke-width="2"/>`
    + all.map((states, k) => drawPath(chart, states, k === all.length - 1)).join("");
  const window = `<svg x="${left}" y="${top}" width="${side}" height="${side}"`
    + ` viewBox="${left} ${top} ${side} ${side}">${inside}</svg>`;
  return { height: top + side + 44, body: chart.axes() + window, handles: [] };
}

const FATES: Record<Verdict["fate"], string> = {
  converges: "it converges", circles: "it circles", diverges: "it leaves",
};

function words(state: DiracState): string {
  const last = paths(state).at(-1), place = `θ = ${fixed(state.theta, 1)}, ψ = `
    + fixed(state.psi, 1);
  if (!last) return `No path. Click in the plane, or press Enter on the ring at ${place}.`;
  const { fate, early, late } = classify(last), [theta, psi] = last[0];
  const far = Number.isFinite(late) && late < 1e6 ? small(late) : "beyond a million";
  const next = theta === state.theta && psi === state.psi ? "" : ` Next start: ${place}.`;
  return `From θ = ${fixed(theta, 1)}, ψ = ${fixed(psi, 1)}, ${last.length - 1} steps: `
    + `${FATES[fate]}. Largest distance from the equilibrium: ${small(early)} in the first `
    + `fifth of the run, ${far} in the last.${next}`;
}

const strengthOf = ({ remedy }: DiracState): string => REMEDIES[remedy].letter;

export const DIRAC: Spec<DiracState> = {
  title: "The vector field of the Dirac-GAN",
  start: {
    loss: "minimax", remedy: "none", strength: 0, order: "alternating", step_size: 0.2,
    theta: 1, psi: 1, starts: [[1, 1]],
  },
  choices: [
    { key: "loss", label: "loss", options: {
      minimax: "minimax: zero-sum", non_saturating: "non-saturating",
      wasserstein: "Wasserstein",
    } },
    { key: "remedy", label: "added", options: Object.fromEntries(
      Object.entries(REMEDIES).map(([key, { name }]) => [key, name])) },
    { key: "order", label: "steps", options: ORDERS },
  ],
  knobs: [
    { key: "step_size", label: "step size h", min: 0.05, max: 1, step: 0.05,
      says: (h) => fixed(h, 2) },
    { key: "strength", label: strengthOf, min: 0.05, max: 3, step: 0.05,
      says: (value) => fixed(value, 2), idle: ({ remedy }) => remedy === "none" },
    { key: "theta", label: "θ", min: -REACH, max: REACH, step: 0.1, plotOnly: true,
      says: (x) => fixed(x, 1) },
    { key: "psi", label: "ψ", min: -REACH, max: REACH, step: 0.1, plotOnly: true,
      says: (x) => fixed(x, 1) },
  ],
  settle: (next, previous) => next.remedy === previous.remedy
    ? next : { ...next, strength: REMEDIES[next.remedy].strength },
  begin: (state) => ({ ...state, starts: [[state.theta, state.psi]] }),
  draw,
  alt: () =>
    "The plane of the generator’s θ and the discriminator’s ψ, both from −2 to 2, with "
    + "arrows of the vector field, a cross at the equilibrium in the middle, and the paths "
    + "of gradient steps, each from a square. The last path is solid and ends in a dot, "
    + "earlier ones are dashed.",
  numbers: () => "",
  words,
};
