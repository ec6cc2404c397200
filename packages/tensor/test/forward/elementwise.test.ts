import { fc, test } from '@fast-check/vitest';
import { broadcastPair, data, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { allocate } from '../../src/core/allocate.js';
import type { DType } from '../../src/core/dtype.js';
import { apply } from '../../src/core/op.js';
import type { ElementwiseOp } from '../../src/core/ops/elementwise.js';
import { broadcastTo } from '../../src/core/ops/sum-broadcast.js';
import type { Tensor } from '../../src/core/tensor.js';
import { arrange, arrangement } from '../support/arrange.js';
import { at, elements, fromData, indices } from '../support/elements.js';
import { expectUlps } from '../support/expect-ulps.js';
import { functions } from '../support/loose.js';
import { elementwiseTable } from '../support/op-table.js';
import { scalarOracles } from '../support/scalar-oracles.js';
import { special, stridedTensor } from '../support/strided.js';

const dtypes: readonly DType[] = ['float64', 'float32', 'int32', 'bool'];
const rows = [...elementwiseTable].map(([name, op]) => ({ name, op }));
const unaries = rows.filter(({ op }) => op.domain.length === 1);
const binaries = rows.filter(({ op }) => op.domain.length === 2);

/** Compares with the oracle's values, rounded once to the dtype of the result. */
function expectOracle({ name }: ElementwiseOp, actual: Tensor, expected: readonly number[]): void {
  const { ulps } = scalarOracles[name];
  const rounded = allocate(actual.dtype, expected.length);
  rounded.set(expected);
  const values = elements(actual);
  if (actual.dtype !== 'float64' && actual.dtype !== 'float32') expectSameBits(values, rounded);
  else if (ulps > 0) expectUlps(values, rounded, ulps, actual.dtype === 'float32' ? 2 ** -23 : 2 ** -52);
  // 0 and −0 are told apart by division alone; NumPy leaves the sign of a zero result of maximum and its like open.
  else expectUlps(values, rounded, 0);
}

test('every elementwise operation has an oracle', () => {
  expect(Object.keys(scalarOracles).sort()).toEqual([...elementwiseTable.keys()].sort());
});

test.each(rows)('the public function $name runs the operation of its name', ({ name, op }) => {
  const f = functions.get(name);
  if (typeof f !== 'function') throw new Error(`there is no public function ${name}`);
  const args = op.domain.map(([low, high]) =>
    fromData({ shape: [2], data: Float64Array.of(low, (low + 3 * high) / 4) }),
  );
  const result: unknown = Reflect.apply(f, undefined, args);
  expect(result).toEqual(apply(op, args, undefined));
});

describe.each(unaries)('$name', ({ op }) => {
  const { of } = scalarOracles[op.name];
  test.prop([fc.constantFrom(...dtypes).chain((dtype) => stridedTensor(dtype))])('on any strided view', (x) => {
    const y = apply(op, [x], undefined);
    expect(y.shape).toEqual(x.shape);
    expectOracle(
      op,
      y,
      elements(x).map((v) => of(v, 0)),
    );
  });

  test.prop([data({ shape: [8], min: op.domain[0][0], max: op.domain[0][1] })])('is finite on its domain', (x) => {
    expect(elements(apply(op, [fromData(x)], undefined)).every(Number.isFinite)).toBe(true);
  });
});

describe.each(binaries)('$name', ({ op }) => {
  const { of } = scalarOracles[op.name];
  const broadcast = fc
    .tuple(broadcastPair({ maxOrder: 4, maxSize: 3 }), fc.constantFrom(...dtypes), fc.constantFrom(...dtypes))
    .chain(([{ a, b, result }, da, db]) => {
      // Integers to negative powers are refused, so integer operands are kept from 0 on.
      const values = (dtype: DType) =>
        dtype === 'float64' || dtype === 'float32'
          ? { min: -4, max: 4, special }
          : { min: 0, max: dtype === 'bool' ? 1 : 9 };
      const whole = (dtype: DType, shape: readonly number[]) =>
        data({ shape, ...values(dtype) }).map((d) =>
          dtype === 'float64' || dtype === 'float32' ? d : { ...d, data: d.data.map(Math.round) },
        );
      return fc.record({
        a: fc.tuple(whole(da, a), arrangement(a.length)).map(([d, how]) => arrange(d, how, da)),
        b: fc.tuple(whole(db, b), arrangement(b.length)).map(([d, how]) => arrange(d, how, db)),
        shape: fc.constant(result),
      });
    });

  test.prop([broadcast])('broadcasts by the rule: aligned at the end, size 1 repeated', ({ a, b, shape }) => {
    const y = apply(op, [a, b], undefined);
    expect(y.shape).toEqual(shape);
    const from = (x: Tensor, index: readonly number[]): number =>
      at(
        x,
        index.slice(shape.length - x.order).map((i, axis) => (x.shape[axis] === 1 ? 0 : i)),
      );
    // An int32 product that leaves the range wraps; none of these does.
    expectOracle(
      op,
      y,
      indices(shape).map((index) => of(from(a, index), from(b, index))),
    );
    expectSameBits(elements(apply(op, [broadcastTo(a, shape), broadcastTo(b, shape)], undefined)), elements(y));
  });

  test.prop([stridedTensor(), fc.constantFrom(...special)])('takes special values on any strided view', (x, y) => {
    const other = fromData({ shape: [], data: Float64Array.of(y) });
    expectOracle(
      op,
      apply(op, [x, other], undefined),
      elements(x).map((v) => of(v, y)),
    );
    expectOracle(
      op,
      apply(op, [other, x], undefined),
      elements(x).map((v) => of(y, v)),
    );
  });
});
