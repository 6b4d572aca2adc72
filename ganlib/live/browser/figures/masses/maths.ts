/** Two distributions on the line: the earth mover's distance, its plan and its critic. */

import { separate, type Sides } from "../divergence.ts";

export interface Mass {
  /** All mass in one point, five equal masses, or spread evenly. */
  shape: "point" | "points" | "boxes";
  centre: number;
  /** From the first point or edge to the last. */
  width: number;
}

export interface Distance {
  value: number;
  /** One-sided derivatives in the centre of q. */
  slope: Sides;
  /** What the value becomes after the least move, where that is another one. */
  beside: number;
}

export type Knot = readonly [x: number, height: number];

const NUM_POINTS = 5;
const SAME = 1e-9; // places nearer than this are one: the controls step by 0.05

/** Where the masses of `point` and `points` lie, from left to right. */
export function atoms({ shape, centre, width }: Mass): number[] {
  if (shape === "point") return [centre];
  return Array.from({ length: NUM_POINTS }, (_, k) =>
    centre + width * (k / (NUM_POINTS - 1) - 0.5));
}

/** The share u of the mass lies to the left of this place, 0 < u < 1. */
export function quantile(mass: Mass, u: number): number {
  if (mass.shape === "boxes") return mass.centre + mass.width * (u - 0.5);
  const places = atoms(mass);
  return places[Math.min(Math.floor(u * places.length), places.length - 1)];
}

/** How much of the mass lies at or to the left of x. */
export function below(mass: Mass, x: number): number {
  if (mass.shape === "boxes") {
    return Math.min(Math.max((x - mass.centre) / mass.width + 0.5, 0), 1);
  }
  const places = atoms(mass);
  return places.filter((place) => place <= x).length / places.length;
}

/** W₁ = ∫ |F_q⁻¹(u) − F_p⁻¹(u)| du. */
export function earthMover(p: Mass, q: Mass): Distance {
  const { value, slope } = p.shape === "boxes" ? overBoxes(p, q) : overAtoms(p, q);
  return { value, slope, beside: value };
}

function overAtoms(p: Mass, q: Mass): { value: number; slope: Sides } {
  const from = atoms(p), to = atoms(q), share = 1 / from.length;
  let value = 0;
  const slope = { left: 0, right: 0 };
  for (let k = 0; k < from.length; k++) {
    const way = to[k] - from[k];
    value += share * Math.abs(way);
    slope.left += share * (way > SAME ? 1 : -1);
    slope.right += share * (way < -SAME ? -1 : 1);
  }
  return { value, slope };
}

/** The quantiles differ by d + e·s at u = s + ½, and that changes its sign at most once. */
function overBoxes(p: Mass, q: Mass): { value: number; slope: Sides } {
  const d = q.centre - p.centre, e = Math.abs(q.width - p.width);
  if (e > SAME && Math.abs(d) < e / 2) {
    const slope = 2 * d / e;
    return { value: d * d / e + e / 4, slope: { left: slope, right: slope } };
  }
  const away = { left: d > SAME ? 1 : -1, right: d < -SAME ? -1 : 1 };
  return { value: Math.abs(d), slope: e > SAME ? evenly(Math.sign(d)) : away };
}

const evenly = (slope: number): Sides => ({ left: slope, right: slope });

/** The Jensen–Shannon divergence of the same pair. */
export function jensenShannon(p: Mass, q: Mass): Distance {
  if (p.shape === "boxes") {
    const { jsd, slope } = separate({ ...p, shape: "uniform" }, { ...q, shape: "uniform" });
    return { value: jsd, slope, beside: jsd };
  }
  return { value: overPlaces(p, q), slope: evenly(0), beside: Math.LN2 - shared(p, q, 1e-6) };
}

function overPlaces(p: Mass, q: Mass): number {
  return Math.LN2 - shared(p, q, 0);
}

/** log 2 − JSD of the masses: what each place with both of them takes away. */
function shared(p: Mass, q: Mass, moved: number): number {
  const from = gathered(atoms(p)), to = gathered(atoms(q).map((place) => place + moved));
  let gap = 0;
  for (const [x, a] of from) {
    const b = to.find(([y]) => Math.abs(x - y) < SAME)?.[1] ?? 0;
    if (b > 0) gap += 0.5 * (a * Math.log((a + b) / a) + b * Math.log((a + b) / b));
  }
  return gap;
}

/** Places with the mass at each: of width 0, all five points are one place. */
function gathered(places: readonly number[]): [place: number, mass: number][] {
  const found: [number, number][] = [];
  for (const place of places) {
    const same = found.find(([other]) => Math.abs(place - other) < SAME);
    if (same) same[1] += 1 / places.length;
    else found.push([place, 1 / places.length]);
  }
  return found;
}

/**
 * A critic that attains W₁: E_p φ − E_q φ = ∫ φ′ (F_q − F_p) dx is largest, with slopes from
 * −1 to 1, if φ′ is the sign of F_q − F_p. Where that is 0, φ is flat: any slope would do.
 */
export function critic(p: Mass, q: Mass, from: number, to: number): Knot[] {
  const ends = [p, q].flatMap((mass) => mass.shape === "boxes"
    ? [mass.centre - mass.width / 2, mass.centre + mass.width / 2] : atoms(mass));
  const cross = (p.centre * q.width - q.centre * p.width) / (q.width - p.width);
  if (p.shape === "boxes" && Math.abs(q.width - p.width) > SAME) ends.push(cross);
  const places = [from, ...ends.filter((x) => x > from && x < to), to].sort((a, b) => a - b);
  let height = 0;
  const heights = places.map((x, k) => {
    if (k > 0) {
      const before = places[k - 1], middle = (before + x) / 2;
      const lead = below(q, middle) - below(p, middle);
      if (Math.abs(lead) > SAME) height += Math.sign(lead) * (x - before);
    }
    return height;
  });
  const middle = (Math.max(...heights) + Math.min(...heights)) / 2;
  return places.map((x, k) => [x, heights[k] - middle]);
}
