/** Colours of the book, by daylight and in the dark, and when they change. */

/** Colours by their use; real, fake and wash are by daylight those of `ganlib.notebook`. */
export interface Palette {
  /** Real samples, and D towards 1: indigo. */
  real: string;
  /** Generated samples, and D towards 0: orange. */
  fake: string;
  /** Third to fifth colour of a curve. */
  ink: string;
  teal: string;
  wine: string;
  /** The wash of D: towards 0, at ½, towards 1; red, green and blue from 0 to 255. */
  wash: readonly [Rgb, Rgb, Rgb];
  text: string;
  muted: string;
  line: string;
  surface: string;
}

export type Rgb = readonly [number, number, number];

const LIGHT: Palette = {
  real: "#3f4fb5",
  fake: "#d97706",
  ink: "#1c1c24",
  teal: "#0f8a80",
  wine: "#7a1f4b",
  wash: [[242, 184, 102], [255, 255, 255], [141, 152, 220]],
  text: "#1c1c24",
  muted: "#5a5a66",
  line: "#c9c9d2",
  surface: "#ffffff",
};

const DARK: Palette = {
  real: "#a5b0ff",
  fake: "#ffb454",
  ink: "#e8e8f0",
  teal: "#4fd1c5",
  wine: "#f19ac0",
  wash: [[110, 66, 8], [22, 24, 34], [49, 58, 128]],
  text: "#e8e8f0",
  muted: "#b4b4c2",
  line: "#4a4c5c",
  surface: "#161822",
};

/** The palette of the page as it looks now. */
export function palette(): Palette {
  return isDark() ? DARK : LIGHT;
}

/** By daylight, whatever the page looks like: for stills and for print. */
export const DAYLIGHT = LIGHT;

/** What the book's theme, JupyterLab and Colab say; without any of them, the system. */
export function isDark(): boolean {
  if (matchMedia("print").matches) return false; // paper is white
  const root = document.documentElement, body = document.body;
  if (root.dataset.theme) return root.dataset.theme === "dark";
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "false";
  if (root.hasAttribute("theme")) return root.getAttribute("theme") === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Call `changed` whenever the page's colours may have changed; returns how to stop. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  const attributeFilter = ["data-theme", "data-jp-theme-light", "theme"];
  observer.observe(document.documentElement, { attributes: true, attributeFilter });
  observer.observe(document.body, { attributes: true, attributeFilter });
  const queries = [matchMedia("(prefers-color-scheme: dark)"), matchMedia("print")];
  for (const query of queries) query.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener("change", changed);
  };
}

/** Whether the reader has asked for less motion. */
export function prefersStillness(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
