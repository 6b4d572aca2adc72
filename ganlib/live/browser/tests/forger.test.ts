/** The forger's arithmetic; that its images are PyTorch's is tested from Python. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compile, newKernels } from "../engine/kernels.ts";
import { Random } from "../engine/random.ts";
import { Generator, type ImageKernels } from "../forger/generator.ts";
import { direction, lerp, norm, onSlice, slerp } from "../forger/latent.ts";
import { foldLayers, type Layer } from "../forger/layers.ts";
import { drawLengths } from "../forger/lengths.ts";
import { sheetSize, toByte } from "../forger/pictures.ts";
import { inWords, placeAt, share } from "../forger/places.ts";
import { fromHalf, readTensors, type Tensor } from "../forger/safetensors.ts";
import { near } from "./near.ts";

const wasm = readFileSync(join(import.meta.dirname, "..", "out", "image.wasm"));
const module = await compile(wasm);
const kernels = (): ImageKernels => newKernels<ImageKernels>(module);
const random = new Random(Math.log, 1, 0);
const normal = (): number => random.normal();

function tensor(...shape: number[]): Tensor {
  const length = shape.reduce((product, size) => product * size, 1);
  return { shape, values: Float32Array.from({ length }, normal) };
}

/** A small generator: z to 3 × 3 maps, doubled once with BatchNorm, once without. */
function small(channels: number, told: boolean): Map<string, Tensor> {
  const tensors = new Map([
    ["layers.0.weight", tensor(told ? 7 : 5, 6, 3, 3)],
    ["layers.3.weight", tensor(6, 4, 4, 4)],
    ["layers.6.weight", tensor(4, channels, 4, 4)],
    ["layers.6.bias", tensor(channels)],
  ]);
  for (const [at, width] of [[1, 6], [4, 4]]) {
    for (const part of ["weight", "bias", "running_mean"]) {
      tensors.set(`layers.${at}.${part}`, tensor(width));
    }
    const variance = tensor(width);
    variance.values.forEach((value, k) => variance.values[k] = 0.5 + value ** 2);
    tensors.set(`layers.${at}.running_var`, variance);
  }
  if (told) tensors.set("embedding.weight", tensor(3, 2));
  return tensors;
}

/** A transposed convolution by its definition: every input adds a kernel to the output. */
function spread(x: number[], from: number, layer: Layer, to: number): number[] {
  const { inputs, outputs, kernel, weight, bias } = layer;
  const [stride, padding] = from === 1 ? [1, 0] : [2, 1];
  const y = Array.from({ length: outputs * to * to }, (_, k) => bias[Math.floor(k / to / to)]);
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o++) {
      for (let k = 0; k < kernel * kernel * from * from; k++) {
        const piece = Math.floor(k / from / from);
        const row = Math.floor(piece / kernel), column = piece % kernel;
        const down = Math.floor(k / from) % from, across = k % from;
        const Y = stride * down + row - padding, X = stride * across + column - padding;
        if (Y < 0 || Y >= to || X < 0 || X >= to) continue;
        y[(o * to + Y) * to + X] += x[(i * from + down) * from + across] *
          weight[((i * outputs + o) * kernel + row) * kernel + column];
      }
    }
  }
  return y;
}

function naive(tensors: Map<string, Tensor>, z: number[]): number[] {
  const layers = foldLayers(tensors), sides = [1, 3, 6, 12];
  return layers.reduce((x, layer, l) => spread(x, sides[l], layer, sides[l + 1])
    .map((value) => (l < 2 ? Math.max(0, value) : Math.tanh(value))), z);
}

test("a generator is its definition, at every number of images", () => {
  for (const channels of [1, 3]) {
    const tensors = small(channels, false), generator = new Generator(kernels(), tensors);
    assert.deepEqual([generator.zDim, generator.side, generator.numClasses], [5, 12, 0]);
    for (const num of [1, 8, 11]) {
      const z = Float32Array.from({ length: 5 * num }, normal);
      const images = generator.draw(z, [], new Float32Array(num * generator.imageSize));
      for (let k = 0; k < num; k++) {
        const expected = naive(tensors, Array.from(z.subarray(5 * k, 5 * k + 5)));
        expected.forEach((value, p) => near(images[k * expected.length + p], value, 2e-5));
      }
      assert.ok(Math.max(...images) > 0.5 && Math.min(...images) < -0.5);
    }
  }
});

test("a label puts its row of the embedding beside z", () => {
  const tensors = small(1, true), generator = new Generator(kernels(), tensors);
  assert.deepEqual([generator.zDim, generator.numClasses], [5, 3]);
  const z = Float32Array.from({ length: 10 }, normal);
  const table = tensors.get("embedding.weight")!;
  const images = generator.draw(z, [2, 0], new Float32Array(2 * 144));
  for (const [k, label] of [2, 0].entries()) {
    const row = table.values.subarray(2 * label, 2 * label + 2);
    const expected = naive(tensors, [...z.subarray(5 * k, 5 * k + 5), ...row]);
    expected.forEach((value, p) => near(images[144 * k + p], value, 2e-5));
  }
});

test("drawing leaves nothing behind: the same z, the same image", () => {
  const generator = new Generator(kernels(), small(1, false));
  const z = Float32Array.from({ length: 5 }, normal);
  const room = (): Float32Array => new Float32Array(144);
  const first = generator.draw(z, [], room());
  generator.draw(z.map((value) => -value), [], room());
  assert.deepEqual(generator.draw(z, [], room()), first);
});

test("what cannot be drawn is refused in a sentence", () => {
  const generator = new Generator(kernels(), small(1, true));
  const draw = (z: number, label: number, pixels: number): void => {
    generator.draw(new Float32Array(z), [label], new Float32Array(pixels));
  };
  draw(5, 2, 144);
  assert.throws(() => draw(6, 0, 144), /6 numbers for 144 pixels, but an image takes 5/);
  assert.throws(() => draw(5, 0, 145), /145 pixels/);
  assert.throws(() => draw(5, 3, 144), /class 3 was asked for, and there are 0 to 2/);
  assert.throws(() => draw(5, NaN, 144), /class NaN/);
  const wide = small(1, false);
  wide.set("layers.3.weight", tensor(6, 4, 5, 5));
  assert.throws(() => new Generator(kernels(), wide), /a kernel of 5/);
});

test("BatchNorm folds into scale and shift", () => {
  const one = (...values: number[]): Tensor =>
    ({ shape: [values.length], values: Float32Array.from(values) });
  const weight = { shape: [1, 2, 1, 1], values: Float32Array.of(3, 5) };
  const [layer] = foldLayers(new Map([
    ["layers.0.weight", weight], ["layers.1.weight", one(2, 1)], ["layers.1.bias", one(7, 0)],
    ["layers.1.running_mean", one(1, -1)], ["layers.1.running_var", one(4 - 1e-5, 1 - 1e-5)],
  ]));
  const expected = [3, 5, 6, 1]; // weights 3 · 2/2 and 5 · 1/1, shifts 7 − 1 · 1 and 0 + 1 · 1
  [...layer.weight, ...layer.bias].forEach((value, k) => near(value, expected[k], 1e-6));
});

test("tanh and logarithm are right to two units in the last place", () => {
  const own = kernels(), at = own.firstFree(), count = 2001;
  own.memory.grow(1);
  const values = new Float32Array(own.memory.buffer, at, count);
  for (let k = 0; k < count; k++) values[k] = (k - 1000) / 100;
  own.squash(at, count);
  values.forEach((value, k) => {
    const expected = Math.tanh(Math.fround((k - 1000) / 100));
    near(value, expected, 2 ** -22 * Math.abs(expected));
  });
  for (const x of [1e-6, 0.3, 0.999, 5]) {
    near(own.log(x), Math.log(Math.fround(x)), 2 ** -22 * Math.max(1, Math.abs(Math.log(x))));
  }
});

test("half precision: normal, subnormal, both ends", () => {
  const known: [number, number][] = [
    [0x0000, 0], [0x3c00, 1], [0xc000, -2], [0x3555, 0.333251953125], [0x7bff, 65504],
    [0x0400, 2 ** -14], [0x03ff, 1023 * 2 ** -24], [0x8001, -(2 ** -24)],
    [0x7c00, Infinity], [0xfc00, -Infinity],
  ];
  for (const [bits, value] of known) assert.equal(fromHalf(bits), value);
  assert.ok(Number.isNaN(fromHalf(0x7e00)));
});

/** A file with tensors in half and in single precision, and a counter that is none. */
function file(single = "F32"): Uint8Array {
  const header = JSON.stringify({
    __metadata__: { format: "pt" },
    n: { dtype: "I64", shape: [], data_offsets: [0, 8] },
    s: { dtype: single, shape: [1], data_offsets: [8, 12] },
    w: { dtype: "F16", shape: [2], data_offsets: [12, 16] },
  });
  const start = 8 + header.length, bytes = new Uint8Array(start + 16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(header.length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  view.setFloat32(start + 8, 0.1, true);
  view.setUint16(start + 12, 0x3c00, true);
  view.setUint16(start + 14, 0xc000, true);
  return bytes;
}

test("a safetensors file is read; what is cut short or of another type is refused", () => {
  const tensors = readTensors(file());
  assert.deepEqual([...tensors.keys()], ["s", "w"]);
  assert.deepEqual([...tensors.get("w")!.values], [1, -2]);
  assert.deepEqual([...tensors.get("s")!.values], [Math.fround(0.1)]);
  assert.throws(() => readTensors(file("BF16")), /s is stored as BF16, not as F16 or F32/);
  assert.throws(() => readTensors(file().subarray(0, -1)), /end before w does/);
  assert.throws(() => readTensors(file().subarray(0, 20)), /cut short/);
});

test("a slice stays on the shell, and its distances are angles", () => {
  const middle = direction(normal, 100), right = direction(normal, 100, [middle]);
  const slice = { middle, right, up: direction(normal, 100, [middle, right]) };
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    Array.from(a).reduce((sum, value, k) => sum + value * b[k], 0);
  const axes = [slice.middle, slice.right, slice.up];
  axes.forEach((a, j) => axes.forEach((b, k) => near(dot(a, b), Number(j === k), 1e-12)));
  for (const [x, y] of [[0, 0], [1, 0], [0, -1], [0.3, 0.4], [-1, 1]]) {
    const z = onSlice(slice, x, y, new Float32Array(100));
    near(norm(z), 10, 1e-5);
    near(dot(z, middle) / 10, Math.cos(Math.hypot(x, y) * Math.PI / 2), 1e-6);
    near(dot(z, slice.right) * y, dot(z, slice.up) * x, 1e-5);
  }
  assert.ok(dot(onSlice(slice, 1, 0, new Float32Array(100)), right) > 9.99);
});

test("paths: known points, equal ends, ends of unequal length", () => {
  const z = new Float32Array(2), e0 = Float32Array.of(1, 0), e1 = Float32Array.of(0, 3);
  assert.deepEqual([...lerp(e0, e1, 0.5, z)], [0.5, 1.5]);
  slerp(e0, Float32Array.of(0, 1), 0.5, z);
  z.forEach((value) => near(value, Math.SQRT1_2, 1e-7));
  for (const [t, end] of [[0, e0], [1, e1]] as const) {
    slerp(e0, e1, t, z).forEach((value, k) => near(value, end[k], 1e-6));
  }
  assert.deepEqual([...slerp(e1, e1, 0.3, z)], [0, 3]);
});

test("places of the map: cells, edges, words", () => {
  for (const x of [-1, -1 / 3, 0, 1]) near(placeAt(share(x)), x, 1e-12);
  assert.deepEqual([placeAt(0), placeAt(1)], [-1, 1]);
  near(share(-1), 0.5 / 7, 1e-12);
  assert.equal(inWords(0, 0), "in the middle");
  assert.equal(inWords(0.5, 0), "45° from the middle, right");
  assert.equal(inWords(-1, 1), "127° from the middle, left and up");
  assert.equal(inWords(0.01, 0.01), "1° from the middle, right and up");
});

test("bytes and sheets are those of the package", () => {
  assert.deepEqual([-1, -2, 0.001, 1, 3].map(toByte), [0, 0, 128, 255, 255]);
  assert.deepEqual(sheetSize(16, 8, 28), [238, 58]);
  assert.deepEqual(sheetSize(3, 8, 28), [88, 28]);
});

test("the plot of lengths has both curves and the reader's place", () => {
  const plot = drawLengths({ circle: [10, 10], chord: [10, 7], t: 0.5, usual: 10 });
  const path = (name: string): number[][] =>
    [...plot.matchAll(new RegExp(`class="${name}" d="M([^"]*)"`, "g"))][0][1]
      .split(/[LVH]/).map((point) => point.split(" ").map(Number));
  const [circle, chord] = [path("circle"), path("chord")];
  assert.equal(circle[0][1], circle[1][1]);
  assert.equal(chord[0][1], circle[0][1]);
  assert.ok(chord[1][1] > circle[1][1]); // lower on the page: shorter
  near(path("here")[0][0], (circle[0][0] + circle[1][0]) / 2, 0.051);
  assert.match(plot, /aria-label="Length of z/);
});
