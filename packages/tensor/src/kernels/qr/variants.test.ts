import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { expect } from 'vitest';
import { currentEngine } from '../../wasm/engine.js';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { makeQrBlocked } from './blocked.js';
import { choose } from './index.js';
import { makeQrApply } from './qr-apply.js';
import { makeQrFormQ } from './qr-form-q.js';

const runtimes = [wasmRuntime, createRuntime(() => undefined), createRuntime(currentEngine, 32)];
const kernels = runtimes.map((runtime) => ({
  factor: makeQrBlocked(runtime),
  formQ: makeQrFormQ(runtime),
  apply: makeQrApply(runtime),
}));

const shapes = fc.constantFrom([1, 1], [32, 33], [33, 32], [64, 64], [97, 65], [65, 97], [130, 70]);

test.prop([shapes, fc.integer({ min: 0, max: 40 }), fc.nat(1000), fc.boolean()], { numRuns: 20 })(
  'the blocks give the same bits with vectors, without an engine and without memory',
  ([m, n], cols, seed, transpose) => {
    const count = Math.min(m, n);
    const numbers = (length: number): Float64Array =>
      Float64Array.from({ length }, (_, i) => Math.sin(seed + 1.3 * i + ((i * i) % 11)));
    const run = ({ factor, formQ, apply }: (typeof kernels)[number]): Float64Array[] => {
      const [a, taus, c] = [numbers(m * n + 2), numbers(count + 1), numbers(m * cols + 2)];
      const q = numbers(m * count + 2);
      factor(m, n, a, 1, taus, 1);
      formQ(m, n, count, a, 1, taus, 1, q, 1);
      apply(m, n, cols, a, 1, taus, 1, transpose, c, 1);
      return [a, taus, q, c];
    };
    run(kernels[0]);
    // The first product of a process takes the scratch that it keeps; everything else is given back.
    const used = wasmRuntime.used();
    const results = kernels.map(run);
    for (const result of results) result.forEach((array, i) => void expectSameBits(array, results[0][i]));
    const untouched = numbers(m * n + 2);
    expect([results[0][0][0], results[0][0].at(-1)]).toEqual([untouched[0], untouched.at(-1)]);
    expect(wasmRuntime.used()).toBe(used);
  },
);

test('blocks are chosen by size', () => {
  expect([choose({ m: 31, n: 99 }), choose({ m: 32, n: 32 })]).toEqual(['scalar', 'blocked']);
});
