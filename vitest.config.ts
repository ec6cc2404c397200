import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const packages = fileURLToPath(new URL('./packages/', import.meta.url));

export default defineConfig({
  resolve: {
    // Tests run on sources: no build, no build order.
    alias: [
      { find: /^@neuronseek\/([^/]+)$/, replacement: `${packages}$1/src/index.ts` },
      { find: /^@neuronseek\/([^/]+)\/([^/]+)$/, replacement: `${packages}$1/src/$2/index.ts` },
    ],
  },
  test: {
    include: ['packages/*/{src,test}/**/*.test.ts', 'scripts/**/*.test.ts'],
    setupFiles: ['packages/testkit/src/setup.ts'],
    // Loading the test libraries costs more than most suites: one module graph a worker, shared by its files.
    isolate: false,
    // Threads of tests import modules by themselves, past vitest.
    execArgv: ['--import', new URL('./scripts/tsx-in-threads.mjs', import.meta.url).href],
    // Where a machine wants to count the tests, it names a file for them.
    reporters: process.env.VITEST_JSON ? ['default', ['json', { outputFile: process.env.VITEST_JSON }]] : ['default'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
