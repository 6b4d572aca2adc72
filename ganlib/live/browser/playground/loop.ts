/** Calls back once a frame while there is something to do, and not at all otherwise. */

export class Loop {
  private readonly frame: (now: number) => void;
  private handle = 0;

  constructor(frame: (now: number) => void) {
    this.frame = frame;
  }

  get running(): boolean {
    return this.handle !== 0;
  }

  start(): void {
    if (!this.handle) this.handle = requestAnimationFrame(this.next);
  }

  stop(): void {
    cancelAnimationFrame(this.handle);
    this.handle = 0;
  }

  private readonly next = (now: number): void => {
    this.handle = requestAnimationFrame(this.next);
    this.frame(now);
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
