import { readFile, writeFile } from 'node:fs/promises';
import { defineConfig, type Options } from 'tsup';

type Config = ReturnType<typeof defineConfig>;
type Plugin = NonNullable<Options['plugins']>[number];

/** Set to build without declarations: `npm start` needs none, and they are most of the build time. */
const withoutTypes = process.env.NEURONSEEK_BUILD === 'js';

/** Rollup and tsup each end a file with the address of its source map; one is enough. */
const oneSourceMapComment: Plugin = {
  name: 'one-source-map-comment',
  async buildEnd({ writtenFiles }) {
    for (const { name } of writtenFiles) {
      if (!/[.]c?js$/.test(name)) continue;
      const code = await readFile(name, 'utf8');
      await writeFile(name, code.replace(/(\n\/\/# sourceMappingURL=\S+)\1\s*$/, '$1\n'));
    }
  },
};

/** The one build of every published package: ESM and CJS, shared chunks between entries, types for both. */
export function library(entry: string[], options: Options = {}): Config {
  return defineConfig({
    entry,
    format: ['esm', 'cjs'],
    tsconfig: '../../tsconfig.build.json',
    target: 'node20',
    platform: 'neutral',
    // Shared chunks, so that no two entries of a package bring an engine of their own.
    splitting: true,
    // For its side effect on CJS: without it tsup lets sucrase write the chunks, which turns every `??` into a call with a closure.
    treeshake: true,
    plugins: [oneSourceMapComment],
    sourcemap: true,
    clean: true,
    silent: true,
    removeNodeProtocol: false,
    // tsup 8.5 sets baseUrl for its declaration build, which TypeScript 6 refuses without this.
    dts: withoutTypes ? false : { compilerOptions: { ignoreDeprecations: '6.0' } },
    ...options,
  });
}
