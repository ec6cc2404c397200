import { fc, test } from '@fast-check/vitest';
import { expectClose, expectSameBits, value } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { argmaxFold, argminFold, type Fold, maxFold, minFold, prodFold, reduce, sumFold } from './index.js';

const special = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Values laid out with a stride of either sign, NaN in between. */
function spread(values: readonly number[], stride: number): { x: Float64Array; offset: number } {
  const step = Math.abs(stride);
  const x = new Float64Array(Math.max(values.length * step, 1)).fill(Number.NaN);
  values.forEach((v, i) => {
    x[(stride > 0 ? i : values.length - 1 - i) * step] = v;
  });
  return { x, offset: stride > 0 ? 0 : Math.max(values.length - 1, 0) * step };
}

const strides = fc.constantFrom(1, 2, 5, -1, -3);
const finite = fc.array(value({ min: -9, max: 9 }), { maxLength: 40 });
const some = fc.array(value({ min: -9, max: 9, special }), { minLength: 1, maxLength: 12 });

/** First place whose value no other beats, or the first NaN. */
function first(values: readonly number[], beats: (a: number, b: number) => boolean): number {
  const nan = values.findIndex(Number.isNaN);
  return nan >= 0 ? nan : values.findIndex((v) => !values.some((other) => beats(other, v)));
}

describe('folds', () => {
  const fold = (f: Fold, values: readonly number[], stride: number): number => {
    const { x, offset } = spread(values, stride);
    return f(x, offset, stride, values.length);
  };

  test.prop([finite, strides])('sum and product of a few numbers', (values, stride) => {
    const size = values.reduce((total, v) => total + Math.abs(v), 0);
    const total = values.reduce((sum, v) => sum + v, 0);
    expectClose([fold(sumFold, values, stride)], [total], { factor: values.length, scale: size });
    expect(fold(prodFold, values, stride)).toBe(values.reduce((p, v) => p * v, 1));
  });

  test('sums of integers are exact at every length around a block', () => {
    for (const n of [0, 1, 3, 4, 5, 127, 128, 129, 255, 256, 257, 383, 384, 385, 1000, 4097]) {
      const values = Array.from({ length: n }, (_, i) => i + 1);
      expect(fold(sumFold, values, 1)).toBe((n * (n + 1)) / 2);
      expect(fold(sumFold, values, -2)).toBe((n * (n + 1)) / 2);
    }
  });

  test.prop([some, strides])('extrema and where they first stand', (values, stride) => {
    const most = first(values, (a, b) => a > b);
    const least = first(values, (a, b) => a < b);
    expect(fold(argmaxFold, values, stride)).toBe(most);
    expect(fold(argminFold, values, stride)).toBe(least);
    expectClose([fold(maxFold, values, stride), fold(minFold, values, stride)], [values[most], values[least]], {
      factor: 0,
    });
  });
});

describe('reduce', () => {
  const problem = fc.record({
    shape: fc.array(fc.nat(3), { maxLength: 3 }),
    n: fc.nat(4),
    strides: fc.array(fc.integer({ min: -3, max: 5 }), { minLength: 3, maxLength: 3 }),
    stride: fc.integer({ min: -3, max: 5 }),
  });

  test.prop([problem])('folds along one axis for every place of the others', ({ shape, n, strides: all, stride }) => {
    const strides = all.slice(0, shape.length);
    const reach = [...strides.map((s, axis) => Math.max(shape[axis] - 1, 0) * s), Math.max(n - 1, 0) * stride];
    const offset = -reach.reduce((total, r) => total + Math.min(r, 0), 0);
    const length = offset + reach.reduce((total, r) => total + Math.max(r, 0), 0) + 1;
    const x = Float64Array.from({ length }, (_, i) => Math.sin(i));
    let bases = [offset];
    shape.forEach((size, axis) => {
      bases = bases.flatMap((base) => Array.from({ length: size }, (_, i) => base + i * strides[axis]));
    });
    const out = new Float64Array(bases.length + 1).fill(-1);
    reduce(prodFold, out, x, offset, shape, strides, n, stride);
    const expected = bases.map((base) => {
      let product = 1;
      for (let i = 0; i < n; i++) product *= x[base + i * stride];
      return product;
    });
    expectSameBits(out, [...expected, -1]);
  });

  test('rounds to the type of the output', () => {
    const out = new Int32Array(1);
    reduce(sumFold, out, Float64Array.of(1.5, 1.25), 0, [], [], 2, 1);
    expect(out[0]).toBe(2);
  });
});
