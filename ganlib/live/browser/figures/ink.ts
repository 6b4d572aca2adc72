/** The colours of a drawing: names of the page's variables, or the daylight values. */

import { DAYLIGHT, type Palette } from "../shared/theme.ts";

export type Ink = Omit<Palette, "wash">;

const NAMES = [
  "real", "fake", "ink", "teal", "wine", "text", "muted", "line", "surface",
] as const satisfies readonly (keyof Ink)[];

/** On the page: variables, so that a change of theme needs no new drawing. */
export const LIVE_INK: Ink = Object.fromEntries(
  NAMES.map((name) => [name, `var(--${name})`]),
) as Record<(typeof NAMES)[number], string>;

/** In the still picture, which no style sheet reaches. */
export const STILL_INK: Ink = DAYLIGHT;
