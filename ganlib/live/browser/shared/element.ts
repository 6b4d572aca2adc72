/** What all live figures share: a custom element with a shadow root of its own. */

import base from "./base.css";
import { isDark, onThemeChange } from "./theme.ts";

/**
 * A live figure. Its own children, which a reader without scripts sees, are the still
 * picture; with scripts the shadow root takes their place, and the styles of the page and
 * of the figure cannot reach each other.
 */
export abstract class LiveElement extends HTMLElement {
  /** Where the figure is built. */
  protected readonly shadow: ShadowRoot;
  /** Fulfilled once the figure can be used, or has said why it cannot. */
  readonly ready: Promise<void>;
  /** Whether any of the figure is on the screen, of a page that is shown. */
  protected onScreen = false;
  private built = false;
  private setReady!: () => void;
  private readonly leave: (() => void)[] = [];

  constructor() {
    super();
    this.shadow = this.attachShadow({ mode: "open" });
    this.ready = new Promise((resolve) => (this.setReady = resolve));
  }

  /** Fill the shadow root; called once, when the element is first on a page. */
  protected abstract build(): void | Promise<void>;
  /** Paint again: the colours or the size have changed, perhaps before `build` is done. */
  protected abstract repaint(): void;
  /** The figure has come onto the screen or gone from it. */
  protected screenChanged(): void {}

  connectedCallback(): void {
    this.noteTheme();
    if (!this.built) {
      this.built = true;
      void this.buildOnce();
    }
    this.leave.push(onThemeChange(() => {
      this.noteTheme();
      this.repaint();
    }));
    this.watchScreen();
    const size = new ResizeObserver(() => this.repaint());
    size.observe(this);
    this.leave.push(() => size.disconnect());
  }

  disconnectedCallback(): void {
    for (const stop of this.leave.splice(0)) stop();
    this.setOnScreen(false);
  }

  /** Put styles and markup into the shadow root; markup holds nothing that a user typed. */
  protected fill(css: string, markup: string): void {
    this.shadow.innerHTML = `<style>${base}${css}</style>${markup}`;
  }

  /** The one element of the figure that matches. */
  protected find<E extends Element = HTMLElement>(selector: string): E {
    const found = this.shadow.querySelector<E>(selector);
    if (!found) throw new Error(`this figure has no ${selector}`);
    return found;
  }

  private async buildOnce(): Promise<void> {
    try {
      await this.build();
    } catch (error) {
      this.fail(error);
    }
    this.setReady();
  }

  /** Say why there is no live figure, and leave the still picture where it is. */
  private fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    const told = document.createElement("p");
    told.textContent = `This figure cannot run here: ${reason}`;
    this.shadow.replaceChildren(document.createElement("slot"), told);
  }

  private noteTheme(): void {
    this.toggleAttribute("dark", isDark());
  }

  private watchScreen(): void {
    let intersects = false;
    const update = (): void => this.setOnScreen(intersects && !document.hidden);
    const observer = new IntersectionObserver((entries) => {
      intersects = entries[entries.length - 1].isIntersecting;
      update();
    });
    observer.observe(this);
    document.addEventListener("visibilitychange", update);
    this.leave.push(
      () => observer.disconnect(),
      () => document.removeEventListener("visibilitychange", update),
    );
  }

  private setOnScreen(now: boolean): void {
    if (now === this.onScreen) return;
    this.onScreen = now;
    this.screenChanged();
  }
}

/** Make `<name>` known, once: in a notebook each output brings the script again. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
