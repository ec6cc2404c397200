import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { expect } from 'vitest';
import { currentEngine } from '../../wasm/engine.js';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { makeCholeskyBlocked } from './blocked.js';
import { choose } from './index.js';

const usual = makeCholeskyBlocked(wasmRuntime);
const others = [
  makeCholeskyBlocked(createRuntime(() => undefined)),
  makeCholeskyBlocked(createRuntime(currentEngine, 32)),
];

test.prop([fc.constantFrom(1, 31, 32, 33, 63, 64, 95, 130, 165), fc.nat(1000), fc.boolean()], { numRuns: 25 })(
  'the blocks give the same bits with vectors, without an engine and without memory',
  (n, seed, failing) => {
    const a = new Float64Array(n * n + 2).fill(7);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) a[1 + i * n + j] = i === j ? n : Math.sin(seed + 12.9898 * j + 78.233 * i);
    }
    if (failing) a[1 + (seed % n) * (n + 1)] = seed % 2 === 0 ? -1 : Number.NaN;
    const expected = a.slice();
    const status = usual(n, expected, 1);
    // The first product of a process takes the scratch that it keeps; everything else is given back.
    const used = wasmRuntime.used();
    expect(usual(n, a.slice(), 1)).toBe(status);
    expect(status).toBe(failing ? seed % n : -1);
    expect([expected[0], expected[n * n + 1]]).toEqual([7, 7]);
    for (const factor of others) {
      const received = a.slice();
      expect(factor(n, received, 1)).toBe(status);
      // The factor, and the pivot that failed; behind it everything is unspecified.
      const count = failing ? status * n + status : n * n;
      expectSameBits(received.subarray(1, 1 + count), expected.subarray(1, 1 + count));
      if (failing) expect(received[1 + count]).toBe(expected[1 + count]);
    }
    expect(wasmRuntime.used()).toBe(used);
  },
);

test('blocks are chosen by size', () => {
  expect([choose({ n: 47 }), choose({ n: 48 })]).toEqual(['scalar', 'blocked']);
});
