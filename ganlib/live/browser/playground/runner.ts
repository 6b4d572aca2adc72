/** Work that is done a frame at a time, while the figure can be seen. */

import { prefersStillness } from "../shared/theme.ts";

const CALM = 500; // milliseconds between pictures for readers who asked for less motion

export class Runner {
  private readonly painted: () => void;
  private readonly ended: () => void;
  private work: (() => boolean) | null = null;
  private visible = false;
  private handle = 0;
  private lastPaint = -Infinity;

  /** `painted` is called after a frame's work, `ended` once the work is over or stopped. */
  constructor(painted: () => void, ended: () => void) {
    this.painted = painted;
    this.ended = ended;
  }

  /** Whether there is work, be it resting because nobody can see it. */
  get busy(): boolean {
    return this.work !== null;
  }

  /** Do `work` once a frame, until it returns false; it takes the place of other work. */
  start(work: () => boolean): void {
    this.work = work;
    this.schedule();
  }

  /** Stop in the middle of the work; without work this does nothing. */
  stop(): void {
    if (!this.work) return;
    this.work = null;
    this.schedule();
    this.ended();
  }

  /** Say whether the figure can be seen: if not, the work waits. */
  see(visible: boolean): void {
    this.visible = visible;
    this.schedule();
  }

  private schedule(): void {
    const wanted = this.work !== null && this.visible;
    if (wanted && !this.handle) this.handle = requestAnimationFrame(this.frame);
    if (wanted || !this.handle) return;
    cancelAnimationFrame(this.handle);
    this.handle = 0;
  }

  private readonly frame = (now: number): void => {
    this.handle = 0;
    if (!this.work?.()) {
      this.stop();
      return;
    }
    if (!prefersStillness() || now - this.lastPaint >= CALM) {
      this.lastPaint = now;
      this.painted();
    }
    this.schedule();
  };
}

/**
 * Do something at least once and at most `times` times, and begin none after `budget`
 * milliseconds; `once` returns whether to go on.
 */
export function within(budget: number, times: number, once: () => boolean): void {
  const end = performance.now() + budget;
  for (let k = 0; k < times; k++) {
    if (!once() || performance.now() >= end) return;
  }
}
