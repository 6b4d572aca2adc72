/** What the forger's three figures share: a button that fetches the generator, and noise. */

import wasm from "../out/image.wasm";
import { compile, newKernels } from "../engine/kernels.ts";
import { Random } from "../engine/random.ts";
import { LiveElement } from "../shared/element.ts";
import css from "./forger.css";
import { Generator, type ImageKernels } from "./generator.ts";
import { readTensors } from "./safetensors.ts";
import { areElsewhere, loadWeights } from "./weights.ts";

interface Ready {
  generator: Generator;
  log: (x: number) => number;
}

/** One of each kind for all figures of a page: drawing leaves nothing behind in it. */
const generators = new Map<string, Promise<Ready>>();

async function prepare(name: string): Promise<Ready> {
  const [bytes, module] = await Promise.all([loadWeights(name), compile(wasm)]);
  const kernels = newKernels<ImageKernels>(module);
  return { generator: new Generator(kernels, readTensors(bytes)), log: kernels.log };
}

/** The generator of this name; a failure is forgotten, so that one can try again. */
function ready(name: string): Promise<Ready> {
  const held = generators.get(name) ?? prepare(name);
  generators.set(name, held);
  held.catch(() => generators.delete(name));
  return held;
}

/** The largest seed: `Random` takes 32 bits. */
const LAST_SEED = 2 ** 32 - 1;

/** A figure that shows its still picture until the reader asks it to draw. */
export abstract class ForgerElement extends LiveElement {
  protected generator!: Generator;
  protected seed = 0;
  private log!: (x: number) => number;

  /** The figure's own markup. */
  protected abstract markup(): string;
  /** Connect the controls and draw for the first time. */
  protected abstract start(): void;

  /** Images are grey by daylight and in the dark; the rest follows the styles. */
  protected repaint(): void {}

  protected build(): void {
    const name = this.getAttribute("weights") ?? "";
    this.seed = Number(this.getAttribute("seed") ?? 0);
    this.fill(css, `
      <div class="frame"><slot></slot>
        <div class="row controls">
          <button class="main" id="ask">Draw it live</button>
          <span role="status"></span>
        </div>
      </div>`);
    const button = this.find("#ask"), megabytes = this.getAttribute("megabytes");
    if (areElsewhere(name)) button.textContent += ` (loads ${megabytes} MB)`;
    button.addEventListener("click", () => void this.begin(name));
  }

  private async begin(name: string): Promise<void> {
    const button = this.find("#ask");
    if (button.ariaDisabled === "true") return;
    button.ariaDisabled = "true"; // a button that is disabled would lose the focus
    this.say("Loading the generator.");
    try {
      ({ generator: this.generator, log: this.log } = await ready(name));
    } catch (error) {
      button.ariaDisabled = "false";
      this.say(`It cannot draw: ${error instanceof Error ? error.message : error}`);
      return;
    }
    const focused = this.shadow.activeElement !== null;
    this.fill(css, `<div class="frame">${this.markup()}</div>`);
    this.start();
    // The button is gone. A reader who has stayed goes on with what took its place.
    if (focused) this.find("[data-first]").focus({ preventScroll: true });
  }

  /** Random numbers of the figure's seed; each stream is independent of the others. */
  protected random(stream: number): Random {
    return new Random(this.log, this.seed, stream);
  }

  /** Latent vectors, one after the other. */
  protected noise(num: number, stream: number): Float32Array {
    const random = this.random(stream);
    return Float32Array.from({ length: num * this.generator.zDim }, () => random.normal());
  }

  /** Say where things stand; screen readers read it out. */
  protected say(sentence: string): void {
    this.find('[role="status"]').textContent = sentence;
  }

  /** The field for the seed, as markup. */
  protected seedField(): string {
    return `<label>Seed <input type="number" id="seed" min="0" max="${LAST_SEED}" step="1"
      value="${this.seed}"></label>`;
  }

  /** Take the seed from its field whenever it changes; what is no seed is taken back. */
  protected onSeed(changed: () => void): void {
    const field = this.find<HTMLInputElement>("#seed");
    field.addEventListener("change", () => {
      if (field.value !== "" && field.validity.valid) {
        this.seed = field.valueAsNumber;
        changed();
      } else {
        field.value = String(this.seed);
        this.say(`A seed is a whole number from 0 to ${LAST_SEED}: it stays ${this.seed}.`);
      }
    });
  }

  /** Put the next seed into the field. */
  protected nextSeed(): void {
    this.seed = this.seed < LAST_SEED ? this.seed + 1 : 0;
    this.find<HTMLInputElement>("#seed").value = String(this.seed);
  }
}
