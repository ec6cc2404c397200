import { readFileSync } from 'node:fs';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { full, tensor } from '../../src/core/create.js';
import type { DType } from '../../src/core/dtype.js';
import { relu } from '../../src/core/ops/activations.js';
import { add, div, mul, neg, sub } from '../../src/core/ops/arithmetic.js';
import { astype } from '../../src/core/ops/astype.js';
import { equal, less } from '../../src/core/ops/compare.js';
import { concat } from '../../src/core/ops/concat.js';
import { exp } from '../../src/core/ops/exponential.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { clip, maximum, power } from '../../src/core/ops/power.js';
import { argmax, max, mean } from '../../src/core/ops/reduce.js';
import { sqrt, square } from '../../src/core/ops/roots.js';
import { floor } from '../../src/core/ops/rounding.js';
import { abs, sign } from '../../src/core/ops/sign.js';
import { logsumexp, softmax } from '../../src/core/ops/softmax.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { where } from '../../src/core/ops/where.js';
import type { Tensor } from '../../src/core/tensor.js';
import { elements, typed } from '../support/elements.js';
import { special, stridedTensor } from '../support/strided.js';

const dtypes: readonly DType[] = ['bool', 'int32', 'float32', 'float64'];
const one = (dtype: DType): Tensor => full([1, 1], 1, { dtype });
const [b, i, f, d] = dtypes;

/** The table of the README: the dtype of an operation on two dtypes, rows and columns in the order of `dtypes`. */
const promotion: readonly { kind: string; ops: readonly ((x: Tensor, y: Tensor) => Tensor)[]; table: DType[][] }[] = [
  {
    kind: 'arithmetic',
    ops: [add, sub, mul, power],
    table: [
      [i, i, f, d],
      [i, i, f, d],
      [f, f, f, d],
      [d, d, d, d],
    ],
  },
  {
    kind: 'division and matrix products',
    ops: [div, matmul],
    table: [
      [d, d, f, d],
      [d, d, f, d],
      [f, f, f, d],
      [d, d, d, d],
    ],
  },
  {
    kind: 'choosing',
    ops: [maximum, (x, y) => where(equal(x, x), x, y), (x, y) => concat([x, y]), (x, y) => clip(x, y, y)],
    table: [
      [b, i, f, d],
      [i, i, f, d],
      [f, f, f, d],
      [d, d, d, d],
    ],
  },
  { kind: 'comparison', ops: [equal, less], table: [0, 1, 2, 3].map(() => [b, b, b, b]) },
];

describe.each(promotion)('promotion under $kind', ({ ops, table }) => {
  test('follows the table', () => {
    const found = dtypes.map((left) => dtypes.map((right) => ops.map((op) => op(one(left), one(right)).dtype)));
    expect(found).toEqual(table.map((row) => row.map((dtype) => ops.map(() => dtype))));
  });
});

test('the README has the table of arithmetic', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| \*\*(\w+)\*\* \|(.*)\|$/gm)];
  expect(rows.map(([, name]) => name)).toEqual(dtypes);
  expect(rows.map(([, , cells]) => cells.split('|').map((cell) => cell.trim()))).toEqual(promotion[0].table);
});

test('dtypes of functions of one tensor', () => {
  const table: readonly [readonly ((x: Tensor) => Tensor)[], DType[]][] = [
    [
      [neg, abs, square, sign, floor, relu, sum],
      [i, i, f, d],
    ],
    [
      [exp, sqrt, mean, logsumexp, softmax],
      [d, d, f, d],
    ],
    [[max], [b, i, f, d]],
    [[argmax], [i, i, i, i]],
  ];
  for (const [ops, expected] of table) {
    for (const op of ops) expect(dtypes.map((dtype) => op(one(dtype)).dtype)).toEqual(expected);
  }
});

describe('numbers as operands', () => {
  test('take on a floating dtype, rounded to it', () => {
    const x = tensor([1], undefined, { dtype: 'float32' });
    for (const y of [add(x, 0.1), add(0.1, x), mul(x, 1e-3), maximum(x, 2), power(x, 2), where(equal(x, 1), x, 0.1)]) {
      expect(y.dtype).toBe('float32');
    }
    expect(add(x, 0.1).item()).toBe(Math.fround(1 + Math.fround(0.1)));
    expect(equal(tensor([0.1], undefined, { dtype: 'float32' }), 0.1).toArray()).toEqual([true]);
    expect(add(tensor([1]), 0.1).dtype).toBe('float64');
    expect(add(1, 2).dtype).toBe('float64');
  });

  test('stay int32 beside int32 and bool when they are such, else make float64', () => {
    for (const x of [one('int32'), one('bool')]) {
      expect(add(x, 1).dtype).toBe('int32');
      expect(add(x, 1).item()).toBe(2);
      expect(add(x, 0.5).dtype).toBe('float64');
      expect(add(x, 0.5).item()).toBe(1.5);
      expect(add(x, 2 ** 31).dtype).toBe('float64');
      expect(add(x, Number.NaN).dtype).toBe('float64');
      expect(mul(x, -(2 ** 31)).dtype).toBe('int32');
      expect(maximum(x, 3).item()).toBe(3);
      expect(equal(x, 1).toArray()).toEqual([[true]]);
      expect(div(x, 2).item()).toBe(0.5);
    }
  });
});

describe('int32', () => {
  const ints = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  const int = (v: number): Tensor => tensor(Int32Array.of(v));
  const wrapped = (v: bigint): number => Number(BigInt.asIntN(32, v));

  test.prop([ints, ints])('wraps around as two’s complement', (x, y) => {
    expect(add(int(x), int(y)).item()).toBe(wrapped(BigInt(x) + BigInt(y)));
    expect(sub(int(x), int(y)).item()).toBe(wrapped(BigInt(x) - BigInt(y)));
    expect(mul(int(x), int(y)).item()).toBe(wrapped(BigInt(x) * BigInt(y)));
    expect(square(int(x)).item()).toBe(wrapped(BigInt(x) * BigInt(x)));
    expect(neg(int(x)).item()).toBe(wrapped(-BigInt(x)));
  });

  test('divides into float64', () => {
    expect(elements(div(tensor(Int32Array.of(1, -7, 1, 0)), tensor(Int32Array.of(2, 2, 0, 0))))).toEqual([
      0.5,
      -3.5,
      Number.POSITIVE_INFINITY,
      Number.NaN,
    ]);
  });

  test('is not raised to negative powers', () => {
    expect(elements(power(tensor(Int32Array.of(2, -3)), tensor(Int32Array.of(10, 3))))).toEqual([1024, -27]);
    expect(elements(power(tensor(Int32Array.of(0, 5, -3)), 0))).toEqual([1, 1, 1]);
    const message = 'power: integers have no negative integer powers, got exponent -1; make the base floating';
    expect(() => power(int(2), -1)).toThrow(new RangeError(message));
    expect(() => power(int(2), int(-1))).toThrow(new RangeError(message));
    expect(power(int(2), -0.5).item()).toBe(Math.SQRT1_2);
    expect(power(2, tensor([-1])).item()).toBe(0.5);
  });
});

describe('astype', () => {
  const pair = fc
    .tuple(fc.constantFrom(...dtypes), fc.constantFrom(...dtypes))
    .chain(([from, to]) => fc.tuple(stridedTensor(from, { maxOrder: 3, maxSize: 3 }, { special }), fc.constant(to)));

  test.prop([pair])('converts as a typed array does, and to bool by ≠ 0', ([x, to]) => {
    const y = astype(x, to);
    expect(y.dtype).toBe(to);
    const values = elements(x);
    expect(elements(y)).toEqual(Array.from(typed(to, to === 'bool' ? values.map((v) => Number(v !== 0)) : values)));
    if (to === x.dtype) expect(y).toBe(x);
  });

  test('towards zero for int32, ≠ 0 for bool', () => {
    expect(astype(tensor([1.9, -1.9, 300]), 'int32').toArray()).toEqual([1, -1, 300]);
    expect(astype(tensor([0.5, 256, 0, -0, Number.NaN]), 'bool').toArray()).toEqual([true, true, false, false, true]);
  });
});

test('sums and products of bools count', () => {
  const flags = tensor([true, true, false, true]);
  expect(sum(flags).item()).toBe(3);
  expect(mean(flags).item()).toBe(0.75);
  expect(add(flags, flags).toArray()).toEqual([2, 2, 0, 2]);
  expect(mul(flags, tensor([1.5, 2, 3, 4])).toArray()).toEqual([1.5, 2, 0, 4]);
  expect(max(flags).toArray()).toBe(true);
});
