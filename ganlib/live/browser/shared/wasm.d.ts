/** What esbuild's binary loader makes of a module: its bytes. */
declare module "*.wasm" {
  const bytes: Uint8Array;
  export default bytes;
}

/** What esbuild's text loader makes of a style sheet. */
declare module "*.css" {
  const text: string;
  export default text;
}
