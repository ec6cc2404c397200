import { fc } from '@fast-check/vitest';
import { data, shape } from '@neuronseek/testkit';
import { apply } from '../../../src/core/op.js';
import { matmulOp } from '../../../src/core/ops/matmul.js';
import { caseOf, type OpCases } from '../op-case.js';

const product = fc
  .record({ m: fc.nat(3), k: fc.nat(3), n: fc.nat(3), batch: shape({ maxOrder: 2, maxSize: 2 }), one: fc.boolean() })
  .chain(({ m, k, n, batch, one }) =>
    fc.tuple(
      data({ shape: [...(one ? batch.map(() => 1) : batch), m, k] }),
      data({ shape: [...batch.slice(Math.min(1, batch.length)), k, n] }),
    ),
  );

export const cases: OpCases = {
  matmul: product.map((ab) => caseOf(ab, (ts) => apply(matmulOp, ts, undefined))),
};
