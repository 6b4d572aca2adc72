/** The map of a slice: cells, and places in it from −1 to 1, in numbers and in words. */

import { QUARTER } from "./latent.ts";

/** Images along each side of the map, the middle one at (0, 0). */
export const CELLS = 7;
/** Cells between the middle and an edge, where a place is 1. */
export const REACH = (CELLS - 1) / 2;

/** Where a place stands on the map, as a share of its width from the left. */
export function share(x: number): number {
  return (REACH * x + CELLS / 2) / CELLS;
}

/** The place at a share of the map's width, kept within −1 … 1. */
export function placeAt(part: number): number {
  return within((part * CELLS - CELLS / 2) / REACH);
}

/** A number forced into −1 … 1. */
export function within(x: number): number {
  return Math.max(-1, Math.min(1, x));
}

/** Degrees from the middle. */
export function degrees(x: number, y: number): number {
  return Math.round(QUARTER * Math.hypot(x, y));
}

/** A place in words: how far from the middle, and which way. */
export function inWords(x: number, y: number): string {
  const turned = degrees(x, y), slight = Math.hypot(x, y) / 20;
  if (turned === 0) return "in the middle";
  const ways = [
    Math.abs(x) < slight ? "" : x > 0 ? "right" : "left",
    Math.abs(y) < slight ? "" : y > 0 ? "up" : "down",
  ].filter(Boolean);
  return `${turned}° from the middle, ${ways.join(" and ")}`;
}
