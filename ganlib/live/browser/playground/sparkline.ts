/** A small curve of a number over the whole run, on a canvas of its own. */

import type { Palette } from "../shared/theme.ts";
import type { History } from "./history.ts";

export function paintSparkline(
  canvas: HTMLCanvasElement, history: History, colour: string, colours: Palette,
): void {
  const ratio = Math.min(devicePixelRatio || 1, 2);
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  if (!width || !height) return;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.clearRect(0, 0, width, height);
  const { values, length } = history, [least, largest] = range(values, length);
  context.strokeStyle = colours.line;
  context.lineWidth = ratio;
  context.strokeRect(ratio / 2, ratio / 2, width - ratio, height - ratio);
  if (length < 2) return;
  const margin = 3 * ratio, span = largest - least || 1;
  context.strokeStyle = colour;
  context.lineWidth = 1.5 * ratio;
  context.beginPath();
  for (let k = 0; k < length; k++) {
    const x = margin + ((width - 2 * margin) * k) / (length - 1);
    const y = height - margin - ((height - 2 * margin) * (values[k] - least)) / span;
    if (k) context.lineTo(x, y);
    else context.moveTo(x, y);
  }
  context.stroke();
}

/** Least and largest finite value. */
function range(values: Float32Array, length: number): [number, number] {
  let least = Infinity, largest = -Infinity;
  for (let k = 0; k < length; k++) {
    if (!Number.isFinite(values[k])) continue;
    least = Math.min(least, values[k]);
    largest = Math.max(largest, values[k]);
  }
  return [least, largest];
}
