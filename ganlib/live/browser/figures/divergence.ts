/** The Jensen–Shannon divergence of two densities on the line, and its slope. */

import { softplus } from "./logit/maths.ts";

export interface Density {
  shape: "normal" | "uniform";
  centre: number;
  /** Standard deviation of a normal density, length of a uniform one. */
  width: number;
}

/** A derivative by its two sides; they differ where a function has a corner. */
export interface Sides {
  left: number;
  right: number;
}

export interface Separation {
  /** JSD(p, q) in nats. */
  jsd: number;
  /** log 2 − JSD: exact however small, where the difference would be rounding. */
  gap: number;
  /** V(D*, G) = 2 JSD − log 4 = −2 gap. */
  value: number;
  /** Derivative of JSD in the centre of q. */
  slope: Sides;
}

// Standard deviations kept on each side. Far apart, the gap to log 2 comes from the middle
// between the two, up to 20 away with the narrowest densities at the ends of the chart.
const TAIL = 22;
const PER_WIDTH = 20; // steps of the sum in one standard deviation of the narrower density
// From one side of a corner: less than any step of a control, more than rounding.
const NEAR = 1e-7;

/** log p(x), −∞ outside a uniform density. */
export function logDensity({ shape, centre, width }: Density, x: number): number {
  const z = (x - centre) / width;
  if (shape === "normal") return -0.5 * z * z - Math.log(width * Math.sqrt(2 * Math.PI));
  return Math.abs(z) < 0.5 ? -Math.log(width) : -Infinity;
}

/** log p(x) − log q(x), the logit of D*; not a number where neither density lives. */
export function optimalLogit(p: Density, q: Density, x: number): number {
  return logDensity(p, x) - logDensity(q, x); // −∞ − −∞ is not a number
}

/** How far apart p and q are for the best detective. Both have the same shape. */
export function separate(p: Density, q: Density): Separation {
  const { gap, slope } = p.shape === "normal" ? normals(p, q) : uniforms(p, q);
  return { jsd: Math.LN2 - gap, gap, value: -2 * gap, slope };
}

/**
 * log 2 − JSD = ½ ∫ p softplus(log q − log p) + q softplus(log p − log q) dx, as a sum over
 * equal steps: for smooth functions that vanish at both ends its error falls faster than
 * any power of the step. Every term is positive, so nothing cancels far out.
 */
function normals(p: Density, q: Density): { gap: number; slope: Sides } {
  const step = Math.min(p.width, q.width) / PER_WIDTH;
  let gap = 0, slope = 0;
  for (const [own, other] of [[p, q], [q, p]]) {
    const count = Math.ceil(TAIL * own.width / step);
    for (let k = -count; k <= count; k++) {
      const x = own.centre + k * step, log = logDensity(own, x);
      const term = Math.exp(log) * softplus(logDensity(other, x) - log);
      gap += 0.5 * step * term;
      // Only q moves, and D* may be held fixed: the envelope theorem.
      if (own === q) slope -= 0.5 * step * term * k * step / own.width ** 2;
    }
  }
  // By symmetry; the sum would leave a rounding error of either sign.
  if (p.centre === q.centre) slope = 0;
  return { gap, slope: { left: slope, right: slope } };
}

/** On the overlap both densities are constant; elsewhere one of them is alone. */
function uniforms(p: Density, q: Density): { gap: number; slope: Sides } {
  const a = p.width, b = q.width, d = q.centre - p.centre;
  const overlap = Math.min(Math.max((a + b) / 2 - Math.abs(d), 0), a, b);
  const each = (Math.log((a + b) / b) / a + Math.log((a + b) / a) / b) / 2;
  const side = (at: number): number => {
    const apart = Math.abs(at);
    const moves = apart > Math.abs(a - b) / 2 && apart < (a + b) / 2;
    return moves ? each * Math.sign(at) : 0;
  };
  return { gap: each * overlap, slope: { left: side(d - NEAR), right: side(d + NEAR) } };
}
