/** `<gan-latent-path>`: from one garment to another, by the great circle and the chord. */

import { ForgerElement } from "./element.ts";
import { lerp, norm, slerp } from "./latent.ts";
import { drawLengths } from "./lengths.ts";
import { paint } from "./pictures.ts";

const CHOICES = 16;
const ENDS = ["A", "B"] as const;
const PLACES = 50; // of the curves of lengths

export class LatentPath extends ForgerElement {
  private pool!: Float32Array;
  private z!: Float32Array;
  private images!: Float32Array;
  private frame = 0;

  protected markup(): string {
    return `
      ${ENDS.map((end, k) => strip(end, k)).join("")}
      <label class="slider"><span>From A to B</span>
        <input type="range" id="t" min="0" max="100" value="50"></label>
      <div class="views">
        <figure><canvas id="circle" role="img"></canvas>
          <figcaption>Great circle (slerp)<br>
            ‖z‖ = <span class="number" id="circle-length"></span></figcaption></figure>
        <figure><canvas id="chord" role="img"></canvas>
          <figcaption>Chord (lerp)<br>
            ‖z‖ = <span class="number" id="chord-length"></span></figcaption></figure>
        <figure class="plot"><div id="lengths"></div></figure>
      </div>
      <div class="row controls">${this.seedField()}</div>
      <p role="status" class="spoken"></p>`;
  }

  protected start(): void {
    const { zDim, imageSize } = this.generator;
    this.z = new Float32Array(2 * zDim);
    this.images = new Float32Array(2 * imageSize);
    this.onSeed(() => {
      this.deal();
      this.say(`Seed ${this.seed}: sixteen other garments to choose from.`);
    });
    this.shadow.addEventListener("change", (event) => {
      const field = event.target as HTMLInputElement;
      if (field.type === "radio") {
        this.schedule();
        this.say(`${field.name} is now garment ${Number(field.value) + 1}.`);
      } else if (field.id === "t") {
        cancelAnimationFrame(this.frame); // what is said is of the slider's place now
        this.show();
        this.say(this.lengthsInWords());
      }
    });
    this.find("#t").addEventListener("input", () => this.schedule());
    this.deal();
  }

  /** Draw the sixteen garments of the seed, once for each end. */
  private deal(): void {
    const { imageSize, side } = this.generator;
    this.pool = this.noise(CHOICES, 0);
    const drawn = new Float32Array(CHOICES * imageSize);
    this.generator.draw(this.pool, [], drawn);
    for (const canvas of this.shadow.querySelectorAll<HTMLCanvasElement>("[data-choice]")) {
      paint(canvas, drawn, side, { from: Number(canvas.dataset.choice), count: 1 });
    }
    this.schedule();
  }

  private get t(): number {
    return this.find<HTMLInputElement>("#t").valueAsNumber / 100;
  }

  private chosen(end: string): Float32Array {
    const { zDim } = this.generator;
    const field = this.find<HTMLInputElement>(`input[name="${end}"]:checked`);
    return this.pool.subarray(zDim * Number(field.value), zDim * (Number(field.value) + 1));
  }

  private schedule(): void {
    this.frame ||= requestAnimationFrame(() => this.show());
  }

  private show(): void {
    this.frame = 0;
    const { zDim, side } = this.generator, [a, b] = ENDS.map((end) => this.chosen(end));
    const circle = this.z.subarray(0, zDim), chord = this.z.subarray(zDim), { t } = this;
    slerp(a, b, t, circle);
    lerp(a, b, t, chord);
    this.generator.draw(this.z, [], this.images);
    const percent = `${Math.round(100 * t)} % of the way from A to B`;
    for (const [k, name] of ["circle", "chord"].entries()) {
      const canvas = this.find<HTMLCanvasElement>(`#${name}`);
      paint(canvas, this.images, side, { from: k, count: 1 });
      canvas.setAttribute("aria-label", `The garment ${percent}, along the ${name}.`);
    }
    this.find("#circle-length").textContent = norm(circle).toFixed(2);
    this.find("#chord-length").textContent = norm(chord).toFixed(2);
    this.find("#t").setAttribute("aria-valuetext", percent);
    this.plot(a, b, t);
  }

  private plot(a: Float32Array, b: Float32Array, t: number): void {
    const z = new Float32Array(a.length), at = (k: number): number => k / PLACES;
    const places = Array.from({ length: PLACES + 1 }, (_, k) => at(k));
    this.find("#lengths").innerHTML = drawLengths({
      circle: places.map((place) => norm(slerp(a, b, place, z))),
      chord: places.map((place) => norm(lerp(a, b, place, z))),
      t,
      usual: Math.sqrt(a.length),
    });
  }

  private lengthsInWords(): string {
    const { zDim } = this.generator;
    const lengths = [this.z.subarray(0, zDim), this.z.subarray(zDim)].map(norm);
    const [circle, chord] = lengths.map((length) => length.toFixed(1));
    return `Length of z: ${circle} on the great circle, ${chord} on the chord.`;
  }
}

/** The sixteen garments as radio buttons: for A the first is chosen, for B the second. */
function strip(end: string, chosen: number): string {
  const choices = Array.from({ length: CHOICES }, (_, k) => `
    <label><input type="radio" name="${end}" value="${k}" class="spoken"
      ${k === chosen ? "checked" : ""} ${end === "A" && k === chosen ? "data-first" : ""}>
      <canvas data-choice="${k}" aria-hidden="true"></canvas>
      <span class="spoken">Garment ${k + 1}</span></label>`);
  return `<fieldset class="strip strip-${end}"><legend>${end}</legend>${choices.join("")}
    </fieldset>`;
}
