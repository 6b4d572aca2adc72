/** The still pictures: each figure as it starts, drawn by daylight for a page of 640 px. */

import { DENSITIES } from "./densities/figure.ts";
import { DIRAC } from "./dirac/figure.ts";
import { STILL_INK } from "./ink.ts";
import { LOGIT } from "./logit/figure.ts";
import { MASSES } from "./masses/figure.ts";
import type { Spec } from "./spec.ts";

const WIDTH = 640;

function still<S extends object>({ draw, start }: Spec<S>): string {
  const { height, body } = draw(start, WIDTH, STILL_INK);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}"`
    + ` viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13">`
    + `<rect width="100%" height="100%" fill="${STILL_INK.surface}"/>${body}</svg>\n`;
}

/** By the names of the functions of `ganlib.live`. */
export const STILLS: Readonly<Record<string, string>> = {
  logit_slider: still(LOGIT),
  two_densities: still(DENSITIES),
  dirac_field: still(DIRAC),
  moving_masses: still(MASSES),
};
