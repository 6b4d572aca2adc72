/**
 * One game from its first step on, and everything that was done to it.
 *
 * The state is a fold over a log of actions: so many steps of both players, of one of them,
 * a changed setting. Settings, seed and log are what a link holds, and playing the log again
 * gives the same numbers.
 */

import { Game, seededSource } from "../engine/game.ts";
import type { Kernels } from "../engine/kernels.ts";
import { target, type Target } from "../engine/targets.ts";
import { History } from "./history.ts";
import {
  changes, checked, PRESETS, type Settings, STARTS_AGAIN,
} from "./settings.ts";

/** Who moves: both players by the rules, the discriminator once, the generator once. */
export type Mover = "b" | "d" | "g";
export type Action = { mover: Mover; count: number } | { name: string; text: string };

/** More than a reader would wait for: some minutes. */
export const MOST_STEPS = 1_000_000;

export class Session {
  settings: Settings;
  /** The preset that the settings came from. */
  preset: string;
  target!: Target;
  game!: Game;
  /** Steps that each player has made. */
  d_steps = 0;
  g_steps = 0;
  readonly log: Action[] = [];
  readonly curves = {
    d_loss: new History(240), g_loss: new History(240),
    d_norm: new History(240), g_norm: new History(240),
  };
  private readonly newKernels: () => Kernels;
  /** The settings before the first step; later changes are in the log. */
  private first!: Settings;

  constructor(newKernels: () => Kernels, preset: string, settings?: Partial<Settings>) {
    this.newKernels = newKernels;
    this.preset = preset;
    this.settings = { ...PRESETS[preset].settings, ...settings };
    this.restart();
  }

  /** Back to the first weights, with the settings as they are now. */
  restart(): void {
    const { settings } = this, kernels = this.newKernels();
    this.first = { ...settings };
    this.target = target(settings.data, settings.drawn);
    const source = seededSource(kernels, this.target, settings.seed);
    this.game = new Game(kernels, { ...settings }, source, settings.seed);
    this.d_steps = this.g_steps = 0;
    this.log.length = 0;
    for (const curve of Object.values(this.curves)) curve.clear();
  }

  /** How many moves the log holds: what a link has to play again. */
  get moves(): number {
    return movesOf(this.log);
  }

  /** Whether there is anything to learn from: a reader may have drawn nothing yet. */
  get ready(): boolean {
    return this.target.means.length > 0;
  }

  /** Whether every number is still finite. */
  get alive(): boolean {
    const { d_loss, g_loss } = this.game;
    return Math.abs(d_loss) !== Infinity && Math.abs(g_loss) !== Infinity &&
      !(this.d_steps && Number.isNaN(d_loss)) && !(this.g_steps && Number.isNaN(g_loss));
  }

  /** Let somebody move once. */
  advance(mover: Mover): void {
    const { game, curves } = this;
    if (mover === "b") game.step();
    else if (mover === "d") game.discriminatorStep();
    else game.generatorStep();
    if (mover !== "g") {
      this.d_steps += mover === "b" ? this.settings.d_steps : 1;
      curves.d_loss.add(game.d_loss);
      curves.d_norm.add(game.d_norm);
    }
    if (mover !== "d") {
      this.g_steps += 1;
      curves.g_loss.add(game.g_loss);
      curves.g_norm.add(game.g_norm);
    }
    const last = this.log[this.log.length - 1];
    if (last && "mover" in last && last.mover === mover) last.count += 1;
    else this.log.push({ mover, count: 1 });
  }

  /** Change a setting; the game goes on with it, or starts again where it has to. */
  change(name: string, text: string): void {
    const change = checked(name, text);
    const key = name as keyof Settings;
    if (String(this.settings[key]) === String(change[key])) return;
    Object.assign(this.settings, change);
    if (STARTS_AGAIN.includes(key)) {
      this.restart();
      return;
    }
    Object.assign(this.game.rules, change);
    if (this.log.length) this.log.push({ name, text: String(change[key]) });
    else Object.assign(this.first, change);
  }

  /** Take another preset, or the same one afresh, with some settings of one's own. */
  choose(preset: string, settings: Partial<Settings>): void {
    this.preset = preset;
    this.settings = { ...PRESETS[preset].settings, ...settings };
    this.restart();
  }

  /** Whether this is that preset under that seed, with nothing else changed. */
  isPreset(preset: string, seed: number): boolean {
    const told = changes(this.first, preset);
    return preset === this.preset && this.first.seed === seed &&
      Object.keys(told).every((name) => name === "seed");
  }

  /** What the preset shows; once a setting differs, only that it does. */
  get caption(): string {
    const { seed: _, drawn, ...others } = changes(this.settings, this.preset);
    if (Object.keys(others).length) {
      return "Your own settings; how often they succeed has not been counted.";
    }
    return drawn === undefined
      ? PRESETS[this.preset].caption
      : "Your own drawing: each point becomes a cluster.";
  }

  /** Preset, first settings and log, as the words of a link. */
  write(): Record<string, string> {
    const log = this.log.map((action) =>
      "mover" in action ? `${action.mover}${action.count}` : `${action.name}-${action.text}`,
    );
    const words = { preset: this.preset, ...changes(this.first, this.preset) };
    return log.length ? { ...words, log: log.join("*") } : words;
  }

  /** Play a log, a step at a time: each `next` is one move. */
  *replay(log: readonly Action[]): Generator<void, void> {
    for (const action of log) {
      if ("name" in action) {
        this.change(action.name, action.text);
        continue;
      }
      for (let k = 0; k < action.count && this.alive; k++) {
        this.advance(action.mover);
        yield;
      }
    }
  }
}

/** What the words of a link ask for; a sentence if they cannot be understood. */
export function readLink(words: Record<string, string>): {
  preset: string; settings: Partial<Settings>; log: Action[];
} {
  const { preset = "ring", log = "", ...rest } = words;
  if (!Object.hasOwn(PRESETS, preset)) {
    throw new Error(
      `preset is ${preset}, but must be one of ${Object.keys(PRESETS).join(", ")}.`,
    );
  }
  const settings = {};
  for (const [name, text] of Object.entries(rest)) {
    Object.assign(settings, checked(name, text));
  }
  return { preset, settings, log: readLog(log) };
}

function readLog(text: string): Action[] {
  const actions = text.split("*").filter(Boolean).map(readAction), steps = movesOf(actions);
  if (steps > MOST_STEPS) {
    throw new Error(`log asks for ${steps} steps, but at most ${MOST_STEPS} are played.`);
  }
  return actions;
}

function movesOf(log: readonly Action[]): number {
  return log.reduce((sum, action) => sum + ("mover" in action ? action.count : 0), 0);
}

function readAction(text: string): Action {
  const move = /^([bdg])(\d+)$/.exec(text);
  if (move) return { mover: move[1] as Mover, count: Number(move[2]) };
  const change = /^([a-z0-9_]+)-(.+)$/.exec(text);
  if (change && !STARTS_AGAIN.includes(change[1] as keyof Settings)) {
    checked(change[1], change[2]);
    return { name: change[1], text: change[2] };
  }
  throw new Error(
    `log holds ${text}, but must be moves such as b400, d1, g1 and settings such as ` +
      "g_lr-0.01, joined by stars.",
  );
}
