/** A published generator as a row of transposed convolutions, BatchNorm folded in. */

import type { Tensor } from "./safetensors.ts";

/** One transposed convolution, with what BatchNorm does after it. */
export interface Layer {
  inputs: number;
  outputs: number;
  /** Side of the kernel. */
  kernel: number;
  /** (input, output, row, column), each output times its scale. */
  weight: Float32Array;
  /** What is added to each output. */
  bias: Float32Array;
}

const EPSILON = 1e-5; // BatchNorm's, PyTorch's default

/**
 * The layers of a DCGAN generator, in their order.
 *
 * In evaluation mode BatchNorm is the affine map (x − mean) · gamma / √(variance + ε) + beta
 * with fixed numbers, so it goes into the weights and the bias of the layer before it. The
 * numbers are combined in double precision and rounded once.
 */
export function foldLayers(tensors: Map<string, Tensor>): Layer[] {
  const found = [...tensors].flatMap(([name, tensor]) => {
    const parts = /^(.*?)(\d+)\.weight$/.exec(name);
    return parts && tensor.shape.length === 4
      ? [{ stem: parts[1], place: Number(parts[2]), tensor }]
      : [];
  });
  return found.sort((a, b) => a.place - b.place).map(({ stem, place, tensor }) => {
    const values = (at: number, part: string): Float32Array | undefined =>
      tensors.get(`${stem}${at}.${part}`)?.values;
    return fold(tensor, values(place, "bias"), {
      gamma: values(place + 1, "weight"), beta: values(place + 1, "bias"),
      mean: values(place + 1, "running_mean"), variance: values(place + 1, "running_var"),
    });
  });
}

interface Norm {
  gamma?: Float32Array;
  beta?: Float32Array;
  mean?: Float32Array;
  variance?: Float32Array;
}

function fold(tensor: Tensor, bias: Float32Array | undefined, norm: Norm): Layer {
  const [inputs, outputs, kernel] = tensor.shape;
  const { gamma, beta, mean, variance } = norm;
  const weight = new Float32Array(tensor.values.length), shift = new Float32Array(outputs);
  const scale = new Float64Array(outputs).fill(1);
  for (let c = 0; c < outputs; c++) {
    if (variance) scale[c] = gamma![c] / Math.sqrt(variance[c] + EPSILON);
    shift[c] = ((bias?.[c] ?? 0) - (mean?.[c] ?? 0)) * scale[c] + (mean ? beta![c] : 0);
  }
  const block = kernel * kernel;
  for (let k = 0; k < weight.length; k++) {
    weight[k] = tensor.values[k] * scale[Math.floor(k / block) % outputs];
  }
  return { inputs, outputs, kernel, weight, bias: shift };
}
