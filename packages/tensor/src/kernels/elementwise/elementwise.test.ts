import { fc, test } from '@fast-check/vitest';
import { expectSameBits, type StridedView, shape, value } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import type { Buffer } from '../copy/contract.js';
import {
  addKernel,
  binaryKernel,
  divKernel,
  type ElementwiseBinary,
  type ElementwiseUnary,
  eachRow,
  mulKernel,
  negKernel,
  reluGradKernel,
  reluKernel,
  squareKernel,
  subKernel,
  unaryKernel,
} from './index.js';

const special = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 1e308, -1e308];
const kinds = { float64: Float64Array, float32: Float32Array, int32: Int32Array } as const;
type Kind = keyof typeof kinds;
const kind = fc.constantFrom<Kind>('float64', 'float32', 'int32');

interface Operand extends StridedView {
  readonly data: Buffer;
}

/** An operand of a shape with any strides, 0 included, in a buffer that it just fits into. */
function operand(of: readonly number[], type: Kind): fc.Arbitrary<Operand> {
  const element =
    type === 'int32' ? fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }) : value({ min: -9, max: 9, special });
  return fc.array(fc.integer({ min: -4, max: 6 }), { minLength: of.length, maxLength: of.length }).chain((strides) => {
    const reach = strides.map((stride, axis) => Math.max(of[axis] - 1, 0) * stride);
    const offset = -reach.reduce((total, r) => total + Math.min(r, 0), 0);
    const length = offset + reach.reduce((total, r) => total + Math.max(r, 0), 0) + 1;
    return fc
      .array(element, { minLength: length, maxLength: length })
      .map((list) => ({ shape: of, strides, offset, length, data: new kinds[type](list) }));
  });
}

const twoOperands = fc
  .tuple(shape({ maxOrder: 4, maxSize: 4 }), kind)
  .chain(([of, type]) => fc.record({ type: fc.constant(type), a: operand(of, type), b: operand(of, type) }));

function runUnary(kernel: ElementwiseUnary, type: Kind, x: Operand): Buffer {
  const out = new kinds[type](x.shape.reduce((size, n) => size * n, 1));
  kernel(out, x.data, x.offset, x.strides, x.shape);
  return out;
}

function runBinary(kernel: ElementwiseBinary, type: Kind, a: Operand, b: Operand): Buffer {
  const out = new kinds[type](a.shape.reduce((size, n) => size * n, 1));
  kernel(out, a.data, a.offset, a.strides, b.data, b.offset, b.strides, a.shape);
  return out;
}

/** The same by the definition, one element after the other; `place` finds an element in its buffer. */
function byDefinition(type: Kind, a: Operand, b: Operand, f: (x: number, y: number) => number): Buffer {
  let places: [number, number][] = [[a.offset, b.offset]];
  a.shape.forEach((n, axis) => {
    places = places.flatMap(([p, q]) =>
      Array.from({ length: n }, (_, i): [number, number] => [p + i * a.strides[axis], q + i * b.strides[axis]]),
    );
  });
  return new kinds[type](places.map(([p, q]) => f(a.data[p], b.data[q])));
}

const exactProduct = (x: number, y: number): number => Number(BigInt.asIntN(32, BigInt(x) * BigInt(y)));

const binaries: readonly [string, ElementwiseBinary, (x: number, y: number) => number][] = [
  ['add', addKernel, (x, y) => x + y],
  ['sub', subKernel, (x, y) => x - y],
  ['mul', mulKernel, (x, y) => x * y],
  ['div', divKernel, (x, y) => x / y],
  ['reluGrad', reluGradKernel, (g, x) => (x > 0 ? g : 0)],
  ['binaryKernel', binaryKernel(Math.max), Math.max],
];

describe.each(binaries)('%s', (name, kernel, f) => {
  test.prop([twoOperands])('is the definition, bit for bit, whatever the strides', ({ type, a, b }) => {
    const oracle = type === 'int32' && name === 'mul' ? exactProduct : f;
    const expected = byDefinition(type, a, b, oracle);
    expectSameBits(runBinary(kernel, type, a, b), expected);
    if (oracle === f) expectSameBits(runBinary(binaryKernel(f), type, a, b), expected);
  });

  test('may write over a gap-free operand', () => {
    const a = Float64Array.of(1, 2, 3, 4);
    const b = Float64Array.of(5, 6, 7, 8);
    kernel(a, a, 0, [2, 1], b, 0, [2, 1], [2, 2]);
    expect(Array.from(a)).toEqual([1, 2, 3, 4].map((x, i) => f(x, b[i])));
  });
});

const unaries: readonly [string, ElementwiseUnary, (x: number) => number][] = [
  ['neg', negKernel, (x) => -x],
  ['square', squareKernel, (x) => x * x],
  ['relu', reluKernel, (x) => (x <= 0 ? 0 : x)],
  ['unaryKernel', unaryKernel(Math.abs), Math.abs],
];

describe.each(unaries)('%s', (name, kernel, f) => {
  test.prop([twoOperands])('is the definition, bit for bit, whatever the strides', ({ type, a }) => {
    const oracle = type === 'int32' && name === 'square' ? (x: number) => exactProduct(x, x) : f;
    expectSameBits(
      runUnary(kernel, type, a),
      byDefinition(type, a, a, (x) => oracle(x)),
    );
  });
});

/** Two operands without gaps somewhere in their buffers, the second one a row or a single number: what the loops of four take. */
const gapFree = fc
  .record({ n: fc.nat(21), aOffset: fc.nat(3), bOffset: fc.nat(3), alone: fc.boolean(), type: kind })
  .chain(({ n, aOffset, bOffset, alone, type }) => {
    const element =
      type === 'int32' ? fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }) : value({ min: -9, max: 9, special });
    const buffer = (offset: number, stride: number): fc.Arbitrary<Operand> =>
      fc
        .array(element, { minLength: offset + n + 1, maxLength: offset + n + 1 })
        .map((list) => ({ shape: [n], strides: [stride], offset, length: list.length, data: new kinds[type](list) }));
    return fc.record({ type: fc.constant(type), a: buffer(aOffset, 1), b: buffer(bOffset, alone ? 0 : 1) });
  });

describe.each([
  ...binaries,
  [
    'relu',
    (out, a, ao, as, _b, _bo, _bs, shape) => reluKernel(out, a, ao, as, shape),
    (x) => (x <= 0 ? 0 : x),
  ] as const,
] satisfies typeof binaries)('%s without gaps', (name, kernel, f) => {
  test.prop([gapFree])('is the function of every pair', ({ type, a, b }) => {
    const oracle = type === 'int32' && name === 'mul' ? exactProduct : f;
    expectSameBits(runBinary(kernel, type, a, b), byDefinition(type, a, b, oracle));
  });
});

describe('eachRow', () => {
  /** The rows that a kernel is called with: [place in out, places of both operands, their strides, length]. */
  function rowsOf(of: readonly number[], as: readonly number[], bs: readonly number[]): number[][] {
    const rows: number[][] = [];
    const none = new Float64Array(0);
    eachRow(
      (_out, o, _a, ao, a, _b, bo, b, n) => rows.push([o, ao, bo, a, b, n]),
      none,
      7,
      none,
      100,
      as,
      none,
      200,
      bs,
      of,
    );
    return rows;
  }

  test('runs a gap-free pair as one row, whatever its shape', () => {
    expect(rowsOf([2, 3, 4], [12, 4, 1], [12, 4, 1])).toEqual([[7, 100, 200, 1, 1, 24]]);
    expect(rowsOf([2, 1, 4], [4, 99, 1], [4, -5, 1])).toEqual([[7, 100, 200, 1, 1, 8]]);
    expect(rowsOf([], [], [])).toEqual([[7, 100, 200, 0, 0, 1]]);
    expect(rowsOf([1, 1], [3, 4], [5, 6])).toEqual([[7, 100, 200, 0, 0, 1]]);
  });

  test('joins axes as long as both strides allow', () => {
    expect(rowsOf([2, 3], [3, 1], [0, 0])).toEqual([[7, 100, 200, 1, 0, 6]]);
    expect(rowsOf([2, 3], [-3, -1], [6, 2])).toEqual([[7, 100, 200, -1, 2, 6]]);
    expect(rowsOf([2, 3], [3, 1], [0, 1])).toEqual([
      [7, 100, 200, 1, 1, 3],
      [10, 103, 200, 1, 1, 3],
    ]);
  });

  test('runs nothing for an axis of size 0, wherever it stands', () => {
    expect(rowsOf([0, 3], [1, 1], [2, 2])).toEqual([]);
    expect(rowsOf([2, 0], [1, 1], [2, 2])).toEqual([]);
    expect(rowsOf([2, 0, 3], [50, 1, 1], [1, 9, 4])).toEqual([]);
  });

  test.prop([twoOperands])('covers the output once, in order', ({ a, b }) => {
    const rows = rowsOf(a.shape, a.strides, b.strides);
    let next = 7;
    for (const [o, , , , , n] of rows) {
      expect(o).toBe(next);
      next += n;
    }
    expect(next - 7).toBe(a.shape.reduce((size, n) => size * n, 1));
  });
});
