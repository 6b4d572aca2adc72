/** `<gan-pick-class>`: ask the conditional generator for a class. */

import { ForgerElement } from "./element.ts";
import { paint } from "./pictures.ts";

const EACH = 16; // images of the class that was asked for
const COLUMNS = 8;
const SEPARATOR = ", ";

export class PickClass extends ForgerElement {
  private names: string[] = [];
  private z!: Float32Array;

  protected markup(): string {
    this.names = (this.getAttribute("classes") ?? "").split(SEPARATOR);
    // The names come from the page's author; they are set as text, below.
    const choices = this.names.map((_, k) => `
      <label><input type="radio" name="class" value="${k}" class="spoken"
        ${k === 0 ? "checked data-first" : ""}>
        <canvas data-choice="${k}" aria-hidden="true"></canvas>
        <span class="name"></span></label>`);
    return `
      <fieldset class="strip classes"><legend>Same z, ten classes: ask for one</legend>
        ${choices.join("")}</fieldset>
      <figure class="sheet"><canvas id="sheet" role="img"></canvas>
        <figcaption id="asked"></figcaption></figure>
      <div class="row controls">
        <button id="next">New z</button>${this.seedField()}
      </div>
      <p role="status" class="spoken"></p>`;
  }

  protected start(): void {
    for (const [k, name] of [...this.shadow.querySelectorAll(".name")].entries()) {
      name.textContent = this.names[k];
    }
    this.onSeed(() => this.redraw());
    this.find("#next").addEventListener("click", () => {
      this.nextSeed();
      this.redraw();
    });
    this.shadow.addEventListener("change", (event) => {
      if ((event.target as HTMLInputElement).type !== "radio") return;
      this.fillOrder();
      this.say(`Sixteen images, asked for: ${this.asked}.`);
    });
    this.deal();
  }

  private get label(): number {
    return Number(this.find<HTMLInputElement>("input[name=class]:checked").value);
  }

  private get asked(): string {
    return this.names[this.label];
  }

  private redraw(): void {
    this.deal();
    this.say(`Sixteen other z, seed ${this.seed}; asked for: ${this.asked}.`);
  }

  /** Draw the latent vectors of the seed, and the first of them in every class. */
  private deal(): void {
    const { zDim, imageSize, side } = this.generator, count = this.names.length;
    this.z = this.noise(EACH, 0);
    const same = new Float32Array(count * zDim), images = new Float32Array(count * imageSize);
    for (let k = 0; k < count; k++) same.set(this.z.subarray(0, zDim), k * zDim);
    this.generator.draw(same, this.names.map((_, k) => k), images);
    for (const canvas of this.shadow.querySelectorAll<HTMLCanvasElement>("[data-choice]")) {
      paint(canvas, images, side, { from: Number(canvas.dataset.choice), count: 1 });
    }
    this.fillOrder();
  }

  /** Draw all sixteen latent vectors in the class that is chosen. */
  private fillOrder(): void {
    const images = new Float32Array(EACH * this.generator.imageSize);
    this.generator.draw(this.z, new Array(EACH).fill(this.label), images);
    const canvas = this.find<HTMLCanvasElement>("#sheet");
    paint(canvas, images, this.generator.side, { columns: COLUMNS, count: EACH });
    canvas.setAttribute("aria-label", `Sixteen images, asked for: ${this.asked}.`);
    this.find("#asked").textContent =
      `Asked for: ${this.asked}. Sixteen z; the first is that of the row above.`;
  }
}
