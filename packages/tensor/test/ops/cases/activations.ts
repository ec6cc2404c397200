import { fc } from '@fast-check/vitest';
import { data, shape } from '@neuronseek/testkit';
import { apply } from '../../../src/core/op.js';
import { reluGradOp } from '../../../src/core/ops/activations.js';
import { caseOf, distinct, type OpCases } from '../op-case.js';

export const cases: OpCases = {
  // Both of one shape, and no x at the kink: distinct numbers are multiples of 1/8, so half such a step is added.
  reluGrad: shape({ maxOrder: 3, maxSize: 3 })
    .chain((sizes) => fc.tuple(data({ shape: sizes }), distinct(sizes)))
    .map(([g, x]) =>
      caseOf([g, { ...x, data: x.data.map((v) => v + 1 / 16) }], (ts) => apply(reluGradOp, ts, undefined)),
    ),
};
