/**
 * Runs a benchmark as one bundled file: `node bundled.mjs overhead.ts`. tfjs needs that: its gradients are registered by a module that Node
 * cannot load as it is published, and must meet the same copy of the package as the rest. A tsconfig may follow whose paths say where packages
 * are: with the one of the root they are bundled from their sources.
 */
import { mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [script, tsconfig] = process.argv.slice(2);
const here = fileURLToPath(new URL('.', import.meta.url));
const outfile = fileURLToPath(
  new URL(`../node_modules/.cache/benchmarks/${basename(script, '.ts')}.mjs`, import.meta.url),
);
mkdirSync(new URL('../node_modules/.cache/benchmarks/', import.meta.url), { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: [script],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  ...(tsconfig === undefined ? {} : { tsconfig }),
  mainFields: ['module', 'main'],
  logLevel: 'error',
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url), __dirname = import.meta.dirname;",
  },
});
process.chdir(here);
await import(pathToFileURL(outfile).href);
