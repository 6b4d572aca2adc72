/** `<gan-latent-slice>`: a plane through latent space to move about in. */

import { arrowOf, isModified } from "../shared/keys.ts";
import { ForgerElement } from "./element.ts";
import { direction, norm, onSlice, type Slice } from "./latent.ts";
import { paint } from "./pictures.ts";
import { CELLS, degrees, inWords, placeAt, REACH, share, within } from "./places.ts";

const STEP = 1 / 24, LEAP = 1 / REACH; // of one press of an arrow key, and with Shift
const PAUSE = 400; // ms after the last key until the place is said

export class LatentSlice extends ForgerElement {
  private x = 0;
  private y = 0;
  private turn = 1; // the stream that the two directions come from
  private slice!: Slice;
  private z!: Float32Array;
  private image!: Float32Array;
  private frame = 0;
  private pause = 0;

  protected markup(): string {
    return `
      <p class="hint">Drag the ring, or move it with the arrow keys.</p>
      <div class="views">
        <div class="pad">
          <canvas id="map" role="img"
            aria-label="Seven rows of seven garments, from all over the slice."></canvas>
          <div id="ring" role="slider" tabindex="0" data-first aria-label="Place in the slice"
            aria-roledescription="two-way slider" aria-valuemin="0"
            aria-valuemax="${degrees(1, 1)}"></div>
        </div>
        <figure>
          <canvas id="one" role="img"></canvas>
          <figcaption>Here: <span id="place"></span>.<br>
            ‖z‖ = <span class="number" id="length"></span></figcaption>
        </figure>
      </div>
      <div class="row controls">
        ${this.seedField()}
        <button id="other">Other directions</button>
        <button id="back">Back to the middle</button>
      </div>
      <p role="status" class="spoken"></p>`;
  }

  protected start(): void {
    this.z = new Float32Array(this.generator.zDim);
    this.image = new Float32Array(this.generator.imageSize);
    this.onSeed(() => this.cut("A new seed: another garment in the middle."));
    this.find("#other").addEventListener("click", () => {
      this.turn++;
      this.cut("Other directions from the same garment.");
    });
    this.find("#back").addEventListener("click", () => {
      this.moveTo(0, 0);
      this.tell();
    });
    this.listen();
    this.cut("");
  }

  /** Choose the slice anew and draw its map. */
  private cut(sentence: string): void {
    const first = this.random(0), later = this.random(this.turn), dims = this.z.length;
    const middle = direction(() => first.normal(), dims);
    const right = direction(() => later.normal(), dims, [middle]);
    const up = direction(() => later.normal(), dims, [middle, right]);
    this.slice = { middle, right, up };
    const count = CELLS * CELLS, all = new Float32Array(count * dims);
    for (let k = 0; k < count; k++) {
      const x = (k % CELLS - REACH) / REACH, y = (REACH - Math.floor(k / CELLS)) / REACH;
      onSlice(this.slice, x, y, all.subarray(k * dims, (k + 1) * dims));
    }
    const images = new Float32Array(count * this.generator.imageSize);
    this.generator.draw(all, [], images);
    paint(this.find("#map"), images, this.generator.side, { columns: CELLS, count });
    this.moveTo(this.x, this.y);
    if (sentence) this.say(sentence);
  }

  private listen(): void {
    const pad = this.find(".pad"), ring = this.find("#ring");
    let dragged = false;
    pad.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      // A finger on the map may be about to scroll the page; on the ring it is not.
      dragged = event.pointerType !== "touch" || event.target === ring;
      if (!dragged) return;
      pad.setPointerCapture(event.pointerId);
      this.follow(event);
      ring.focus({ preventScroll: true });
      event.preventDefault();
    });
    pad.addEventListener("pointermove", (event) => {
      if (pad.hasPointerCapture(event.pointerId)) this.follow(event);
    });
    pad.addEventListener("lostpointercapture", () => this.tell());
    pad.addEventListener("click", (event) => {
      if (!dragged) { // a tap
        this.follow(event);
        this.tell();
      }
    });
    ring.addEventListener("keydown", (event) => this.press(event));
  }

  /** Move to where a pointer is. */
  private follow(event: MouseEvent): void {
    const box = this.find("#map").getBoundingClientRect();
    this.moveTo(
      placeAt((event.clientX - box.left) / box.width),
      placeAt(1 - (event.clientY - box.top) / box.height),
    );
  }

  private press(event: KeyboardEvent): void {
    const arrow = arrowOf(event), by = event.shiftKey ? LEAP : STEP;
    if (arrow) this.moveTo(this.x + by * arrow[0], this.y + by * arrow[1]);
    else if (event.key === "Home" && !isModified(event)) this.moveTo(0, 0);
    else return;
    event.preventDefault();
    clearTimeout(this.pause);
    this.pause = window.setTimeout(() => this.tell(), PAUSE);
  }

  private moveTo(x: number, y: number): void {
    this.x = within(x);
    this.y = within(y);
    // Pointers report faster than the screen shows: one image for each frame.
    this.frame ||= requestAnimationFrame(() => this.show());
  }

  private show(): void {
    this.frame = 0;
    onSlice(this.slice, this.x, this.y, this.z);
    this.generator.draw(this.z, [], this.image);
    const canvas = this.find<HTMLCanvasElement>("#one"), words = inWords(this.x, this.y);
    paint(canvas, this.image, this.generator.side, {});
    canvas.setAttribute("aria-label", `The garment drawn ${words}, seed ${this.seed}.`);
    const ring = this.find("#ring");
    ring.style.left = `${100 * share(this.x)}%`;
    ring.style.bottom = `${100 * share(this.y)}%`;
    ring.setAttribute("aria-valuenow", String(degrees(this.x, this.y)));
    ring.setAttribute("aria-valuetext", words);
    this.find("#place").textContent = words;
    this.find("#length").textContent = norm(this.z).toFixed(2);
  }

  private tell(): void {
    this.say(`A garment drawn ${inWords(this.x, this.y)}.`);
  }
}
