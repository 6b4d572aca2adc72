/** Marks that differ in shape as well as in colour, and the legend that names them. */

import { tenths, text } from "./chart.ts";
import type { Ink } from "./ink.ts";

export type Shape = "dot" | "triangle" | "square" | "diamond";

const OUTLINES: Record<Shape, string> = {
  dot: "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z",
  triangle: "M0 -6L6 5H-6Z",
  square: "M-5 -5H5V5H-5Z",
  diamond: "M0 -6.5L6.5 0L0 6.5L-6.5 0Z",
};

/** A mark with its middle at a place of the drawing, in pixels. */
export function mark(shape: Shape, x: number, y: number, fill: string, ink: Ink): string {
  const place = `translate(${tenths(x)} ${tenths(y)})`;
  return `<path d="${OUTLINES[shape]}" transform="${place}" fill="${fill}"`
    + ` stroke="${ink.surface}"/>`;
}

export interface Entry {
  name: string;
  colour: string;
  shape?: Shape;
  dash?: string;
}

/** Names of what is drawn, each with a sample, in one row from the left. */
export function legend(entries: readonly Entry[], left: number, y: number, ink: Ink): string {
  let x = left, markup = "";
  for (const { name, colour, shape, dash } of entries) {
    const dashes = dash ? ` stroke-dasharray="${dash}"` : "";
    markup += `<path d="M${x} ${y}h26" stroke="${colour}" stroke-width="2"${dashes}/>`
      + (shape ? mark(shape, x + 13, y, colour, ink) : "")
      + text(x + 32, y + 4, name, ink.text);
    x += 32 + 7 * name.length + 18; // 7 pixels a letter is a wide letter at this size
  }
  return markup;
}

/** Arrows between places of the drawing, in pixels, all of one colour. */
export function arrows(
  ends: Iterable<readonly [from: Place, to: Place]>, colour: string, head = 5,
): string {
  const paths = Array.from(ends, ([from, to]) => arrow(from, to, head));
  return `<g fill="none" stroke="${colour}">${paths.join("")}</g>`;
}

export type Place = readonly [x: number, y: number];

function arrow(from: Place, to: Place, head: number): string {
  const dx = to[0] - from[0], dy = to[1] - from[1], length = Math.hypot(dx, dy);
  if (length < 1e-9) return "";
  const turn = Math.round(Math.atan2(dy, dx) * 180 / Math.PI);
  const back = Math.min(head, length), tip = tenths(length);
  return `<path d="M0 0H${tip}m${-back} ${-back / 2}L${tip} 0l${-back} ${back / 2}"`
    + ` transform="translate(${tenths(from[0])} ${tenths(from[1])})rotate(${turn})"/>`;
}
