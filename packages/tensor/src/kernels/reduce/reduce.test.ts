import { fc, test } from '@fast-check/vitest';
import { expectClose, expectSameBits, value } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  allFold,
  anyFold,
  argmaxFold,
  argminFold,
  countNonzeroFold,
  type Fold,
  maxFold,
  minFold,
  prodFold,
  reduce,
  reduceScalar,
  sumFold,
} from './index.js';

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

  test.prop([some, strides])('counting, any and all: NaN is not 0', (values, stride) => {
    const nonzero = values.filter((v) => v !== 0).length;
    expect(fold(countNonzeroFold, values, stride)).toBe(nonzero);
    expect(fold(anyFold, values, stride)).toBe(Number(nonzero > 0));
    expect(fold(allFold, values, stride)).toBe(Number(nonzero === values.length));
  });

  test('folds with an identity take nothing', () => {
    expect([sumFold, prodFold, anyFold, allFold, countNonzeroFold].map((f) => fold(f, [], 1))).toEqual([0, 1, 0, 1, 0]);
  });

  test('products of an Int32Array wrap around where doubles would round', () => {
    const x = Int32Array.of(2 ** 30 + 1, 2 ** 30 + 3, 5, -7);
    const exact = BigInt.asIntN(32, (2n ** 30n + 1n) * (2n ** 30n + 3n) * -35n);
    expect(prodFold(x, 0, 1, 4)).toBe(Number(exact));
  });

  test('sums of an Int32Array wrap around where doubles would round', () => {
    // 2²³ terms of almost 2³¹: the last digit of their sum is worth 2 in a double.
    const n = 2 ** 23 + 1;
    const x = new Int32Array(n).fill(2 ** 31 - 1);
    x[0] = 6;
    const exact = Number(BigInt.asIntN(32, 2n ** 23n * (2n ** 31n - 1n) + 6n));
    expect(sumFold(x, 0, 1, n)).toBe(exact);
    expect(sumFold(x, n - 1, -1, n)).toBe(exact);
    expect(sumFold(Int32Array.of(2 ** 31 - 1, 1), 0, 1, 2)).toBe(-(2 ** 31));
    // By rows: eight columns that all read the same.
    const outs = [reduce, reduceScalar].map((variant) => {
      const out = new Int32Array(8);
      variant(sumFold, out, x, 0, [8], [0], n, 1);
      return out;
    });
    expect(outs).toEqual([new Int32Array(8).fill(exact), new Int32Array(8).fill(exact)]);
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

  const wide = fc.record({
    n: fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 12, 127, 128, 129, 137, 256, 257, 300, 520),
    width: fc.constantFrom(8, 9, 255, 256, 257, 300),
    outer: fc.nat(2),
    step: fc.constantFrom(0, 1, 2, -1),
    backwards: fc.boolean(),
    seed: fc.nat(),
  });

  test.prop([wide], { numRuns: 60 })('by whole rows has the bits of one column after the other', (c) => {
    const row = c.width * Math.max(Math.abs(c.step), 1);
    const length = row * c.n * c.outer;
    const x = Float64Array.from({ length }, (_, i) => {
      const draw = (i * 2654435761 + c.seed) % 1009;
      return draw === 0 ? Number.NaN : draw < 9 ? special[draw % 5] : (draw - 500) * 10 ** (draw % 9);
    });
    // Columns and rows may both run backwards.
    const offset = (c.step < 0 ? (c.width - 1) * -c.step : 0) + (c.backwards ? (c.n - 1) * row : 0);
    const stride = c.backwards ? -row : row;
    const strides = [c.n * row, c.step];
    for (const f of [sumFold, maxFold, minFold]) {
      const outs = [reduce, reduceScalar].map((variant) => {
        const out = new Float64Array(c.outer * c.width + 1).fill(7);
        variant(f, out, x, offset, [c.outer, c.width], strides, c.n, stride);
        return out;
      });
      expectSameBits(outs[0], outs[1]);
    }
  });

  test('by whole rows takes rows of any width in pieces', () => {
    const [n, width] = [6, 4099];
    const x = Float64Array.from({ length: n * width }, (_, i) => ((i * 2654435761) % 1009) - 500);
    for (const f of [sumFold, maxFold, minFold]) {
      const outs = [reduce, reduceScalar].map((variant) => {
        const out = new Float64Array(width + 1).fill(7);
        variant(f, out, x, 0, [width], [1], n, width);
        return out;
      });
      expectSameBits(outs[0], outs[1]);
    }
  });

  test('by whole rows merges kept axes, leaves out those of size 1 and takes every type', () => {
    const x = Float32Array.from({ length: 6 * 24 }, (_, i) => Math.sin(i));
    for (const [shape, strides] of [
      [
        [2, 1, 12],
        [12, 99, 1],
      ],
      [
        [4, 1, 6],
        [6, 0, 1],
      ],
      [
        [3, 8],
        [1, 3],
      ],
    ]) {
      const outs = [reduce, reduceScalar].map((variant) => {
        const out = new Float32Array(24);
        variant(sumFold, out, x, 0, shape, strides, 6, 24);
        return out;
      });
      expectSameBits(outs[0], outs[1]);
    }
    const ints = new Int32Array(8);
    reduce(sumFold, ints, new Int32Array(24).fill(2 ** 31 - 1), 0, [8], [1], 3, 8);
    expect([...ints]).toEqual(new Array(8).fill(2 ** 31 - 3));
    reduce(sumFold, new Float64Array(0), new Float64Array(0), 0, [0, 8], [16, 1], 2, 8);
  });
});
