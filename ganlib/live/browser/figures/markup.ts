/** Controls and handles of a figure as HTML, and how they follow its state. */

import { type Choice, type Drawing, type Knob, labelOf, type Spec } from "./spec.ts";

/** All controls; what they say comes with `syncControls`. */
export function controls<S extends object>(spec: Spec<S>, buttons: string): string {
  return spec.choices.map(choice).join("")
    + spec.knobs.filter((knob) => !knob.plotOnly).map(knob).join("")
    + `<div class="row">${buttons}</div>`;
}

function choice<S>({ key, label, options }: Choice<S>): string {
  const all = Object.entries(options).map(([value, name]) =>
    `<option value="${value}">${name}</option>`);
  return `<div class="control choice"><label for="${key}">${label}</label>`
    + `<select id="${key}" name="${key}">${all.join("")}</select></div>`;
}

function knob<S>({ key, min, max, step }: Knob<S>): string {
  return `<div class="control"><label for="${key}"></label>`
    + `<input type="range" id="${key}" name="${key}" min="${min}" max="${max}"`
    + ` step="${step}"><span class="number"></span></div>`;
}

/** Bring labels, values and what can be used up to date. */
export function syncControls<S extends object>(
  root: ParentNode, spec: Spec<S>, state: S,
): void {
  for (const { key } of spec.choices) {
    root.querySelector<HTMLSelectElement>(`#${key}`)!.value = String(state[key]);
  }
  for (const knob of spec.knobs.filter((each) => !each.plotOnly)) {
    const input = root.querySelector<HTMLInputElement>(`#${knob.key}`)!;
    const said = knob.says(Number(state[knob.key]));
    input.previousElementSibling!.textContent = labelOf(knob, state);
    input.nextElementSibling!.textContent = said;
    input.value = String(state[knob.key]);
    input.disabled = knob.idle?.(state) ?? false;
    input.setAttribute("aria-valuetext", said);
  }
}

/** Put each handle at its place: in per cent, which printing and zooming leave right. */
export function handles<S extends object>(
  stage: HTMLElement, spec: Spec<S>, state: S, width: number, drawing: Drawing,
): void {
  for (const { key, x, y } of drawing.handles) {
    const knob = spec.knobs.find((each) => each.key === key)!;
    const handle = stage.querySelector<HTMLElement>(`[data-key="${key}"]`)
      ?? stage.appendChild(newHandle(knob));
    handle.style.left = `${100 * x / width}%`;
    handle.style.top = `${100 * y / drawing.height}%`;
    handle.setAttribute("aria-label", `${labelOf(knob, state)}, on the plot`);
    handle.setAttribute("aria-valuenow", String(state[knob.key]));
    handle.setAttribute("aria-valuetext", knob.says(Number(state[knob.key])));
  }
}

function newHandle<S>({ key, min, max }: Knob<S>): HTMLElement {
  const handle = document.createElement("div");
  handle.className = "handle";
  handle.dataset.key = key;
  handle.tabIndex = 0;
  handle.setAttribute("role", "slider");
  handle.setAttribute("aria-valuemin", String(min));
  handle.setAttribute("aria-valuemax", String(max));
  return handle;
}
