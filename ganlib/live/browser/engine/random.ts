/** Random numbers that a seed fixes, the same in every browser. */

/** The natural logarithm that the normal numbers use: the kernels' own. */
export type Logarithm = (x: number) => number;

/**
 * xoshiro128++ (Blackman and Vigna 2021), with normal numbers by Marsaglia's polar method.
 *
 * The polar method needs a logarithm and a square root only. JavaScript fixes the square
 * root to the last bit but not the logarithm, so that one is handed in.
 */
export class Random {
  /** The generator's state, four 32-bit numbers. */
  readonly state: Uint32Array;
  private readonly log: Logarithm;
  private spare = NaN;

  /**
   * `stream` tells apart the random numbers of one seed: weights, data, noise. Both are
   * whole numbers from 0 to 2³² − 1.
   */
  constructor(log: Logarithm, seed: number, stream: number) {
    this.log = log;
    this.state = new Uint32Array(4);
    const mixed = mix(seed) ^ mix(~stream);
    for (let k = 0; k < 4; k++) this.state[k] = mix(mixed + Math.imul(k + 1, GOLDEN));
  }

  /** The next 32 random bits, as a whole number from 0 to 2³² − 1. */
  bits(): number {
    const s = this.state;
    const result = rotate(s[0] + s[3], 7) + s[0];
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 11);
    return result >>> 0;
  }

  /** Uniform on [0, 1), in steps of 2⁻³². */
  uniform(): number {
    return this.bits() / 4294967296;
  }

  /** A whole number from 0 to `count` − 1, each with the same probability (to 2⁻³² count). */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** Standard normal. */
  normal(): number {
    if (this.spare === this.spare) { // not NaN: the second of the last pair is left
      const kept = this.spare;
      this.spare = NaN;
      return kept;
    }
    let u: number, v: number, s: number;
    do {
      u = 2 * this.uniform() - 1;
      v = 2 * this.uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const factor = Math.sqrt((-2 * this.log(s)) / s);
    this.spare = v * factor;
    return u * factor;
  }
}

const GOLDEN = 0x9e3779b9; // 2³² over the golden ratio: spreads the four words

/** Scramble 32 bits (the finaliser of MurmurHash3). */
function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}
