/** What built/watch.js is made from: `<gan-watch>`, and its tie to a kernel. */

import { define } from "../shared/element.ts";
import { type Shared, Watch } from "./element.ts";

/** What anywidget hands over: Python's traits, by name. */
interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: string, called: () => void): void;
  off(event: string, called: () => void): void;
}

define("gan-watch", Watch);

/**
 * Put the figure into `place` and tie it to Python's values, both ways. Returns how to
 * untie it. anywidget's entry, which Python adds to this script, calls it.
 */
(globalThis as unknown as { ganlibWatch: object }).ganlibWatch = (
  model: Model, place: HTMLElement,
): (() => void) => {
  const figure = document.createElement("gan-watch") as Watch;
  const names = ["message", "running", "g_lr", "d_lr"] as const;
  const share = (): void =>
    figure.share(Object.fromEntries(names.map((name) => [name, model.get(name)])) as
      unknown as Shared);
  const show = (): void => {
    const frame = model.get("frame") as DataView;
    if (frame.byteLength) figure.show(frame);
  };
  figure.changed = (change) => {
    for (const [name, value] of Object.entries(change)) model.set(name, value);
    model.save_changes();
  };
  place.append(figure);
  share();
  show();
  model.on("change:frame", show);
  for (const name of names) model.on(`change:${name}`, share);
  return () => {
    model.off("change:frame", show);
    for (const name of names) model.off(`change:${name}`, share);
    figure.remove();
  };
};
