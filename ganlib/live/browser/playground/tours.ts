/** Short guided tours: what a chapter tells, with the game to watch beside it. */

import type { Action, Mover } from "./session.ts";

export interface Stop {
  text: string;
  preset: string;
  /** Who has moved how often when the reader is here, from the preset's first step on. */
  moves: readonly (readonly [Mover, number])[];
  /** What is shown. */
  show: readonly string[];
}

/** Every tour plays under this seed, so that its texts are true; a test checks them. */
export const TOUR_SEED = 0;

export const TOURS: Record<string, readonly Stop[]> = {
  game: [
    {
      text: "A new game, under seed 0: two networks that know nothing. The forgeries are a small heap; the detective " +
        "says about one half everywhere, so the background is nearly plain.",
      preset: "ring",
      moves: [],
      show: ["wash"],
    },
    {
      text: "The detective alone has made 100 steps. It says “real” where the data are and " +
        "“forged” where the heap is. The arrows are all that the forger ever learns: in " +
        "which direction each forgery would look more real.",
      preset: "ring",
      moves: [["d", 100]],
      show: ["wash", "pull"],
    },
    {
      text: "Both have moved in turn, 200 times. The heap has opened, because its points are " +
        "pulled in different directions.",
      preset: "ring",
      moves: [["d", 100], ["b", 200]],
      show: ["wash", "pull"],
    },
    {
      text: "1,000 steps. Every cluster has forgeries, and there are bridges between them: " +
        "the generator is continuous, so it cannot jump. The grid shows how it bends the " +
        "plane of z onto the data.",
      preset: "ring",
      moves: [["d", 100], ["b", 1000]],
      show: ["wash", "lines"],
    },
    {
      text: "3,000 steps. More of the forgeries lie in the clusters. The detective’s loss is " +
        "a little below 2 log 2 = 1.39, the score of one who cannot tell: she still can, a " +
        "little. Now it is yours: change the seed, the loss, the rates.",
      preset: "ring",
      moves: [["d", 100], ["b", 3000]],
      show: ["wash"],
    },
  ],
  collapse: [
    {
      text: "A new game, under seed 0, on the ring of eight: a forger with ten times the detective’s learning rate, and a " +
        "long memory (β₁ = 0.9).",
      preset: "ring-collapse",
      moves: [],
      show: ["wash", "pull"],
    },
    {
      text: "300 steps. The forgeries are one narrow heap. Nothing in the forger’s loss asks " +
        "for variety: each point goes where this detective finds it more real, whatever the " +
        "others do.",
      preset: "ring-collapse",
      moves: [["b", 300]],
      show: ["wash", "pull"],
    },
    {
      text: "600 steps. A heap again, elsewhere: the detective has answered, and the forger has " +
        "left. One picture shows collapse, two show that it wanders.",
      preset: "ring-collapse",
      moves: [["b", 600]],
      show: ["wash", "pull"],
    },
    {
      text: "Equal rates and a short memory, the same first weights, data and noise: after " +
        "2,000 steps all eight clusters.",
      preset: "ring",
      moves: [["b", 2000]],
      show: ["wash"],
    },
  ],
};

/**
 * The moves that lead from a log to a stop's; nothing if the log is not on the way there,
 * because the reader has gone somewhere else in between.
 */
export function remaining(log: readonly Action[], moves: Stop["moves"]): Action[] | null {
  const left: Action[] = [];
  for (const [k, [mover, count]] of moves.entries()) {
    const done = log[k];
    if (!done) {
      left.push({ mover, count });
      continue;
    }
    const unfinished = k + 1 === log.length;
    if (!("mover" in done) || done.mover !== mover) return null;
    if (done.count > count || (done.count < count && !unfinished)) return null;
    if (done.count < count) left.push({ mover, count: count - done.count });
  }
  return log.length > moves.length ? null : left;
}
