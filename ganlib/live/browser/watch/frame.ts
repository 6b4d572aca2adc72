/** What Python sends of a training: one array of single precision, read without a copy. */

import type { Scene } from "../playground/picture.ts";

/** A scene of the plane and the numbers that go with it. */
export interface Frame {
  scene: Scene;
  step: number;
  d_loss: number;
  g_loss: number;
  /** Whether only differences of D's scores mean anything; they are centred then. */
  scores: boolean;
}

const HEADER = 7; // points, cells along a side, extent, step, both losses, scores or not

/**
 * Read what `ganlib.live.watching.pack` wrote: seven numbers, then data (2, points), fakes
 * (2, points), logits of D (side, side) from the top left; little-endian.
 */
export function readFrame(bytes: DataView): Frame {
  if (bytes.byteLength % 4 || bytes.byteLength < 4 * HEADER) {
    throw new Error(`a frame has ${bytes.byteLength} bytes, which is no whole number of floats.`);
  }
  const numbers = floats(bytes);
  const [points, side, extent, step, d_loss, g_loss, scores] = numbers;
  const expected = HEADER + 4 * points + side * side;
  if (numbers.length !== expected) {
    throw new Error(
      `a frame of ${points} points and ${side} cells along a side holds ${expected} numbers, ` +
        `but this one holds ${numbers.length}.`,
    );
  }
  const part = (from: number, count: number): Float32Array =>
    numbers.subarray(HEADER + from, HEADER + from + count);
  return {
    scene: {
      extent,
      side,
      real: part(0, 2 * points),
      fake: part(2 * points, 2 * points),
      wash: part(4 * points, side * side),
    },
    step,
    d_loss,
    g_loss,
    scores: scores === 1,
  };
}

/** A view of the bytes as floats; a copy only where they do not start at a multiple of 4. */
function floats({ buffer, byteOffset, byteLength }: DataView): Float32Array {
  if (byteOffset % 4 === 0) return new Float32Array(buffer, byteOffset, byteLength / 4);
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
