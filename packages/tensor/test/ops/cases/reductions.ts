import { fc } from '@fast-check/vitest';
import { data, shape } from '@neuronseek/testkit';
import { apply, type Op } from '../../../src/core/op.js';
import { argmaxOp, argminOp, maxOp, minOp } from '../../../src/core/ops/reduce.js';
import { sumOp } from '../../../src/core/ops/sum-broadcast.js';
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

export const cases: OpCases = {
  sum: anyData.chain((x) => someAxes(x.shape.length).map((axes) => caseOf([x], ([t]) => apply(sumOp, [t], axes)))),
  max: extremum(maxOp),
  min: extremum(minOp),
  argmax: position(argmaxOp),
  argmin: position(argminOp),
};
