/**
 * What a generator of images needs: transposed convolution, ReLU and tanh.
 *
 * Arrays are "feature-major" as in index.ts: the samples of one number are neighbours. A
 * batch has LANES samples, two SIMD registers; a feature map is (channel, row, column,
 * sample). A transposed convolution is then `product` over all places and samples at once,
 * from each input channel to every (output channel, row of the kernel, column of the
 * kernel), and `overlay`, which adds up what falls on the same place.
 */

export { firstFree, product, rectify } from "./index";

const LANES: usize = 8;
/** Bytes of one number for all samples. */
const PLACE: usize = LANES << 2;
const VECTOR: usize = 16;
const KERNEL: i32 = 4;

/** How many samples a batch has. */
export function lanes(): i32 {
  return <i32>LANES;
}

/**
 * Add up the pieces of a transposed convolution with kernel 4, stride 2 and padding 1:
 *
 *     out[c][Y][X] = bias[c] + sum of pieces[c][Y + 1 - 2y][X + 1 - 2x][y][x]
 *
 * over all y and x from 0 to side − 1 for which both numbers in front lie in 0 … 3: at most
 * two rows and two columns. `pieces` is (channel, 4, 4, side, side, sample), `out` is
 * (channel, 2 side, 2 side, sample).
 */
export function overlay(
  out: usize, pieces: usize, bias: usize, channels: i32, side: i32,
): void {
  const map = <usize>(side * side) * PLACE;
  let to = out;
  for (let c = 0; c < channels; c++) {
    const base = pieces + <usize>(c * KERNEL * KERNEL) * map;
    const start = v128.load32_splat(bias + (<usize>c << 2));
    for (let Y = 0; Y < 2 * side; Y++) {
      for (let X = 0; X < 2 * side; X++, to += PLACE) {
        let low = start, high = start;
        for (let down = 0; down < 2; down++) {
          const y = ((Y + 1) >> 1) - down, row = Y + 1 - 2 * y;
          if (y < 0 || y >= side) continue;
          for (let across = 0; across < 2; across++) {
            const x = ((X + 1) >> 1) - across, column = X + 1 - 2 * x;
            if (x < 0 || x >= side) continue;
            const from = base + <usize>(row * KERNEL + column) * map +
              <usize>(y * side + x) * PLACE;
            low = f32x4.add(low, v128.load(from));
            high = f32x4.add(high, v128.load(from, VECTOR));
          }
        }
        v128.store(to, low);
        v128.store(to, high, VECTOR);
      }
    }
  }
}

/** The hyperbolic tangent of `count` numbers, in place, to two units in the last place. */
export function squash(y: usize, count: i32): void {
  const end = y + (<usize>count << 2);
  for (let at = y; at < end; at += 4) store<f32>(at, NativeMathf.tanh(load<f32>(at)));
}

/** The natural logarithm in single precision, the same in every browser. */
export function log(x: f32): f32 {
  return NativeMathf.log(x);
}
