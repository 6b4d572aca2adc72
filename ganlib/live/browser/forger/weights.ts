/**
 * From a name to a network's weights, when a reader asks for them.
 *
 * A script that no browser runs, `<script type="application/octet-stream;base64"
 * data-ganlib-weights=NAME>`, either holds the file's bytes in base64, as in a notebook,
 * or names with `data-src` a script that does, as in the book's pages. A script, because
 * pages opened from a file may load scripts and nothing else.
 */

import { fromBase64 } from "../shared/base64.ts";

declare global {
  /** Where the scripts that `data-src` names leave what they bring, by network. */
  var ganlibWeights: Record<string, string> | undefined;
}

/** The bytes of the published file; fails in a sentence. */
export async function loadWeights(name: string): Promise<Uint8Array> {
  const holder = findHolder(name);
  const address = holder.dataset.src;
  return fromBase64(address ? await viaScript(name, address) : holder.textContent ?? "");
}

/** Whether loading these weights takes a request. */
export function areElsewhere(name: string): boolean {
  return Boolean(findHolder(name).dataset.src);
}

function findHolder(name: string): HTMLScriptElement {
  const selector = `script[data-ganlib-weights="${CSS.escape(name)}"]`;
  const holder = document.querySelector<HTMLScriptElement>(selector);
  if (!holder) throw new Error(`this page brings no weights of ${name}.`);
  return holder;
}

function viaScript(name: string, address: string): Promise<string> {
  const script = document.createElement("script");
  script.src = address;
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      script.remove();
      const text = globalThis.ganlibWeights?.[name];
      if (text) resolve(text);
      else reject(new Error(`the weights did not arrive from ${address}: try again.`));
    };
    script.onload = script.onerror = settle;
    document.head.append(script);
  });
}
