import { fc } from '@fast-check/vitest';
import { type Data, data, shape } from '@neuronseek/testkit';
import { apply, type Op } from '../../../src/core/op.js';
import { prodOp } from '../../../src/core/ops/prod.js';
import { argmaxOp, argminOp, maxOp, minOp } from '../../../src/core/ops/reduce.js';
import { cumprodOp, cumsumOp, recurrenceOp } from '../../../src/core/ops/scan.js';
import { logSoftmaxOp, logsumexpOp, softmaxOp } from '../../../src/core/ops/softmax.js';
import { sumOp } from '../../../src/core/ops/sum-broadcast.js';
import { allOp, anyOp, countNonzeroOp } from '../../../src/core/ops/truth.js';
import { caseOf, distinct, type OpCase, type OpCases, someAxes } from '../op-case.js';

const small = { maxOrder: 3, maxSize: 3 };
const anyData = data(small);

const extremum = (op: Op<readonly number[]>): fc.Arbitrary<OpCase> =>
  shape({ ...small, minSize: 1 }).chain((sizes) =>
    fc.tuple(distinct(sizes), someAxes(sizes.length)).map(([x, axes]) => caseOf([x], ([t]) => apply(op, [t], axes))),
  );

const position = (op: Op<number>): fc.Arbitrary<OpCase> =>
  shape({ ...small, minOrder: 1, minSize: 1 }).chain((sizes) =>
    fc.tuple(distinct(sizes), fc.nat(sizes.length - 1)).map(([x, axis]) => caseOf([x], ([t]) => apply(op, [t], axis))),
  );

/**
 * Numbers from 1/2 to 2 in size with up to two zeros among them, so that the first two derivatives of their product are not all 0. Of more
 * zeros, differences would show nothing but their own rounding; forward/products.test.ts has those.
 */
const factors = (sizes: readonly number[]): fc.Arbitrary<Data> =>
  fc.tuple(data({ shape: sizes, min: -1.5, max: 1.5 }), fc.array(fc.nat(26), { maxLength: 2 })).map(([x, zeros]) => ({
    ...x,
    data: x.data.map((v, i) => (zeros.includes(i) ? 0 : v < 0 ? v - 0.5 : v + 0.5)),
  }));

const ofAxes = (op: Op<readonly number[]>, of: fc.Arbitrary<Data>): fc.Arbitrary<OpCase> =>
  of.chain((x) => someAxes(x.shape.length).map((axes) => caseOf([x], ([t]) => apply(op, [t], axes))));

const course = shape({ ...small, minOrder: 1 }).chain((sizes) =>
  fc.record({ sizes: fc.constant(sizes), axis: fc.nat(sizes.length - 1), reverse: fc.boolean() }),
);

/** Close together: what is far below the largest has a derivative that differences cannot tell from their own rounding. */
const rows = (op: Op<undefined>): fc.Arbitrary<OpCase> =>
  shape({ ...small, minOrder: 1, minSize: 1 }).chain((sizes) =>
    data({ shape: sizes, min: -1, max: 1 }).map((x) => caseOf([x], ([t]) => apply(op, [t], undefined))),
  );

export const cases: OpCases = {
  softmax: rows(softmaxOp),
  logSoftmax: rows(logSoftmaxOp),
  logsumexp: ofAxes(
    logsumexpOp,
    shape({ ...small, minSize: 1 }).chain((sizes) => data({ shape: sizes, min: -1, max: 1 })),
  ),
  prod: ofAxes(prodOp, shape(small).chain(factors)),
  any: ofAxes(anyOp, anyData),
  all: ofAxes(allOp, anyData),
  countNonzero: ofAxes(countNonzeroOp, anyData),
  cumsum: course.chain(({ sizes, ...along }) =>
    data({ shape: sizes }).map((x) => caseOf([x], ([t]) => apply(cumsumOp, [t], along))),
  ),
  cumprod: course.chain(({ sizes, ...along }) =>
    factors(sizes).map((x) => caseOf([x], ([t]) => apply(cumprodOp, [t], along))),
  ),
  recurrence: course.chain(({ sizes, ...along }) =>
    fc.tuple(factors(sizes), data({ shape: sizes })).map((xs) => caseOf(xs, (ts) => apply(recurrenceOp, ts, along))),
  ),
  sum: anyData.chain((x) => someAxes(x.shape.length).map((axes) => caseOf([x], ([t]) => apply(sumOp, [t], axes)))),
  max: extremum(maxOp),
  min: extremum(minOp),
  argmax: position(argmaxOp),
  argmin: position(argminOp),
};
