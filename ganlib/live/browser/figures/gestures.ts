/** Dragging a handle with mouse, pen or finger, and moving it with the keys of a slider. */

import { arrowOf, isModified } from "../shared/keys.ts";

/** Steps of the keys that are no arrows; Home and End are more than any knob has. */
const LEAPS: Readonly<Record<string, number>> = {
  PageUp: 10, PageDown: -10, Home: -1e6, End: 1e6,
};

function stepsOf(event: KeyboardEvent): number | undefined {
  if (isModified(event)) return undefined;
  const arrow = arrowOf(event);
  return arrow ? arrow[0] + arrow[1] : LEAPS[event.key];
}

const keyOf = (target: EventTarget | null): string | undefined =>
  (target as HTMLElement | null)?.dataset?.key;

/** Say which handle is dragged, and how far across the stage it is: from 0 to 1. */
export function dragged(stage: HTMLElement, move: (key: string, left: number) => void): void {
  stage.addEventListener("pointerdown", (event) => {
    if (!keyOf(event.target) || event.button !== 0) return;
    (event.target as HTMLElement).setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    const handle = event.target as HTMLElement, key = keyOf(handle);
    if (!key || !handle.hasPointerCapture(event.pointerId)) return;
    const { left, width } = stage.getBoundingClientRect();
    move(key, (event.clientX - left) / width);
  });
}

/** Say which handle a key moves, and by how many steps. */
export function pressed(stage: HTMLElement, move: (key: string, steps: number) => void): void {
  stage.addEventListener("keydown", (event) => {
    const key = keyOf(event.target), steps = stepsOf(event);
    if (!key || steps === undefined) return;
    event.preventDefault(); // else the arrows scroll the page
    move(key, steps);
  });
}
