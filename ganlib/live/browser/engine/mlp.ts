/** A multilayer perceptron with leaky rectifiers, its gradients and its optimiser. */

import { type Arena, type Kernels, roundUp } from "./kernels.ts";
import type { Random } from "./random.ts";

/** Where one linear layer keeps its numbers; addresses in bytes. */
interface Layer {
  inputs: number;
  outputs: number;
  weight: number; // (outputs, inputs), as in PyTorch
  bias: number;
  weightGradient: number;
  biasGradient: number;
  activation: number; // what the layer puts out, (outputs, samples)
  delta: number; // gradient of a scalar before the rectifier, (outputs, samples)
  tangent: number; // derivative along a direction of the input, (outputs, samples)
}

const SLOPE = 0.2; // of the leaky rectifier for negative input, as in ganlib.networks.MLP

/** Samples come in eights: the kernels' unit. */
export const LANES = 8;

export class MLP {
  /** Layer sizes, input first: [2, 32, 32, 1]. */
  readonly sizes: readonly number[];
  /** Number of weights and biases, padded to fours with zeros. */
  readonly numParameters: number;
  /** All weights and biases, layer after layer, each layer's weight before its bias. */
  readonly parameters: number;
  /** Their gradients, in the same order. */
  readonly gradients: number;
  private readonly kernels: Kernels;
  private readonly arena: Arena;
  private readonly layers: Layer[] = [];
  private readonly inputGradient: number;
  private readonly firstMoments: number;
  private readonly secondMoments: number;
  private input = 0;
  private samples = 0;
  private power1 = 1; // beta1 and beta2 to the number of steps, by multiplication:
  private power2 = 1; // JavaScript's power may differ in the last bit between browsers

  /** Reserve everything for up to `maxSamples` samples at a time, a multiple of 8. */
  constructor(arena: Arena, sizes: readonly number[], maxSamples: number) {
    this.arena = arena;
    this.kernels = arena.kernels;
    this.sizes = sizes;
    let count = 0;
    for (let l = 0; l + 1 < sizes.length; l++) {
      count += roundUp(sizes[l] * sizes[l + 1], 4) + roundUp(sizes[l + 1], 4);
    }
    this.numParameters = count;
    this.parameters = arena.floats(count);
    this.gradients = arena.floats(count);
    this.firstMoments = arena.floats(count);
    this.secondMoments = arena.floats(count);
    this.inputGradient = arena.floats(sizes[0] * maxSamples);
    let at = 0;
    for (let l = 0; l + 1 < sizes.length; l++) {
      const inputs = sizes[l], outputs = sizes[l + 1];
      const weight = at;
      const bias = weight + 4 * roundUp(inputs * outputs, 4);
      at = bias + 4 * roundUp(outputs, 4);
      this.layers.push({
        inputs,
        outputs,
        weight: this.parameters + weight,
        bias: this.parameters + bias,
        weightGradient: this.gradients + weight,
        biasGradient: this.gradients + bias,
        activation: arena.floats(outputs * maxSamples),
        delta: arena.floats(outputs * maxSamples),
        tangent: arena.floats(outputs * maxSamples),
      });
    }
  }

  /** Draw weights and biases from U(−1/√inputs, 1/√inputs), PyTorch's default. */
  initialise(random: Random): void {
    for (const { inputs, outputs, weight, bias } of this.layers) {
      const bound = 1 / Math.sqrt(inputs);
      for (const numbers of [
        this.arena.view(weight, inputs * outputs), this.arena.view(bias, outputs),
      ]) {
        for (let k = 0; k < numbers.length; k++) {
          numbers[k] = bound * (2 * random.uniform() - 1);
        }
      }
    }
  }

  /** The address of layer l's weight (outputs, inputs) and bias (outputs). */
  layer(l: number): { weight: number; bias: number } {
    return this.layers[l];
  }

  /** Map `samples` samples (features, samples) at address x; returns where the output is. */
  forward(x: number, samples: number): number {
    this.input = x;
    this.samples = samples;
    for (const [l, layer] of this.layers.entries()) {
      const { inputs, outputs, weight, bias, activation } = layer;
      this.kernels.product(
        activation, weight, 4 * inputs, 4, bias, x, outputs, inputs, samples,
      );
      if (l + 1 < this.layers.length) {
        this.kernels.rectify(activation, activation, outputs * samples, SLOPE);
      }
      x = activation;
    }
    return x;
  }

  /** Set all gradients to 0; `backward` and `penaliseSlope` add to them. */
  zeroGradients(): void {
    this.arena.view(this.gradients, this.numParameters).fill(0);
  }

  /**
   * Go back through the last `forward`. `outputGradient` is the gradient of a scalar with
   * respect to the output, (outputs, samples). With `parameters`, add the scalar's gradient
   * with respect to weights and biases; with `input`, return the address of its gradient
   * with respect to the input, (inputs, samples), valid until the next pass.
   */
  backward(outputGradient: number, want: { parameters: boolean; input: boolean }): number {
    let delta = outputGradient;
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const { inputs, outputs, weight, weightGradient, biasGradient } = this.layers[l];
      const below = l > 0 ? this.layers[l - 1] : null;
      if (want.parameters) {
        this.kernels.addOuter(
          weightGradient, biasGradient, delta, below?.activation ?? this.input,
          outputs, inputs, this.samples,
        );
      }
      if (!below && !want.input) break;
      const to = below?.delta ?? this.inputGradient;
      this.kernels.product(
        to, weight, 4, 4 * inputs, 0, delta, inputs, outputs, this.samples,
      );
      if (below) this.kernels.rectify(to, below.activation, inputs * this.samples, SLOPE);
      delta = to;
    }
    return this.inputGradient;
  }

  /**
   * Add the gradient of a penalty on the slope to the parameters' gradients.
   *
   * A penalty P depends on the parameters through g = ∇D(x) alone. With u = ∂P/∂g, the
   * gradient of P is that of the number u·g for fixed u, and u·g is the derivative of D
   * along u: linear in each weight matrix, because a leaky rectifier's slopes are constant
   * nearby. So dP/dW of a layer is the sum over samples of delta tangentᵀ: delta is the
   * gradient of D after the layer, tangent the derivative along u before it. Biases do not
   * move a slope.
   *
   * Call it right after `backward(ones, {input: true})`, whose deltas it reads.
   * `outputGradient` are those ones; `direction` is u, (inputs, samples).
   */
  penaliseSlope(outputGradient: number, direction: number): void {
    let tangent = direction;
    for (const [l, layer] of this.layers.entries()) {
      const { inputs, outputs, weight, weightGradient } = layer;
      const last = l + 1 === this.layers.length;
      this.kernels.addOuter(
        weightGradient, 0, last ? outputGradient : layer.delta, tangent,
        outputs, inputs, this.samples,
      );
      if (last) return;
      this.kernels.product(
        layer.tangent, weight, 4 * inputs, 4, 0, tangent, outputs, inputs, this.samples,
      );
      this.kernels.rectify(
        layer.tangent, layer.activation, outputs * this.samples, SLOPE,
      );
      tangent = layer.tangent;
    }
  }

  /** One step of Adam along the gradients. */
  adam(rate: number, beta1: number, beta2: number, epsilon: number): void {
    this.power1 *= beta1;
    this.power2 *= beta2;
    this.kernels.adam(
      this.parameters, this.gradients, this.firstMoments, this.secondMoments,
      this.numParameters, rate / (1 - this.power1), beta1, beta2,
      1 / (1 - this.power2), epsilon,
    );
  }

  /** Force all parameters into [−limit, limit]. */
  clip(limit: number): void {
    this.kernels.clip(this.parameters, this.numParameters, limit);
  }

  /** Euclidean norm of all gradients together. */
  gradientNorm(): number {
    return Math.sqrt(this.kernels.squares(this.gradients, this.numParameters));
  }
}
