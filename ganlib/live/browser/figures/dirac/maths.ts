/** The Dirac-GAN of `ganlib.dynamics` by formulas: field, steps, paths, verdict. */

import { sigmoid } from "../logit/maths.ts";
import { nodes } from "./hermite.ts";

export type Loss = "minimax" | "non_saturating" | "wasserstein";
export type Remedy =
  | "none" | "clipping" | "gradient_penalty" | "instance_noise" | "r1" | "r1_r2" | "consensus";
export type Order = "simultaneous" | "alternating" | "alternating_5";
export type State = readonly [theta: number, psi: number];

export interface Rules {
  loss: Loss;
  remedy: Remedy;
  /** c, λ, σ or γ of the remedy. */
  strength: number;
  order: Order;
  step_size: number;
}

/** Weights a and b of v = (ψ a, −θ b), both at w = ψθ, and their derivatives. */
function weights(loss: Loss, w: number): readonly [number, number, number, number] {
  if (loss === "wasserstein") return [1, 1, 0, 0];
  const up = sigmoid(w), down = sigmoid(-w), bend = up * down;
  return loss === "minimax" ? [up, up, bend, bend] : [down, up, -bend, bend];
}

/** v(θ, ψ): minus each player's own derivative of its own loss. */
export function field(rules: Rules, [theta, psi]: State): State {
  const { loss, remedy, strength } = rules;
  if (remedy === "instance_noise") return noisyField(loss, strength, theta, psi);
  const [a, b, da, db] = weights(loss, psi * theta);
  const toTheta = psi * a, toPsi = -theta * b;
  if (remedy === "consensus") {
    // The gradient of ½‖v‖², with the derivatives of the two weights.
    const along = psi ** 2 * a * da + theta ** 2 * b * db;
    return [
      toTheta - strength * (theta * b ** 2 + psi * along),
      toPsi - strength * (psi * a ** 2 + theta * along),
    ];
  }
  return [toTheta, toPsi - friction(remedy, strength, psi)];
}

/** What a penalty takes from v₂; D(x) = ψx has the slope ψ everywhere. */
function friction(remedy: Remedy, strength: number, psi: number): number {
  if (remedy === "r1") return strength * psi;
  if (remedy === "r1_r2") return 2 * strength * psi;
  if (remedy === "gradient_penalty") {
    const norm = Math.sqrt(psi ** 2 + 1e-12); // as in ganlib.penalties: a derivative at 0
    return 2 * strength * (norm - 1) * psi / norm;
  }
  return 0;
}

/** Independent normal noise on both points, integrated out by Gauss–Hermite nodes. */
function noisyField(loss: Loss, std: number, theta: number, psi: number): State {
  let toTheta = 0, toPsi = 0;
  for (const [node, weight] of nodes()) {
    const noise = std * node, fake = theta + noise;
    const [a, b] = weights(loss, psi * fake);
    const onReal = loss === "wasserstein" ? 1 : sigmoid(-psi * noise);
    toTheta += weight * psi * a;
    toPsi += weight * (noise * onReal - fake * b);
  }
  return [toTheta, toPsi];
}

/** One update, as `simultaneous_step` and `alternating_step` make it. */
export function step(rules: Rules, [theta, psi]: State): State {
  const { order, step_size: h } = rules;
  if (order === "simultaneous") {
    const [toTheta, toPsi] = field(rules, [theta, psi]);
    return [theta + h * toTheta, clipped(rules, psi + h * toPsi)];
  }
  for (let k = order === "alternating_5" ? 5 : 1; k > 0; k--) {
    psi = clipped(rules, psi + h * field(rules, [theta, psi])[1]);
  }
  return [theta + h * field(rules, [theta, psi])[0], psi];
}

function clipped({ remedy, strength }: Rules, psi: number): number {
  return remedy === "clipping" ? Math.min(Math.max(psi, -strength), strength) : psi;
}

/** All states from the start on, the start included. */
export function simulate(rules: Rules, start: State, numSteps: number): State[] {
  const states: State[] = [start];
  for (let k = 0; k < numSteps; k++) states.push(step(rules, states[k]));
  return states;
}

/** So many steps that h times their number is 100: 500 at h = 0.2, as in the chapter. */
export function runLength(stepSize: number): number {
  return Math.round(100 / stepSize);
}

export interface Verdict {
  fate: "converges" | "circles" | "diverges";
  /** Largest distance from the equilibrium in the first fifth of the run, and in the last. */
  early: number;
  late: number;
}

/** The rule of `ganlib.dynamics.classify`. */
export function classify(states: readonly State[]): Verdict {
  const fifth = Math.floor(states.length / 5);
  const distances = states.map(([theta, psi]) => Math.hypot(theta, psi));
  const early = Math.max(...distances.slice(0, fifth));
  const late = Math.max(...distances.slice(-fifth));
  if (!distances.every(Number.isFinite)) return { fate: "diverges", early, late: Infinity };
  const fate = late < 0.1 * early ? "converges" : late > 1.25 * early ? "diverges" : "circles";
  return { fate, early, late };
}
