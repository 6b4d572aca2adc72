/** Paints a scene of the plane: wash, data, fakes, arrows, the image of the z-grid. */

import { LINE_POINTS, NUM_LINES } from "../engine/inspector.ts";
import type { Palette, Rgb } from "../shared/theme.ts";

/** What is to be seen; coordinates in units of the data, all x before all y. */
export interface Scene {
  extent: number;
  side: number;
  /** Logits of D, (side, side) from the top left, or nothing. */
  wash?: Float32Array;
  real: Float32Array;
  fake: Float32Array;
  /** Minus the gradient of the generator's loss at each fake. */
  pull?: Float32Array;
  /** Images of the lines of a grid in z-space. */
  lines?: Float32Array;
  /** Centres that a reader drew, x and y in turn. */
  drawn?: readonly number[];
  /** Where a reader's cross stands. */
  cross?: readonly [number, number];
}

const NUM_ARROWS = 64;
const ARROW = 0.11; // of the picture's width: the longest arrow

export class Picture {
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private readonly washCanvas = document.createElement("canvas");
  private washImage: ImageData | null = null;

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext("2d");
    if (!context) throw new Error("the browser gives no canvas to draw on.");
    this.canvas = canvas;
    this.context = context;
  }

  /** Give the canvas as many pixels as the screen has for it. */
  fit(): void {
    const ratio = Math.min(devicePixelRatio || 1, 2);
    const pixels = Math.max(Math.round(this.canvas.clientWidth * ratio), 64);
    if (this.canvas.width !== pixels) this.canvas.width = this.canvas.height = pixels;
  }

  paint(scene: Scene, colours: Palette): void {
    const { context, canvas } = this, size = canvas.width;
    context.fillStyle = colours.surface;
    context.fillRect(0, 0, size, size);
    if (scene.wash) this.paintWash(scene.wash, scene.side, colours.wash);
    if (scene.lines) this.paintLines(scene.lines, scene.extent, colours.muted);
    this.paintDots(scene.real, scene.extent, colours);
    this.paintTriangles(scene.fake, scene.extent, colours);
    if (scene.pull) this.paintArrows(scene, colours.text);
    if (scene.drawn) this.paintDrawn(scene.drawn, scene.extent, colours.real);
    if (scene.cross) this.paintCross(scene.cross, scene.extent, colours.text);
  }

  private x(value: number, extent: number): number {
    return ((value / extent + 1) / 2) * this.canvas.width;
  }

  private y(value: number, extent: number): number {
    return ((1 - value / extent) / 2) * this.canvas.height;
  }

  /** D's probability as a colour: data's towards 1, fakes' towards 0, the surface at ½. */
  private paintWash(logits: Float32Array, side: number, [low, middle, high]: readonly Rgb[]): void {
    if (this.washCanvas.width !== side || !this.washImage) {
      this.washCanvas.width = this.washCanvas.height = side;
      this.washImage = new ImageData(side, side);
    }
    const { data } = this.washImage;
    for (let k = 0; k < logits.length; k++) {
      const certainty = 2 / (1 + Math.exp(-logits[k])) - 1; // −1 to 1
      const end = certainty < 0 ? low : high, share = Math.abs(certainty);
      for (let c = 0; c < 3; c++) {
        data[4 * k + c] = middle[c] + share * (end[c] - middle[c]);
      }
      data[4 * k + 3] = 255;
    }
    this.washCanvas.getContext("2d")?.putImageData(this.washImage, 0, 0);
    this.context.imageSmoothingEnabled = true;
    this.context.drawImage(this.washCanvas, 0, 0, this.canvas.width, this.canvas.height);
  }

  private paintDots(points: Float32Array, extent: number, colours: Palette): void {
    const { context } = this, num = points.length / 2, radius = this.canvas.width / 190;
    context.fillStyle = colours.real;
    context.beginPath();
    for (let k = 0; k < num; k++) {
      const x = this.x(points[k], extent), y = this.y(points[num + k], extent);
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    this.outlineAndFill(colours);
  }

  /** The outline first: it parts shapes from the wash, and a heap keeps its colour. */
  private outlineAndFill(colours: Palette): void {
    this.context.strokeStyle = colours.surface;
    this.context.lineWidth = this.canvas.width / 260;
    this.context.stroke();
    this.context.fill();
  }

  private paintTriangles(points: Float32Array, extent: number, colours: Palette): void {
    const { context } = this, num = points.length / 2, size = this.canvas.width / 130;
    context.fillStyle = colours.fake;
    context.beginPath();
    for (let k = 0; k < num; k++) {
      const x = this.x(points[k], extent), y = this.y(points[num + k], extent);
      context.moveTo(x, y - size);
      context.lineTo(x + 0.9 * size, y + 0.6 * size);
      context.lineTo(x - 0.9 * size, y + 0.6 * size);
      context.closePath();
    }
    this.outlineAndFill(colours);
  }

  /** Arrows as long as the root of the pull, the strongest of this picture the longest. */
  private paintArrows({ fake, pull, extent }: Scene, colour: string): void {
    if (!pull) return;
    const { context } = this, num = fake.length / 2, step = Math.ceil(num / NUM_ARROWS);
    let strongest = 0;
    for (let k = 0; k < num; k += step) {
      strongest = Math.max(strongest, pull[k] ** 2 + pull[num + k] ** 2);
    }
    if (!(strongest > 0)) return;
    context.strokeStyle = colour;
    context.lineWidth = this.canvas.width / 380;
    context.beginPath();
    for (let k = 0; k < num; k += step) {
      const strength = Math.sqrt(pull[k] ** 2 + pull[num + k] ** 2);
      if (strength === 0) continue;
      const share = Math.sqrt(strength / Math.sqrt(strongest));
      const long = (ARROW * this.canvas.width * share) / strength;
      const x = this.x(fake[k], extent), y = this.y(fake[num + k], extent);
      this.traceArrow(x, y, long * pull[k], -long * pull[num + k]);
    }
    context.stroke();
  }

  private traceArrow(x: number, y: number, dx: number, dy: number): void {
    const { context } = this;
    context.moveTo(x, y);
    context.lineTo(x + dx, y + dy);
    for (const side of [-1, 1]) {
      context.moveTo(x + dx, y + dy);
      context.lineTo(x + 0.72 * dx - 0.16 * side * dy, y + 0.72 * dy + 0.16 * side * dx);
    }
  }

  private paintLines(lines: Float32Array, extent: number, colour: string): void {
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = this.canvas.width / 700;
    context.beginPath();
    for (let line = 0; line < 2 * NUM_LINES; line++) {
      const from = 2 * LINE_POINTS * line;
      for (let k = 0; k < LINE_POINTS; k++) {
        const x = this.x(lines[from + k], extent);
        const y = this.y(lines[from + LINE_POINTS + k], extent);
        if (k) context.lineTo(x, y);
        else context.moveTo(x, y);
      }
    }
    context.stroke();
  }

  private paintDrawn(drawn: readonly number[], extent: number, colour: string): void {
    const { context } = this, radius = this.canvas.width / 60;
    context.strokeStyle = colour;
    context.lineWidth = this.canvas.width / 300;
    context.beginPath();
    for (let k = 0; k < drawn.length; k += 2) {
      const x = this.x(drawn[k], extent), y = this.y(drawn[k + 1], extent);
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    context.stroke();
  }

  private paintCross([cx, cy]: readonly [number, number], extent: number, colour: string): void {
    const { context } = this, arm = this.canvas.width / 35;
    const x = this.x(cx, extent), y = this.y(cy, extent);
    context.strokeStyle = colour;
    context.lineWidth = this.canvas.width / 240;
    context.beginPath();
    context.moveTo(x - arm, y);
    context.lineTo(x + arm, y);
    context.moveTo(x, y - arm);
    context.lineTo(x, y + arm);
    context.stroke();
  }
}
