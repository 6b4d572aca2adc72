/** What a figure is: numbers and choices of the reader, and pure functions of them. */

import type { Chart } from "./chart.ts";
import type { Ink } from "./ink.ts";

/** A number that the reader moves: with a range input, and perhaps on the plot. */
export interface Knob<S> {
  key: keyof S & string;
  label: string | ((state: S) => string);
  min: number;
  max: number;
  step: number;
  /** The value in words, for the page and for a screen reader. */
  says(value: number): string;
  /** Whether it has no effect at the moment. */
  idle?(state: S): boolean;
  /** Whether only the plot moves it: then it has no input. */
  plotOnly?: boolean;
}

/** One of several: a drop-down list. */
export interface Choice<S> {
  key: keyof S & string;
  label: string;
  options: Readonly<Record<string, string>>;
}

/** A place of the drawing by which a knob can be dragged along the horizontal axis. */
export interface Handle {
  key: string;
  x: number;
  y: number;
  chart: Chart;
}

export interface Drawing {
  height: number;
  body: string;
  handles: readonly Handle[];
}

export interface Spec<S extends object> {
  /** What the figure is called, for a screen reader. */
  title: string;
  start: S;
  knobs: readonly Knob<S>[];
  choices: readonly Choice<S>[];
  /** What else changes when one thing has changed. */
  settle?(next: S, previous: S): S;
  /** What follows from the state in which the figure starts. */
  begin?(state: S): S;
  draw(state: S, width: number, ink: Ink): Drawing;
  /** What the drawing shows, for whoever cannot see it. */
  alt(state: S): string;
  /** The numbers below the drawing, as HTML. */
  numbers(state: S): string;
  /** The state in one or two sentences. */
  words(state: S): string;
}

/** The label of a knob as it reads now. */
export function labelOf<S>(knob: Knob<S>, state: S): string {
  return typeof knob.label === "string" ? knob.label : knob.label(state);
}

/** A knob's value within its limits and on its steps. */
export function onStep<S>(knob: Knob<S>, value: number): number {
  const inside = Math.min(Math.max(value, knob.min), knob.max);
  const steps = Math.round((inside - knob.min) / knob.step);
  // Decimal steps are not binary numbers: 0.1 · 3 is not 0.3, and the sum would drift.
  return Number((knob.min + steps * knob.step).toFixed(6));
}

/** The state after one change. */
export function change<S extends object>(
  spec: Spec<S>, state: S, key: keyof S & string, value: number | string,
): S {
  const next = { ...state, [key]: value };
  return spec.settle ? spec.settle(next, state) : next;
}

/** Where the figure starts: as the element's attributes say, else as the figure does. */
export function startingState<S extends object>(
  spec: Spec<S>, attribute: (name: string) => string | null,
): S {
  let state = spec.start;
  for (const { key, options } of spec.choices) {
    const given = attribute(key.replaceAll("_", "-"));
    if (given !== null && Object.hasOwn(options, given)) {
      state = change(spec, state, key, given);
    }
  }
  for (const knob of spec.knobs) {
    const given = attribute(knob.key.replaceAll("_", "-"));
    if (given !== null && Number.isFinite(Number(given))) {
      state = change(spec, state, knob.key, onStep(knob, Number(given)));
    }
  }
  return spec.begin ? spec.begin(state) : state;
}
