/** Short guided tours: what a chapter tells, with the game to watch beside it. */

import type { Mover } from "./session.ts";

export interface Stop {
  text: string;
  /** Take this preset afresh. */
  preset?: string;
  /** Then let somebody move until the forger (or, for "d", the detective) has so many steps. */
  until?: { mover: Mover; steps: number };
  /** What is shown from here on. */
  show?: readonly string[];
}

export const TOURS: Record<string, readonly Stop[]> = {
  game: [
    {
      text: "Two networks that know nothing. The forgeries are a small heap; the detective " +
        "says about one half everywhere, so the background is nearly plain.",
      preset: "ring",
      show: ["wash"],
    },
    {
      text: "The detective alone has made 100 steps. It says “real” where the data are and " +
        "“forged” where the heap is. The arrows are all that the forger ever learns: in " +
        "which direction each forgery would look more real.",
      until: { mover: "d", steps: 100 },
      show: ["wash", "pull"],
    },
    {
      text: "Both have moved in turn, 200 times. The heap has opened, because its points are " +
        "pulled in different directions.",
      until: { mover: "b", steps: 200 },
    },
    {
      text: "1,000 steps. All clusters have forgeries, and there are bridges between them: " +
        "the generator is continuous, so it cannot jump. The grid shows how it bends the " +
        "plane of z onto the data.",
      until: { mover: "b", steps: 1000 },
      show: ["wash", "lines"],
    },
    {
      text: "3,000 steps. The clusters are tighter. The detective’s loss is near 2 log 2 = " +
        "1.39, what one who cannot tell would score. Now it is yours: change the seed, the " +
        "loss, the rates.",
      until: { mover: "b", steps: 3000 },
      show: ["wash"],
    },
  ],
  collapse: [
    {
      text: "The same data, but a forger with ten times the detective’s learning rate, and a " +
        "long memory (β₁ = 0.9).",
      preset: "ring-collapse",
      show: ["wash", "pull"],
    },
    {
      text: "200 steps. The forgeries are in one heap, and the arrows in it nearly agree: what " +
        "looks more real to this detective is the same for all of them. Nothing pulls them " +
        "apart.",
      until: { mover: "b", steps: 200 },
    },
    {
      text: "800 steps. The detective has marked where the heap was; the heap is elsewhere. " +
        "One picture shows collapse, two show that it wanders.",
      until: { mover: "b", steps: 800 },
    },
    {
      text: "Equal rates and a short memory, the same first weights, data and noise: all eight " +
        "clusters.",
      preset: "ring",
      until: { mover: "b", steps: 2000 },
      show: ["wash"],
    },
  ],
};
