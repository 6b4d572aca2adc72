/** Everything that fixes a game: presets, their names, and how a link writes them. */

import presetsFile from "../../presets.json" with { type: "json" };
import { RESTRAINTS, type Restraint, type Rules } from "../engine/game.ts";
import { LOSS_NAMES, type LossName } from "../engine/losses.ts";
import { TARGET_NAMES, type TargetName } from "../engine/targets.ts";

/** What a reader can set; with the seed and what was done, it fixes every number. */
export interface Settings extends Rules {
  data: TargetName;
  seed: number;
  /** Centres that the reader drew, x and y in turn, in units of the data. */
  drawn: number[];
}

export interface Preset {
  title: string;
  /** What a reader will see; `benchmarks/live_presets.py` counts how often. */
  caption: string;
  /** After how many steps. */
  steps: number;
  settings: Settings;
}

/** What every game has unless its preset says otherwise: the recipe `ring`, narrower. */
export const DEFAULTS: Settings = {
  data: "ring",
  seed: 0,
  drawn: [],
  loss: "non_saturating",
  restraint: "none",
  strength: 0,
  g_lr: 1e-3,
  d_lr: 1e-3,
  beta1: 0.5,
  beta2: 0.999,
  epsilon: 1e-8,
  d_steps: 1,
  width: 32,
  depth: 2,
  batch_size: 128,
};

/** A preset as presets.json writes it: what differs from the defaults, and the promise. */
type PresetEntry = Partial<Settings> & {
  title: string; caption: string; expect: { step: number };
};

export const PRESETS: Record<string, Preset> = Object.fromEntries(
  Object.entries(presetsFile as object).map(([name, entry]) => {
    const { title, caption, expect, ...changes } = entry as PresetEntry;
    const settings: Settings = { ...DEFAULTS, ...changes };
    return [name, { title, caption, steps: expect.step, settings }];
  }),
);

/** The pairs of loss and restraint that the page offers, with a strength to start from. */
export interface Offer {
  title: string;
  loss: LossName;
  restraint: Restraint;
  strength: number;
  /** What the strength is called, or "" where there is none. */
  symbol: string;
}

export const OFFERS: readonly Offer[] = [
  offer("minimax", "minimax", "none", 0, ""),
  offer("non-saturating", "non_saturating", "none", 0, ""),
  offer("least squares", "least_squares", "none", 0, ""),
  offer("Wasserstein, clipped weights", "wasserstein", "clipping", 0.1, "limit c"),
  offer("Wasserstein, gradient penalty", "wasserstein", "gradient_penalty", 10, "weight λ"),
  offer("hinge", "hinge", "none", 0, ""),
  offer("pairs with R1 and R2", "relativistic", "r1_r2", 0.1, "strength γ"),
];

function offer(
  title: string, loss: LossName, restraint: Restraint, strength: number, symbol: string,
): Offer {
  return { title, loss, restraint, strength, symbol };
}

/** Numbers a reader can set: the least and the largest that make sense. */
export const LIMITS = {
  seed: [0, 4294967295],
  strength: [0, 1000],
  g_lr: [0, 1],
  d_lr: [0, 1],
  beta1: [0, 0.999],
  beta2: [0, 0.99999],
  epsilon: [1e-12, 1],
  d_steps: [1, 20],
  width: [4, 128],
  depth: [1, 4],
  batch_size: [8, 1024],
} as const;
export type NumberName = keyof typeof LIMITS;

/** What the page calls a setting, beside the name that a link has for it. */
const CALLED: Record<string, string> = {
  g_lr: "the learning rate of G (g_lr)",
  d_lr: "the learning rate of D (d_lr)",
  beta1: "β₁ (beta1)",
  beta2: "β₂ (beta2)",
  d_steps: "the number of steps of D (d_steps)",
  width: "the number of units (width)",
  batch_size: "the number of samples (batch_size)",
};

const WHOLE: readonly string[] = ["seed", "d_steps", "width", "depth", "batch_size"];

/** Settings that make another game: it starts again when one of them changes. */
export const STARTS_AGAIN: readonly (keyof Settings)[] = [
  "data", "seed", "drawn", "width", "depth", "batch_size",
];

/** Where centres of drawn data may lie, in units of the data; a link keeps hundredths. */
export const EDGE = 3;
export const MOST_DRAWN = 64;

/** Check one setting that came from outside; a sentence if it cannot be used. */
export function checked(name: string, text: string): Partial<Settings> {
  if (Object.hasOwn(LIMITS, name)) {
    const [least, largest] = LIMITS[name as NumberName], value = Number(text);
    const fits = text.trim() !== "" && value >= least && value <= largest;
    const whole = !WHOLE.includes(name) || Number.isInteger(value);
    const eights = name !== "batch_size" || value % 8 === 0;
    if (!fits || !whole || !eights) {
      const kind = WHOLE.includes(name) ? "a whole number" : "a number";
      const multiple = name === "batch_size" ? ", a multiple of 8" : "";
      throw new Error(
        `${CALLED[name] ?? name} is ${text || "empty"}, but must be ${kind} from ${least} to ${largest}${multiple}.`,
      );
    }
    return { [name]: value };
  }
  const choices: Record<string, readonly string[]> = {
    data: TARGET_NAMES, loss: LOSS_NAMES, restraint: RESTRAINTS,
  };
  if (Object.hasOwn(choices, name)) {
    if (!choices[name].includes(text)) {
      throw new Error(`${name} is ${text}, but must be one of ${choices[name].join(", ")}.`);
    }
    return { [name]: text };
  }
  if (name === "drawn") return { drawn: readDrawn(text) };
  throw new Error(`there is no setting ${name}.`);
}

/** Centres as a link writes them: hundredths, x and y in turn, joined by dots. */
function readDrawn(text: string): number[] {
  const centres = text.split(".").filter(Boolean).map((word) => Number(word) / 100);
  const fits = centres.every((x) => Math.abs(x) <= EDGE);
  if (!fits || centres.length % 2 || centres.length > 2 * MOST_DRAWN) {
    throw new Error(
      `drawn is ${text}, but must be at most ${MOST_DRAWN} points, each two whole numbers ` +
        `from ${-100 * EDGE} to ${100 * EDGE}, joined by dots.`,
    );
  }
  return centres;
}

/** The same the other way round. */
export function writeDrawn(centres: readonly number[]): string {
  return centres.map((x) => Math.round(100 * x)).join(".");
}

/** The settings that differ from a preset's, as text: what a link has to say. */
export function changes(settings: Settings, preset: string): Record<string, string> {
  const usual = PRESETS[preset].settings, told: Record<string, string> = {};
  for (const name of Object.keys(DEFAULTS) as (keyof Settings)[]) {
    const [now, then] = [settings, usual].map((one) =>
      name === "drawn" ? writeDrawn(one.drawn) : String(one[name]),
    );
    if (now !== then) told[name] = now;
  }
  return told;
}
