import { rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { defineConfig, type Options } from 'tsup';

type Config = ReturnType<typeof defineConfig>;
type Plugin = NonNullable<Options['plugins']>[number];
type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];

/** What differs between the packages. */
export interface LibraryOptions {
  /** Files that Node runs and nobody imports: built as ESM only, without declarations. Default: none. */
  readonly programs?: readonly string[];
  /** Default: neutral, for Node and browsers alike. */
  readonly platform?: 'neutral' | 'node';
  /**
   * Modules that other modules stand in for, both named without extension, in a second ESM build that goes to dist/browser. It has the same names and
   * needs no declarations of its own. Default: no second build.
   */
  readonly browser?: Readonly<Record<string, string>>;
}

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

/** Loads other modules in place of those named. */
function standIns(modules: Readonly<Record<string, string>>): EsbuildPlugin {
  return {
    name: 'stand-ins',
    setup({ onResolve }) {
      onResolve({ filter: /^[.]/ }, ({ path, resolveDir }) => {
        const name = modules[basename(path, '.js')];
        return name === undefined ? undefined : { path: join(resolveDir, dirname(path), `${name}.ts`) };
      });
    },
  };
}

/** The one build of every published package: ESM and CJS, shared chunks between entries, types for both. */
export function library(
  entry: readonly string[],
  { programs = [], platform = 'neutral', browser }: LibraryOptions = {},
): Config {
  // Not tsup's `clean`: it leaves declarations of earlier builds behind, and two builds into one folder would clean up after each other.
  rmSync('dist', { recursive: true, force: true });
  const common: Options = {
    clean: false,
    silent: true,
    tsconfig: '../../tsconfig.build.json',
    target: 'node20',
    platform,
    // Shared chunks, so that no two entries of a package bring an engine of their own.
    splitting: true,
    // For its side effect on CJS: without it tsup lets sucrase write the chunks, which turns every `??` into a call with a closure.
    treeshake: true,
    plugins: [oneSourceMapComment],
    // Else Rollup writes code for it that loads node:url by a name made at run time. Sources that ask for it know that CommonJS has none.
    esbuildOptions: (options, { format }) => {
      if (format === 'cjs') options.define = { ...options.define, 'import.meta.url': 'undefined' };
    },
    sourcemap: true,
    removeNodeProtocol: false,
    // tsup 8.5 sets baseUrl for its declaration build, which TypeScript 6 refuses without this.
    dts: withoutTypes ? false : { entry: [...entry], compilerOptions: { ignoreDeprecations: '6.0' } },
  };
  if (browser !== undefined) {
    return defineConfig([
      { ...common, format: ['esm', 'cjs'], entry: [...entry] },
      {
        ...common,
        format: ['esm'],
        entry: [...entry],
        outDir: 'dist/browser',
        dts: false,
        esbuildPlugins: [standIns(browser)],
      },
    ]);
  }
  if (programs.length === 0) return defineConfig({ ...common, format: ['esm', 'cjs'], entry: [...entry] });
  return defineConfig([
    { ...common, format: ['esm'], entry: [...entry, ...programs] },
    { ...common, format: ['cjs'], entry: [...entry] },
  ]);
}
