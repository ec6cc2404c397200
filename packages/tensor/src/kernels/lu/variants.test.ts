import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { expect } from 'vitest';
import { currentEngine } from '../../wasm/engine.js';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { makeLuBlocked } from './blocked.js';
import { choose } from './index.js';

const usual = makeLuBlocked(wasmRuntime);
const others = [makeLuBlocked(createRuntime(() => undefined)), makeLuBlocked(createRuntime(currentEngine, 32))];

const kinds = fc.constantFrom('regular', 'singular', 'special');

test.prop([fc.constantFrom(1, 31, 32, 33, 63, 64, 95, 130, 165), fc.nat(1000), kinds], { numRuns: 25 })(
  'the blocks give the same bits with vectors, without an engine and without memory',
  (n, seed, kind) => {
    const a = Float64Array.from({ length: n * n + 2 }, (_, i) => Math.sin(seed + 1.3 * i + ((i * i) % 11)));
    const column = seed % n;
    if (kind === 'singular') for (let i = 0; i < n; i++) a[1 + i * n + column] = 0;
    if (kind === 'special')
      for (let i = 0; i < n; i++) a[1 + ((7 * i * i) % (n * n))] = [Number.NaN, Infinity, -0][i % 3];
    const [expected, pivots] = [a.slice(), new Int32Array(n + 1)];
    const status = usual(n, expected, 1, pivots, 1);
    // The first product of a process takes the scratch that it keeps; everything else is given back.
    const used = wasmRuntime.used();
    expect(usual(n, a.slice(), 1, new Int32Array(n + 1), 1)).toBe(status);
    if (kind === 'singular') expect(status).toBe(column);
    expect([expected[0], expected[n * n + 1]]).toEqual([a[0], a[n * n + 1]]);
    const bits = (x: Float64Array): Float64Array => x.map((value) => (Number.isNaN(value) ? 1 : value));
    for (const factor of others) {
      const [received, order] = [a.slice(), new Int32Array(n + 1)];
      expect(factor(n, received, 1, order, 1)).toBe(status);
      expectSameBits(bits(received), bits(expected));
      expect(order).toEqual(pivots);
    }
    expect(wasmRuntime.used()).toBe(used);
  },
);

test('blocks are chosen by size', () => {
  expect([choose({ n: 31 }), choose({ n: 32 })]).toEqual(['scalar', 'blocked']);
});
