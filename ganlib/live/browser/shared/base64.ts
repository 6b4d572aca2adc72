/** Bytes that travel as text: weights of a network, a frame of a training. */

/** The bytes of a base64 text; white space around it does not matter. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
}
