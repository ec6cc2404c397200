import { defineConfig, type Options } from 'tsup';

type Config = ReturnType<typeof defineConfig>;

/** Set to build without declarations: `npm start` needs none, and they are most of the build time. */
const withoutTypes = process.env.NEURONSEEK_BUILD === 'js';

/** The one build of every published package: ESM and CJS, shared chunks between entries, types for both. */
export function library(entry: string[], options: Options = {}): Config {
  return defineConfig({
    entry,
    format: ['esm', 'cjs'],
    tsconfig: '../../tsconfig.build.json',
    target: 'node20',
    platform: 'neutral',
    splitting: true,
    sourcemap: true,
    clean: true,
    removeNodeProtocol: false,
    // tsup 8.5 sets baseUrl for its declaration build, which TypeScript 6 refuses without this.
    dts: withoutTypes ? false : { compilerOptions: { ignoreDeprecations: '6.0' } },
    ...options,
  });
}
