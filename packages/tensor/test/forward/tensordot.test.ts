import { fc, test } from '@fast-check/vitest';
import { data, expectClose, shape } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { arange, ones, tensor, zeros } from '../../src/core/create.js';
import { kron } from '../../src/core/ops/kron.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { outer } from '../../src/core/ops/outer.js';
import { reshape } from '../../src/core/ops/reshape.js';
import { broadcastTo, sum } from '../../src/core/ops/sum-broadcast.js';
import { inner, tensordot, vdot } from '../../src/core/ops/tensordot.js';
import { transpose } from '../../src/core/ops/transpose.js';
import type { Tensor } from '../../src/core/tensor.js';
import { vjp } from '../../src/core/vjp.js';
import { arrange, arrangement } from '../support/arrange.js';
import { at, elements, fromData, indices } from '../support/elements.js';
import { loose } from '../support/loose.js';

const arranged = (sizes: readonly number[]): fc.Arbitrary<Tensor> =>
  fc.tuple(data({ shape: sizes }), arrangement(sizes.length)).map(([x, how]) => arrange(x, how));
const anyTensor = (maxOrder: number, maxSize = 3): fc.Arbitrary<Tensor> => shape({ maxOrder, maxSize }).chain(arranged);

test.prop([anyTensor(2), anyTensor(3)])('outer is every product of two elements', (a, b) => {
  const y = outer(a, b);
  expect(y.shape).toEqual([a.size, b.size]);
  expect(elements(y)).toEqual(elements(a).flatMap((p) => elements(b).map((q) => p * q)));
});

describe('kron', () => {
  test.prop([anyTensor(3), anyTensor(3)])('is a[i]·b[j] at i·n + j along every axis', (a, b) => {
    const y = kron(a, b);
    const order = Math.max(a.order, b.order);
    const [left, right] = [a, b].map((x) => reshape(x, [...new Array<number>(order - x.order).fill(1), ...x.shape]));
    expect(y.shape).toEqual(left.shape.map((n, axis) => n * right.shape[axis]));
    for (const index of indices(y.shape)) {
      const i = index.map((k, axis) => Math.floor(k / right.shape[axis]));
      const j = index.map((k, axis) => k % right.shape[axis]);
      expect(at(y, index)).toBe(at(left, i) * at(right, j));
    }
  });

  test.prop([arranged([2, 3]), arranged([3, 2]), arranged([3, 2]), arranged([2, 4])])(
    'of products is the product of krons',
    (a, b, c, d) => {
      const left = matmul(kron(a, b), kron(c, d));
      // Sums of 6 products of four numbers up to 10, on both sides.
      expectClose(elements(left), elements(kron(matmul(a, c), matmul(b, d))), { factor: 16, scale: 6e4 });
    },
  );

  it('is that of NumPy: integers stay integers, orders may differ', () => {
    const y = kron(tensor([1, 10], undefined, { dtype: 'int32' }), tensor([[5, 6]], undefined, { dtype: 'int32' }));
    expect([y.dtype, y.toArray()]).toEqual(['int32', [[5, 6, 50, 60]]]);
  });
});

const shuffled = (n: number): fc.Arbitrary<number[]> => {
  const all = Array.from({ length: n }, (_, i) => i);
  return fc.shuffledSubarray(all, { minLength: n, maxLength: n });
};

/** Operands whose paired axes stand at random places: those in `left` of a and in `right` of b, in this order. */
const paired = fc
  .record({
    shared: shape({ maxOrder: 2, maxSize: 3 }),
    left: shape({ maxOrder: 2, maxSize: 3 }),
    right: shape({ maxOrder: 2, maxSize: 3 }),
  })
  .chain(({ shared, left, right }) =>
    fc.tuple(shuffled(shared.length + left.length), shuffled(shared.length + right.length)).chain(([p, q]) => {
      const placed = (places: number[], list: number[]): number[] => {
        const out = new Array<number>(list.length);
        list.forEach((n, k) => {
          out[places[k]] = n;
        });
        return out;
      };
      return fc.record({
        a: arranged(placed(p, [...shared, ...left])),
        b: arranged(placed(q, [...shared, ...right])),
        left: fc.constant(p.slice(0, shared.length)),
        right: fc.constant(q.slice(0, shared.length)),
      });
    }),
  );

describe('tensordot', () => {
  test.prop([paired])('is the sum over pairs of axes, by the definition', ({ a, b, left, right }) => {
    const y = tensordot(a, b, { axes: [left, right.map((axis) => axis - b.order)] });
    const freeA = a.shape.flatMap((_, axis) => (left.includes(axis) ? [] : [axis]));
    const freeB = b.shape.flatMap((_, axis) => (right.includes(axis) ? [] : [axis]));
    const outShape = [...freeA.map((axis) => a.shape[axis]), ...freeB.map((axis) => b.shape[axis])];
    expect(y.shape).toEqual(outShape);
    const summed = indices(left.map((axis) => a.shape[axis]));
    const expected = indices(outShape).map((index) => {
      let total = 0;
      for (const p of summed) {
        const i = new Array<number>(a.order);
        const j = new Array<number>(b.order);
        freeA.forEach((axis, k) => {
          i[axis] = index[k];
        });
        freeB.forEach((axis, k) => {
          j[axis] = index[freeA.length + k];
        });
        left.forEach((axis, k) => {
          i[axis] = p[k];
          j[right[k]] = p[k];
        });
        total += at(a, i) * at(b, j);
      }
      return total;
    });
    // Two sums of at most 9 products of at most 100.
    expectClose(elements(y), expected, { factor: 18, scale: 900 });
  });

  it('takes a number of axes, two by default', () => {
    const a = reshape(arange(60), [3, 4, 5]);
    const b = reshape(arange(24), [4, 3, 2]);
    const axes = [
      [1, 0],
      [0, 1],
    ] as const;
    // NumPy's documented example.
    expect(tensordot(a, b, { axes }).toArray()).toEqual([
      [4400, 4730],
      [4532, 4874],
      [4664, 5018],
      [4796, 5162],
      [4928, 5306],
    ]);
    const c = transpose(a, [1, 2, 0]);
    expect(tensordot(a, c).toArray()).toEqual(matmul(reshape(a, [3, 20]), reshape(c, [20, 3])).toArray());
    expect(tensordot(tensor([1, 2]), tensor([3, 4]), { axes: 0 }).toArray()).toEqual([
      [3, 4],
      [6, 8],
    ]);
    expect(tensordot(tensor([1, 2]), tensor([3, 4]), { axes: 1 }).item()).toBe(11);
    expect(tensordot(tensor(3), tensor([3, 4]), { axes: 0 }).toArray()).toEqual([9, 12]);
    const dtypeOf = (dtype: 'int32' | 'float32', n: number): string =>
      tensordot(ones([2], { dtype }), ones([2], { dtype }), { axes: n }).dtype;
    expect([dtypeOf('int32', 0), dtypeOf('int32', 1), dtypeOf('float32', 0), dtypeOf('float32', 1)]).toEqual([
      'float64',
      'float64',
      'float32',
      'float32',
    ]);
  });

  const x = ones([2, 3]);
  const lists = 'tensordot: axes must be a number or a pair of lists of axes';
  it.each<[string, unknown[], ErrorConstructor, string]>([
    [
      'more axes than there are',
      [x, x, { axes: 3 }],
      RangeError,
      'tensordot: 3 axes to sum over: a is [2, 3], b is [2, 3]',
    ],
    ['half an axis', [x, x, { axes: 0.5 }], RangeError, 'tensordot: 0.5 axes to sum over: a is [2, 3], b is [2, 3]'],
    [
      'sizes that differ',
      [x, ones([2, 4])],
      RangeError,
      'tensordot: sizes of axis 1 of a and axis 1 of b differ: a is [2, 3], b is [2, 4]',
    ],
    ['lists of two lengths', [x, x, { axes: [[0, 1], [0]] }], RangeError, 'tensordot: 2 axes of a against 1 axes of b'],
    [
      'an axis twice',
      [
        x,
        x,
        {
          axes: [
            [0, -2],
            [0, 1],
          ],
        },
      ],
      RangeError,
      'tensordot: axis 0 is named twice',
    ],
    [
      'an axis too far',
      [x, x, { axes: [[2], [0]] }],
      RangeError,
      'tensordot: axis 2 is out of range for a tensor of order 2',
    ],
    ['one list', [x, x, { axes: [[0]] }], TypeError, lists],
    ['a list of a word', [x, x, { axes: ['all', [0]] }], TypeError, lists],
    ['a word', [x, x, { axes: 'all' }], TypeError, lists],
    ['axes without a name', [x, x, 1], TypeError, 'tensordot: options must be an object, got 1'],
    ['another option', [x, x, { axis: 1 }], TypeError, 'tensordot: unknown option axis; did you mean axes?'],
    [
      'an array for b',
      [x, [1]],
      TypeError,
      'tensordot: expected a tensor, got an array; make a tensor of it with tensor(…)',
    ],
  ])('refuses %s', (_what, args, kind, message) => {
    expect(() => loose('tensordot')(...args)).toThrow(new kind(message));
  });
});

describe('inner and vdot', () => {
  test.prop([fc.nat(3).chain((n) => fc.tuple(arranged([2, n]), arranged([3, 1, n])))])(
    'are sums over the last axes and over all elements',
    ([a, b]) => {
      const y = inner(a, b);
      expect(y.shape).toEqual([2, 3, 1]);
      const row = (x: Tensor, i: number): number[] => elements(x).slice(i * a.shape[1], (i + 1) * a.shape[1]);
      const expected = indices([2, 3]).map(([i, j]) => row(b, j).reduce((t, q, p) => t + q * row(a, i)[p], 0));
      expectClose(elements(y), expected, { factor: 6, scale: 300 });
      const squares = elements(a).reduce((t, p) => t + p * p, 0);
      expectClose([vdot(a, a).item()], [squares], { factor: 12, scale: 600 });
    },
  );

  it('take scalars, and refuse sizes that differ', () => {
    expect(inner(tensor(2), tensor([1, 2])).toArray()).toEqual([2, 4]);
    expect(inner(tensor([1, 2]), tensor(2)).toArray()).toEqual([2, 4]);
    expect(vdot(tensor(2), tensor([[3]])).item()).toBe(6);
    expect(vdot(zeros([0]), zeros([2, 0])).item()).toBe(0);
    expect(() => inner(ones([2, 3]), ones([2]))).toThrow(
      new RangeError('inner: last sizes differ: a is [2, 3], b is [2]'),
    );
    expect(() => vdot(ones([2, 3]), ones([2]))).toThrow(new RangeError('vdot: sizes differ: a is [2, 3], b is [2]'));
  });
});

describe('matmul with an operand that the stack shares', () => {
  /** Matrix q of a stack of 2 × 4 matrices, copied out. */
  const part = (y: Tensor, q: readonly number[]): Tensor =>
    reshape(tensor(indices([2, 4]).map((ij) => at(y, [...q, ...ij]))), [2, 4]);

  test.prop([arranged([2, 3, 2, 4]), arranged([4, 3]), fc.boolean()])(
    'is each product, bit for bit, whatever is folded',
    (a, b, dense) => {
      const x = dense ? fromData({ shape: a.shape, data: Float64Array.from(elements(a)) }) : a;
      for (const [y, shared] of [
        [x, b],
        [broadcastTo(reshape(x, [6, 1, 2, 4]), [6, 3, 2, 4]), b],
        [transpose(x, [1, 0, 2, 3]), reshape(b, [1, 4, 3])],
        [x, broadcastTo(b, [2, 3, 4, 3])],
      ]) {
        const each = indices(y.shape.slice(0, -2)).flatMap((q) => elements(matmul(part(y, q), b)));
        expect(elements(matmul(y, shared))).toEqual(each);
      }
      // Rows of one: the axes of the stack are all there is to fold.
      const rows = reshape(x, [2, 3, 2, 1, 4]);
      expect(elements(matmul(rows, b))).toEqual(elements(matmul(x, b)));
    },
  );

  test.prop([arranged([2, 3, 2, 4]), arranged([3, 1, 4, 2]), data({ shape: [3, 3, 2, 2] })])(
    'has the cotangents of the products of the stretched operands, summed',
    (a, b, cotangent) => {
      const x = sum(a, { axes: 0, keepDims: true });
      const g = fromData(cotangent);
      const [dx, db] = vjp(([p, q]: Tensor[]) => matmul(p, q), [x, b]).pullback(g);
      const wide = [broadcastTo(x, [3, 3, 2, 4]), broadcastTo(b, [3, 3, 4, 2])];
      const [ex, eb] = vjp(([p, q]: Tensor[]) => matmul(p, q), wide).pullback(g);
      expect([dx.shape, db.shape]).toEqual([x.shape, b.shape]);
      // Sums of 6 products of at most 20·10.
      expectClose(elements(dx), elements(sum(ex, { axes: 0, keepDims: true })), { factor: 16, scale: 1200 });
      expectClose(elements(db), elements(sum(eb, { axes: 1, keepDims: true })), { factor: 16, scale: 1200 });
    },
  );
});
