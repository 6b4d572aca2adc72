/** The playground's controls, as HTML. Nothing in it comes from outside. */

import { TARGET_NAMES } from "../engine/targets.ts";
import { LEGEND } from "./legend.ts";
import { LIMITS, type NumberName, OFFERS, PRESETS } from "./settings.ts";

/** Steps a frame; the last one is as many as fit. */
export const SPEEDS = [
  { title: "slow: 1 step a frame", steps: 1 },
  { title: "medium: 5 steps a frame", steps: 5 },
  { title: "quick: 20 steps a frame", steps: 20 },
  { title: "as fast as it goes", steps: Infinity },
] as const;
export const USUAL_SPEED = 1;

export const CURVES = [
  { name: "d_loss", title: "Loss of D", colour: "real" },
  { name: "g_loss", title: "Loss of G", colour: "fake" },
  { name: "d_norm", title: "Gradient of D", colour: "real" },
  { name: "g_norm", title: "Gradient of G", colour: "fake" },
] as const;

const DATA_TITLES: Record<(typeof TARGET_NAMES)[number], string> = {
  gaussian: "one Gaussian",
  "two-clusters": "two clusters",
  ring: "ring of eight",
  grid: "grid of nine",
  moons: "two moons",
  spiral: "spiral",
  drawn: "drawn by you",
};

function option(value: string | number, title: string): string {
  return `<option value="${value}">${title}</option>`;
}

function number(name: NumberName, title: string, step: string): string {
  const [least, largest] = LIMITS[name];
  return `<label>${title} <input type="number" data-setting="${name}" min="${least}"
    max="${largest}" step="${step}"></label>`;
}

function curve({ name, title }: (typeof CURVES)[number]): string {
  return `<div class="curve"><span>${title}</span> <span data-curve="${name}">–</span>
    <canvas data-curve="${name}" aria-hidden="true"></canvas></div>`;
}

const ACTIONS = `
  <div class="row controls" role="group" aria-label="Training">
    <button type="button" class="main" data-do="train">Train</button>
    <button type="button" data-do="d">Step D</button>
    <button type="button" data-do="g">Step G</button>
    <button type="button" data-do="b">Step both</button>
    <button type="button" data-do="reset">Reset</button>
    <button type="button" class="sheet" data-do="undo">Undo a point</button>
    <button type="button" class="sheet" data-do="clear">Clear drawing</button>
  </div>
  <p class="message" role="alert"></p>`;

const TOUR = `
  <div class="tour" role="group" aria-label="Tour">
    <p role="status"></p>
    <div class="row">
      <button type="button" class="main" data-do="next">Next</button>
      <span class="muted" data-at></span>
      <button type="button" data-do="end">Leave the tour</button>
    </div>
  </div>`;

const SHOWN = `
  <fieldset class="row"><legend>Show</legend>
    <label><input type="checkbox" data-show="wash" checked> what D says</label>
    <label><input type="checkbox" data-show="pull"> where each forgery is pulled</label>
    <label><input type="checkbox" data-show="lines"> a grid of z, as G bends it</label>
  </fieldset>`;

function settings(): string {
  const targets = TARGET_NAMES.map((name) => option(name, DATA_TITLES[name])).join("");
  const offers = OFFERS.map(({ title }, k) => option(k, title)).join("");
  return `
  <details class="controls"><summary>Settings</summary>
    <div class="grid">
      <label>Data <select data-setting="data">${targets}</select></label>
      <label>Loss <select data-offer>${offers}</select></label>
      ${number("strength", "<span data-strength>Strength</span>", "any")}
      ${number("g_lr", "Learning rate of G", "any")}
      ${number("d_lr", "Learning rate of D", "any")}
      ${number("beta1", "Adam’s β₁", "any")}
      ${number("beta2", "Adam’s β₂", "any")}
      ${number("d_steps", "Steps of D for one of G", "1")}
      ${number("width", "Units in a hidden layer", "1")}
      ${number("batch_size", "Samples a step", "8")}
    </div>
    <p class="muted">Data, units and samples start the game again; the others act from the
      next step on.</p>
  </details>`;
}

/** Everything inside the element. */
export function markup(): string {
  const presets = Object.entries(PRESETS).map(([name, { title }]) => option(name, title));
  const speeds = SPEEDS.map(({ title }, k) => option(k, title));
  return `
  <section class="frame" aria-label="Playground: train a GAN on this page">
    <div class="row controls">
      <label>Preset <select data-preset>${presets.join("")}</select></label>
      <label>Seed <input type="number" data-setting="seed" min="0" max="4294967295"
        step="1"></label>
      <label>Speed <select data-speed>${speeds.join("")}</select></label>
    </div>
    <p class="caption"></p>
    ${TOUR}
    <div class="stage">
      <div class="picture">
        <canvas class="plane"></canvas>
        ${LEGEND}
        ${ACTIONS}
      </div>
      <div class="side">
        <div class="row number">
          <span>Steps: G <span data-read="g_steps">0</span>,
            D <span data-read="d_steps">0</span></span>
          <span><span data-read="parts">–</span> hit</span>
          <span><span data-read="quality">–</span> of forgeries
            <span data-read="where">in a cluster</span></span>
        </div>
        <div class="curves">${CURVES.map(curve).join("")}</div>
        ${SHOWN}
      </div>
    </div>
    ${settings()}
    <div class="row controls">
      <button type="button" data-do="tour">Tour</button>
      <button type="button" data-do="link">Copy a link to this</button>
      <input type="text" class="link" readonly aria-label="Link to this state">
    </div>
    <p class="status muted" role="status"></p>
  </section>`;
}
