import { fc, test } from '@fast-check/vitest';
import { data, expectClose, shape } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { eye, tensor, zeros } from '../../src/core/create.js';
import { astype } from '../../src/core/ops/astype.js';
import { dot, matmul } from '../../src/core/ops/matmul.js';
import { broadcastTo } from '../../src/core/ops/sum-broadcast.js';
import { matrixTranspose } from '../../src/core/ops/transpose.js';
import type { Tensor } from '../../src/core/tensor.js';
import { arrange, arrangement } from '../support/arrange.js';
import { at, elements, fromData, indices } from '../support/elements.js';

/** Sums of products and sums of their sizes, by the definition with NumPy's treatment of orders 1 and broadcast stacks. */
function tripleLoop(a: Tensor, b: Tensor): { shape: number[]; values: number[]; sizes: number[] } {
  const [row, column] = [a.order === 1, b.order === 1];
  const as = row ? [1, ...a.shape] : a.shape;
  const bs = column ? [...b.shape, 1] : b.shape;
  const [m, k, n] = [as[as.length - 2], as[as.length - 1], bs[bs.length - 1]];
  const stack = Math.max(as.length, bs.length) - 2;
  const sizeAt = (of: readonly number[], i: number): number => of[i - (stack + 2 - of.length)] ?? 1;
  const batch = Array.from({ length: stack }, (_, i) => (sizeAt(as, i) === 1 ? sizeAt(bs, i) : sizeAt(as, i)));
  const read = (
    x: Tensor,
    of: readonly number[],
    q: readonly number[],
    i: number,
    j: number,
    alone: number,
  ): number => {
    const lead = q.slice(stack + 2 - of.length).map((s, axis) => (of[axis] === 1 ? 0 : s));
    return at(x, x.order === 1 ? [alone] : [...lead, i, j]);
  };
  const values: number[] = [];
  const sizes: number[] = [];
  for (const q of indices(batch)) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let total = 0;
        let size = 0;
        for (let p = 0; p < k; p++) {
          const term = read(a, as, q, i, p, p) * read(b, bs, q, p, j, p);
          total += term;
          size += Math.abs(term);
        }
        values.push(total);
        sizes.push(size);
      }
    }
  }
  return { shape: [...batch, ...(row ? [] : [m]), ...(column ? [] : [n])], values, sizes };
}

function expectProduct(a: Tensor, b: Tensor): void {
  const y = matmul(a, b);
  const expected = tripleLoop(a, b);
  const epsilon = y.dtype === 'float32' ? 2 ** -23 : 2 ** -52;
  const k = a.shape[a.order - 1];
  expect(y.shape).toEqual(expected.shape);
  elements(y).forEach((v, i) => {
    // Two sums of k products differ by at most 2·k·(eps/2)·Σ|terms|, and the result is rounded once more.
    expectClose([v], [expected.values[i]], { factor: k + 2, scale: expected.sizes[i], epsilon });
  });
}

/** Shapes of factors of given orders whose stacks broadcast; sizes from 0. */
const factors = (orderA: number, orderB: number, largest: number) =>
  fc
    .record({
      m: fc.nat(largest),
      k: fc.nat(largest),
      n: fc.nat(largest),
      stack: shape({ minOrder: 2, maxOrder: 2, maxSize: 3 }),
      ones: fc.array(fc.constantFrom('a', 'b', 'none'), { minLength: 2, maxLength: 2 }),
    })
    .map(({ m, k, n, stack, ones }) => {
      const lead = (side: string, order: number): number[] =>
        stack.map((s, i) => (ones[i] === side ? 1 : s)).slice(2 - Math.max(order - 2, 0));
      return {
        a: orderA === 1 ? [k] : [...lead('a', orderA), m, k],
        b: orderB === 1 ? [k] : [...lead('b', orderB), k, n],
      };
    });

const orders = [1, 2, 3, 4].flatMap((left) => [1, 2, 3, 4].map((right) => [left, right] as const));

describe.each(orders)('matmul of orders %i and %i', (left, right) => {
  const arranged = factors(left, right, 5).chain(({ a, b }) =>
    fc
      .tuple(
        data({ shape: a }),
        arrangement(left),
        data({ shape: b }),
        arrangement(right),
        fc.constantFrom('float64' as const, 'float32' as const),
      )
      .map(([x, hx, y, hy, dtype]) => [arrange(x, hx, dtype), arrange(y, hy, dtype)] as const),
  );
  test.prop([arranged], { numRuns: 60 })('is the triple loop, on any layout', ([a, b]) => expectProduct(a, b));
});

describe('matmul', () => {
  test.prop([factors(2, 2, 40).chain(({ a, b }) => fc.tuple(data({ shape: a }), data({ shape: b })))], { numRuns: 25 })(
    'is the triple loop for larger sizes, as it stands and transposed',
    ([x, y]) => {
      expectProduct(fromData(x), fromData(y));
      expectProduct(matrixTranspose(fromData(y)), matrixTranspose(fromData(x)));
    },
  );

  test.prop([data({ shape: [3, 4] }), data({ shape: [4, 2] })])('reads stretched operands', (x, y) => {
    expectProduct(broadcastTo(fromData(x), [2, 3, 4]), broadcastTo(fromData(y), [5, 1, 4, 2]));
    expectProduct(broadcastTo(tensor([[1], [2]]), [2, 4]), fromData(y));
    expectProduct(broadcastTo(tensor(2), [3, 4]), broadcastTo(tensor([1, 2]), [4, 2]));
  });

  test.prop([data({ shape: [4, 4] })])('by the identity changes nothing', (x) => {
    expect(elements(matmul(fromData(x), eye(4)))).toEqual([...x.data]);
    expect(elements(matmul(eye(4), fromData(x)))).toEqual([...x.data]);
  });

  test('of ints and bools is float64, of mixed dtypes the stronger', () => {
    const ints = astype(
      tensor([
        [2 ** 30, 1],
        [1, 2 ** 30],
      ]),
      'int32',
    );
    expect(matmul(ints, ints).dtype).toBe('float64');
    expect(matmul(ints, ints).toArray()).toEqual([
      [2 ** 60 + 1, 2 ** 31],
      [2 ** 31, 2 ** 60 + 1],
    ]);
    expect(matmul(tensor([[true, true]]), tensor([[true], [true]])).toArray()).toEqual([[2]]);
    expect(matmul(astype(eye(2), 'float32'), eye(2)).dtype).toBe('float64');
  });

  test('over no products is 0', () => {
    expect(matmul(zeros([2, 0]), zeros([0, 3])).toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(matmul(zeros([0]), zeros([0])).item()).toBe(0);
    expect(matmul(zeros([0, 2, 3]), zeros([3, 1])).shape).toEqual([0, 2, 1]);
  });

  test('float32 is summed in float32, in increasing order', () => {
    const a = astype(tensor([[1, 2 ** 24, -(2 ** 24), 1]]), 'float32');
    // 1 + 2²⁴ is half-way between two float32 numbers and rounds to 2²⁴.
    expect(matmul(a, astype(tensor([1, 1, 1, 1]), 'float32')).toArray()).toEqual([1]);
    expect(matmul(a, tensor([1, 1, 1, 1])).toArray()).toEqual([2]);
  });

  test.prop([data({ minOrder: 1, maxOrder: 1 })])('dot is the sum of products', (x) => {
    const v = fromData(x);
    expectProduct(v, v);
    expect(dot(v, v).item()).toBe(matmul(v, v).item());
    expect(dot(v, v).shape).toEqual([]);
  });
});
