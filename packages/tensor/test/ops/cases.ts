import { fc } from '@fast-check/vitest';
import { data, permutation, shape } from '@neuronseek/testkit';
import type { Op } from '../../src/core/op.js';
import { apply, applyView } from '../../src/core/op.js';
import { astypeOp } from '../../src/core/ops/astype.js';
import { expandDimsOp, squeezeOp } from '../../src/core/ops/axes.js';
import { concatOp } from '../../src/core/ops/concat.js';
import { matmulOp } from '../../src/core/ops/matmul.js';
import { argmaxOp, argminOp, maxOp, minOp } from '../../src/core/ops/reduce.js';
import { contiguous, contiguousOp, reshapeOp } from '../../src/core/ops/reshape.js';
import { embedOp, sliceOp } from '../../src/core/ops/slice.js';
import { broadcastToOp, sumOp } from '../../src/core/ops/sum-broadcast.js';
import { scatterAddOp, takeOp } from '../../src/core/ops/take.js';
import { transposeOp } from '../../src/core/ops/transpose.js';
import { whereOp } from '../../src/core/ops/where.js';
import { Tensor } from '../../src/core/tensor.js';
import { type AnyOp, elementwiseTable } from '../support/op-table.js';
import { elementwiseCase } from './elementwise-case.js';
import { caseOf, distinct, type OpCase, someAxes } from './op-case.js';

const small = { maxOrder: 3, maxSize: 3 };
const anyShape = shape(small);
const anyData = data(small);

/** A window as slice computes it: along each axis count elements from start in steps of either sign, all within n. */
const window = (sizes: readonly number[]): fc.Arbitrary<{ start: number[]; count: number[]; step: number[] }> =>
  fc
    .tuple(
      ...sizes.map((n) =>
        fc
          .record({ at: fc.nat(Math.max(n - 1, 0)), step: fc.constantFrom(1, 2, -1, -2), want: fc.nat(n) })
          .map(({ at, step, want }) => {
            const room = n === 0 ? 0 : Math.floor((step > 0 ? n - 1 - at : at) / Math.abs(step)) + 1;
            return { start: at, count: Math.min(want, room), step };
          }),
      ),
    )
    .map((axes) => ({
      start: axes.map((axis) => axis.start),
      count: axes.map((axis) => axis.count),
      step: axes.map((axis) => axis.step),
    }));

const windowed = anyShape.chain((sizes) => fc.tuple(fc.constant(sizes), window(sizes)));

const selection = shape({ ...small, minOrder: 1, minSize: 1 }).chain((sizes) =>
  fc.nat(sizes.length - 1).chain((axis) =>
    fc.record({
      sizes: fc.constant(sizes),
      axis: fc.constant(axis),
      indices: fc.array(fc.nat(sizes[axis] - 1), { maxLength: 4 }).map((list) => Int32Array.from(list)),
    }),
  ),
);

const extremum = (op: Op<readonly number[]>): fc.Arbitrary<OpCase> =>
  shape({ ...small, minSize: 1 }).chain((sizes) =>
    fc.tuple(distinct(sizes), someAxes(sizes.length)).map(([x, axes]) => caseOf([x], ([t]) => apply(op, [t], axes))),
  );

const position = (op: Op<number>): fc.Arbitrary<OpCase> =>
  shape({ ...small, minOrder: 1, minSize: 1 }).chain((sizes) =>
    fc.tuple(distinct(sizes), fc.nat(sizes.length - 1)).map(([x, axis]) => caseOf([x], ([t]) => apply(op, [t], axis))),
  );

/** Shapes that differ along one axis only, two or three of them. */
const joinable = shape({ ...small, minOrder: 1 }).chain((sizes) =>
  fc
    .nat(sizes.length - 1)
    .chain((axis) =>
      fc
        .array(fc.nat(3), { minLength: 1, maxLength: 3 })
        .chain((lengths) =>
          fc.tuple(
            fc.constant(axis),
            fc.tuple(...lengths.map((n) => data({ shape: sizes.map((s, i) => (i === axis ? n : s)) }))),
          ),
        ),
    ),
);

const product = fc
  .record({ m: fc.nat(3), k: fc.nat(3), n: fc.nat(3), batch: shape({ maxOrder: 2, maxSize: 2 }), one: fc.boolean() })
  .chain(({ m, k, n, batch, one }) =>
    fc.tuple(
      data({ shape: [...(one ? batch.map(() => 1) : batch), m, k] }),
      data({ shape: [...batch.slice(Math.min(1, batch.length)), k, n] }),
    ),
  );

const chosen = anyShape.chain((sizes) => {
  const length = sizes.reduce((size, n) => size * n, 1);
  return fc.tuple(
    fc.array(fc.nat(1), { minLength: length, maxLength: length }),
    data({ shape: sizes }),
    data({ shape: sizes.slice(Math.min(1, sizes.length)) }),
  );
});

const structural: Readonly<Record<string, fc.Arbitrary<OpCase>>> = {
  contiguous: anyData.map((x) => caseOf([x], ([t]) => apply(contiguousOp, [t], undefined))),
  // As reshape() calls it: the operand is gap-free.
  reshape: fc
    .tuple(anyData, fc.boolean())
    .map(([x, ones]) =>
      caseOf([x], ([t]) => applyView(reshapeOp, contiguous(t), ones ? [1, ...t.shape, 1] : [t.size])),
    ),
  slice: windowed.chain(([sizes, w]) =>
    data({ shape: sizes }).map((x) => caseOf([x], ([t]) => applyView(sliceOp, t, w))),
  ),
  embed: windowed.chain(([sizes, w]) =>
    data({ shape: w.count }).map((x) => caseOf([x], ([t]) => apply(embedOp, [t], { window: w, shape: sizes }))),
  ),
  sum: anyData.chain((x) => someAxes(x.shape.length).map((axes) => caseOf([x], ([t]) => apply(sumOp, [t], axes)))),
  broadcastTo: fc
    .tuple(anyShape, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), fc.nat(3))
    .chain(([to, stretched, dropped]) =>
      data({ shape: to.map((n, axis) => (stretched[axis] ? 1 : n)).slice(Math.min(dropped, to.length)) }).map((x) =>
        // Axes in front of the operand's are new, whatever their size.
        caseOf([x], ([t]) => applyView(broadcastToOp, t, to)),
      ),
    ),
  transpose: anyData.chain((x) =>
    permutation(x.shape.length).map((axes) => caseOf([x], ([t]) => applyView(transposeOp, t, axes))),
  ),
  squeeze: anyData.chain((x) =>
    someAxes(x.shape.length).chain((axes) =>
      data({ shape: x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n)) }).map((y) =>
        caseOf([y], ([t]) => applyView(squeezeOp, t, axes)),
      ),
    ),
  ),
  expandDims: anyData.chain((x) =>
    someAxes(x.shape.length + 2)
      .filter((axes) => axes.every((axis, i) => axis <= x.shape.length + i))
      .map((axes) => caseOf([x], ([t]) => applyView(expandDimsOp, t, axes))),
  ),
  concat: joinable.map(([axis, xs]) => caseOf(xs, (ts) => apply(concatOp, ts, axis))),
  take: selection.chain(({ sizes, axis, indices }) =>
    data({ shape: sizes }).map((x) => caseOf([x], ([t]) => apply(takeOp, [t], { axis, indices }))),
  ),
  scatterAdd: selection.chain(({ sizes, axis, indices }) =>
    data({ shape: sizes.map((s, i) => (i === axis ? indices.length : s)) }).map((x) =>
      caseOf([x], ([t]) => apply(scatterAddOp, [t], { selection: { axis, indices }, shape: sizes })),
    ),
  ),
  where: chosen.map(([mask, a, b]) => {
    const condition = new Tensor(Uint8Array.from(mask), 'bool', a.shape);
    return caseOf([a, b], (ts) => apply(whereOp, [condition, ...ts], undefined));
  }),
  matmul: product.map((ab) => caseOf(ab, (ts) => apply(matmulOp, ts, undefined))),
  max: extremum(maxOp),
  min: extremum(minOp),
  argmax: position(argmaxOp),
  argmin: position(argminOp),
  // Differences of float32 results are too coarse for the law; casts between dtypes have tests of their own.
  astype: anyData.map((x) => caseOf([x], ([t]) => apply(astypeOp, [t], 'float64'))),
};

/** Generated inputs for every operation, by its name. */
export const cases: ReadonlyMap<string, fc.Arbitrary<OpCase>> = new Map([
  ...[...elementwiseTable].map(([name, op]) => [name, elementwiseCase(op)] as const),
  ...Object.entries(structural),
]);

/** Whether differentiating the operation is an error. */
export function hasDerivative(op: AnyOp): boolean {
  return op.vjp !== null;
}
