/** What benchmarks/forger.py runs in a browser: the page's own modules, timed. */

import wasm from "../out/image.wasm";
import { compile, newKernels } from "../engine/kernels.ts";
import { Generator, type ImageKernels } from "../forger/generator.ts";
import { readTensors } from "../forger/safetensors.ts";
import { fromBase64 } from "../shared/base64.ts";

/** Draw the same images several times; `weights` is a safetensors file in base64. */
async function measure(
  weights: string, z: number[], labels: number[], draws: number,
): Promise<{ milliseconds: number[]; images: number[] }> {
  const kernels = newKernels<ImageKernels>(await compile(wasm));
  const generator = new Generator(kernels, readTensors(fromBase64(weights)));
  const images = new Float32Array((z.length / generator.zDim) * generator.imageSize);
  const vectors = Float32Array.from(z), milliseconds: number[] = [];
  for (let k = 0; k < draws; k++) {
    const began = performance.now();
    generator.draw(vectors, labels, images);
    milliseconds.push(performance.now() - began);
  }
  return { milliseconds, images: Array.from(images) };
}

Object.assign(globalThis, { measure });
