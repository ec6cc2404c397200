import { fc } from '@fast-check/vitest';
import { data, permutation, shape } from '@neuronseek/testkit';
import { apply, applyView } from '../../../src/core/op.js';
import { expandDimsOp, squeezeOp } from '../../../src/core/ops/axes.js';
import { type PadWidth, padOp } from '../../../src/core/ops/pad.js';
import { contiguous, contiguousOp, reshapeOp } from '../../../src/core/ops/reshape.js';
import { embedOp, sliceOp } from '../../../src/core/ops/slice.js';
import { broadcastToOp } from '../../../src/core/ops/sum-broadcast.js';
import { transposeOp } from '../../../src/core/ops/transpose.js';
import { caseOf, type OpCases, someAxes } from '../op-case.js';

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

const widths = (order: number): fc.Arbitrary<PadWidth[]> =>
  fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: order, maxLength: order });

export const cases: OpCases = {
  pad: anyData.chain((x) =>
    fc
      .tuple(widths(x.shape.length), fc.constantFrom(0, -1.5))
      .map(([of, value]) => caseOf([x], ([t]) => apply(padOp, [t], { widths: of, value }))),
  ),
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
};
