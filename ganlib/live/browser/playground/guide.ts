/** Leads through a tour: a text, what is shown with it, and the moves up to there. */

import { type Stop, TOURS } from "./tours.ts";

/** What a tour needs of the figure. */
export interface Guided {
  /** Bring the game to a stop, show what belongs to it, and say when it is there. */
  reach(stop: Stop, arrived: () => void): void;
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
    this.place.classList.add("on");
    this.next();
  }

  next(): void {
    this.at += 1;
    const stop = this.stops[this.at];
    if (!stop) return this.end();
    const last = this.at + 1 === this.stops.length;
    this.find("[data-do=next]").textContent = last ? "Done" : "Next";
    this.find("[data-at]").textContent = `${this.at + 1} of ${this.stops.length}`;
    this.find("p").textContent = "The game is played up to here …";
    this.find("[data-do=next]").focus({ preventScroll: true });
    this.place.scrollIntoView({ block: "nearest" });
    this.guided.reach(stop, () => (this.find("p").textContent = stop.text));
  }

  end(): void {
    this.close();
    this.guided.left();
  }

  /** The reader has gone another way. */
  close(): void {
    this.place.classList.remove("on");
    this.find("p").textContent = "";
  }

  private find(selector: string): HTMLElement {
    return this.place.querySelector(selector) as HTMLElement;
  }
}
