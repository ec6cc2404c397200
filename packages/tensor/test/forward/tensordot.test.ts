import { fc, test } from '@fast-check/vitest';
import { data, expectClose, expectSameBits, shape } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { mul } from '../../src/core/ops/arithmetic.js';
import { prod } from '../../src/core/ops/prod.js';
import { cumprod, cumsum } from '../../src/core/ops/scan.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { all, any, countNonzero } from '../../src/core/ops/truth.js';
import { Tensor } from '../../src/core/tensor.js';
import { someAxes } from '../ops/op-case.js';
import { arrange, arrangement } from '../support/arrange.js';
import { at, elements, fromData, indices } from '../support/elements.js';
import { stridedTensor } from '../support/strided.js';

const small = { maxOrder: 3, maxSize: 4 };

/** The elements that fall together when `axes` are reduced, in row-major order of the result. */
function groups(x: Tensor, axes: readonly number[]): number[][] {
  const pick = (within: boolean): number[] => x.shape.map((n, axis) => (axes.includes(axis) === within ? n : 1));
  return indices(pick(false)).map((base) =>
    indices(pick(true)).map((inside) =>
      at(
        x,
        base.map((i, axis) => i + inside[axis]),
      ),
    ),
  );
}

const reduced = stridedTensor('float64', small, { min: -3, max: 3, special: [0, -0, Number.NaN] }).chain((x) =>
  fc.tuple(fc.constant(x), someAxes(x.order)),
);

describe('prod, any, all and countNonzero', () => {
  test.prop([reduced])('fold each group by their definition', ([x, axes]) => {
    const parts = groups(x, axes);
    const scale = Math.max(1, ...parts.map((g) => Math.abs(g.reduce((p, v) => p * v, 1)) || 0));
    const products = parts.map((g) => g.reduce((p, v) => p * v, 1));
    // At most 64 factors, one rounding each, whatever the order.
    expectClose(elements(prod(x, { axes })), products, { factor: 64, scale });
    expect(elements(any(x, { axes }))).toEqual(parts.map((g) => Number(g.some((v) => v !== 0))));
    expect(elements(all(x, { axes }))).toEqual(parts.map((g) => Number(g.every((v) => v !== 0))));
    expect(elements(countNonzero(x, { axes }))).toEqual(parts.map((g) => g.filter((v) => v !== 0).length));
    expect([any, all, countNonzero].map((f) => f(x, { axes, keepDims: true }).dtype)).toEqual([
      'bool',
      'bool',
      'int32',
    ]);
    expect(prod(x, { axes, keepDims: true }).shape).toEqual(x.shape.map((n, i) => (axes.includes(i) ? 1 : n)));
  });

  it('of nothing are 1, false, true and 0; dtypes as for sum', () => {
    const none = zeros([0]);
    expect([prod(none).item(), any(none).toArray(), all(none).toArray(), countNonzero(none).item()]).toEqual([
      1,
      false,
      true,
      0,
    ]);
    expect(prod(zeros([2, 0]), { axes: 1 }).toArray()).toEqual([1, 1]);
    expect(prod(tensor([true, true])).dtype).toBe('int32');
    expect(prod(tensor(Float32Array.of(2, 3))).dtype).toBe('float32');
    // 100003⁴ mod 2³².
    expect(prod(tensor(Int32Array.of(100003, 100003, 100003, 100003))).item()).toBe(
      Number(BigInt.asIntN(32, 100003n ** 4n)),
    );
  });

  test.prop([fc.array(fc.constantFrom(0, 2, -3, 0.5), { maxLength: 6 })])(
    'the gradient of a product is the product of the others, with any number of zeros',
    (values) => {
      const x = fromData({ shape: [values.length], data: Float64Array.from(values) });
      const others = (skip: readonly number[]): number => values.reduce((p, v, i) => (skip.includes(i) ? p : p * v), 1);
      // All factors are small binary fractions: everything is exact.
      expectClose(
        elements(grad((t: Tensor) => prod(t))(x)),
        values.map((_, i) => others([i])),
        { factor: 0 },
      );
      const second = grad((t: Tensor) => sum(grad((s: Tensor) => prod(s))(t)))(x);
      const expected = values.map((_, i) =>
        values.reduce((total, _v, j) => (i === j ? total : total + others([i, j])), 0),
      );
      expectClose(elements(second), expected, { factor: 0 });
    },
  );
});

describe('cumsum and cumprod', () => {
  const operand = shape({ ...small, minOrder: 1 }).chain((sizes) =>
    fc.record({
      x: fc
        .tuple(data({ shape: sizes, min: -3, max: 3 }), arrangement(sizes.length))
        .map(([d, how]) => arrange(d, how)),
      axis: fc.integer({ min: -sizes.length, max: sizes.length - 1 }),
      reverse: fc.boolean(),
    }),
  );

  test.prop([operand])('run along the axis, from either end', ({ x, axis, reverse }) => {
    const along = (axis + x.order) % x.order;
    for (const [f, step] of [
      [cumsum, (a: number, b: number) => a + b],
      [cumprod, (a: number, b: number) => a * b],
    ] as const) {
      const y = f(x, { axis, reverse });
      expect(y.shape).toEqual(x.shape);
      const expected = indices(x.shape).map((index) => {
        const end = reverse ? x.shape[along] - 1 : 0;
        const move = reverse ? -1 : 1;
        const start = index.map((i, k) => (k === along ? end : i));
        let total = at(x, start);
        for (let i = end; i !== index[along]; i += move) {
          total = step(
            total,
            at(
              x,
              index.map((v, k) => (k === along ? i + move : v)),
            ),
          );
        }
        return total;
      });
      expectSameBits(elements(y), expected);
    }
  });

  test.prop([fc.array(fc.constantFrom(0, 2, -3, 0.5), { maxLength: 6 }), fc.boolean()])(
    'the gradient of cumprod has no trouble with zeros',
    (values, reverse) => {
      const x = fromData({ shape: [values.length], data: Float64Array.from(values) });
      const weights = values.map((_, j) => j + 1);
      const w = fromData({ shape: [values.length], data: Float64Array.from(weights) });
      const expected = values.map((_, i) =>
        weights.reduce((total, weight, j) => {
          const [from, to] = reverse ? [j, values.length - 1] : [0, j];
          if (i < from || i > to) return total;
          const others = values.slice(from, to + 1).reduce((p, v, k) => (k + from === i ? p : p * v), 1);
          return total + weight * others;
        }, 0),
      );
      expectClose(elements(grad((t: Tensor) => sum(mul(w, cumprod(t, { reverse }))))(x)), expected, { factor: 0 });
    },
  );

  it('dtypes: bool counts, int32 wraps, float32 is rounded once', () => {
    expect(cumsum(tensor([true, false, true])).dtype).toBe('int32');
    expect(cumsum(tensor([true, false, true])).toArray()).toEqual([1, 1, 2]);
    expect(cumsum(tensor(Int32Array.of(2 ** 31 - 1, 1, 1))).toArray()).toEqual([
      2 ** 31 - 1,
      -(2 ** 31),
      -(2 ** 31) + 1,
    ]);
    expect(cumprod(tensor(Int32Array.of(65537, 65537, 65537))).toArray()).toEqual(
      [65537n, 65537n ** 2n, 65537n ** 3n].map((v) => Number(BigInt.asIntN(32, v))),
    );
    const tenths = new Float32Array(1000).fill(0.1);
    expect(cumsum(new Tensor(tenths, 'float32', [1000])).data[999]).toBe(Math.fround(Math.fround(0.1) * 1000));
    expect(() => cumsum(tensor(1))).toThrow(new RangeError('cumsum: axis -1 is out of range for a tensor of order 0'));
  });
});
