/** A published generator in the page: latent vectors in, images out. */

import { Arena, type Workplace } from "../engine/kernels.ts";
import { foldLayers, type Layer } from "./layers.ts";
import type { Tensor } from "./safetensors.ts";

/** What kernels/image.ts exports; pointers are bytes. */
export interface ImageKernels extends Workplace {
  product(
    out: number, a: number, rowStep: number, innerStep: number, bias: number, x: number,
    rows: number, inner: number, n: number,
  ): void;
  rectify(y: number, sign: number, count: number, slope: number): void;
  overlay(out: number, pieces: number, bias: number, channels: number, side: number): void;
  squash(y: number, count: number): void;
  lanes(): number;
  log(x: number): number;
}

/** A layer with its numbers in the kernels' memory. */
interface Placed {
  weight: number;
  bias: number;
  inputs: number;
  outputs: number;
  /** Numbers that the product makes of each place: outputs times kernel². */
  rows: number;
  /** Side of what comes in, and of what goes out. */
  from: number;
  to: number;
  out: number;
}

const STRIDED_KERNEL = 4; // of every layer but the first; stride 2 and padding 1

/**
 * `ganlib.networks.DCGANGenerator` with the paper's rules, in evaluation mode; with an
 * embedding among its tensors, `ConditionalGenerator` around it.
 *
 * All memory is reserved here; drawing reserves none.
 */
export class Generator {
  readonly zDim: number;
  /** How many classes it can be asked for; 0 where it was told no labels. */
  readonly numClasses: number;
  /** Side of an image in pixels. */
  readonly side: number;
  /** Numbers of one image, over all its channels. */
  readonly imageSize: number;
  private readonly arena: Arena<ImageKernels>;
  private readonly embedding: Tensor | undefined;
  private readonly input: number;
  private readonly pieces: number;
  private readonly layers: Placed[] = [];

  constructor(kernels: ImageKernels, tensors: Map<string, Tensor>) {
    this.arena = new Arena(kernels);
    this.embedding = tensors.get("embedding.weight");
    const folded = foldLayers(tensors), lanes = kernels.lanes();
    this.input = this.arena.floats(folded[0].inputs * lanes);
    let side = 1;
    for (const layer of folded) {
      const placed = this.lay(layer, side);
      this.layers.push(placed);
      side = placed.to;
    }
    const pieces = this.layers.slice(1).map(({ rows, from }) => rows * from * from * lanes);
    this.pieces = this.arena.floats(Math.max(0, ...pieces));
    this.side = side;
    this.imageSize = side * side * folded[folded.length - 1].outputs;
    this.numClasses = this.embedding?.shape[0] ?? 0;
    this.zDim = folded[0].inputs - (this.embedding?.shape[1] ?? 0);
  }

  /**
   * Draw the images of some latent vectors, in [−1, 1].
   *
   * `z` holds one vector after the other; `labels` one class each, for a generator that
   * was told labels; `images` has room for as many images and is returned.
   */
  draw(z: Float32Array, labels: ArrayLike<number>, images: Float32Array): Float32Array {
    const num = this.checked(z, labels, images), lanes = this.arena.kernels.lanes();
    for (let first = 0; first < num; first += lanes) {
      const count = Math.min(lanes, num - first);
      this.take(z, labels, first, count);
      const out = this.forward(), size = this.imageSize;
      const made = this.arena.view(out, size * lanes);
      for (let k = 0; k < count; k++) {
        const start = (first + k) * size;
        for (let p = 0; p < size; p++) images[start + p] = made[p * lanes + k];
      }
    }
    return images;
  }

  /** Put a layer that is given maps of side `from` into the kernels' memory. */
  private lay({ inputs, outputs, kernel, weight, bias }: Layer, from: number): Placed {
    const first = from === 1, to = first ? kernel : 2 * from;
    if (!first && kernel !== STRIDED_KERNEL) {
      throw new Error(`a layer has a kernel of ${kernel}, and only 4 can be drawn with.`);
    }
    return {
      weight: this.place(weight),
      // The first layer's pieces do not overlap: its product can add the bias itself.
      bias: this.place(first ? repeat(bias, kernel * kernel) : bias),
      inputs, outputs, rows: outputs * kernel * kernel, from, to,
      out: this.arena.floats(outputs * to * to * this.arena.kernels.lanes()),
    };
  }

  private place(values: Float32Array): number {
    const at = this.arena.floats(values.length);
    this.arena.view(at, values.length).set(values);
    return at;
  }

  private checked(z: Float32Array, labels: ArrayLike<number>, images: Float32Array): number {
    const num = z.length / this.zDim;
    if (!Number.isInteger(num) || images.length !== num * this.imageSize) {
      throw new Error(
        `${z.length} numbers for ${images.length} pixels, but an image takes ` +
          `${this.zDim} and has ${this.imageSize}.`,
      );
    }
    for (let k = 0; this.numClasses && k < num; k++) {
      if (!(labels[k] >= 0 && labels[k] < this.numClasses)) {
        throw new Error(
          `class ${labels[k]} was asked for, and there are 0 to ${this.numClasses - 1}.`,
        );
      }
    }
    return num;
  }

  /** Lay `count` vectors, with the rows of their labels, into the lanes. */
  private take(
    z: Float32Array, labels: ArrayLike<number>, first: number, count: number,
  ): void {
    const lanes = this.arena.kernels.lanes(), table = this.embedding;
    const input = this.arena.view(this.input, this.layers[0].inputs * lanes);
    for (let k = 0; k < count; k++) {
      const from = (first + k) * this.zDim;
      for (let i = 0; i < this.zDim; i++) input[i * lanes + k] = z[from + i];
      if (!table) continue;
      const width = table.shape[1], row = labels[first + k] * width;
      for (let i = 0; i < width; i++) {
        input[(this.zDim + i) * lanes + k] = table.values[row + i];
      }
    }
  }

  /** All layers on what lies in the lanes; returns where the images are. */
  private forward(): number {
    const { kernels } = this.arena, lanes = kernels.lanes();
    let x = this.input;
    for (const [l, layer] of this.layers.entries()) {
      const { weight, bias, rows, inputs, outputs, from, to, out } = layer;
      const first = from === 1, count = outputs * to * to * lanes;
      kernels.product(
        first ? out : this.pieces, weight, 4, 4 * rows, first ? bias : 0, x,
        rows, inputs, from * from * lanes,
      );
      if (!first) kernels.overlay(out, this.pieces, bias, outputs, from);
      if (l < this.layers.length - 1) kernels.rectify(out, out, count, 0);
      else kernels.squash(out, count);
      x = out;
    }
    return x;
  }
}

function repeat(values: Float32Array, times: number): Float32Array {
  return Float32Array.from(
    { length: values.length * times }, (_, k) => values[Math.floor(k / times)],
  );
}
