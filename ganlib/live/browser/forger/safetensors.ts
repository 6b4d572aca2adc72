/** Reads the file format in which networks are published: names, shapes, numbers. */

export interface Tensor {
  shape: readonly number[];
  values: Float32Array;
}

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/** How a number of each type that can be read lies in the file. */
const TYPES: Readonly<Record<string, { bytes: number; read: Read }>> = {
  F16: { bytes: 2, read: (view, at) => fromHalf(view.getUint16(at, true)) },
  F32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
};
type Read = (view: DataView, at: number) => number;

const LENGTH_BYTES = 8; // of the header's length, a whole number, low byte first

/**
 * The tensors of a safetensors file by their names.
 *
 * Whole numbers (the counters of BatchNorm) are left out: no forward pass needs them.
 * Of other types half and single precision are read, and the rest is refused.
 */
export function readTensors(file: Uint8Array): Map<string, Tensor> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = LENGTH_BYTES + Number(view.getBigUint64(0, true));
  if (!(start <= file.byteLength)) {
    throw new Error("the weights are cut short or are no safetensors file.");
  }
  const header = new TextDecoder().decode(file.subarray(LENGTH_BYTES, start));
  const tensors = new Map<string, Tensor>();
  for (const [name, entry] of Object.entries(JSON.parse(header) as Record<string, Entry>)) {
    if (name === "__metadata__" || /^[IU]\d|^BOOL$/.test(entry.dtype)) continue;
    const [from, to] = entry.data_offsets, type = TYPES[entry.dtype];
    if (!type) throw new Error(`${name} is stored as ${entry.dtype}, not as F16 or F32.`);
    if (start + to > file.byteLength) throw new Error(`the weights end before ${name} does.`);
    const values = new Float32Array((to - from) / type.bytes);
    for (let k = 0; k < values.length; k++) {
      values[k] = type.read(view, start + from + k * type.bytes);
    }
    tensors.set(name, { shape: entry.shape, values });
  }
  return tensors;
}

const SCALES = Float64Array.from({ length: 32 }, (_, e) => 2 ** (Math.max(e, 1) - 25));

/**
 * The number whose half precision (IEEE 754, binary16) these 16 bits are.
 *
 * `DataView.getFloat16` does the same, but not yet in every browser.
 */
export function fromHalf(bits: number): number {
  const exponent = (bits >> 10) & 31, fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? 1024 + fraction : fraction) * SCALES[exponent];
}
