/** The element of every small figure: controls, drawing, numbers and one line of words. */

import { LiveElement } from "../shared/element.ts";
import css from "./figures.css";
import { dragged, pressed } from "./gestures.ts";
import { LIVE_INK } from "./ink.ts";
import { controls, handles, syncControls } from "./markup.ts";
import { change, type Drawing, onStep, type Spec, startingState } from "./spec.ts";

const PAUSE = 300; // milliseconds without a change, after which the words follow

export abstract class PlotFigure<S extends object> extends LiveElement {
  protected abstract readonly spec: Spec<S>;
  protected state!: S;
  protected drawing!: Drawing;
  protected width = 640;
  private wait = 0;

  protected override build(): void {
    this.state = startingState(this.spec, (name) => this.getAttribute(name));
    this.fill(css, `<div class="frame" role="group" aria-label="${this.spec.title}">`
      + `<div class="controls">${controls(this.spec, this.buttons())}</div>`
      + "<div class=\"stage\"><svg role=\"img\"></svg></div><div class=\"numbers\"></div>"
      + "<p class=\"words\" role=\"status\"></p></div>");
    this.show();
    this.tell();
    this.listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.wait) this.tell(); // it may come back, and would have old words
  }

  /** Draw for another width; the colours are variables and follow by themselves. */
  protected override repaint(): void {
    const width = this.find(".stage").clientWidth;
    if (width < 1 || width === this.width) return; // 0: the figure is folded away
    this.width = width;
    this.paint();
  }

  protected buttons(): string {
    return "<button type=\"button\" name=\"again\">Start again</button>";
  }

  protected press(name: string): void {
    if (name === "again") {
      this.become(startingState(this.spec, (attribute) => this.getAttribute(attribute)));
    }
  }

  /** Show another state. */
  protected become(state: S): void {
    this.state = state;
    this.show();
    this.tellSoon();
  }

  private show(): void {
    syncControls(this.shadow, this.spec, this.state);
    this.find(".numbers").innerHTML = this.spec.numbers(this.state);
    this.find("svg").setAttribute("aria-label", this.spec.alt(this.state));
    this.paint();
  }

  /** Draw; the handles stay the elements they are, so that one keeps the focus. */
  protected paint(): void {
    const { spec, state, width } = this, svg = this.find("svg");
    this.drawing = spec.draw(state, width, LIVE_INK);
    svg.setAttribute("viewBox", `0 0 ${width} ${this.drawing.height}`);
    svg.innerHTML = this.drawing.body;
    handles(this.find(".stage"), spec, state, width, this.drawing);
  }

  /** The status line speaks once the reader pauses, not at each pixel of a drag. */
  private tellSoon(): void {
    clearTimeout(this.wait);
    this.wait = window.setTimeout(() => this.tell(), PAUSE);
  }

  /** Say it, unless it was the last that was said: that would be read out again. */
  private tell(): void {
    clearTimeout(this.wait);
    this.wait = 0;
    const line = this.find(".words"), words = this.spec.words(this.state);
    if (line.textContent !== words) line.textContent = words;
  }

  private listen(): void {
    this.shadow.addEventListener("input", ({ target }) => {
      const input = target as HTMLInputElement | HTMLSelectElement;
      const value = input.type === "range" ? Number(input.value) : input.value;
      this.become(change(this.spec, this.state, input.name as keyof S & string, value));
    });
    this.shadow.addEventListener("click", ({ target }) => {
      if (target instanceof HTMLButtonElement && target.name) this.press(target.name);
    });
    const stage = this.find(".stage");
    dragged(stage, (key, left) => this.moveHandle(key, left));
    pressed(stage, (key, steps) => {
      const knob = this.knob(key);
      this.turn(key, Number(this.state[key as keyof S]) + steps * knob.step);
    });
  }

  private knob(key: string) {
    return this.spec.knobs.find((knob) => knob.key === key)!;
  }

  /** Bring a knob to a place that lies so far, from 0 to 1, across the drawing. */
  private moveHandle(key: string, left: number): void {
    const { chart } = this.drawing.handles.find((handle) => handle.key === key)!;
    this.turn(key, chart.at(left * this.width, 0)[0]);
  }

  private turn(key: string, value: number): void {
    const knob = this.knob(key);
    this.become(change(this.spec, this.state, knob.key, onStep(knob, value)));
  }
}

/** The element of a figure that is no more than its description. */
export function plotFigure<S extends object>(spec: Spec<S>): CustomElementConstructor {
  return class extends PlotFigure<S> {
    protected override readonly spec = spec;
  };
}
