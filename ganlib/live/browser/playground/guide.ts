/** Leads through a tour: a text, what is shown with it, and the moves up to there. */

import { type Stop, TOURS } from "./tours.ts";

/** What a tour needs of the figure. */
export interface Guided {
  /** Bring the game to a stop, and show what belongs to it. */
  reach(stop: Stop): void;
  /** The tour is over. */
  left(): void;
}

export class Guide {
  private readonly place: HTMLElement;
  private readonly guided: Guided;
  private stops: readonly Stop[] = [];
  private at = 0;

  constructor(place: HTMLElement, guided: Guided) {
    this.place = place;
    this.guided = guided;
  }

  start(tour: string): void {
    this.stops = TOURS[tour] ?? TOURS.game;
    this.at = -1;
    this.next();
  }

  next(): void {
    this.at += 1;
    const stop = this.stops[this.at];
    if (!stop) return this.end();
    this.write(stop.text, this.at + 1 === this.stops.length);
    this.guided.reach(stop);
  }

  end(): void {
    this.place.replaceChildren();
    this.guided.left();
  }

  private write(text: string, last: boolean): void {
    this.place.innerHTML =
      `<p role="status"></p><div class="row"><button type="button" class="main"
        data-do="next">${last ? "Done" : "Next"}</button>
        <span class="muted">${this.at + 1} of ${this.stops.length}</span>
        <button type="button" data-do="end">Leave the tour</button></div>`;
    const [paragraph, next] = [this.place.querySelector("p"), this.place.querySelector("button")];
    if (paragraph) paragraph.textContent = text;
    next?.focus({ preventScroll: true });
  }
}
