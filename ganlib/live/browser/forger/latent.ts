/** Places in latent space: a slice of the shell on which draws lie, and two paths. */

/** Fills with standard normal numbers, one call each. */
export type Normal = () => number;

/** Three orthogonal directions of length 1: the middle of a slice, and its two axes. */
export interface Slice {
  middle: Float64Array;
  right: Float64Array;
  up: Float64Array;
}

/** Degrees between the middle of a slice and the places at distance 1 from it. */
export const QUARTER = 90;

/** A direction, uniform on the sphere, orthogonal to those given (length 1 each). */
export function direction(
  normal: Normal, dims: number, others: readonly Float64Array[] = [],
): Float64Array {
  const made = Float64Array.from({ length: dims }, normal);
  // Twice: what rounding leaves of the others after the first time goes in the second.
  for (const other of [...others, ...others]) {
    const along = dot(made, other);
    for (let i = 0; i < dims; i++) made[i] -= along * other[i];
  }
  const length = norm(made);
  return made.map((value) => value / length);
}

/**
 * The latent vector at a place of the slice, of length √dims whatever the place.
 *
 * Draws from N(0, I) have that length, nearly: a flat slice would leave the shell on which
 * the generator was trained. So the distance from the middle is an angle, 90° at distance
 * 1, and the direction in the plane says which way to turn.
 */
export function onSlice(slice: Slice, x: number, y: number, z: Float32Array): Float32Array {
  const distance = Math.hypot(x, y), angle = distance * Math.PI / 2;
  const radius = Math.sqrt(z.length), ahead = radius * Math.cos(angle);
  const aside = distance ? radius * Math.sin(angle) / distance : 0;
  for (let i = 0; i < z.length; i++) {
    z[i] = ahead * slice.middle[i] + aside * (x * slice.right[i] + y * slice.up[i]);
  }
  return z;
}

/** The chord: (1 − t) start + t end. */
export function lerp(
  start: Float32Array, end: Float32Array, t: number, z: Float32Array,
): Float32Array {
  return blend(start, end, 1 - t, t, z);
}

/**
 * The great circle: sin((1 − t) ω)/sin ω start + sin(t ω)/sin ω end.
 *
 * In one direction it is the chord, the limit; opposite vectors are not met with here.
 */
export function slerp(
  start: Float32Array, end: Float32Array, t: number, z: Float32Array,
): Float32Array {
  const omega = angle(start, end), sine = Math.sin(omega);
  if (sine < 1e-9) return lerp(start, end, t, z);
  return blend(start, end, Math.sin((1 - t) * omega) / sine, Math.sin(t * omega) / sine, z);
}

/** Euclidean length. */
export function norm(z: Float32Array | Float64Array): number {
  return Math.sqrt(dot(z, z));
}

/** In radians, by the half-angle formula: accurate for nearly parallel vectors, too. */
function angle(start: Float32Array, end: Float32Array): number {
  const a = norm(start), b = norm(end);
  let apart = 0, together = 0;
  for (let i = 0; i < start.length; i++) {
    apart += (start[i] / a - end[i] / b) ** 2;
    together += (start[i] / a + end[i] / b) ** 2;
  }
  return 2 * Math.atan2(Math.sqrt(apart), Math.sqrt(together));
}

function blend(
  start: Float32Array, end: Float32Array, a: number, b: number, z: Float32Array,
): Float32Array {
  for (let i = 0; i < z.length; i++) z[i] = a * start[i] + b * end[i];
  return z;
}

function dot(a: Float32Array | Float64Array, b: Float32Array | Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
