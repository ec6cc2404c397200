import { fc, test } from '@fast-check/vitest';
import { expectClose } from '@neuronseek/testkit';
import { expect } from 'vitest';
import { eye, full, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { mul } from '../../src/core/ops/arithmetic.js';
import { stack } from '../../src/core/ops/concat.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import type { Tensor } from '../../src/core/tensor.js';
import { cond, condDefaults, inv, type NormOrd, norm, svdvals } from '../../src/linalg/index.js';
import { checkDerivatives, fromData, fromMatrix, lawInputs } from './derivative-law.js';
import { at, dense, hardMatrices, matrix, wellConditioned } from './hard-matrices.js';

test.prop([hardMatrices(5)])('is the largest singular value by the smallest', (a) => {
  fc.pre(a.rows > 0 && a.cols > 0);
  const x = fromData(fromMatrix(a));
  const s = Array.from(svdvals(x).toTypedArray());
  const last = s[s.length - 1];
  expect(cond(x).item()).toBe(last === 0 ? Infinity : s[0] / last);
  expect(cond(x, { p: -2 }).item()).toBe(s[0] === 0 ? Infinity : last / s[0]);
  expect(cond(x).item()).toBeGreaterThanOrEqual(1);
});

test.prop([fc.integer({ min: 1, max: 4 }).chain((n) => wellConditioned(n))])(
  'in other norms that of the matrix times that of its inverse, and invariant under scaling',
  (a) => {
    const x = fromData(fromMatrix(a));
    for (const p of [1, -1, 'inf', '-inf', 'fro', 'nuc'] as const) {
      const expected = norm(x, { ord: p }).item() * norm(inv(x), { ord: p }).item();
      expect(cond(x, { p }).item()).toBe(expected);
      expectClose([cond(mul(x, 2 ** 300), { p }).item()], [expected], { factor: 32 * a.rows });
    }
  },
);

test('of singular matrices is Infinity, in a stack too', () => {
  const both = stack([zeros([2, 2]), eye(2), full([2, 2], 1)]);
  for (const p of [1, -1, Infinity, -Infinity] as const) {
    expect(cond(both, { p }).toArray()).toEqual([Infinity, 1, Infinity]);
  }
  expect(cond(both, { p: 'fro' }).data[2]).toBe(Infinity);
  expect(cond(zeros([2, 3])).item()).toBe(Infinity);
  expect(cond(eye(3, { dtype: 'float32' })).dtype).toBe('float32');
  expect(condDefaults).toEqual({ p: 2 });
  const pulled = grad((x: Tensor) => sum(cond(x, { p: 1 })))(full([2, 2], 1)).toTypedArray();
  expect(pulled.every(Number.isFinite)).toBe(false);
  expect(
    grad((x: Tensor) => cond(x))(
      tensor([
        [1, 0],
        [0, 0],
      ]),
    )
      .toTypedArray()
      .every(Number.isFinite),
  ).toBe(false);
});

test.prop([
  fc.constantFrom<NormOrd>(2, -2, 1, 'inf', 'fro', 'nuc').chain((p) => {
    const f = ([x]: Tensor[]): Tensor => cond(x, { p });
    const points = fc
      .integer({ min: 2, max: 3 })
      .chain((n) => dense(n, n))
      .map((a) => [
        fromMatrix(matrix(a.rows, a.cols, (i, j) => (i === j ? 2 * i + 2 : 0.2 + j / 8) + at(a, i, j) / 16)),
      ]);
    return fc.record({ f: fc.constant(f), c: lawInputs(points, f) });
  }),
])('derivatives of orders 1 and 2 obey the law', ({ f, c }) => {
  checkDerivatives(f, c);
});

test('refusals', () => {
  expect(() => cond(zeros([0, 0]))).toThrow('cond: a matrix without elements has no condition: a is [0, 0]');
  expect(() => cond(zeros([2, 3]), { p: 1 })).toThrow('cond: the matrix is not square: a is [2, 3]');
  expect(() => cond(eye(2), { p: 3 })).toThrow('cond: a matrix has the norms 1, -1, 2, -2');
  const text: unknown = 'max';
  expect(() => cond(eye(2), { p: text as NormOrd })).toThrow("cond: p must be a number, 'fro'");
  expect(() => cond(tensor([[Number.NaN]]))).toThrow('cond: the matrix is not finite');
  const large = tensor([
    [1.7e308, 1.7e308],
    [1.7e308, -1.7e308],
  ]);
  expect(() => cond(stack([eye(2), large]))).toThrow(
    'cond: the largest singular value of matrix [1] of the stack overflows',
  );
  const array: unknown = [[1]];
  expect(() => cond(array as Tensor)).toThrow('cond: expected a tensor, got an array');
});
