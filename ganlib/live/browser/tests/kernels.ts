/** Kernels for the tests: those that the last build compiled. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compile, type Kernels, newKernels } from "../engine/kernels.ts";

const WASM = join(import.meta.dirname, "..", "out", "kernels.wasm");
const module = await compile(readFileSync(WASM));

export function kernels(): Kernels {
  return newKernels(module);
}
