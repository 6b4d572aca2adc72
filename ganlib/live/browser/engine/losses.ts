/**
 * The adversarial losses of `ganlib.losses`, a pair of logits at a time.
 *
 * Each player's function returns its loss for one pair (a logit on data, one on a fake), in
 * nats, and leaves the slopes in `slopes`. The loss of a batch is the mean over its pairs.
 * All are written in the same order of lines, so that the difference between two is what
 * the papers differ in.
 */

import type { Kernels } from "./kernels.ts";

/** Where a loss leaves its derivatives with respect to the two logits. */
export interface Slopes {
  real: number;
  fake: number;
}

export interface Loss {
  discriminator(real: number, fake: number, slopes: Slopes): number;
  generator(real: number, fake: number, slopes: Slopes): number;
  /** Whether the generator's loss looks at the logits on data. */
  paired: boolean;
}

export const LOSS_NAMES = [
  "minimax", "non_saturating", "least_squares", "wasserstein", "hinge", "relativistic",
] as const;
export type LossName = (typeof LOSS_NAMES)[number];

/** All losses; `exp` and `log1p` are the kernels', the same in every browser. */
export function lossTable({ exp, log1p }: Pick<Kernels, "exp" | "log1p">): Record<LossName, Loss> {
  const sigmoid = (t: number): number => 1 / (1 + exp(-t));
  const softplus = (t: number): number => Math.max(t, 0) + log1p(exp(-Math.abs(t)));

  /** −log D on data, −log(1 − D) on fakes: Goodfellow 2014, equation 1, negated. */
  function crossEntropy(real: number, fake: number, slopes: Slopes): number {
    slopes.real = -sigmoid(-real);
    slopes.fake = sigmoid(fake);
    return softplus(-real) + softplus(fake);
  }

  /** −E t: what the Wasserstein and the hinge generator minimise. */
  function minusScore(_real: number, fake: number, slopes: Slopes): number {
    slopes.real = 0;
    slopes.fake = -1;
    return -fake;
  }

  return {
    minimax: {
      discriminator: crossEntropy,
      /** log(1 − D): Goodfellow 2014, equation 1. */
      generator(_real, fake, slopes) {
        slopes.real = 0;
        slopes.fake = -sigmoid(fake);
        return -softplus(fake);
      },
      paired: false,
    },
    non_saturating: {
      discriminator: crossEntropy,
      /** −log D: Goodfellow 2014, section 3. */
      generator(_real, fake, slopes) {
        slopes.real = 0;
        slopes.fake = -sigmoid(-fake);
        return softplus(-fake);
      },
      paired: false,
    },
    least_squares: {
      /** Mao 2017, equation 9 (a = 0, b = c = 1). */
      discriminator(real, fake, slopes) {
        slopes.real = real - 1;
        slopes.fake = fake;
        return ((real - 1) * (real - 1) + fake * fake) / 2;
      },
      generator(_real, fake, slopes) {
        slopes.real = 0;
        slopes.fake = fake - 1;
        return ((fake - 1) * (fake - 1)) / 2;
      },
      paired: false,
    },
    wasserstein: {
      /** Arjovsky 2017, algorithm 1, lines 5 and 6. */
      discriminator(real, fake, slopes) {
        slopes.real = -1;
        slopes.fake = 1;
        return fake - real;
      },
      generator: minusScore,
      paired: false,
    },
    hinge: {
      /** Miyato 2018, equation 16. */
      discriminator(real, fake, slopes) {
        slopes.real = real < 1 ? -1 : 0;
        slopes.fake = fake > -1 ? 1 : 0;
        return Math.max(0, 1 - real) + Math.max(0, 1 + fake);
      },
      generator: minusScore,
      paired: false,
    },
    relativistic: {
      /** Jolicoeur-Martineau 2019: is this one more real than that one? */
      discriminator(real, fake, slopes) {
        slopes.fake = sigmoid(fake - real);
        slopes.real = -slopes.fake;
        return softplus(fake - real);
      },
      generator(real, fake, slopes) {
        slopes.real = sigmoid(real - fake);
        slopes.fake = -slopes.real;
        return softplus(real - fake);
      },
      paired: true,
    },
  };
}
