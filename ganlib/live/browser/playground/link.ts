/** Links that bring back a state: ?live=NAME&preset=…&log=…#NAME, and how to read them. */

/** The words of this page's address if they are meant for the figure called `name`. */
export function wordsFor(name: string, address: string): Record<string, string> | null {
  const words = Object.fromEntries(new URL(address).searchParams);
  if (words.live !== name) return null;
  delete words.live;
  return words;
}

/** This page's address with the words for the figure called `name`. */
export function linkTo(name: string, words: Record<string, string>, address: string): string {
  const link = new URL(address);
  link.search = new URLSearchParams({ live: name, ...words }).toString();
  link.hash = name;
  return link.toString();
}
