import { fc, test } from '@fast-check/vitest';
import { expectSameBits, shape } from '@neuronseek/testkit';
import { describe } from 'vitest';
import { select } from './index.js';

const order = 3;
const strides = fc.array(fc.integer({ min: -3, max: 4 }), { minLength: order, maxLength: order });

/** Where the lowest addressed element must start, and how long the buffer must be. */
function room(shape: readonly number[], strides: readonly number[]): { offset: number; length: number } {
  const reach = shape.map((n, axis) => Math.max(n - 1, 0) * strides[axis]);
  const offset = -reach.reduce((total, r) => total + Math.min(r, 0), 0);
  return { offset, length: offset + reach.reduce((total, r) => total + Math.max(r, 0), 0) + 1 };
}

describe('select', () => {
  test.prop([shape({ minOrder: order, maxOrder: order, maxSize: 4 }), strides, strides, strides])(
    'reads each operand through its own strides',
    (sizes, ms, as, bs) => {
      const [m, a, b] = [ms, as, bs].map((s) => room(sizes, s));
      const mask = Uint8Array.from({ length: m.length }, (_, i) => Number((i * 7) % 3 === 0));
      const left = Float64Array.from({ length: a.length }, (_, i) => i + 0.5);
      const right = Float64Array.from({ length: b.length }, (_, i) => (i % 5 === 0 ? Number.NaN : -i));
      let index: number[][] = [[]];
      for (const n of sizes) index = index.flatMap((at) => Array.from({ length: n }, (_, i) => [...at, i]));
      const place = (at: readonly number[], s: readonly number[], offset: number): number =>
        at.reduce((sum, i, axis) => sum + i * s[axis], offset);
      const expected = index.map((at) =>
        mask[place(at, ms, m.offset)] === 1 ? left[place(at, as, a.offset)] : right[place(at, bs, b.offset)],
      );
      const out = new Float64Array(expected.length + 1).fill(9);
      select(out, mask, m.offset, ms, left, a.offset, as, right, b.offset, bs, sizes);
      expectSameBits(out, [...expected, 9]);
    },
  );
});
