/**
 * Looks at a game without changing it: what the generator makes of fixed noise, what the
 * discriminator says where, and which way it pulls each fake.
 *
 * It uses the networks' own buffers, which every training step fills anew, and random
 * numbers of its own. So a game that is watched and one that is not are the same.
 */

import { type Game, Z_DIM } from "./game.ts";
import { lossTable } from "./losses.ts";
import { LANES } from "./mlp.ts";
import { Random } from "./random.ts";
import { type Coverage, coverage, drawSamples, type Target } from "./targets.ts";

/** What is looked at: counts of points are multiples of 8. */
export interface View {
  /** Samples of the data and of the generator. */
  numPoints: number;
  /** Points along each side of the grid on which D is asked; a multiple of 4. */
  side: number;
  /** The square that is shown reaches from −extent to extent, in units of the data. */
  extent: number;
}

/** Lines of the z-grid in each direction, and points along each line (a multiple of 8). */
export const NUM_LINES = 13;
export const LINE_POINTS = 48;
const REACH = 2.4; // standard deviations of z to either side: 98 % of the mass of each axis

export class Inspector {
  readonly view: View;
  /** Samples of the data, (2, numPoints), all x before all y; they stay. */
  readonly real: Float32Array;
  /** What the generator makes of noise that stays, (2, numPoints). */
  readonly fake: Float32Array;
  /** Logits of D on the grid, row after row from the top. */
  readonly wash: Float32Array;
  /** Minus the gradient of the generator's loss at each fake, (2, numPoints). */
  readonly pull: Float32Array;
  /** Images of the lines of a grid in z-space: line after line, (2, LINE_POINTS) each. */
  readonly lines: Float32Array;
  private readonly game: Game;
  private readonly target: Target;
  private readonly z: Float32Array;
  private readonly zLines: Float32Array;
  private readonly grid: Float32Array;
  private readonly realLogits: Float32Array;
  private readonly fakeLogits: Float32Array;
  private readonly counts: Int32Array;
  private readonly stage: number;
  private readonly ones: number;
  private readonly losses: ReturnType<typeof lossTable>;

  constructor(game: Game, target: Target, view: View) {
    const { numPoints, side } = view, { arena } = game;
    this.game = game;
    this.target = target;
    this.view = view;
    this.losses = lossTable(arena.kernels);
    this.counts = new Int32Array(target.numParts);
    const random = new Random(arena.kernels.log, 0, 3);
    this.real = new Float32Array(2 * numPoints);
    if (target.means.length) drawSamples(target, random, this.real);
    else this.real.fill(NaN); // nothing drawn yet: no point is on the picture
    this.z = Float32Array.from({ length: Z_DIM * numPoints }, () => random.normal());
    this.fake = new Float32Array(2 * numPoints);
    this.pull = new Float32Array(2 * numPoints);
    this.realLogits = new Float32Array(numPoints);
    this.fakeLogits = new Float32Array(numPoints);
    this.grid = squareGrid(view);
    this.wash = new Float32Array(side * side);
    this.zLines = latentLines();
    this.lines = new Float32Array(this.zLines.length);
    const most = 2 * game.rules.batch_size;
    this.stage = arena.floats(2 * most);
    this.ones = arena.floats(most);
    arena.view(this.ones, most).fill(1);
  }

  /** Draw `fake` again from the generator as it is now. */
  lookAtFakes(): void {
    this.generate(this.z, this.fake);
  }

  /**
   * Whether only differences of D's scores mean anything: a Wasserstein critic's, and those
   * of a discriminator of pairs.
   */
  get onlyDifferences(): boolean {
    const { loss } = this.game.rules;
    return loss === "wasserstein" || this.losses[loss].paired;
  }

  /**
   * Ask D again on the whole grid, as logits: 0 is the colour of "cannot tell".
   *
   * Least squares codes data as 1 and fakes as 0, so its middle is ½. Where only
   * differences mean anything, the middle is half-way between the mean scores of data and
   * fakes, and the scale is that of the picture: the largest score is as sure as a logit
   * of 3.
   */
  lookAtWash(): void {
    this.judge(this.grid, this.wash);
    if (this.game.rules.loss === "least_squares") {
      for (let k = 0; k < this.wash.length; k++) this.wash[k] = 6 * (this.wash[k] - 0.5);
    }
    if (this.onlyDifferences && this.target.means.length) this.centreWash();
  }

  private centreWash(): void {
    const { wash, realLogits, fakeLogits, view: { numPoints } } = this;
    this.judge(this.real, realLogits);
    this.judge(this.fake, fakeLogits);
    let middle = 0, largest = 0;
    for (let k = 0; k < numPoints; k++) middle += (realLogits[k] + fakeLogits[k]) / (2 * numPoints);
    for (let k = 0; k < wash.length; k++) largest = Math.max(largest, Math.abs(wash[k] - middle));
    const scale = largest > 0 ? 3 / largest : 0;
    for (let k = 0; k < wash.length; k++) wash[k] = scale * (wash[k] - middle);
  }

  /** How the fakes cover the data. */
  coverage(): Coverage {
    return coverage(this.target, this.fake, this.counts);
  }

  /** Where the fakes' mean lies from the data's, and how wide they are, in data's units. */
  moments(): { centre: number; spread_x: number; spread_y: number } {
    const count = this.view.numPoints, { means } = this.target;
    const mean = (numbers: ArrayLike<number>, from: number, step: number, num: number) => {
      let sum = 0;
      for (let k = 0; k < num; k++) sum += numbers[from + k * step];
      return sum / num;
    };
    const spread = (from: number, middle: number) => {
      let sum = 0;
      for (let k = 0; k < count; k++) sum += (this.fake[from + k] - middle) * (this.fake[from + k] - middle);
      return Math.sqrt(sum / count);
    };
    const x = mean(this.fake, 0, 1, count), y = mean(this.fake, count, 1, count);
    const dx = x - mean(means, 0, 2, means.length / 2);
    const dy = y - mean(means, 1, 2, means.length / 2);
    return {
      centre: Math.sqrt(dx * dx + dy * dy), spread_x: spread(0, x), spread_y: spread(count, y),
    };
  }

  /** Draw the images of the z-grid again. */
  lookAtLines(): void {
    for (let line = 0; line < 2 * NUM_LINES; line++) {
      const [from, to] = [2 * LINE_POINTS * line, 2 * LINE_POINTS * (line + 1)];
      this.generate(this.zLines.subarray(from, to), this.lines.subarray(from, to));
    }
  }

  /** Which way, and how firmly, each fake is pulled by the generator's loss. */
  lookAtPull(): void {
    const { game, fake, pull } = this, num = this.view.numPoints;
    const loss = this.losses[game.rules.loss], slopes = { real: 0, fake: 0 };
    if (loss.paired) this.judge(this.real, this.realLogits);
    this.judge(fake, this.fakeLogits);
    this.inChunks(fake, num, 2 * game.rules.batch_size, (from, size) => {
      game.discriminator.forward(this.stage, size);
      const want = { parameters: false, input: true };
      const at = game.discriminator.backward(this.ones, want);
      const gradient = game.arena.view(at, 2 * size);
      for (let k = 0; k < size; k++) {
        loss.generator(this.realLogits[from + k], this.fakeLogits[from + k], slopes);
        pull[from + k] = -slopes.fake * gradient[k];
        pull[num + from + k] = -slopes.fake * gradient[size + k];
      }
    });
  }

  private generate(z: Float32Array, out: Float32Array): void {
    const num = z.length / 2, { generator, arena, rules } = this.game;
    this.inChunks(z, num, rules.batch_size, (from, size) => {
      const made = arena.view(generator.forward(this.stage, size), 2 * size);
      out.set(made.subarray(0, size), from);
      out.set(made.subarray(size), num + from);
    });
  }

  private judge(points: Float32Array, out: Float32Array): void {
    const { discriminator, arena, rules } = this.game;
    this.inChunks(points, points.length / 2, 2 * rules.batch_size, (from, size) => {
      out.set(arena.view(discriminator.forward(this.stage, size), size), from);
    });
  }

  /** Copy points (2, num) to the stage, as many at a time as a network takes. */
  private inChunks(
    points: Float32Array, num: number, most: number,
    use: (from: number, size: number) => void,
  ): void {
    if (num % LANES) throw new Error(`${num} points are no multiple of ${LANES}.`);
    for (let from = 0; from < num; from += most) {
      const size = Math.min(most, num - from);
      const stage = this.game.arena.view(this.stage, 2 * size);
      stage.set(points.subarray(from, from + size), 0);
      stage.set(points.subarray(num + from, num + from + size), size);
      use(from, size);
    }
  }
}

/** Centres of the cells of a square, row after row from the top, all x before all y. */
function squareGrid({ side, extent }: View): Float32Array {
  const num = side * side, grid = new Float32Array(2 * num);
  for (let row = 0, k = 0; row < side; row++) {
    for (let column = 0; column < side; column++, k++) {
      grid[k] = ((2 * column + 1) / side - 1) * extent;
      grid[num + k] = (1 - (2 * row + 1) / side) * extent;
    }
  }
  return grid;
}

/** Lines of constant z₁, then of constant z₂, evenly spaced. */
function latentLines(): Float32Array {
  const lines = new Float32Array(2 * NUM_LINES * 2 * LINE_POINTS);
  for (let line = 0; line < 2 * NUM_LINES; line++) {
    const constant = ((2 * (line % NUM_LINES)) / (NUM_LINES - 1) - 1) * REACH;
    const [held, free] = line < NUM_LINES ? [0, LINE_POINTS] : [LINE_POINTS, 0];
    for (let k = 0; k < LINE_POINTS; k++) {
      lines[2 * LINE_POINTS * line + held + k] = constant;
      lines[2 * LINE_POINTS * line + free + k] = ((2 * k) / (LINE_POINTS - 1) - 1) * REACH;
    }
  }
  return lines;
}
