/** The plane of the Dirac-GAN as an element: a cursor, starts by click or key, motion. */

import { arrowOf } from "../../shared/keys.ts";
import { prefersStillness } from "../../shared/theme.ts";
import { PlotFigure } from "../figure.ts";
import { LIVE_INK } from "../ink.ts";
import { onStep, type Spec } from "../spec.ts";
import { fixed } from "../words.ts";
import { DIRAC, type DiracState, drawable, paths, plane, REACH, started } from "./figure.ts";

const DURATION = 3000; // milliseconds in which a path is run through

export class DiracField extends PlotFigure<DiracState> {
  protected override readonly spec: Spec<DiracState> = DIRAC;
  private cursor!: HTMLButtonElement;
  private frame = 0;

  protected override build(): void {
    this.cursor = document.createElement("button");
    this.cursor.type = "button";
    this.cursor.name = "cursor";
    this.cursor.className = "handle cursor";
    super.build();
    const stage = this.find(".stage");
    stage.classList.add("plane");
    stage.addEventListener("click", (event) => this.clicked(event));
    this.cursor.addEventListener("keydown", (event) => this.keyed(event));
  }

  protected override buttons(): string {
    return `<button type="button" name="clear">Clear</button>${super.buttons()}`;
  }

  protected override press(name: string): void {
    super.press(name);
    if (name === "clear") this.become({ ...this.state, starts: [] });
    if (name === "cursor") this.begin(this.state);
  }

  /** Where the last path is running, show all of it: nothing moves where nobody looks. */
  protected override screenChanged(): void {
    if (!this.onScreen && this.frame) this.paint();
  }

  protected override paint(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    super.paint();
    const { state: { theta, psi }, cursor } = this, chart = plane(this.width, LIVE_INK);
    if (!cursor.isConnected) this.find(".stage").append(cursor);
    cursor.style.left = `${100 * chart.px(theta) / this.width}%`;
    cursor.style.top = `${100 * chart.py(psi) / this.drawing.height}%`;
    cursor.setAttribute("aria-label", `Start a path at θ = ${fixed(theta, 1)}, `
      + `ψ = ${fixed(psi, 1)}; arrow keys move this place`);
  }

  private begin(at: DiracState): void {
    this.become(started(at));
    if (this.onScreen && !prefersStillness()) this.run();
  }

  private moved(theta: number, psi: number): DiracState {
    const [across, up] = ["theta", "psi"].map((key) =>
      this.spec.knobs.find((knob) => knob.key === key)!);
    return { ...this.state, theta: onStep(across, theta), psi: onStep(up, psi) };
  }

  private clicked({ target, clientX, clientY }: MouseEvent): void {
    if (target === this.cursor) return; // a button: its own click starts a path
    const { left, top, width } = this.find(".stage").getBoundingClientRect();
    const scale = this.width / width;
    const [theta, psi] = plane(this.width, LIVE_INK)
      .at((clientX - left) * scale, (clientY - top) * scale);
    if (Math.max(Math.abs(theta), Math.abs(psi)) > REACH) return; // beside the plane
    this.begin(this.moved(theta, psi));
  }

  private keyed(event: KeyboardEvent): void {
    const arrow = arrowOf(event);
    if (!arrow) return;
    event.preventDefault(); // else the arrows scroll the page
    const { theta, psi } = this.state;
    this.become(this.moved(theta + 0.1 * arrow[0], psi + 0.1 * arrow[1]));
  }

  /** Let the last path grow from its start, with a dot at its head. */
  private run(): void {
    const states = drawable(paths(this.state).at(-1)!);
    const [line, head] = this.find(".last").children, full = line.getAttribute("d")!;
    const ends = [...full.matchAll(/L/g)].map(({ index }) => index);
    const chart = plane(this.width, LIVE_INK), begun = performance.now();
    const grow = (now: number): void => {
      const passed = Math.min(Math.max(now - begun, 0) / DURATION, 1);
      const last = Math.floor(passed * (states.length - 1));
      line.setAttribute("d", full.slice(0, ends[last] ?? full.length));
      const [x, y] = [chart.px(states[last][0]), chart.py(states[last][1])];
      head.setAttribute("transform", `translate(${x} ${y})`);
      this.frame = passed < 1 ? requestAnimationFrame(grow) : 0;
    };
    grow(begun);
  }
}
