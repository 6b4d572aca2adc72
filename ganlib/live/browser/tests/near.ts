/** Two numbers that are to be equal but for rounding. */

import assert from "node:assert/strict";

export function near(a: number, b: number, tolerance: number): void {
  assert.ok(Math.abs(a - b) <= tolerance, `${a} and ${b} differ by more than ${tolerance}`);
}
