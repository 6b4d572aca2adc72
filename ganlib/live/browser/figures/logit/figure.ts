/** The logit of one fake, and how hard either loss of the generator pushes it. */

import { type Axis, Chart, grid, type Point } from "../chart.ts";
import type { Ink } from "../ink.ts";
import { legend, mark } from "../marks.ts";
import type { Drawing, Spec } from "../spec.ts";
import { factor, fixed, percent, small } from "../words.ts";
import { type GeneratorLoss, minimax, nonSaturating, sigmoid } from "./maths.ts";

export interface LogitState {
  logit: number;
}

const REACH = 8;
const TANGENT = 1.6; // how far a tangent is drawn to either side, in units of t
const GRIP = -5.5; // where the dotted line is taken hold of: below both curves' marks
const LOGITS = grid(-REACH, REACH, 81);
const AXIS: Axis = {
  from: -REACH, to: REACH, ticks: [-8, -4, 0, 4, 8], label: "logit t of a fake",
};

function charts(width: number, ink: Ink): { losses: Chart; pushes: Chart; height: number } {
  const wide = width >= 560, top = 58, tall = 200;
  const inside = (wide ? width / 2 : width) - 58;
  const below = wide ? top : top + tall + 76;
  const right = wide ? width / 2 + 46 : 46;
  return {
    losses: new Chart(ink, { left: 46, top, width: inside, height: tall }, AXIS, {
      from: -REACH, to: REACH, ticks: [-8, -4, 0, 4, 8], label: "loss (nats)",
    }),
    pushes: new Chart(ink, { left: right, top: below, width: inside, height: tall }, AXIS, {
      from: 0, to: 1, ticks: [0, 0.5, 1], label: "push upwards: minus the slope",
    }),
    height: below + tall + 44,
  };
}

function tangent(loss: GeneratorLoss, t: number): Point[] {
  return [-TANGENT, TANGENT].map((step) => [t + step, loss.value(t) + step * loss.slope(t)]);
}

function draw({ logit }: LogitState, width: number, ink: Ink): Drawing {
  const { losses, pushes, height } = charts(width, ink);
  const pair = [
    { loss: minimax, name: "minimax", colour: ink.real, shape: "square", dash: undefined },
    { loss: nonSaturating, name: "non-saturating", colour: ink.fake, shape: "diamond",
      dash: "8 4" },
  ] as const;
  let body = legend(pair, 46, 14, ink) + losses.axes() + pushes.axes();
  for (const [chart, low, high] of [[losses, -REACH, REACH], [pushes, 0, 1]] as const) {
    const upright = { stroke: ink.muted, width: 1, dash: "2 3" };
    body += chart.segment([logit, low], [logit, high], upright);
  }
  for (const { loss, colour, dash, shape } of pair) {
    const push = (t: number): number => -loss.slope(t);
    body += losses.curve(LOGITS.map((t) => [t, loss.value(t)]), { stroke: colour, dash })
      + pushes.curve(LOGITS.map((t) => [t, push(t)]), { stroke: colour, dash })
      + losses.curve(tangent(loss, logit), { stroke: ink.ink, width: 1.2 })
      + mark(shape, losses.px(logit), losses.py(loss.value(logit)), colour, ink)
      + mark(shape, pushes.px(logit), pushes.py(push(logit)), colour, ink);
  }
  const handle = { key: "logit", x: losses.px(logit), y: losses.py(GRIP), chart: losses };
  body += mark("dot", handle.x, handle.y, ink.ink, ink);
  return { height, body, handles: [handle] };
}

function numbers({ logit }: LogitState): string {
  const row = (name: string, loss: GeneratorLoss): string =>
    `<tr><th scope="row">${name}</th><td>${small(loss.value(logit))}</td>`
    + `<td>${small(loss.slope(logit))}</td></tr>`;
  return `<p>D = σ(t) = ${small(sigmoid(logit))}</p><table><thead><tr>`
    + "<th scope=\"col\">generator’s loss</th><th scope=\"col\">value (nats)</th>"
    + "<th scope=\"col\">slope in t</th></tr></thead><tbody>"
    + row("minimax, log(1 − D)", minimax)
    + row("non-saturating, −log D", nonSaturating) + "</tbody></table>";
}

function words({ logit }: LogitState): string {
  const pushes = [-minimax.slope(logit), -nonSaturating.slope(logit)];
  const chance = `At logit ${fixed(logit, 1)} the detective gives this fake a `
    + `${percent(sigmoid(logit))} chance of being real. `;
  if (logit === 0) return `${chance}Both losses push it equally hard, with 0.5.`;
  const [harder, softer] = logit < 0
    ? ["The non-saturating loss", "minimax"]
    : ["The minimax loss", "the non-saturating loss"];
  return `${chance}${harder} pushes it up ${factor(Math.exp(Math.abs(logit)))} times as `
    + `hard as ${softer}: ${small(Math.max(...pushes))} against ${small(Math.min(...pushes))}.`;
}

export const LOGIT: Spec<LogitState> = {
  title: "Two generator losses at the logit of one fake",
  start: { logit: -4 },
  choices: [],
  knobs: [{
    key: "logit", label: "logit t", min: -REACH, max: REACH, step: 0.1,
    says: (t) => fixed(t, 1),
  }],
  draw,
  alt: () =>
    "Two charts over the logit t of a fake. The first has the losses: minimax is flat at "
    + "0 for negative logits and falls for positive ones, non-saturating falls for "
    + "negative logits and is flat at 0 for positive ones. The second has how hard each "
    + "pushes: minimax rises from 0 to 1, non-saturating falls from 1 to 0. A dotted line "
    + "marks t.",
  numbers,
  words,
};
