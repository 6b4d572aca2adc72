/** Lets a reader put points into the picture, with a pointer or with the keyboard. */

import { arrowOf, isModified } from "../shared/keys.ts";
import { EDGE, MOST_DRAWN } from "./settings.ts";

const KEY_STEP = 0.15; // units of the data for one press of an arrow key
const NEAREST = 0.25; // points of one stroke are at least this far apart
export interface Sheet {
  /** Centres so far, x and y in turn. */
  drawn(): readonly number[];
  changed(drawn: number[]): void;
  moved(): void;
  /** No further point is taken. */
  full(): void;
}

export class Drawing {
  /** Where the keyboard's cross stands, while it is in use. */
  cross: [number, number] | null = null;
  private readonly canvas: HTMLCanvasElement;
  private readonly sheet: Sheet;
  private active = false;
  private stroke = false;

  constructor(canvas: HTMLCanvasElement, sheet: Sheet) {
    this.canvas = canvas;
    this.sheet = sheet;
    canvas.addEventListener("pointerdown", (event) => {
      if (!this.active || event.button || event.pointerType === "touch") return;
      this.stroke = true;
      canvas.setPointerCapture(event.pointerId);
      this.add(...this.place(event));
    });
    // A finger that moves scrolls the page: only a tap draws, and a tap is a click.
    canvas.addEventListener("click", (event) => {
      const { pointerType } = event as PointerEvent;
      if (this.active && pointerType === "touch") this.add(...this.place(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      if (this.stroke) this.addFar(...this.place(event));
    });
    for (const over of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(over, () => (this.stroke = false));
    }
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("blur", () => {
      this.cross = null;
      this.sheet.moved();
    });
  }

  /** Make the picture a drawing sheet, or a picture again. */
  set(active: boolean): void {
    if (active === this.active) return; // each new point is a new game: the stroke goes on
    this.active = active;
    this.stroke = false;
    this.cross = null;
    this.canvas.classList.toggle("drawable", active);
    if (active) this.canvas.tabIndex = 0;
    else this.canvas.removeAttribute("tabindex");
  }

  private place(event: MouseEvent): [number, number] {
    const box = this.canvas.getBoundingClientRect();
    return [
      ((2 * (event.clientX - box.left)) / box.width - 1) * EDGE,
      (1 - (2 * (event.clientY - box.top)) / box.height) * EDGE,
    ];
  }

  private key(event: KeyboardEvent): void {
    if (!this.active || isModified(event)) return;
    const move = arrowOf(event);
    if (move) {
      const [x, y] = this.cross ?? [0, 0];
      this.cross = [limited(x + KEY_STEP * move[0]), limited(y + KEY_STEP * move[1])];
      this.sheet.moved();
    } else if (event.key === "Enter" || event.key === " ") {
      this.cross ??= [0, 0];
      this.add(...this.cross);
    } else if (event.key === "Backspace" || event.key === "Delete") {
      this.sheet.changed(this.sheet.drawn().slice(0, -2));
    } else {
      return;
    }
    event.preventDefault();
  }

  private addFar(x: number, y: number): void {
    const drawn = this.sheet.drawn(), at = drawn.length - 2;
    if ((x - drawn[at]) ** 2 + (y - drawn[at + 1]) ** 2 > NEAREST ** 2) this.add(x, y);
  }

  private add(x: number, y: number): void {
    const drawn = this.sheet.drawn();
    if (drawn.length === 2 * MOST_DRAWN) return this.sheet.full();
    this.sheet.changed([...drawn, hundredths(limited(x)), hundredths(limited(y))]);
  }
}

function limited(x: number): number {
  return Math.min(Math.max(x, -EDGE), EDGE);
}

/** As a link writes it, so that a drawing and its link are the same game. */
function hundredths(x: number): number {
  return Math.round(100 * x) / 100;
}
