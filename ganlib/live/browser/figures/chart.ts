/** Vector drawing: one chart with its two axes, as SVG markup in pixels of the page. */

import type { Ink } from "./ink.ts";

/** Where a chart's inside lies in the drawing, in pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Axis {
  from: number;
  to: number;
  ticks: readonly number[];
  label: string;
}

export type Point = readonly [x: number, y: number];

export interface Line {
  stroke: string;
  width?: number;
  /** Lengths of dashes and gaps, in pixels. */
  dash?: string;
}

/** Pixels to one digit after the point: nobody sees more, and every page carries them. */
export const tenths = (pixels: number): string => String(Math.round(10 * pixels) / 10);
const signed = (tick: number): string => String(tick).replace("-", "−");

/** A line of text; `anchor` says which part of it stands at x. */
export function text(
  x: number, y: number, words: string, fill: string, anchor = "start", extra = "",
): string {
  return `<text x="${tenths(x)}" y="${tenths(y)}" fill="${fill}"`
    + ` text-anchor="${anchor}"${extra}>${words}</text>`;
}

export class Chart {
  readonly ink: Ink;
  readonly box: Box;
  readonly x: Axis;
  readonly y: Axis;

  constructor(ink: Ink, box: Box, x: Axis, y: Axis) {
    this.ink = ink;
    this.box = box;
    this.x = x;
    this.y = y;
  }

  /** Where a value of the horizontal axis lies. */
  px(value: number): number {
    const { from, to } = this.x;
    return this.box.left + this.box.width * (value - from) / (to - from);
  }

  /** Where a value of the vertical axis lies: upwards, unlike pixels. */
  py(value: number): number {
    const { from, to } = this.y;
    return this.box.top + this.box.height * (to - value) / (to - from);
  }

  /** The values at a place of the drawing: the inverse of `px` and `py`. */
  at(left: number, top: number): Point {
    const { x, y, box } = this;
    return [
      x.from + (x.to - x.from) * (left - box.left) / box.width,
      y.to - (y.to - y.from) * (top - box.top) / box.height,
    ];
  }

  /** Both axes with ticks and names. */
  axes(): string {
    const { box, ink } = this, bottom = box.top + box.height;
    const middle = box.left + box.width / 2;
    const frame = `<path d="M${tenths(box.left)} ${tenths(box.top)}V${tenths(bottom)}`
      + `H${tenths(box.left + box.width)}" fill="none" stroke="${ink.muted}"/>`;
    const below = this.x.ticks.map((tick) =>
      text(this.px(tick), bottom + 16, signed(tick), ink.muted, "middle"));
    const beside = this.y.ticks.map((tick) =>
      text(box.left - 6, this.py(tick) + 4, signed(tick), ink.muted, "end"));
    return frame + below.join("") + beside.join("")
      + text(middle, bottom + 34, this.x.label, ink.text, "middle")
      + text(box.left - 34, box.top - 10, this.y.label, ink.text);
  }

  /** A curve through the points; a point that is not a number interrupts it. */
  curve(points: Iterable<Point>, line: Line): string {
    return `<path d="${this.trace(points)}" fill="none" stroke="${line.stroke}"`
      + ` stroke-width="${line.width ?? 2}" stroke-linejoin="round"`
      + `${line.dash ? ` stroke-dasharray="${line.dash}"` : ""}/>`;
  }

  /** A straight line between two points. */
  segment(from: Point, to: Point, line: Line): string {
    return this.curve([from, to], line);
  }

  /** The area between a curve and zero. */
  area(points: readonly Point[], fill: string): string {
    const first = points[0][0], last = points[points.length - 1][0];
    const d = this.trace([[first, 0], ...points, [last, 0]]);
    return `<path d="${d}Z" fill="${fill}" fill-opacity="0.25"/>`;
  }

  /** What a path's attribute d says of these points. */
  trace(points: Iterable<Point>): string {
    let d = "", command = "M";
    for (const [x, y] of points) {
      if (Number.isNaN(y)) {
        command = "M";
        continue;
      }
      d += `${command}${tenths(this.px(x))} ${tenths(this.py(y))}`;
      command = "L";
    }
    return d;
  }
}

/** The places of a grid, ends included. */
export function grid(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => from + (to - from) * k / (count - 1));
}
