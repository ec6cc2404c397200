import { fc } from '@fast-check/vitest';
import { data, shape } from '@neuronseek/testkit';
import type { DType } from '../../../src/core/dtype.js';
import { apply, type Op } from '../../../src/core/op.js';
import { concatOp } from '../../../src/core/ops/concat.js';
import { oneHotOp } from '../../../src/core/ops/one-hot.js';
import { argsortOp, sortByOp, sortOp, unsortByOp } from '../../../src/core/ops/sort.js';
import { scatterAddOp, takeOp } from '../../../src/core/ops/take.js';
import { addAlongAxisOp, takeAlongAxisOp } from '../../../src/core/ops/take-along-axis.js';
import { whereOp } from '../../../src/core/ops/where.js';
import { Tensor } from '../../../src/core/tensor.js';
import { caseOf, distinct, type OpCase, type OpCases } from '../op-case.js';

const small = { maxOrder: 3, maxSize: 3 };
const selection = shape({ ...small, minOrder: 1, minSize: 1 }).chain((sizes) =>
  fc.nat(sizes.length - 1).chain((axis) =>
    fc.record({
      sizes: fc.constant(sizes),
      axis: fc.constant(axis),
      indices: fc.array(fc.nat(sizes[axis] - 1), { maxLength: 4 }).map((list) => Int32Array.from(list)),
    }),
  ),
);

/** An axis, its size, a shape to pick along it, and an index for every element of that shape. */
const places = shape({ ...small, minOrder: 1 }).chain((sizes) =>
  fc.record({ axis: fc.nat(sizes.length - 1), size: fc.integer({ min: 1, max: 4 }) }).chain(({ axis, size }) => {
    const length = sizes.reduce((total, n) => total * n, 1);
    return fc.array(fc.nat(size - 1), { minLength: length, maxLength: length }).map((list) => ({
      picked: sizes,
      whole: sizes.map((n, i) => (i === axis ? size : n)),
      params: { axis, count: sizes[axis], indices: Int32Array.from(list) },
    }));
  }),
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

const chosen = shape(small).chain((sizes) => {
  const length = sizes.reduce((size, n) => size * n, 1);
  return fc.tuple(
    fc.array(fc.nat(1), { minLength: length, maxLength: length }),
    data({ shape: sizes }),
    data({ shape: sizes.slice(Math.min(1, sizes.length)) }),
  );
});

/** Numbers without ties, so that their order has a derivative. */
const sortable = (op: Op<boolean>): fc.Arbitrary<OpCase> =>
  fc
    .tuple(shape({ ...small, minOrder: 1 }).chain(distinct), fc.boolean())
    .map(([x, descending]) => caseOf([x], ([t]) => apply(op, [t], descending)));

/** Numbers, and others whose order they are put in. */
const sortedBy = (op: Op<boolean>): fc.Arbitrary<OpCase> =>
  fc
    .tuple(
      shape({ ...small, minOrder: 1 }).chain((sizes) => fc.tuple(data({ shape: sizes }), distinct(sizes))),
      fc.boolean(),
    )
    .map(([[h, x], descending]) => caseOf([h, x], (ts) => apply(op, ts, descending)));

export const cases: OpCases = {
  sort: sortable(sortOp),
  argsort: sortable(argsortOp),
  sortBy: sortedBy(sortByOp),
  unsortBy: sortedBy(unsortByOp),
  concat: joinable.map(([axis, xs]) => caseOf(xs, (ts) => apply(concatOp, ts, axis))),
  take: selection.chain(({ sizes, axis, indices }) =>
    data({ shape: sizes }).map((x) => caseOf([x], ([t]) => apply(takeOp, [t], { axis, indices }))),
  ),
  scatterAdd: selection.chain(({ sizes, axis, indices }) =>
    data({ shape: sizes.map((s, i) => (i === axis ? indices.length : s)) }).map((x) =>
      caseOf([x], ([t]) => apply(scatterAddOp, [t], { selection: { axis, indices }, shape: sizes })),
    ),
  ),
  takeAlongAxis: places.chain(({ whole, params }) =>
    data({ shape: whole }).map((x) => caseOf([x], ([t]) => apply(takeAlongAxisOp, [t], params))),
  ),
  addAlongAxis: places.chain(({ picked, whole, params }) =>
    data({ shape: picked }).map((x) =>
      caseOf([x], ([t]) => apply(addAlongAxisOp, [t], { places: params, size: whole[params.axis] })),
    ),
  ),
  oneHot: fc
    .tuple(shape(small), fc.constantFrom<DType>('float64', 'float32', 'int32', 'bool'))
    .chain(([sizes, dtype]) => {
      const length = sizes.reduce((size, n) => size * n, 1);
      return fc.array(fc.nat(3), { minLength: length, maxLength: length }).map((list) => {
        const indices = { shape: sizes, data: Float64Array.from(list) };
        return caseOf([indices], (ts) => apply(oneHotOp, ts, { depth: 4, dtype }));
      });
    }),
  where: chosen.map(([mask, a, b]) => {
    const condition = new Tensor(Uint8Array.from(mask), 'bool', a.shape);
    return caseOf([a, b], (ts) => apply(whereOp, [condition, ...ts], undefined));
  }),
};
