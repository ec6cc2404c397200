import { fc, test } from '@fast-check/vitest';
import { type Data, data, expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { eye, full, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { add, mul } from '../../src/core/ops/arithmetic.js';
import { expandDims } from '../../src/core/ops/axes.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { slice } from '../../src/core/ops/slice.js';
import { matrixTranspose, transpose } from '../../src/core/ops/transpose.js';
import type { Tensor } from '../../src/core/tensor.js';
import { type NormOptions, type NormOrd, norm, svdvals } from '../../src/linalg/index.js';
import { checkDerivatives, fromData, fromMatrix, lawInputs } from './derivative-law.js';
import { at, dense, EPS, hardMatrices, matrix } from './hard-matrices.js';

const run = ([x]: Tensor[]): Tensor => norm(x);
const shapes = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 });
// Away from 0, where the norm has a kink.
const away = shapes.chain((shape) => data({ shape, min: 0.5, max: 2 })).map((x) => [x]);

describe('of all elements', () => {
  test.prop([lawInputs(away, run)])('derivatives of orders 1 and 2 obey the law', (c) => {
    checkDerivatives(run, c);
  });

  test.prop([
    shapes.chain((shape) => data({ shape, min: -2, max: 2 })),
    fc.double({ min: -1e3, max: 1e3, noNaN: true }),
  ])('is homogeneous and does not see the order of axes', (x, factor) => {
    const value = norm(fromData(x)).item();
    const size = { factor: 4 * (x.data.length + 2), scale: Math.abs(factor) * value + 1e-300 };
    expectClose([norm(mul(fromData(x), factor)).item()], [Math.abs(factor) * value], size);
    expectClose([norm(transpose(fromData(x))).item()], [value], { factor: 4 * (x.data.length + 2) });
  });

  test('known values, extremes and dtypes', () => {
    const x = tensor([
      [3, 0],
      [0, 4],
    ]);
    expect(norm(x).item()).toBe(5);
    expect(norm(full([4], 1e200)).item()).toBeCloseTo(2e200, -187);
    expect(norm(full([4], 1e-200)).item()).toBeCloseTo(2e-200, 210);
    expect(norm(zeros([0])).item()).toBe(0);
    expect(norm(tensor([1, Number.NaN])).item()).toBeNaN();
    expect(norm(tensor(Float32Array.of(1, 1))).item()).toBe(Math.fround(Math.SQRT2));
    expect(norm(tensor(Int32Array.of(3, 4))).dtype).toBe('float64');
    expect(norm(tensor(-2)).item()).toBe(2);
    expect(norm(x, { keepDims: true }).toArray()).toEqual([[5]]);
    expect(norm(zeros([2, 3, 4]), { axes: [0, 2], keepDims: true }).shape).toEqual([1, 3, 1]);
    expect(norm(zeros([2, 3, 4, 5]), { axes: [0, 1, -1] }).shape).toEqual([4]);
    expect(grad((t: Tensor) => norm(t))(zeros([2])).toArray()).toEqual([0, 0]);
  });
});

/** The norm of a list of numbers by its definition. */
function byDefinition(xs: readonly number[], p: number): number {
  const sizes = xs.map(Math.abs);
  if (p === 0) return sizes.filter((x) => x !== 0).length;
  if (p === Infinity) return Math.max(...sizes);
  if (p === -Infinity) return Math.min(...sizes);
  return sizes.reduce((total, x) => total + x ** p, 0) ** (1 / p);
}

const orders = [0, 1, 2, 3, 1.5, 0.5, -1, -2.5, Infinity, -Infinity];

describe.each(orders)('vectors, ord %f', (p) => {
  test.prop([
    fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }))
      .chain(([m, n]) => data({ shape: [m, n], min: -3, max: 3 })),
    fc.constantFrom(0, 1, -1),
  ])('by definition along each axis', (x, axis) => {
    const value = fromData(x);
    const [m, n] = x.shape;
    const rows = Array.from({ length: m }, (_, i) => Array.from(x.data.subarray(i * n, (i + 1) * n)));
    const lists = axis === 0 ? Array.from({ length: n }, (_, j) => rows.map((row) => row[j])) : rows;
    const expected = lists.map((xs) => byDefinition(xs, p));
    const result = norm(value, { ord: p, axes: axis });
    // Powers p and 1/p turn relative errors of eps into a few (1 + 1/|p|)·eps.
    const factor = 16 * (1 + 1 / Math.max(0.4, Math.abs(p))) * (lists[0].length + 1);
    expected.forEach((each, i) => {
      expectClose([result.data[i]], [each], { factor });
    });
    expect(norm(value, { ord: p, axes: [axis], keepDims: true }).toArray()).toEqual(
      expandDims(result, axis === 0 ? 0 : 1).toArray(),
    );
    const [first] = axis === 0 ? [slice(value, [undefined, 0])] : [slice(value, [0])];
    expect(norm(first, { ord: p }).item()).toBe(result.data[0]);
  });

  test('neither overflows nor underflows, follows IEEE 754', () => {
    for (const scale of [2 ** 900, 2 ** -900]) {
      const x = tensor([3, 4, 12]);
      const expected = p === 0 ? 3 : norm(x, { ord: p }).item() * scale;
      expectClose([norm(mul(x, scale), { ord: p }).item()], [expected], { factor: 8 });
    }
    expect(norm(tensor([1, Number.NaN]), { ord: p }).item()).toEqual(p === 0 ? 2 : Number.NaN);
    expect(norm(tensor([-Infinity, -Infinity]), { ord: p }).item()).toBe(p === 0 ? 2 : Infinity);
    expect(norm(tensor([1, Infinity]), { ord: p }).item()).toBe(p === 0 ? 2 : p > 0 ? Infinity : 1);
    expect(norm(tensor([0, 5]), { ord: p }).item()).toBe(p === 0 ? 1 : p < 0 ? 0 : 5);
    expect(norm(zeros([3]), { ord: p }).item()).toBe(0);
    expect(norm(zeros([3], { dtype: 'float32' }), { ord: p }).dtype).toBe('float32');
    if (p >= 0) expect(norm(zeros([2, 0]), { ord: p, axes: 1 }).toArray()).toEqual([0, 0]);
    else expect(() => norm(zeros([2, 0]), { ord: p, axes: 1 })).toThrow(`norm: ord ${p} of no elements: x is [2, 0]`);
    expect(norm(zeros([2, 0]), { ord: p, axes: 0 }).shape).toEqual([0]);
  });
});

describe('derivatives of vector norms', () => {
  const options = orders
    .filter((p) => p !== 0)
    .flatMap((ord): NormOptions[] => [
      { ord, axes: 0 },
      { ord, axes: -1, keepDims: true },
    ]);
  // No zeros and no ties: magnitudes 1/4 apart.
  const points = fc
    .tuple(fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6 }), fc.nat({ max: 63 }))
    .map(([ranks, signs]) => [
      { shape: [2, 3], data: Float64Array.from(ranks, (r, i) => (r / 4) * ((signs >> i) & 1 ? 1 : -1)) } as Data,
    ]);
  test.prop([
    fc.constantFrom(...options).chain((each) => {
      const f = ([x]: Tensor[]): Tensor => norm(x, each);
      return fc.record({ f: fc.constant(f), c: lawInputs(points, f) });
    }),
  ])('of orders 1 and 2 obey the law', ({ f, c }) => {
    checkDerivatives(f, c);
  });

  test('at kinks are subgradients; ord 0 has none', () => {
    const at0 = (ord: NormOrd, x: Tensor): unknown => grad((t: Tensor) => norm(t, { ord }))(x).toArray();
    expect(at0(1, tensor([0, -2]))).toEqual([0, -1]);
    expect(at0(3, zeros([2]))).toEqual([0, 0]);
    expect(at0(3, tensor([0, 5]))).toEqual([0, 1]);
    expect(at0('inf', tensor([2, -2, 1]))).toEqual([0.5, -0.5, 0]);
    expect(at0('-inf', tensor([2, -2, 3]))).toEqual([0.5, -0.5, 0]);
    expect(() => at0(0, tensor([1, 2]))).toThrow('norm of ord 0: has no derivative');
    const half = grad((t: Tensor) => norm(t, { ord: 0.5 }))(tensor([0, 5])).toTypedArray();
    expect(Number.isFinite(half[0])).toBe(false);
  });
});

describe('matrices', () => {
  const named: NormOrd[] = ['fro', 'nuc', 1, -1, 2, -2, 'inf', '-inf'];

  test.prop([hardMatrices(5)])('by definition', (a) => {
    fc.pre(a.rows > 0 && a.cols > 0);
    const x = fromData(fromMatrix(a));
    const size = (i: number, j: number): number => Math.abs(at(a, i, j));
    const columns = Array.from({ length: a.cols }, (_, j) =>
      Array.from({ length: a.rows }, (_, i) => size(i, j)).reduce((s, t) => s + t, 0),
    );
    const rows = Array.from({ length: a.rows }, (_, i) =>
      Array.from({ length: a.cols }, (_, j) => size(i, j)).reduce((s, t) => s + t, 0),
    );
    const s = Array.from(svdvals(x).toTypedArray());
    const expected: [NormOrd, number][] = [
      [1, Math.max(...columns)],
      [-1, Math.min(...columns)],
      ['inf', Math.max(...rows)],
      [-Infinity, Math.min(...rows)],
      [2, s[0]],
      [-2, s[s.length - 1]],
      ['nuc', s.reduce((p, q) => p + q, 0)],
    ];
    for (const [ord, value] of expected) expectClose([norm(x, { ord }).item()], [value], { factor: 16 });
    expect(norm(x, { ord: 'fro' }).item()).toBe(norm(x).item());
  });

  test.prop([
    fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
      .chain(([m, n]) => fc.tuple(dense(m, n), dense(m, n), dense(n, m))),
  ])('obey the inequalities between them, of a sum and of a product', ([a, b, c]) => {
    const [x, y, z] = [a, b, c].map((each) => fromData(fromMatrix(each)));
    const of = (t: Tensor, ord: NormOrd): number => norm(t, { ord }).item();
    const slack = (value: number): number => value * (1 + 200 * EPS) + 1e-300;
    const k = Math.min(a.rows, a.cols);
    const [two, fro, nuc, one, inf] = ([2, 'fro', 'nuc', 1, 'inf'] as const).map((ord) => of(x, ord));
    expect(two).toBeLessThanOrEqual(slack(fro));
    expect(fro).toBeLessThanOrEqual(slack(nuc));
    expect(nuc).toBeLessThanOrEqual(slack(Math.sqrt(k) * fro));
    expect(fro).toBeLessThanOrEqual(slack(Math.sqrt(k) * two));
    expect(two * two).toBeLessThanOrEqual(slack(one * inf));
    expect(one).toBeLessThanOrEqual(slack(Math.sqrt(a.rows) * two));
    for (const ord of ['fro', 'nuc', 1, 2, 'inf'] as const) {
      expect(of(add(x, y), ord)).toBeLessThanOrEqual(slack(of(x, ord) + of(y, ord)));
      expect(of(matmul(x, z), ord)).toBeLessThanOrEqual(slack(of(x, ord) * of(z, ord)));
    }
    expect(of(matrixTranspose(x), 1)).toBe(inf);
  });

  test.each(named)('ord %s: axes, keepDims, stacks, shapes without elements', (ord) => {
    const cube = fromData({ shape: [2, 3, 4], data: Float64Array.from({ length: 24 }, (_, i) => Math.sin(i * i + 1)) });
    const plain = norm(cube, { ord, axes: [-2, -1] });
    expect(plain.shape).toEqual([2]);
    expect(plain.toArray()).toEqual([0, 1].map((q) => norm(slice(cube, [q]), { ord }).item()));
    expect(norm(cube, { ord, axes: [0, 2], keepDims: true }).shape).toEqual([1, 3, 1]);
    expect(norm(cube, { ord, axes: [2, 0] }).toArray()).toEqual(
      norm(transpose(cube, [1, 2, 0]), { ord, axes: [1, 2] }).toArray(),
    );
    const negative = ord === -1 || ord === -2 || ord === '-inf';
    if (negative) {
      expect(() => norm(zeros([0, 3]), { ord })).toThrow('of a matrix without elements: [0, 3]');
    } else expect(norm(zeros([2, 0, 3]), { ord, axes: [1, 2] }).toArray()).toEqual([0, 0]);
  });

  test.prop([
    fc.constantFrom(...named).chain((ord) => {
      const f = ([x]: Tensor[]): Tensor => norm(x, { ord, axes: [-2, -1] });
      const points = fc
        .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
        // Rows and columns whose sums differ by 1/32 at least, singular values apart, no entry 0.
        .chain(([m, n]) => dense(m, n))
        .map((a) => [
          fromMatrix(
            matrix(a.rows, a.cols, (i, j) => (i === j ? 2 * i + 2 : 0.5 + (i + 3 * j) / 16) + at(a, i, j) / 64),
          ),
        ]);
      return fc.record({ f: fc.constant(f), c: lawInputs(points, f) });
    }),
  ])('derivatives of orders 1 and 2 obey the law', ({ f, c }) => {
    checkDerivatives(f, c);
  });

  test('the nuclear norm at equal singular values, and the spectral norm', () => {
    expect(grad((x: Tensor) => norm(x, { ord: 'nuc' }))(eye(3)).toArray()).toEqual(eye(3).toArray());
    expect(
      grad((x: Tensor) => norm(x, { ord: 2 }))(
        tensor([
          [3, 0],
          [0, 1],
        ]),
      ).toArray(),
    ).toEqual([
      [1, 0],
      [0, 0],
    ]);
  });
});

test('refusals', () => {
  const x = zeros([2, 3, 4]);
  const wrong = (value: unknown): NormOrd => value as NormOrd;
  const array: unknown = [1, 2];
  expect(() => norm(array as Tensor)).toThrow(
    'norm: expected a tensor, got an array; make a tensor of it with tensor(…)',
  );
  expect(() => norm(x, { ord: wrong('two') })).toThrow(
    "norm: ord must be a number, 'fro', 'nuc', 'inf' or '-inf', got two",
  );
  expect(() => norm(x, { ord: Number.NaN })).toThrow('got NaN');
  expect(() => norm(x, { ord: 1 })).toThrow(
    'norm: with ord one or two axes are needed: x is [2, 3, 4], axes are [0, 1, 2]',
  );
  expect(() => norm(zeros([2]), { ord: 'nuc' })).toThrow("norm: ord 'nuc' needs two axes: x is [2]");
  expect(() => norm(zeros([2, 2]), { ord: 3 })).toThrow('norm: a matrix has the norms 1, -1, 2, -2');
  expect(() => norm(zeros([2, 2]), { ord: 0 })).toThrow('norm: a matrix has the norms 1, -1, 2, -2');
  expect(() => norm(x, { axes: [0, -3] })).toThrow('norm: axis 0 is named twice');
  expect(() => norm(x, { axes: 3 })).toThrow('norm: axis 3 is out of range');
  const text: unknown = '0';
  expect(() => norm(x, { axes: text as number })).toThrow(
    new TypeError("norm: axes must be an axis or an array of axes, got '0'"),
  );
  expect(() => norm(x, { keepDims: text as boolean })).toThrow(
    new TypeError("norm: keepDims must be a boolean, got '0'"),
  );
  expect(() => norm(tensor([[Number.NaN]]), { ord: 2 })).toThrow('norm: the matrix is not finite');
});
