/** `<gan-playground>`: a game that trains in the page, with its controls. */

import wasm from "../out/kernels.wasm";
import { Inspector } from "../engine/inspector.ts";
import { compile, newKernels } from "../engine/kernels.ts";
import { LiveElement } from "../shared/element.ts";
import { Display } from "./display.ts";
import { Drawing } from "./drawing.ts";
import { Guide } from "./guide.ts";
import { markup, SPEEDS, USUAL_SPEED } from "./markup.ts";
import plane from "./plane.css";
import css from "./playground.css";
import { Runner, within } from "./runner.ts";
import { type Action, type Mover, readLink, Session } from "./session.ts";
import { EDGE, MOST_DRAWN, OFFERS, writeDrawn } from "./settings.ts";
import { askedOf, shared, unshareable } from "./sharing.ts";
import { remaining, type Stop, TOUR_SEED } from "./tours.ts";

const VIEW = { numPoints: 256, side: 40, extent: EDGE };
const BUDGET = 6; // milliseconds of training a frame; painting takes two to three
const TOUR_MOVES = 6; // a frame: a stop is reached in seconds, and can be watched

const DIVERGED =
  "The losses are no longer finite: the learning rates are too large for this game, or " +
  "nothing holds a Wasserstein critic back. Lower the rates and press Reset.";
const NOTHING_DRAWN =
  "There is nothing to learn from yet: click into the picture to draw data.";

/** The kernels, compiled once for all playgrounds of a page. */
let compiled: Promise<WebAssembly.Module> | null = null;

export class Playground extends LiveElement {
  private session!: Session;
  private inspector!: Inspector;
  private display: Display | null = null;
  private drawing!: Drawing;
  private guide!: Guide;
  /** What is left of a link's log or of the way to a stop, while the reader pauses. */
  private pending: Generator<void, void> | null = null;
  private arrived: () => void = () => {};
  private readonly runner = new Runner(() => this.repaint(), () => this.ended());

  protected override async build(): Promise<void> {
    const module = await (compiled ??= compile(wasm));
    let asked: ReturnType<typeof readLink>, complaint = "";
    try {
      asked = readLink(askedOf(this, location.href));
    } catch (error) {
      complaint = `What this figure was asked for does not exist: ${(error as Error).message}`;
      asked = readLink({});
    }
    this.fill(plane + css, markup());
    this.session = new Session(() => newKernels(module), asked.preset, asked.settings);
    this.display = new Display(this.shadow, (selector) => this.find(selector));
    this.drawing = new Drawing(this.find<HTMLCanvasElement>(".plane"), {
      drawn: () => this.session.settings.drawn,
      changed: (drawn) => this.change("drawn", writeDrawn(drawn)),
      moved: () => this.repaint(),
      full: () => this.display?.tell(`${MOST_DRAWN} points are the most.`),
    });
    this.guide = new Guide(this.find(".tour"), {
      reach: (stop, arrived) => this.reach(stop, arrived),
      left: () => this.find("[data-do=tour]").focus({ preventScroll: true }),
    });
    this.find<HTMLSelectElement>("[data-speed]").value = String(USUAL_SPEED);
    this.listen();
    this.begin();
    this.display.tell(complaint);
    if (asked.log.length) this.follow(asked.log, Infinity);
  }

  // ---- For whoever drives the figure from outside ----

  /** The words that bring back this state; the attribute `state` takes them. */
  get state(): string {
    return new URLSearchParams(this.session.write()).toString();
  }

  /** What is measured now. */
  get measures(): Record<string, number> {
    const { game, d_steps, g_steps } = this.session;
    const { d_loss, g_loss, d_norm, g_norm } = game;
    this.inspector.lookAtFakes();
    return {
      d_steps, g_steps, d_loss, g_loss, d_norm, g_norm,
      ...this.inspector.coverage(), ...this.inspector.moments(),
    };
  }

  /** Go to a state at once, without pictures on the way. */
  jump(state: string): Record<string, number> {
    this.abandon();
    const { preset, settings, log } = readLink(Object.fromEntries(new URLSearchParams(state)));
    this.session.choose(preset, settings);
    for (const _ of this.session.replay(log));
    this.begin();
    return this.measures;
  }

  // ---- A game begins, goes on, stops ----

  protected override screenChanged(): void {
    this.runner.see(this.onScreen);
  }

  protected override repaint(): void {
    this.display?.paint(this.session, this.inspector, this.drawing.cross);
  }

  /** A game has just begun: look at it afresh, and let the controls say what it is. */
  private begin(): void {
    this.inspector = new Inspector(this.session.game, this.session.target, VIEW);
    this.drawing.set(this.session.settings.data === "drawn");
    this.display?.tell("");
    this.display?.settings(this.session, this.inspector);
    this.repaint();
    this.display?.describe(this.session, this.inspector);
  }

  /** Why the game cannot go on, or nothing. */
  private obstacle(): string {
    if (!this.session.ready) return NOTHING_DRAWN;
    return this.session.alive ? "" : DIVERGED;
  }

  /** Start work that is done a frame at a time, if the game can go on. */
  private go(work: () => boolean): void {
    const obstacle = this.obstacle();
    this.display?.tell(obstacle);
    if (obstacle) return;
    this.display?.hideLink();
    this.runner.start(() => work() && this.session.alive);
    this.display?.running(true);
    this.display?.say(this.pending ? "Playing up to a state." : "Training.");
  }

  private ended(): void {
    this.display?.running(false);
    this.repaint();
    this.display?.describe(this.session, this.inspector);
    this.display?.tell(this.obstacle());
    if (this.pending) this.display?.say("Paused on the way to a state: Train goes on to it.");
  }

  private train(): void {
    if (this.pending) return this.proceed(this.pending, Infinity);
    this.go(() => {
      const speed = Number(this.find<HTMLSelectElement>("[data-speed]").value);
      within(BUDGET, SPEEDS[speed].steps, () => this.advance("b"));
      return true;
    });
  }

  /** Play a log, so many moves a frame or as many as fit. */
  private follow(log: readonly Action[], perFrame: number): void {
    this.proceed(this.session.replay(log), perFrame);
  }

  private proceed(moves: Generator<void, void>, perFrame: number): void {
    this.pending = moves;
    this.go(() => {
      within(BUDGET, perFrame, () => {
        if (moves.next().done) this.pending = null;
        return this.pending !== null;
      });
      if (this.pending) return true;
      this.display?.settings(this.session, this.inspector);
      this.arrived();
      return false;
    });
  }

  /** Bring the game to a stop of the tour: on from here, or from its start. */
  private reach({ preset, moves, show }: Stop, arrived: () => void): void {
    const { session } = this;
    const here = session.isPreset(preset, TOUR_SEED) ? remaining(session.log, moves) : null;
    this.abandon();
    if (!here) {
      session.choose(preset, { seed: TOUR_SEED });
      this.begin();
    }
    this.showLayers(show);
    const left = here ?? remaining([], moves) ?? [];
    this.arrived = arrived;
    if (left.length) this.follow(left, TOUR_MOVES);
    else arrived();
  }

  private advance(mover: Mover): boolean {
    this.session.advance(mover);
    return this.session.alive;
  }

  /** A single move, at once: each press of the button is one. */
  private step(mover: Mover): void {
    this.abandon();
    if (!this.obstacle()) this.advance(mover);
    this.ended();
  }

  /** The reader goes another way: whatever is under way ends here. */
  private abandon(): void {
    this.pending = null;
    this.arrived = () => {};
    this.display?.hideLink();
    this.runner.stop();
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
      else if (show) this.repaint();
    });
  }

  private press(what: string): void {
    const actions: Record<string, () => void> = {
      train: () => (this.runner.busy ? this.runner.stop() : this.train()),
      d: () => this.step("d"),
      g: () => this.step("g"),
      b: () => this.step("b"),
      reset: () => this.reset(),
      undo: () => this.change("drawn", writeDrawn(this.session.settings.drawn.slice(0, -2))),
      clear: () => this.change("drawn", ""),
      link: () => void this.copyLink(),
      tour: () => this.guide.start(this.getAttribute("tour") ?? "game"),
      next: () => this.guide.next(),
      end: () => this.guide.end(),
    };
    actions[what]?.();
  }

  private reset(): void {
    this.abandon();
    this.session.restart();
    this.begin();
  }

  private choose(preset: string): void {
    this.abandon();
    this.guide.close();
    this.session.choose(preset, { seed: this.session.settings.seed });
    this.begin();
  }

  private change(name: string, text: string): void {
    if (this.pending) this.abandon();
    const { game } = this.session;
    let complaint = "";
    try {
      this.session.change(name, text);
    } catch (error) {
      complaint = (error as Error).message;
    }
    if (game !== this.session.game) {
      this.abandon();
      this.begin();
    }
    this.display?.settings(this.session, this.inspector);
    this.display?.tell(complaint);
  }

  private offer(which: number): void {
    const { loss, restraint, strength } = OFFERS[which];
    this.change("loss", loss);
    this.change("restraint", restraint);
    this.change("strength", String(strength));
    this.repaint();
  }

  private showLayers(layers: readonly string[]): void {
    for (const box of this.shadow.querySelectorAll<HTMLInputElement>("[data-show]")) {
      box.checked = layers.includes(box.dataset.show ?? "");
    }
    this.repaint();
  }

  private async copyLink(): Promise<void> {
    const obstacle = unshareable(this.session);
    this.display?.tell(obstacle);
    if (obstacle) return;
    const link = shared(this, this.session);
    this.display?.showLink(link);
    try {
      await navigator.clipboard.writeText(link);
      this.display?.say("Copied. Whoever opens it sees this state, number for number.");
    } catch {
      this.display?.say("Select it and copy: the browser does not let this page do it.");
    }
  }
}
