/**
 * Play a game from given weights, data and noise, for the comparison with PyTorch.
 *
 *     node tests/replay.ts <case.json >weights.json
 *
 * The case holds `rules`, `weights` (generator's, then discriminator's: each layer's weight
 * and bias, flattened), and `draws`: arrays in the order in which a game asks for them.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Game, type Rules } from "../engine/game.ts";
import { compile, newKernels } from "../engine/kernels.ts";
import type { MLP } from "../engine/mlp.ts";

interface Case {
  rules: Rules;
  num_steps: number;
  weights: number[][];
  draws: number[][];
}

const wasm = readFileSync(join(import.meta.dirname, "..", "out", "kernels.wasm"));
const { rules, num_steps, weights, draws } = JSON.parse(readFileSync(0, "utf8")) as Case;

const next = (out: Float32Array): void => out.set(draws.shift() ?? []);
const kernels = newKernels(await compile(wasm));
const game = new Game(kernels, rules, { real: next, noise: next, epsilon: next }, 0);

function arrays(player: MLP): Float32Array[] {
  return player.sizes.slice(1).flatMap((outputs, l) => {
    const { weight, bias } = player.layer(l);
    return [
      game.arena.view(weight, player.sizes[l] * outputs), game.arena.view(bias, outputs),
    ];
  });
}

const held = [...arrays(game.generator), ...arrays(game.discriminator)];
for (const [k, array] of held.entries()) array.set(weights[k]);
const losses = [];
for (let step = 0; step < num_steps; step++) {
  game.step();
  losses.push([game.d_loss, game.g_loss, game.d_norm, game.g_norm]);
}
const result = { weights: held.map((array) => Array.from(array)), losses };
process.stdout.write(JSON.stringify(result));
