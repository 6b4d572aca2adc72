/** A curve of bounded length over a run of any length. */

/**
 * Keeps at most `capacity` means of a number over the steps. When they are all used,
 * neighbours are joined, and from then on each stands for twice as many steps: so the curve
 * always shows the whole run, and memory does not grow.
 */
export class History {
  readonly values: Float32Array;
  length = 0;
  private stride = 1;
  private sum = 0;
  private count = 0;

  /** `capacity` is even. */
  constructor(capacity: number) {
    this.values = new Float32Array(capacity);
  }

  add(value: number): void {
    this.sum += value;
    this.count += 1;
    if (this.count < this.stride) return;
    if (this.length === this.values.length) this.halve();
    if (this.count < this.stride) return; // the last mean is only half filled now
    this.values[this.length++] = this.sum / this.count;
    this.sum = 0;
    this.count = 0;
  }

  clear(): void {
    this.length = this.sum = this.count = 0;
    this.stride = 1;
  }

  private halve(): void {
    this.length /= 2;
    for (let k = 0; k < this.length; k++) {
      this.values[k] = (this.values[2 * k] + this.values[2 * k + 1]) / 2;
    }
    this.stride *= 2;
  }
}
