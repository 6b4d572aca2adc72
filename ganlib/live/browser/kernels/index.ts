/**
 * The arithmetic that has to be fast or the same everywhere, in AssemblyScript.
 *
 * An array holds one *feature* after the other, each for all n samples of a batch
 * ("feature-major"), so that the samples of one feature are neighbours in memory and four
 * of them fit one SIMD register, whatever the width of a layer. n is a multiple of 8.
 * All pointers are bytes from the start of memory; all numbers are single precision.
 *
 * WebAssembly's arithmetic is the same bit for bit in every browser. So that a shared link
 * shows the same numbers everywhere, logarithm and exponential are compiled in here, too:
 * JavaScript's own may differ in the last bit from one browser to the next.
 */

/** Bytes of one vector of four samples. */
const VECTOR: usize = 16;

/**
 * A linear map of all samples: out[r] = bias[r] + sum over k of a(r, k) x[k].
 *
 * a(r, k) stands at a + r * rowStep + k * innerStep, so one function serves W x and, with
 * the two steps exchanged, Wᵀ x. A bias of 0 (no pointer) means none.
 *
 * Four rows and eight samples at a time: eight sums stay in registers while each loaded
 * weight meets two vectors of samples and each vector four weights.
 */
export function product(
  out: usize, a: usize, rowStep: usize, innerStep: usize, bias: usize, x: usize,
  rows: i32, inner: i32, n: i32,
): void {
  const line = <usize>n << 2;
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    const a0 = a + <usize>r * rowStep;
    const out0 = out + <usize>r * line;
    for (let at: usize = 0; at < line; at += 2 * VECTOR) {
      let s0 = start(bias, r), s1 = start(bias, r + 1);
      let s2 = start(bias, r + 2), s3 = start(bias, r + 3);
      let t0 = s0, t1 = s1, t2 = s2, t3 = s3;
      let from = x + at, w = a0;
      for (let k = 0; k < inner; k++) {
        const u = v128.load(from), v = v128.load(from, VECTOR);
        const w0 = v128.load32_splat(w);
        s0 = f32x4.add(s0, f32x4.mul(w0, u));
        t0 = f32x4.add(t0, f32x4.mul(w0, v));
        const w1 = v128.load32_splat(w + rowStep);
        s1 = f32x4.add(s1, f32x4.mul(w1, u));
        t1 = f32x4.add(t1, f32x4.mul(w1, v));
        const w2 = v128.load32_splat(w + 2 * rowStep);
        s2 = f32x4.add(s2, f32x4.mul(w2, u));
        t2 = f32x4.add(t2, f32x4.mul(w2, v));
        const w3 = v128.load32_splat(w + 3 * rowStep);
        s3 = f32x4.add(s3, f32x4.mul(w3, u));
        t3 = f32x4.add(t3, f32x4.mul(w3, v));
        from += line;
        w += innerStep;
      }
      storePair(out0 + at, s0, t0);
      storePair(out0 + line + at, s1, t1);
      storePair(out0 + 2 * line + at, s2, t2);
      storePair(out0 + 3 * line + at, s3, t3);
    }
  }
  for (; r < rows; r++) oneRow(out, a + <usize>r * rowStep, innerStep, bias, x, r, inner, line);
}

/** One row of `product`, for the rows that do not make up four. */
function oneRow(
  out: usize, a: usize, innerStep: usize, bias: usize, x: usize,
  r: i32, inner: i32, line: usize,
): void {
  const to = out + <usize>r * line;
  for (let at: usize = 0; at < line; at += 2 * VECTOR) {
    let s = start(bias, r), t = s;
    let from = x + at, w = a;
    for (let k = 0; k < inner; k++) {
      const weight = v128.load32_splat(w);
      s = f32x4.add(s, f32x4.mul(weight, v128.load(from)));
      t = f32x4.add(t, f32x4.mul(weight, v128.load(from, VECTOR)));
      from += line;
      w += innerStep;
    }
    storePair(to + at, s, t);
  }
}

// @ts-ignore: decorator
@inline
function start(bias: usize, r: i32): v128 {
  return bias ? v128.load32_splat(bias + (<usize>r << 2)) : f32x4.splat(0);
}

// @ts-ignore: decorator
@inline
function storePair(to: usize, low: v128, high: v128): void {
  v128.store(to, low);
  v128.store(to, high, VECTOR);
}

/**
 * Gradient of a linear layer, added to what is there:
 * dW[r][c] += sum over samples of dy[r] x[c], and db[r] += sum over samples of dy[r].
 *
 * dW is a (rows, cols) matrix, one row after the other; a db of 0 leaves the bias out.
 */
export function addOuter(
  dW: usize, db: usize, dy: usize, x: usize, rows: i32, cols: i32, n: i32,
): void {
  const line = <usize>n << 2;
  for (let r = 0; r < rows; r++) {
    const from = dy + <usize>r * line;
    if (db) addTo(db + (<usize>r << 2), lineSum(from, line));
    let to = dW + ((<usize>r * <usize>cols) << 2);
    let c = 0;
    for (; c + 4 <= cols; c += 4, to += VECTOR) {
      const x0 = x + <usize>c * line;
      let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
      for (let at: usize = 0; at < line; at += VECTOR) {
        const d = v128.load(from + at);
        s0 = f32x4.add(s0, f32x4.mul(d, v128.load(x0 + at)));
        s1 = f32x4.add(s1, f32x4.mul(d, v128.load(x0 + line + at)));
        s2 = f32x4.add(s2, f32x4.mul(d, v128.load(x0 + 2 * line + at)));
        s3 = f32x4.add(s3, f32x4.mul(d, v128.load(x0 + 3 * line + at)));
      }
      addTo(to, laneSum(s0));
      addTo(to + 4, laneSum(s1));
      addTo(to + 8, laneSum(s2));
      addTo(to + 12, laneSum(s3));
    }
    for (; c < cols; c++, to += 4) {
      const x0 = x + <usize>c * line;
      let s = f32x4.splat(0);
      for (let at: usize = 0; at < line; at += VECTOR) {
        s = f32x4.add(s, f32x4.mul(v128.load(from + at), v128.load(x0 + at)));
      }
      addTo(to, laneSum(s));
    }
  }
}

function lineSum(from: usize, line: usize): f32 {
  let s = f32x4.splat(0);
  for (let at: usize = 0; at < line; at += VECTOR) s = f32x4.add(s, v128.load(from + at));
  return laneSum(s);
}

// @ts-ignore: decorator
@inline
function laneSum(v: v128): f32 {
  return (
    (f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1)) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

// @ts-ignore: decorator
@inline
function addTo(to: usize, value: f32): void {
  store<f32>(to, load<f32>(to) + value);
}

/**
 * The leaky rectifier or its gradient: y *= slope wherever `sign` is not above 0.
 *
 * y = sign is the forward pass; with y a gradient and `sign` the layer's output it is the
 * backward pass, because a slope above 0 keeps the sign. `count` is a multiple of 4.
 */
export function rectify(y: usize, sign: usize, count: i32, slope: f32): void {
  const end = <usize>count << 2;
  const zero = f32x4.splat(0), factor = f32x4.splat(slope);
  for (let at: usize = 0; at < end; at += VECTOR) {
    const v = v128.load(y + at);
    const positive = f32x4.gt(v128.load(sign + at), zero);
    v128.store(y + at, v128.bitselect(v, f32x4.mul(v, factor), positive));
  }
}

/**
 * One step of Adam (Kingma 2015, algorithm 1) on `count` parameters, a multiple of 4.
 *
 * rate is lr / (1 - beta1ᵗ) and correction 1 / (1 - beta2ᵗ): the two bias corrections.
 */
export function adam(
  p: usize, g: usize, m: usize, v: usize, count: i32,
  rate: f32, beta1: f32, beta2: f32, correction: f32, epsilon: f32,
): void {
  const end = <usize>count << 2;
  const keep1 = f32x4.splat(beta1), take1 = f32x4.splat(1 - beta1);
  const keep2 = f32x4.splat(beta2), take2 = f32x4.splat(1 - beta2);
  for (let at: usize = 0; at < end; at += VECTOR) {
    const gradient = v128.load(g + at);
    const first = f32x4.add(
      f32x4.mul(keep1, v128.load(m + at)), f32x4.mul(take1, gradient),
    );
    const second = f32x4.add(
      f32x4.mul(keep2, v128.load(v + at)),
      f32x4.mul(take2, f32x4.mul(gradient, gradient)),
    );
    v128.store(m + at, first);
    v128.store(v + at, second);
    const size = f32x4.add(
      f32x4.sqrt(f32x4.mul(second, f32x4.splat(correction))), f32x4.splat(epsilon),
    );
    const move = f32x4.div(f32x4.mul(f32x4.splat(rate), first), size);
    v128.store(p + at, f32x4.sub(v128.load(p + at), move));
  }
}

/** Force `count` numbers, a multiple of 4, into [-limit, limit]. */
export function clip(p: usize, count: i32, limit: f32): void {
  const end = <usize>count << 2;
  const low = f32x4.splat(-limit), high = f32x4.splat(limit);
  for (let at: usize = 0; at < end; at += VECTOR) {
    v128.store(p + at, f32x4.min(f32x4.max(v128.load(p + at), low), high));
  }
}

/** The sum of squares of `count` numbers, a multiple of 4. */
export function squares(p: usize, count: i32): f32 {
  const end = <usize>count << 2;
  let s = f32x4.splat(0);
  for (let at: usize = 0; at < end; at += VECTOR) {
    const v = v128.load(p + at);
    s = f32x4.add(s, f32x4.mul(v, v));
  }
  return laneSum(s);
}

/** e to the x. */
export function exp(x: f64): f64 {
  return NativeMath.exp(x);
}

/** The natural logarithm. */
export function log(x: f64): f64 {
  return NativeMath.log(x);
}

/** log(1 + x), exact for small x. */
export function log1p(x: f64): f64 {
  return NativeMath.log1p(x);
}

/** The first byte that nothing here uses: from it on, memory is the caller's. */
export function firstFree(): usize {
  return __heap_base;
}
