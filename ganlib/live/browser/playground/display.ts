/** What the reader sees of a session: picture, curves, numbers, settings, sentences. */

import type { Inspector } from "../engine/inspector.ts";
import type { Target } from "../engine/targets.ts";
import { shortNumber } from "../shared/numbers.ts";
import { palette } from "../shared/theme.ts";
import { nameWash } from "./legend.ts";
import { CURVES } from "./markup.ts";
import { Picture } from "./picture.ts";
import type { Session } from "./session.ts";
import { OFFERS, type Settings } from "./settings.ts";
import { paintSparkline } from "./sparkline.ts";

/** Finds the one element of the figure that matches. */
export type Find = <E extends Element = HTMLElement>(selector: string) => E;

export class Display {
  private readonly find: Find;
  private readonly root: ShadowRoot;
  private readonly picture: Picture;
  private readonly curves: readonly (readonly [(typeof CURVES)[number], HTMLCanvasElement,
    HTMLElement])[];

  constructor(root: ShadowRoot, find: Find) {
    this.root = root;
    this.find = find;
    this.picture = new Picture(find<HTMLCanvasElement>(".plane"));
    this.curves = CURVES.map((curve) => [
      curve,
      find<HTMLCanvasElement>(`canvas[data-curve=${curve.name}]`),
      find(`span[data-curve=${curve.name}]`),
    ]);
  }

  /** Paint the game as it is now; `cross` is where the keyboard's cross stands. */
  paint(session: Session, inspector: Inspector, cross: readonly [number, number] | null): void {
    const colours = palette();
    const wash = this.shows("wash"), pull = this.shows("pull"), lines = this.shows("lines");
    inspector.lookAtFakes();
    if (wash) inspector.lookAtWash();
    if (pull) inspector.lookAtPull();
    if (lines) inspector.lookAtLines();
    this.picture.fit();
    this.picture.paint({
      extent: inspector.view.extent,
      side: inspector.view.side,
      wash: wash ? inspector.wash : undefined,
      real: inspector.real,
      fake: inspector.fake,
      pull: pull ? inspector.pull : undefined,
      lines: lines ? inspector.lines : undefined,
      drawn: session.settings.data === "drawn" ? session.settings.drawn : undefined,
      cross: cross ?? undefined,
    }, colours);
    for (const [{ name, colour }, canvas, output] of this.curves) {
      paintSparkline(canvas, session.curves[name], colours[colour], colours);
      output.textContent = shortNumber(session.game[name]);
    }
    this.counts(session, inspector);
  }

  private shows(what: string): boolean {
    return this.find<HTMLInputElement>(`[data-show=${what}]`).checked;
  }

  private counts(session: Session, inspector: Inspector): void {
    const { parts, quality } = inspector.coverage(), { target } = session;
    for (const steps of ["g_steps", "d_steps"] as const) {
      this.find(`[data-read=${steps}]`).textContent = session[steps].toLocaleString("en");
    }
    this.find("[data-read=parts]").textContent = count(parts, target);
    this.find("[data-read=quality]").textContent = percent(quality);
    this.find("[data-read=where]").textContent =
      target.part === "piece" ? "on the curve" : "in a cluster";
  }

  /** Let every control show the settings as they are. */
  settings(session: Session, inspector: Inspector): void {
    const { settings, preset, caption } = session;
    for (const field of this.root.querySelectorAll<HTMLInputElement>("[data-setting]")) {
      field.value = String(settings[field.dataset.setting as keyof Settings]);
    }
    this.find<HTMLSelectElement>("[data-preset]").value = preset;
    const offer = OFFERS.findIndex((one) =>
      one.loss === settings.loss && one.restraint === settings.restraint);
    this.find<HTMLSelectElement>("[data-offer]").value = String(offer);
    const symbol = OFFERS[offer]?.symbol ?? "strength";
    this.find("[data-strength]").textContent = symbol || "Strength (none here)";
    this.find<HTMLInputElement>("[data-setting=strength]").disabled = !symbol;
    for (const button of this.root.querySelectorAll(".sheet")) {
      button.classList.toggle("shown", settings.data === "drawn");
    }
    nameWash(this.root, inspector.onlyDifferences);
    this.find(".caption").textContent = caption;
  }

  running(now: boolean): void {
    this.find("[data-do=train]").textContent = now ? "Pause" : "Train";
  }

  showLink(link: string): void {
    const field = this.find<HTMLInputElement>(".link");
    field.value = link;
    field.classList.add("shown");
    field.select();
  }

  /** The game has gone on: the link would be of a state that is past. */
  hideLink(): void {
    this.find(".link").classList.remove("shown");
  }

  /** Show a complaint, or none. */
  tell(message: string): void {
    this.find(".message").textContent = message;
  }

  /** Say something once, below the figure and to screen readers. */
  say(sentence: string): void {
    this.find(".status").textContent = sentence;
  }

  /** Put the state in words, as the status and as what the picture shows. */
  describe(session: Session, inspector: Inspector): void {
    const state = stateOf(session, inspector), canvas = this.find(".plane");
    const drawable = session.settings.data === "drawn";
    canvas.setAttribute("role", drawable ? "application" : "img");
    canvas.setAttribute("aria-label", drawable
      ? "A sheet to draw data on. Arrow keys move a cross, Enter sets a cluster at it, " +
        `Backspace takes the last one away. ${state}`
      : `Data as dots and forgeries as triangles in the plane. ${state}`);
    this.say(state);
  }
}

function stateOf({ game, target, d_steps, g_steps }: Session, inspector: Inspector): string {
  const { parts, quality } = inspector.coverage();
  const losses = g_steps && d_steps
    ? ` The detective’s loss is ${shortNumber(game.d_loss)}, the forger’s ` +
      `${shortNumber(game.g_loss)}.`
    : "";
  return (
    `After ${g_steps.toLocaleString("en")} steps of G and ${d_steps.toLocaleString("en")} of ` +
    `D: ${count(parts, target)} hit, ${percent(quality)} of the forgeries within three ` +
    `standard deviations of a centre.${losses}`
  );
}

function count(parts: number, { numParts, part }: Target): string {
  if (numParts === 0) return "nothing drawn yet, so nothing";
  return `${parts} of ${numParts} ${part}${numParts === 1 ? "" : "s"}`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
