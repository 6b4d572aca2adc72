/** `<gan-playground>`: a game that trains in the page, with its controls. */

import { Inspector } from "../engine/inspector.ts";
import { compile, newKernels } from "../engine/kernels.ts";
import { LiveElement } from "../shared/element.ts";
import { palette, prefersStillness } from "../shared/theme.ts";
import { Drawing } from "./drawing.ts";
import { linkTo, wordsFor } from "./link.ts";
import { Loop, within } from "./loop.ts";
import { CURVES, markup, SPEEDS, USUAL_SPEED } from "./markup.ts";
import { Picture } from "./picture.ts";
import plane from "./plane.css";
import css from "./playground.css";
import { type Mover, readLink, Session } from "./session.ts";
import { DEFAULTS, EDGE, OFFERS, type Settings, writeDrawn } from "./settings.ts";
import { paintSparkline } from "./sparkline.ts";
import { type Stop, TOURS } from "./tours.ts";

const VIEW = { numPoints: 256, side: 40, extent: EDGE };
const BUDGET = 6; // milliseconds of training a frame; painting takes two to three
const CALM = 500; // milliseconds between pictures for readers who asked for less motion

/** The kernels, compiled once for all playgrounds of a page. */
let compiled: Promise<WebAssembly.Module> | null = null;

export class Playground extends LiveElement {
  /** The compiled kernels' bytes; the entry sets them. */
  static wasm: Uint8Array;

  private session!: Session;
  private inspector!: Inspector;
  private picture!: Picture;
  private drawing!: Drawing;
  private readonly loop = new Loop((now) => this.frame(now));
  /** What is under way: moves by the reader's speed, or a state to be reached. */
  private work: (() => boolean) | null = null;
  private resting = false; // Train was pressed, but the figure is off screen
  private lastPaint = -Infinity;
  private tour: { stops: readonly Stop[]; at: number } | null = null;

  protected override async build(): Promise<void> {
    const module = await (compiled ??= compile(Playground.wasm));
    const words = this.words();
    let asked: ReturnType<typeof readLink>, complaint = "";
    try {
      asked = readLink(words);
    } catch (error) {
      complaint = `This link cannot be followed: ${(error as Error).message}`;
      asked = readLink({});
    }
    this.fill(plane + css, markup());
    this.session = new Session(() => newKernels(module), asked.preset, asked.settings);
    const canvas = this.find<HTMLCanvasElement>(".plane");
    this.picture = new Picture(canvas);
    this.drawing = new Drawing(canvas, {
      drawn: () => this.session.settings.drawn,
      changed: (drawn) => this.change("drawn", writeDrawn(drawn)),
      moved: () => this.paint(),
    });
    this.find<HTMLSelectElement>("[data-speed]").value = String(USUAL_SPEED);
    this.listen();
    this.begin();
    this.tell(complaint);
    if (asked.log.length) this.follow(asked.log);
    new ResizeObserver(() => this.repaint()).observe(this);
  }

  /** The words of the link, of the attribute `state`, or of single attributes. */
  private words(): Record<string, string> {
    const linked = this.id ? wordsFor(this.id, location.href) : null;
    if (linked) return linked;
    const state = this.getAttribute("state");
    if (state) return Object.fromEntries(new URLSearchParams(state));
    const names = ["preset", "log", ...Object.keys(DEFAULTS)];
    return Object.fromEntries(
      names.filter((name) => this.hasAttribute(name))
        .map((name) => [name, this.getAttribute(name) ?? ""]),
    );
  }

  /** The words that bring back this state; the attribute `state` takes them. */
  get state(): string {
    return new URLSearchParams(this.session.write()).toString();
  }

  /** What is measured now, for whoever drives the figure from outside. */
  get measures(): Record<string, number> {
    const { game, d_steps, g_steps } = this.session;
    const { d_loss, g_loss, d_norm, g_norm } = game;
    this.inspector.lookAtFakes();
    return {
      d_steps, g_steps, d_loss, g_loss, d_norm, g_norm,
      ...this.inspector.coverage(), ...this.inspector.moments(),
    };
  }

  /** Go to a state at once, without pictures on the way; for tests and measurements. */
  jump(state: string): Record<string, number> {
    this.halt();
    const { preset, settings, log } = readLink(Object.fromEntries(new URLSearchParams(state)));
    this.session.choose(preset, settings);
    for (const _ of this.session.replay(log));
    this.begin();
    return this.measures;
  }

  protected override screenChanged(): void {
    if (!this.onScreen && this.loop.running) {
      this.resting = true;
      this.loop.stop();
    } else if (this.onScreen && this.resting) {
      this.resting = false;
      this.loop.start();
    }
  }

  protected override repaint(): void {
    if (!this.inspector) return;
    this.picture.fit();
    this.paint();
  }

  // ---- A game begins, goes on, stops ----

  /** A game has just begun: look at it afresh, and let the controls say what it is. */
  private begin(): void {
    this.inspector = new Inspector(this.session.game, this.session.target, VIEW);
    this.drawing.set(this.session.settings.data === "drawn");
    this.showSettings();
    this.picture.fit();
    this.paint();
    this.say();
  }

  private train(): void {
    const speed = (): number =>
      SPEEDS[Number(this.find<HTMLSelectElement>("[data-speed]").value)].steps;
    this.go(() => {
      within(BUDGET, speed(), () => this.advance("b"));
      return this.session.alive;
    });
  }

  /** Play a link's log, as fast as it goes. */
  private follow(log: ReturnType<typeof readLink>["log"]): void {
    const moves = this.session.replay(log);
    this.go(() => {
      let done: boolean | undefined = false;
      within(BUDGET, Infinity, () => !(done = moves.next().done));
      if (done) this.showSettings();
      return !done;
    });
  }

  /** Start work that is done a frame at a time, until it returns false. */
  private go(work: () => boolean): void {
    if (!this.session.ready) {
      this.tell("There is nothing to learn from yet: click into the picture to draw data.");
      return;
    }
    this.tell("");
    this.work = work;
    this.showRunning();
    if (this.onScreen) this.loop.start();
    else this.resting = true;
  }

  private halt(): void {
    if (!this.work) return;
    this.work = null;
    this.resting = false;
    this.loop.stop();
    this.showRunning();
    this.paint();
    this.say();
  }

  private advance(mover: Mover): boolean {
    this.session.advance(mover);
    return this.session.alive;
  }

  private frame(now: number): void {
    if (!this.work?.()) {
      this.halt();
      if (!this.session.alive) {
        this.tell(
          "The losses have left the numbers: the learning rates are too large for this game, " +
            "or nothing holds a Wasserstein critic back. Lower the rates and press Reset.",
        );
      }
      return;
    }
    if (prefersStillness() && now - this.lastPaint < CALM) return;
    this.lastPaint = now;
    this.paint();
  }

  private step(mover: Mover): void {
    this.halt();
    if (!this.session.ready) return this.go(() => false);
    if (this.session.alive) this.advance(mover);
    this.paint();
    this.say();
  }

  private change(name: string, text: string): void {
    try {
      const { game } = this.session;
      this.session.change(name, text);
      this.tell("");
      if (game !== this.session.game) {
        this.halt();
        this.begin();
      } else {
        this.showSettings();
      }
    } catch (error) {
      this.tell((error as Error).message);
      this.showSettings();
    }
  }

  private choose(preset: string): void {
    this.halt();
    this.session.choose(preset, { seed: this.session.settings.seed });
    this.begin();
  }

  // ---- What the reader does ----

  private listen(): void {
    this.shadow.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-do]");
      if (button) this.press(button.dataset.do ?? "");
    });
    this.shadow.addEventListener("change", (event) => {
      const field = event.target as HTMLInputElement | HTMLSelectElement;
      const { setting, preset, offer, show } = field.dataset;
      if (setting) this.change(setting, field.value);
      else if (preset !== undefined) this.choose(field.value);
      else if (offer !== undefined) this.offer(Number(field.value));
      else if (show) this.paint();
    });
  }

  private press(what: string): void {
    if (what === "train") {
      if (this.work) this.halt();
      else this.train();
    } else if (what === "d" || what === "g" || what === "b") {
      this.step(what);
    } else if (what === "reset") {
      this.halt();
      this.session.restart();
      this.tell("");
      this.begin();
    } else if (what === "clear") {
      this.change("drawn", "");
    } else if (what === "link") {
      void this.copyLink();
    } else if (what === "tour") {
      this.startTour();
    } else if (what === "next") {
      this.nextStop();
    } else if (what === "end") {
      this.endTour();
    }
  }

  private offer(which: number): void {
    const { loss, restraint, strength } = OFFERS[which];
    this.change("loss", loss);
    this.change("restraint", restraint);
    this.change("strength", String(strength));
  }

  private async copyLink(): Promise<void> {
    const inNotebook = document.body.dataset.jpThemeLight !== undefined || window !== top;
    const link = inNotebook || !this.id
      ? `live.playground(state="${this.state}")`
      : linkTo(this.id, this.session.write(), location.href);
    const field = this.find<HTMLInputElement>(".link");
    field.value = link;
    field.classList.add("shown");
    field.select();
    try {
      await navigator.clipboard.writeText(link);
      this.say("Copied. Whoever opens it sees this state, number for number.");
    } catch {
      this.say("Select it and copy: the browser does not let this page do it.");
    }
  }

  // ---- The tour ----

  private startTour(): void {
    const name = this.getAttribute("tour") ?? "game";
    this.tour = { stops: TOURS[name] ?? TOURS.game, at: -1 };
    this.nextStop();
  }

  private nextStop(): void {
    const { tour } = this;
    if (!tour || tour.at + 1 >= tour.stops.length) return this.endTour();
    tour.at += 1;
    const stop = tour.stops[tour.at], { preset, show, until } = stop;
    if (preset) this.choose(preset);
    for (const box of this.shadow.querySelectorAll<HTMLInputElement>("[data-show]")) {
      if (show) box.checked = show.includes(box.dataset.show ?? "");
    }
    const last = tour.at + 1 === tour.stops.length;
    this.find(".tour").innerHTML =
      `<p role="status"></p><div class="row"><button type="button" class="main"
        data-do="next">${last ? "Done" : "Next"}</button>
        <span class="muted">${tour.at + 1} of ${tour.stops.length}</span>
        <button type="button" data-do="end">Leave the tour</button></div>`;
    this.find(".tour p").textContent = stop.text;
    this.find("[data-do=next]").focus();
    if (until) this.goUntil(until.mover, until.steps);
    else this.paint();
  }

  private goUntil(mover: Mover, steps: number): void {
    const made = (): number => this.session[mover === "d" ? "d_steps" : "g_steps"];
    const perFrame = mover === "d" ? 1 : 8;
    this.go(() => {
      within(BUDGET, perFrame, () => made() < steps && this.advance(mover));
      return made() < steps && this.session.alive;
    });
  }

  private endTour(): void {
    this.tour = null;
    this.find(".tour").replaceChildren();
    this.find("[data-do=tour]").focus();
  }

  // ---- What the reader sees ----

  private shown(what: string): boolean {
    return this.find<HTMLInputElement>(`[data-show=${what}]`).checked;
  }

  private paint(): void {
    const { inspector, session } = this, colours = palette();
    const wash = this.shown("wash"), pull = this.shown("pull"), lines = this.shown("lines");
    inspector.lookAtFakes();
    if (wash) inspector.lookAtWash();
    if (pull) inspector.lookAtPull();
    if (lines) inspector.lookAtLines();
    this.picture.paint({
      extent: VIEW.extent,
      side: VIEW.side,
      wash: wash ? inspector.wash : undefined,
      real: inspector.real,
      fake: inspector.fake,
      pull: pull ? inspector.pull : undefined,
      lines: lines ? inspector.lines : undefined,
      drawn: session.settings.data === "drawn" ? session.settings.drawn : undefined,
      cross: this.drawing.cross ?? undefined,
    }, colours);
    for (const { name, colour } of CURVES) {
      const canvas = this.find<HTMLCanvasElement>(`canvas[data-curve=${name}]`);
      paintSparkline(canvas, session.curves[name], colours[colour], colours);
      this.find(`output[data-curve=${name}]`).textContent = shortNumber(session.game[name]);
    }
    this.showCounts();
  }

  private showCounts(): void {
    const { parts, quality } = this.inspector.coverage(), { target } = this.session;
    for (const steps of ["g_steps", "d_steps"] as const) {
      this.find(`[data-read=${steps}]`).textContent = this.session[steps].toLocaleString("en");
    }
    this.find("[data-read=parts]").textContent = count(parts, target.numParts, target.part);
    this.find("[data-read=quality]").textContent = `${Math.round(100 * quality)} %`;
  }

  /** Let every control show the settings as they are. */
  private showSettings(): void {
    const { settings, preset } = this.session;
    for (const field of this.shadow.querySelectorAll<HTMLInputElement>("[data-setting]")) {
      field.value = String(settings[field.dataset.setting as keyof Settings]);
    }
    this.find<HTMLSelectElement>("[data-preset]").value = preset;
    const offer = OFFERS.findIndex((one) =>
      one.loss === settings.loss && one.restraint === settings.restraint);
    this.find<HTMLSelectElement>("[data-offer]").value = String(offer);
    const symbol = OFFERS[offer]?.symbol ?? "strength";
    this.find("[data-strength] span").textContent = symbol || "Strength (none here)";
    this.find<HTMLInputElement>("[data-setting=strength]").disabled = !symbol;
    this.find("[data-do=clear]").classList.toggle("shown", settings.data === "drawn");
    const scores = this.inspector.onlyDifferences;
    this.find("[data-low]").textContent = scores ? "D’s score: lower" : "D says: forged";
    this.find("[data-high]").textContent = scores ? "higher" : "real";
    this.find(".caption").textContent = this.session.caption;
  }

  private showRunning(): void {
    this.find("[data-do=train]").textContent = this.work ? "Pause" : "Train";
  }

  private tell(message: string): void {
    this.find(".message").textContent = message;
  }

  /** One sentence about the state, read aloud and written below; also the picture's text. */
  private say(addition = ""): void {
    const { game, target, d_steps, g_steps } = this.session;
    const { parts, quality } = this.inspector.coverage();
    const losses = g_steps && d_steps
      ? ` The detective’s loss is ${shortNumber(game.d_loss)}, the forger’s ` +
        `${shortNumber(game.g_loss)}.`
      : "";
    const state =
      `Step ${g_steps.toLocaleString("en")}: forgeries lie on ` +
      `${count(parts, target.numParts, target.part)}, ${Math.round(100 * quality)} % of them ` +
      `within three standard deviations of a centre.${losses}`;
    this.find(".status").textContent = addition || state;
    const canvas = this.find(".plane");
    const drawable = this.session.settings.data === "drawn";
    canvas.setAttribute("role", drawable ? "application" : "img");
    canvas.setAttribute("aria-label", drawable
      ? "A sheet to draw data on. Arrow keys move a cross, Enter sets a cluster at it, " +
        `Backspace takes the last one away. ${state}`
      : `Data as dots and forgeries as triangles in the plane. ${state}`);
  }
}

function count(parts: number, of: number, part: string): string {
  return `${parts} of ${of} ${part}${of === 1 ? "" : "s"}`;
}

/** Three digits that matter; a dash before the first step. */
function shortNumber(value: number): string {
  if (Number.isNaN(value)) return "–";
  return value.toPrecision(3).replace("-", "−");
}
