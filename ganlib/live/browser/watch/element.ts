/** `<gan-watch>`: a training that runs in Python, in the playground's picture. */

import { History } from "../playground/history.ts";
import { LEGEND, nameWash } from "../playground/legend.ts";
import { Picture } from "../playground/picture.ts";
import plane from "../playground/plane.css";
import { paintSparkline } from "../playground/sparkline.ts";
import { fromBase64 } from "../shared/base64.ts";
import { LiveElement } from "../shared/element.ts";
import { shortNumber } from "../shared/numbers.ts";
import { palette } from "../shared/theme.ts";
import { type Frame, readFrame } from "./frame.ts";
import css from "./watch.css";

/** What both sides may change: Python's traits of the same names. */
export interface Shared {
  /** Why the training has stopped, if it was not the reader. */
  message: string;
  running: boolean;
  g_lr: number;
  d_lr: number;
}

const MARKUP = `
  <section class="frame" aria-label="A training in Python, watched">
    <div class="stage">
      <div>
        <canvas class="plane" role="img"></canvas>
        ${LEGEND}
      </div>
      <div class="side">
        <div class="number">Step <span data-read="step">0</span></div>
        <div class="curve">Loss of D <span data-read="d_loss">–</span>
          <canvas data-curve="d_loss" aria-hidden="true"></canvas></div>
        <div class="curve">Loss of G <span data-read="g_loss">–</span>
          <canvas data-curve="g_loss" aria-hidden="true"></canvas></div>
        <div class="controls">
          <button type="button" class="main" data-do="run">Train</button>
          <label>Learning rate of G
            <input type="number" data-rate="g_lr" min="0" max="1" step="any"></label>
          <label>Learning rate of D
            <input type="number" data-rate="d_lr" min="0" max="1" step="any"></label>
        </div>
        <p class="muted alone">The last picture of a training in Python. With a kernel it
          goes on here.</p>
      </div>
    </div>
    <p class="status muted" role="status"></p>
  </section>`;

export class Watch extends LiveElement {
  /** Called with what the reader has changed; without it there is no kernel to tell. */
  changed: ((change: Partial<Shared>) => void) | null = null;
  private picture: Picture | null = null;
  private frame: Frame | null = null;
  private shared: Shared = { message: "", running: false, g_lr: 0, d_lr: 0 };
  private readonly curves = { d_loss: new History(240), g_loss: new History(240) };

  protected override build(): void {
    this.fill(plane + css, MARKUP);
    this.picture = new Picture(this.find<HTMLCanvasElement>(".plane"));
    this.find("[data-do=run]").addEventListener("click", () =>
      this.changed?.({ running: !this.shared.running }));
    this.shadow.addEventListener("change", (event) => {
      const field = event.target as HTMLInputElement;
      const name = field.dataset.rate as "g_lr" | "d_lr";
      const rate = Number(field.value);
      const fits = field.value !== "" && rate >= 0 && rate <= 1;
      if (fits) this.changed?.({ [name]: rate });
      this.say(fits ? "" : `${name} is ${field.value || "empty"}, but must be from 0 to 1.`);
      field.value = String(this.shared[name]);
    });
    const sent = this.getAttribute("frame");
    if (sent && !this.frame) this.frame = readFrame(new DataView(fromBase64(sent).buffer));
    this.share(this.shared);
    this.repaint();
  }

  /** Show what Python has sent. */
  show(bytes: DataView): void {
    const frame = readFrame(bytes);
    if (this.frame && frame.step < this.frame.step) {
      for (const curve of Object.values(this.curves)) curve.clear(); // it began again
    }
    if (!this.frame || frame.step !== this.frame.step) {
      this.curves.d_loss.add(frame.d_loss);
      this.curves.g_loss.add(frame.g_loss);
    }
    this.frame = frame;
    if (this.onScreen || !this.picture) this.repaint();
  }

  /** Show the shared values as Python has them now. */
  share(shared: Shared): void {
    const stopped = this.shared.running && !shared.running;
    this.shared = { ...shared };
    if (!this.picture) return;
    this.toggleAttribute("kernel", this.changed !== null);
    this.find("[data-do=run]").textContent = shared.running ? "Pause" : "Train";
    for (const name of ["g_lr", "d_lr"] as const) {
      this.find<HTMLInputElement>(`[data-rate=${name}]`).value = String(shared[name]);
    }
    if (shared.message) this.say(shared.message);
    else if (stopped && this.frame) this.say(this.sentence(this.frame));
  }

  protected override screenChanged(): void {
    if (this.onScreen) this.repaint();
  }

  protected override repaint(): void {
    const { picture, frame } = this, colours = palette();
    if (!picture || !frame) return;
    picture.fit();
    picture.paint(frame.scene, colours);
    this.find(".plane").setAttribute("aria-label", this.sentence(frame));
    nameWash(this.shadow, frame.scores);
    this.find("[data-read=step]").textContent = frame.step.toLocaleString("en");
    for (const [name, colour] of [["d_loss", "real"], ["g_loss", "fake"]] as const) {
      const canvas = this.find<HTMLCanvasElement>(`canvas[data-curve=${name}]`);
      paintSparkline(canvas, this.curves[name], colours[colour], colours);
      this.find(`[data-read=${name}]`).textContent = shortNumber(frame[name]);
    }
  }

  private sentence({ step, d_loss, g_loss }: Frame): string {
    const losses = Number.isNaN(d_loss)
      ? ""
      : ` The discriminator’s loss is ${shortNumber(d_loss)}, the generator’s ` +
        `${shortNumber(g_loss)}.`;
    return `Data as dots and forgeries as triangles in the plane, step ${step}.${losses}`;
  }

  private say(sentence: string): void {
    this.find(".status").textContent = sentence;
  }
}
