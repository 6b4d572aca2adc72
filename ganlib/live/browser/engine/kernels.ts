/** The compiled kernels, and the memory in which they work. */

/** What every module of kernels/ exports. */
export interface Workplace {
  memory: WebAssembly.Memory;
  firstFree(): number;
}

/** What kernels/index.ts exports; pointers are bytes. */
export interface Kernels extends Workplace {
  product(
    out: number, a: number, rowStep: number, innerStep: number, bias: number, x: number,
    rows: number, inner: number, n: number,
  ): void;
  addOuter(
    dW: number, db: number, dy: number, x: number, rows: number, cols: number, n: number,
  ): void;
  rectify(y: number, sign: number, count: number, slope: number): void;
  adam(
    p: number, g: number, m: number, v: number, count: number,
    rate: number, beta1: number, beta2: number, correction: number, epsilon: number,
  ): void;
  clip(p: number, count: number, limit: number): void;
  squares(p: number, count: number): number;
  exp(x: number): number;
  log(x: number): number;
  log1p(x: number): number;
}

/** Compile once; `newKernels` makes as many instances as there are games. */
export async function compile(bytes: Uint8Array): Promise<WebAssembly.Module> {
  return WebAssembly.compile(bytes as BufferSource);
}

/** An instance of its own for one game, so that its memory goes when the game goes. */
export function newKernels<K extends Workplace = Kernels>(module: WebAssembly.Module): K {
  const imports = {
    env: {
      abort(): never {
        throw new Error("a kernel stopped: this is a fault of the page's own code.");
      },
    },
  };
  return new WebAssembly.Instance(module, imports).exports as unknown as K;
}

const PAGE = 65536; // bytes: WebAssembly's unit of memory
const LINE = 64; // bytes: arrays start where a cache line starts

/**
 * Hands out arrays of single precision, one after the other, and never takes one back.
 *
 * All arrays of a game are reserved before its first step. Memory that grows moves, and
 * views of it made before are dead: so take views (`view`) when you need them.
 */
export class Arena<K extends Workplace = Kernels> {
  readonly kernels: K;
  private top: number;

  constructor(kernels: K) {
    this.kernels = kernels;
    this.top = kernels.firstFree();
  }

  /** Reserve `count` numbers, all 0; returns their address in bytes. */
  floats(count: number): number {
    const at = Math.ceil(this.top / LINE) * LINE;
    this.top = at + 4 * count;
    const lacking = this.top - this.kernels.memory.buffer.byteLength;
    if (lacking > 0) this.kernels.memory.grow(Math.ceil(lacking / PAGE));
    return at;
  }

  /** The numbers at an address, as they are now; do not keep it over `floats`. */
  view(at: number, count: number): Float32Array {
    return new Float32Array(this.kernels.memory.buffer, at, count);
  }
}

/** The next multiple of `step` that is not below `count`. */
export function roundUp(count: number, step: number): number {
  return Math.ceil(count / step) * step;
}
