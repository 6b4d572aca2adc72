/** The generator's two losses as functions of the logit of one fake, in nats. */

/** D = σ(t), without overflow. */
export function sigmoid(t: number): number {
  const decay = Math.exp(-Math.abs(t));
  return t >= 0 ? 1 / (1 + decay) : decay / (1 + decay);
}

/** log(1 + eᵗ), exact for every t. */
export function softplus(t: number): number {
  return Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
}

export interface GeneratorLoss {
  value(t: number): number;
  slope(t: number): number;
}

/** log(1 − D): `ganlib.losses.minimax`. */
export const minimax: GeneratorLoss = {
  value: (t) => -softplus(t),
  slope: (t) => -sigmoid(t),
};

/** −log D: `ganlib.losses.non_saturating`. */
export const nonSaturating: GeneratorLoss = {
  value: (t) => softplus(-t),
  slope: (t) => -sigmoid(-t),
};
