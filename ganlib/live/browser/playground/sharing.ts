/** Links that bring back a state: ?live=NAME&preset=…&log=…#NAME, and where they come from. */

import { MOST_STEPS, type Session } from "./session.ts";
import { DEFAULTS } from "./settings.ts";

/** The words of a state; an address may hold others, which are nobody's business here. */
const WORDS = ["preset", "log", ...Object.keys(DEFAULTS)];

/** What a figure is asked for: by a link to it, by its attribute `state`, by single ones. */
export function askedOf(figure: Element, address: string): Record<string, string> {
  const { searchParams } = new URL(address);
  if (figure.id && searchParams.get("live") === figure.id) {
    return only((name) => searchParams.get(name));
  }
  const state = figure.getAttribute("state");
  if (state) return Object.fromEntries(new URLSearchParams(state));
  return only((name) => figure.getAttribute(name));
}

function only(read: (name: string) => string | null): Record<string, string> {
  const found = WORDS.map((name) => [name, read(name)]).filter(([, text]) => text !== null);
  return Object.fromEntries(found) as Record<string, string>;
}

/** A page's address that brings back a state of the figure called `name`. */
export function linkTo(name: string, words: Record<string, string>, address: string): string {
  const link = new URL(address);
  for (const word of WORDS) link.searchParams.delete(word);
  link.searchParams.set("live", name);
  for (const [word, text] of Object.entries(words)) link.searchParams.set(word, text);
  link.hash = name;
  return link.toString();
}

/** What a reader can give to others: a link on a page, a line of Python in a notebook. */
export function shared(figure: Element, session: Session): string {
  const words = session.write();
  const inNotebook = document.body.dataset.jpThemeLight !== undefined || window !== top;
  if (figure.id && !inNotebook) return linkTo(figure.id, words, location.href);
  return `live.playground(state="${new URLSearchParams(words)}")`;
}

/** What a link cannot bring back, as a sentence; nothing if it can. */
export function unshareable(session: Session): string {
  return session.moves <= MOST_STEPS
    ? ""
    : `A link replays every step, at most ${MOST_STEPS.toLocaleString("en")}; this game has ` +
      `${session.moves.toLocaleString("en")}.`;
}
