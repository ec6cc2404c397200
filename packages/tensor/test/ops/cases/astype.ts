import { data } from '@neuronseek/testkit';
import { apply } from '../../../src/core/op.js';
import { astypeOp } from '../../../src/core/ops/astype.js';
import { caseOf, type OpCases } from '../op-case.js';

export const cases: OpCases = {
  // Differences of float32 results are too coarse for the law; casts between dtypes have tests of their own.
  astype: data({ maxOrder: 3, maxSize: 3 }).map((x) => caseOf([x], ([t]) => apply(astypeOp, [t], 'float64'))),
};
