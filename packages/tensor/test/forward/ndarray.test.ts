import { fc, test } from '@fast-check/vitest';
import { broadcastPair, data, expectClose } from '@neuronseek/testkit';
import ndarray from 'ndarray';
import ops, { type Binary, type Unary } from 'ndarray-ops';
import { describe, expect } from 'vitest';
import { allocate } from '../../src/core/allocate.js';
import type { DType } from '../../src/core/dtype.js';
import { add, div, mul, neg, sub } from '../../src/core/ops/arithmetic.js';
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from '../../src/core/ops/compare.js';
import { exp, log } from '../../src/core/ops/exponential.js';
import { maximum, minimum, power } from '../../src/core/ops/power.js';
import { max, min } from '../../src/core/ops/reduce.js';
import { reciprocal, sqrt } from '../../src/core/ops/roots.js';
import { ceil, floor } from '../../src/core/ops/rounding.js';
import { abs } from '../../src/core/ops/sign.js';
import { broadcastTo, sum } from '../../src/core/ops/sum-broadcast.js';
import { cos, sin } from '../../src/core/ops/trigonometric.js';
import type { Tensor } from '../../src/core/tensor.js';
import { arrange, arrangement } from '../support/arrange.js';
import { elements } from '../support/elements.js';
import { expectUlps } from '../support/expect-ulps.js';
import { stridedTensor } from '../support/strided.js';

// ndarray reads the same buffers through the same strides and offsets: nothing is copied on the way.

const shapes = { maxOrder: 3, maxSize: 3, minSize: 1 };
// ndarray-ops compiles a function for each order of strides that it meets, so runs are kept few.
const few = { numRuns: 30 };
const floating = fc.constantFrom<DType>('float64', 'float32');
const positive = floating.chain((dtype) => stridedTensor(dtype, shapes, { min: 0.125, max: 4 }));
const anySign = floating.chain((dtype) => stridedTensor(dtype, shapes, { min: -4, max: 4 }));

function asNdarray({ data, shape, strides, offset }: Tensor): ndarray.NdArray {
  return ndarray(data, [...shape], [...strides], offset);
}

/** Two operands of one dtype, transposed and reversed and then stretched to a common shape by strides of 0. */
const pair: fc.Arbitrary<[Tensor, Tensor]> = fc
  .tuple(broadcastPair({ ...shapes, maxSize: 3 }), floating)
  .chain(([{ a, b, result }, dtype]) => {
    const operand = (shape: readonly number[]): fc.Arbitrary<Tensor> =>
      fc
        .tuple(data({ shape, min: 0.125, max: 4 }), arrangement(shape.length))
        .map(([d, how]) => broadcastTo(arrange(d, how, dtype), result));
    return fc.tuple(operand(a), operand(b));
  });

const unaries: readonly [string, Unary, (x: Tensor) => Tensor, number][] = [
  ['neg', ops.neg, neg, 0],
  ['abs', ops.abs, abs, 0],
  ['ceil', ops.ceil, ceil, 0],
  ['floor', ops.floor, floor, 0],
  ['recip', ops.recip, reciprocal, 0],
  ['sqrt', ops.sqrt, sqrt, 0],
  ['exp', ops.exp, exp, 4],
  ['log', ops.log, log, 4],
  ['sin', ops.sin, sin, 4],
  ['cos', ops.cos, cos, 4],
];

const binaries: readonly [string, Binary, (a: Tensor, b: Tensor) => Tensor, number][] = [
  ['add', ops.add, add, 0],
  ['sub', ops.sub, sub, 0],
  ['mul', ops.mul, mul, 0],
  ['div', ops.div, div, 0],
  ['max', ops.max, maximum, 0],
  ['min', ops.min, minimum, 0],
  ['pow', ops.pow, power, 4],
  ['eq', ops.eq, equal, 0],
  ['neq', ops.neq, notEqual, 0],
  ['lt', ops.lt, less, 0],
  ['leq', ops.leq, lessEqual, 0],
  ['gt', ops.gt, greater, 0],
  ['geq', ops.geq, greaterEqual, 0],
];

const epsilon = (x: Tensor): number => (x.dtype === 'float32' ? 2 ** -23 : 2 ** -52);

describe.each(unaries)('ndarray-ops %s', (_name, oracle, ours, ulps) => {
  test.prop([positive], few)('agrees on the same memory', (x) => {
    const out = allocate(x.dtype, x.size);
    oracle(ndarray(out, [...x.shape]), asNdarray(x));
    expectUlps(elements(ours(x)), out, ulps, epsilon(x));
  });
});

describe.each(binaries)('ndarray-ops %s', (_name, oracle, ours, ulps) => {
  test.prop([pair], few)('agrees on the same memory', ([a, b]) => {
    const out = allocate(a.dtype, a.size);
    oracle(ndarray(out, [...a.shape]), asNdarray(a), asNdarray(b));
    expectUlps(elements(ours(a, b)), out, ulps, epsilon(a));
  });
});

test.prop([anySign], few)('ndarray-ops sum, sup and inf agree on the same memory', (x) => {
  // The oracle adds one by one in float64: n·eps·Σ|x| apart at most, then one rounding to the dtype.
  const scale = elements(x).reduce((total, v) => total + Math.abs(v), 0);
  expectClose([sum(x).item()], [ops.sum(asNdarray(x))], { factor: x.size + 1, scale, epsilon: epsilon(x) });
  expect(max(x).item()).toBe(ops.sup(asNdarray(x)));
  expect(min(x).item()).toBe(ops.inf(asNdarray(x)));
});
