/** Two small networks and the rules of their game: `ganlib.training` in the page. */

import { Arena, type Kernels } from "./kernels.ts";
import { type Loss, type LossName, lossTable } from "./losses.ts";
import { LANES, MLP } from "./mlp.ts";
import { Random } from "./random.ts";
import { drawSamples, type Target } from "./targets.ts";

export const RESTRAINTS = ["none", "clipping", "gradient_penalty", "r1_r2"] as const;
/** What holds the discriminator back: `ganlib.penalties`. */
export type Restraint = (typeof RESTRAINTS)[number];

/** All numbers of a game; names as in `ganlib.recipes`. */
export interface Rules {
  loss: LossName;
  restraint: Restraint;
  /** The limit c of clipping, the weight λ of the gradient penalty, the γ of R1 and R2. */
  strength: number;
  g_lr: number;
  d_lr: number;
  beta1: number;
  beta2: number;
  /** What Adam adds to the root of the second moment: 1e-8 in PyTorch. */
  epsilon: number;
  /** Discriminator steps before each generator step, at least 1. */
  d_steps: number;
  /** Units of each hidden layer, of both players. */
  width: number;
  /** Hidden layers of both players. */
  depth: number;
  /** Samples a step, a multiple of 8. */
  batch_size: number;
}

export const Z_DIM = 2;

/** Where a game's random inputs come from; each fills a (features, samples) array. */
export interface Source {
  real(out: Float32Array): void;
  noise(out: Float32Array): void;
  /** Uniform on [0, 1), one for each pair. */
  epsilon(out: Float32Array): void;
}

/** The target's samples and two streams of random numbers that the seed fixes. */
export function seededSource(kernels: Kernels, target: Target, seed: number): Source {
  const data = new Random(kernels.log, seed, 1), latent = new Random(kernels.log, seed, 2);
  return {
    real: (out) => drawSamples(target, data, out),
    noise: (out) => {
      for (let k = 0; k < out.length; k++) out[k] = latent.normal();
    },
    epsilon: (out) => {
      for (let k = 0; k < out.length; k++) out[k] = latent.uniform();
    },
  };
}

export class Game {
  readonly arena: Arena;
  readonly generator: MLP;
  readonly discriminator: MLP;
  /** May be changed between steps, but for width, depth and batch_size. */
  rules: Rules;
  source: Source;
  /** Losses and gradient norms of the last steps; NaN before the first. */
  d_loss = NaN;
  g_loss = NaN;
  d_norm = NaN;
  g_norm = NaN;
  private readonly losses: Record<LossName, Loss>;
  private readonly slopes = { real: 0, fake: 0 };
  private readonly z: number;
  private readonly epsilon: number;
  private readonly points: number; // (2, 2B): data, then fakes
  private readonly between: number; // (2, B): on the segments between them
  private readonly logitGradient: number; // (1, 2B)
  private readonly ones: number; // (1, 2B)
  private readonly direction: number; // (2, 2B)
  private readonly fakeGradient: number; // (2, B)
  private haveData = false;

  /** Reserve all memory and draw the first weights. */
  constructor(kernels: Kernels, rules: Rules, source: Source, seed: number) {
    const size = rules.batch_size;
    if (size < LANES || size % LANES) {
      throw new Error(`batch_size is ${size}, but must be a multiple of ${LANES}.`);
    }
    const arena = new Arena(kernels);
    const hidden = Array<number>(rules.depth).fill(rules.width);
    this.arena = arena;
    this.rules = rules;
    this.source = source;
    this.losses = lossTable(kernels);
    this.generator = new MLP(arena, [Z_DIM, ...hidden, 2], size);
    this.discriminator = new MLP(arena, [2, ...hidden, 1], 2 * size);
    const random = new Random(kernels.log, seed, 0);
    this.generator.initialise(random);
    this.discriminator.initialise(random);
    this.z = arena.floats(Z_DIM * size);
    this.epsilon = arena.floats(size);
    this.points = arena.floats(2 * 2 * size);
    this.between = arena.floats(2 * size);
    this.logitGradient = arena.floats(2 * size);
    this.ones = arena.floats(2 * size);
    this.direction = arena.floats(2 * 2 * size);
    this.fakeGradient = arena.floats(2 * size);
    arena.view(this.ones, 2 * size).fill(1);
  }

  /** `d_steps` steps of the discriminator, then one of the generator. */
  step(): void {
    for (let k = 0; k < this.rules.d_steps; k++) this.discriminatorStep();
    this.generatorStep();
  }

  /** Show the discriminator data and fresh fakes, and move it once. */
  discriminatorStep(): void {
    const { rules, discriminator } = this, size = rules.batch_size;
    this.placeData();
    this.placeFakes();
    const logits = this.arena.view(discriminator.forward(this.points, 2 * size), 2 * size);
    const gradient = this.arena.view(this.logitGradient, 2 * size);
    const loss = this.losses[rules.loss];
    let total = 0;
    for (let k = 0; k < size; k++) {
      total += loss.discriminator(logits[k], logits[size + k], this.slopes);
      gradient[k] = this.slopes.real / size;
      gradient[size + k] = this.slopes.fake / size;
    }
    discriminator.zeroGradients();
    discriminator.backward(this.logitGradient, { parameters: true, input: false });
    this.d_loss = total / size + this.penalty();
    this.d_norm = discriminator.gradientNorm();
    discriminator.adam(rules.d_lr, rules.beta1, rules.beta2, rules.epsilon);
    if (rules.restraint === "clipping") discriminator.clip(rules.strength);
  }

  /** Let the generator move once against the discriminator as it stands. */
  generatorStep(): void {
    const { rules, discriminator, generator } = this, size = rules.batch_size;
    const loss = this.losses[rules.loss];
    if (!this.haveData) this.placeData();
    this.placeFakes();
    const logits = this.arena.view(discriminator.forward(this.points, 2 * size), 2 * size);
    const gradient = this.arena.view(this.logitGradient, 2 * size);
    let total = 0;
    for (let k = 0; k < size; k++) {
      total += loss.generator(logits[k], logits[size + k], this.slopes);
      gradient[k] = 0; // the data do not depend on the generator
      gradient[size + k] = this.slopes.fake / size;
    }
    const toPoints = discriminator.backward(
      this.logitGradient, { parameters: false, input: true },
    );
    this.copyFakeHalf(this.arena.view(toPoints, 4 * size));
    generator.zeroGradients();
    generator.backward(this.fakeGradient, { parameters: true, input: false });
    this.g_loss = total / size;
    this.g_norm = generator.gradientNorm();
    generator.adam(rules.g_lr, rules.beta1, rules.beta2, rules.epsilon);
  }

  private placeData(): void {
    const size = this.rules.batch_size, points = this.arena.view(this.points, 4 * size);
    const real = this.arena.view(this.fakeGradient, 2 * size); // free at this time
    this.source.real(real);
    points.set(real.subarray(0, size), 0);
    points.set(real.subarray(size), 2 * size);
    this.haveData = true;
  }

  private placeFakes(): void {
    const size = this.rules.batch_size, points = this.arena.view(this.points, 4 * size);
    this.source.noise(this.arena.view(this.z, Z_DIM * size));
    const fake = this.arena.view(this.generator.forward(this.z, size), 2 * size);
    points.set(fake.subarray(0, size), size);
    points.set(fake.subarray(size), 3 * size);
  }

  private copyFakeHalf(toPoints: Float32Array): void {
    const size = this.rules.batch_size, out = this.arena.view(this.fakeGradient, 2 * size);
    out.set(toPoints.subarray(size, 2 * size), 0);
    out.set(toPoints.subarray(3 * size), size);
  }

  /** The penalty's value; its gradient is added to the discriminator's. */
  private penalty(): number {
    const { restraint, strength, batch_size: size } = this.rules;
    if (restraint === "r1_r2") {
      // γ/2 E‖∇D‖² on the data and the same on the fakes: u = γ g / B.
      return this.penalise(2 * size, (norm, slope) => {
        slope.factor = strength / size;
        return ((strength / 2) * norm * norm) / size;
      });
    }
    if (restraint === "gradient_penalty") {
      this.placeBetween();
      this.discriminator.forward(this.between, size);
      // λ E(‖g‖ − 1)²: u = 2λ (‖g‖ − 1) g / (‖g‖ B); 1e-12 as in ganlib.
      return this.penalise(size, (norm, slope) => {
        const length = Math.sqrt(norm * norm + 1e-12);
        slope.factor = (2 * strength * (length - 1)) / length / size;
        return (strength * (length - 1) * (length - 1)) / size;
      });
    }
    return 0;
  }

  private placeBetween(): void {
    const size = this.rules.batch_size;
    const points = this.arena.view(this.points, 4 * size);
    const between = this.arena.view(this.between, 2 * size);
    const epsilon = this.arena.view(this.epsilon, size);
    this.source.epsilon(epsilon);
    for (let k = 0; k < size; k++) {
      for (const axis of [0, 1]) {
        const real = points[2 * axis * size + k], fake = points[(2 * axis + 1) * size + k];
        between[axis * size + k] = epsilon[k] * real + (1 - epsilon[k]) * fake;
      }
    }
  }

  /**
   * Add the gradient of a sum over samples of a function of ‖∇D‖ at the last forward's
   * points. `cost` returns one sample's part and leaves in `factor` what ∇D has to be
   * multiplied with to be the part's gradient with respect to ∇D.
   */
  private penalise(
    samples: number, cost: (norm: number, slope: { factor: number }) => number,
  ): number {
    const at = this.discriminator.backward(this.ones, { parameters: false, input: true });
    const slopes = this.arena.view(at, 2 * samples);
    const direction = this.arena.view(this.direction, 2 * samples);
    const slope = { factor: 0 };
    let total = 0;
    for (let k = 0; k < samples; k++) {
      const dx = slopes[k], dy = slopes[samples + k];
      total += cost(Math.sqrt(dx * dx + dy * dy), slope);
      direction[k] = slope.factor * dx;
      direction[samples + k] = slope.factor * dy;
    }
    this.discriminator.penaliseSlope(this.ones, this.direction);
    return total;
  }
}
