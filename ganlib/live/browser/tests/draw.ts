/**
 * Draw with a published generator, for the comparison with PyTorch.
 *
 *     node tests/draw.ts WEIGHTS.safetensors <case.json >images.json
 *
 * The case holds `z`, flattened, and `labels`.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compile, newKernels } from "../engine/kernels.ts";
import { Generator, type ImageKernels } from "../forger/generator.ts";
import { readTensors } from "../forger/safetensors.ts";

interface Case {
  z: number[];
  labels: number[];
}

const wasm = readFileSync(join(import.meta.dirname, "..", "out", "image.wasm"));
const { z, labels } = JSON.parse(readFileSync(0, "utf8")) as Case;
const kernels = newKernels<ImageKernels>(await compile(wasm));
const generator = new Generator(kernels, readTensors(readFileSync(process.argv[2])));
const images = new Float32Array((z.length / generator.zDim) * generator.imageSize);
generator.draw(Float32Array.from(z), labels, images);
process.stdout.write(JSON.stringify(Array.from(images)));
