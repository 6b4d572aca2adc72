/** The arrow keys, for all that is moved by them. */

type Arrow = readonly [right: number, up: number];

const ARROWS: Readonly<Record<string, Arrow>> = {
  ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1],
};

type Modifiers = Pick<KeyboardEvent, "altKey" | "ctrlKey" | "metaKey">;

/** Whether a press is the browser's or the system's: Alt and an arrow go a page back. */
export function isModified({ altKey, ctrlKey, metaKey }: Modifiers): boolean {
  return altKey || ctrlKey || metaKey;
}

/** Where an arrow key points; null for any other key, and with Alt, Ctrl or Meta. */
export function arrowOf(event: Modifiers & Pick<KeyboardEvent, "key">): Arrow | null {
  return isModified(event) ? null : ARROWS[event.key] ?? null;
}
