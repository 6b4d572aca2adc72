/** The picture of a preset for readers without scripts: a PNG, drawn without a browser. */

import { crc32, deflateSync } from "node:zlib";
import { Inspector } from "../engine/inspector.ts";
import type { Kernels } from "../engine/kernels.ts";
import { DAYLIGHT, type Rgb } from "../shared/theme.ts";
import { Session } from "./session.ts";
import { EDGE } from "./settings.ts";

const SIDE = 320; // pixels
const LEVELS = 5; // of the wash, to either side of ½: flat areas make a small file
const NUM_POINTS = 160;

/** Train a preset under seed 0 for `steps` steps and draw what is then to be seen. */
export function still(newKernels: () => Kernels, preset: string, steps: number): Uint8Array {
  const session = new Session(newKernels, preset);
  for (let k = 0; k < steps; k++) session.advance("b");
  const view = { numPoints: NUM_POINTS, side: SIDE, extent: EDGE };
  const inspector = new Inspector(session.game, session.target, view);
  inspector.lookAtFakes();
  inspector.lookAtWash();
  const pixels = new Uint8Array(3 * SIDE * SIDE);
  paintWash(pixels, inspector.wash);
  paintPoints(pixels, inspector.real, DAYLIGHT.real, DOT);
  paintPoints(pixels, inspector.fake, DAYLIGHT.fake, TRIANGLE);
  return png(pixels);
}

function paintWash(pixels: Uint8Array, logits: Float32Array): void {
  const [low, middle, high] = DAYLIGHT.wash;
  for (let k = 0; k < logits.length; k++) {
    const certainty = 2 / (1 + Math.exp(-logits[k])) - 1;
    const share = Math.round(LEVELS * Math.abs(certainty)) / LEVELS;
    const end: Rgb = certainty < 0 ? low : high;
    for (let c = 0; c < 3; c++) {
      pixels[3 * k + c] = Math.round(middle[c] + share * (end[c] - middle[c]));
    }
  }
}

const DOT = [" ### ", "#####", "#####", "#####", " ### "];
const TRIANGLE = ["   #   ", "  ###  ", "  ###  ", " ##### ", " ##### ", "#######"];

function paintPoints(
  pixels: Uint8Array, points: Float32Array, colour: string, shape: readonly string[],
): void {
  const rgb = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const num = points.length / 2;
  for (let k = 0; k < num; k++) {
    const column = Math.round(((points[k] / EDGE + 1) / 2) * SIDE - shape[0].length / 2);
    const row = Math.round(((1 - points[num + k] / EDGE) / 2) * SIDE - shape.length / 2);
    for (const [dy, line] of shape.entries()) {
      for (let dx = 0; dx < line.length; dx++) {
        const x = column + dx, y = row + dy;
        if (line[dx] === "#" && x >= 0 && x < SIDE && y >= 0 && y < SIDE) {
          pixels.set(rgb, 3 * (y * SIDE + x));
        }
      }
    }
  }
}

/** RGB pixels as a PNG file (ISO 15948), every line unfiltered. */
function png(pixels: Uint8Array): Uint8Array {
  const lines = new Uint8Array(SIDE * (3 * SIDE + 1));
  for (let y = 0; y < SIDE; y++) {
    lines.set(pixels.subarray(3 * SIDE * y, 3 * SIDE * (y + 1)), y * (3 * SIDE + 1) + 1);
  }
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, SIDE);
  header.setUint32(4, SIDE);
  header.setUint8(8, 8); // bits of a channel
  header.setUint8(9, 2); // red, green, blue
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

function chunk(name: string, content: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, sum]);
}
