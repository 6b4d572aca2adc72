/**
 * Answer questions about the small figures' mathematics: JSON in, JSON out.
 *
 *     echo '[{"ask": "separate", "pairs": [[p, q], ...]}]' | node tests/ask.ts
 *
 * Asked by tests/test_live_plot_numbers.py, which knows the answers from ganlib.
 */

import { readFileSync } from "node:fs";
import { DENSITIES } from "../figures/densities/figure.ts";
import { DIRAC } from "../figures/dirac/figure.ts";
import { classify, field, simulate } from "../figures/dirac/maths.ts";
import { optimalLogit, separate } from "../figures/divergence.ts";
import { LOGIT } from "../figures/logit/figure.ts";
import { minimax, nonSaturating } from "../figures/logit/maths.ts";
import { MASSES } from "../figures/masses/figure.ts";
import { earthMover, jensenShannon } from "../figures/masses/maths.ts";
import type { Spec } from "../figures/spec.ts";

const limits = <S extends object>({ knobs, choices, start }: Spec<S>) => ({
  start,
  ranges: Object.fromEntries(knobs.map(({ key, min, max }) => [key, [min, max]])),
  names: Object.fromEntries(choices.map(({ key, options }) => [key, Object.keys(options)])),
});

const ANSWERS: Record<string, (question: any) => unknown> = {
  losses: ({ logits }) => [minimax, nonSaturating].map((loss) =>
    logits.map((t: number) => [loss.value(t), loss.slope(t)])),
  separate: ({ pairs }) => pairs.map(([p, q]: any) => separate(p, q)),
  logits: ({ pair: [p, q], places }) => places.map((x: number) => optimalLogit(p, q, x)),
  masses: ({ pairs }) => pairs.map(([p, q]: any) => [earthMover(p, q), jensenShannon(p, q)]),
  paths: ({ games, start, num_steps }) => games.map((rules: any) => {
    const states = simulate(rules, start, num_steps);
    return { states, fate: classify(states).fate };
  }),
  fields: ({ games, states }) => games.map((rules: any) =>
    states.map((state: any) => field(rules, state))),
  limits: () => ({
    logit_slider: limits(LOGIT), two_densities: limits(DENSITIES),
    dirac_field: limits(DIRAC), moving_masses: limits(MASSES),
  }),
};

const questions: { ask: string }[] = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(questions.map((question) => ANSWERS[question.ask](question))));
