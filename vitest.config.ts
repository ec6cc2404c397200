import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const packages = fileURLToPath(new URL('./packages/', import.meta.url));

const project = (name: string, folder: string) => ({
  extends: true as const,
  test: { name, include: [`${folder}/**/*.test.ts`] },
});

export default defineConfig({
  resolve: {
    // Tests run on sources: no build, no build order.
    alias: [
      { find: /^@neuronseek\/([^/]+)$/, replacement: `${packages}$1/src/index.ts` },
      { find: /^@neuronseek\/([^/]+)\/([^/]+)$/, replacement: `${packages}$1/src/$2/index.ts` },
    ],
  },
  test: {
    // Files that share a worker share its memory, and what the test libraries keep of ten thousand tests is gigabytes: sources and tests of each package have workers of their own.
    projects: [
      ...readdirSync(packages).flatMap((name) =>
        ['src', 'test'].map((part) => project(`${name}/${part}`, `packages/${name}/${part}`)),
      ),
      project('scripts', 'scripts'),
      project('benchmarks', 'benchmarks'),
    ],
    setupFiles: ['packages/testkit/src/setup.ts'],
    // Loading the test libraries costs more than most suites: one module graph a worker, shared by its files.
    isolate: false,
    // Threads of tests import modules by themselves, past vitest.
    execArgv: ['--max-old-space-size=4096', '--import', new URL('./scripts/tsx-in-threads.mjs', import.meta.url).href],
    // Where a machine wants to count the tests, it names a file for them.
    reporters: process.env.VITEST_JSON ? ['default', ['json', { outputFile: process.env.VITEST_JSON }]] : ['default'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
