import { fc, test } from '@fast-check/vitest';
import { data, expectClose } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { ones, tensor } from '../../src/core/create.js';
import { convolve, correlate } from '../../src/core/ops/conv-vectors.js';
import { slice } from '../../src/core/ops/slice.js';
import type { Tensor } from '../../src/core/tensor.js';
import { arrange, arrangement } from '../support/arrange.js';
import { elements } from '../support/elements.js';
import { loose } from '../support/loose.js';

const vector: fc.Arbitrary<Tensor> = fc
  .integer({ min: 1, max: 6 })
  .chain((n) => fc.tuple(data({ shape: [n] }), arrangement(1)).map(([x, how]) => arrange(x, how)));

/** Σ a[i]·v[k − i] for every k at which there is a product. */
function full(a: number[], v: number[]): number[] {
  return Array.from({ length: a.length + v.length - 1 }, (_, k) =>
    a.reduce((t, x, i) => (k - i >= 0 && k - i < v.length ? t + x * v[k - i] : t), 0),
  );
}

// Two sums of at most 6 products of at most 100.
const tolerance = { factor: 12, scale: 600 };

describe('convolve', () => {
  test.prop([vector, vector])('is the product of polynomials, and of its middle', (a, v) => {
    const all = full(elements(a), elements(v));
    const [n, m] = [a.size, v.size].sort((p, q) => p - q);
    expectClose(elements(convolve(a, v)), all, tolerance);
    expectClose(elements(convolve(a, v, { mode: 'valid' })), all.slice(n - 1, m), tolerance);
    const start = Math.floor((n - 1) / 2);
    expectClose(elements(convolve(a, v, { mode: 'same' })), all.slice(start, start + m), tolerance);
  });

  test.prop([vector, vector, fc.constantFrom('full' as const, 'valid' as const)])(
    'with a reversed vector is correlation',
    (a, v, mode) => {
      const y = convolve(a, slice(v, [{ step: -1 }]), { mode });
      expectClose(elements(correlate(a, v, { mode })), elements(y), tolerance);
    },
  );
});

describe('both', () => {
  it('give what NumPy gives', () => {
    const [a, v] = [tensor([1, 2, 3]), tensor([0, 1, 0.5])];
    expect(convolve(a, v).toArray()).toEqual([0, 1, 2.5, 4, 1.5]);
    expect(convolve(a, v, { mode: 'same' }).toArray()).toEqual([1, 2.5, 4]);
    expect(convolve(a, v, { mode: 'valid' }).toArray()).toEqual([2.5]);
    expect(correlate(a, v).toArray()).toEqual([3.5]);
    expect(correlate(a, v, { mode: 'same' }).toArray()).toEqual([2, 3.5, 3]);
    expect(correlate(a, v, { mode: 'full' }).toArray()).toEqual([0.5, 2, 3.5, 3, 0]);
    // Sizes even and odd, the shorter one first and second.
    const [p, q] = [tensor([1, 2, 3, 4, 5]), tensor([1, 10])];
    expect(convolve(p, q, { mode: 'same' }).toArray()).toEqual([1, 12, 23, 34, 45]);
    expect(correlate(p, q, { mode: 'same' }).toArray()).toEqual([10, 21, 32, 43, 54]);
    expect(correlate(q, p, { mode: 'same' }).toArray()).toEqual([54, 43, 32, 21, 10]);
    expect(correlate(q, p).toArray()).toEqual([54, 43, 32, 21]);
  });

  it.each<[string, Parameters<typeof loose>[0], unknown[], ErrorConstructor, string]>([
    [
      'an empty vector',
      'convolve',
      [ones([2]), ones([0])],
      RangeError,
      'convolve: needs two vectors that are not empty: a is [2], v is [0]',
    ],
    [
      'a matrix',
      'correlate',
      [ones([2, 2]), ones([2])],
      RangeError,
      'correlate: needs two vectors that are not empty: a is [2, 2], v is [2]',
    ],
    [
      'another mode',
      'convolve',
      [ones([2]), ones([2]), { mode: 'half' }],
      RangeError,
      'convolve: mode must be full, same or valid, got half',
    ],
    [
      'a mode without a name',
      'convolve',
      [ones([2]), ones([2]), 'full'],
      TypeError,
      "convolve: options must be an object, got 'full'",
    ],
  ])('refuse %s', (_what, name, args, kind, message) => {
    expect(() => loose(name)(...args)).toThrow(new kind(message));
  });
});
