/**
 * Build what the pages load: kernels to out/NAME.wasm, each entry to ../built/NAME.js,
 * and the still pictures for readers without scripts.
 *
 *     npm ci && npm run build
 *
 * The built files are committed, so that reading and building the book need no Node; a
 * test of the project builds them again and compares every byte.
 */

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Plugin, transform } from "esbuild";
import { compile, newKernels } from "./engine/kernels.ts";
import { STILLS } from "./figures/stills.ts";
import { PRESETS } from "./playground/settings.ts";
import { still } from "./playground/still.ts";

const HERE = import.meta.dirname;
const OUT = resolve(process.argv[2] ?? join(HERE, "..", "built"));
const ENTRIES = ["playground", "watch", "figures", "forger"];
/** Modules by their source in kernels/: a page carries only the one that its figure calls. */
const KERNELS = { index: "kernels", image: "image" };

function compileKernels(source: string, name: string): void {
  // Whole or not at all: tests that run beside this read the modules.
  const partial = join(HERE, "out", `${name}.${process.pid}.wasm`);
  const compiler = join(HERE, "node_modules", "assemblyscript", "bin", "asc.js");
  execFileSync(process.execPath, [
    compiler, join(HERE, "kernels", `${source}.ts`),
    "--outFile", partial,
    "--runtime", "stub",
    "--enable", "simd",
    "--optimizeLevel", "3",
    "--converge",
    "--noAssert",
  ], { stdio: "inherit" });
  renameSync(partial, join(HERE, "out", `${name}.wasm`));
}

/** Style sheets become text, without comments and blanks. */
const styles: Plugin = {
  name: "styles",
  setup(bundler) {
    bundler.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), {
        loader: "css", minify: true, target: "es2022",
      });
      return { contents: code, loader: "text" };
    });
  },
};

async function bundle(entry: string): Promise<void> {
  const result = await build({
    entryPoints: [join(HERE, entry, "index.ts")],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    loader: { ".wasm": "binary" },
    plugins: [styles],
  });
  const code = result.outputFiles[0].contents;
  writeFileSync(join(OUT, `${entry}.js`), code);
  const kilobytes = (gzipSync(code, { level: 9 }).length / 1000).toFixed(1);
  console.log(`${entry}.js: ${kilobytes} KB gzipped`);
}

async function drawStills(): Promise<void> {
  const module = await compile(readFileSync(join(HERE, "out", "kernels.wasm")));
  for (const [name, { steps }] of Object.entries(PRESETS)) {
    const picture = still(() => newKernels(module), name, steps);
    writeFileSync(join(OUT, `${name}.png`), picture);
  }
  for (const [name, picture] of Object.entries(STILLS)) {
    writeFileSync(join(OUT, `${name}.svg`), picture);
  }
}

mkdirSync(join(HERE, "out"), { recursive: true });
mkdirSync(OUT, { recursive: true });
for (const [source, name] of Object.entries(KERNELS)) compileKernels(source, name);
for (const entry of ENTRIES) await bundle(entry);
await drawStills();
