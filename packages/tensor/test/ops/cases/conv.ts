import { fc } from '@fast-check/vitest';
import { data } from '@neuronseek/testkit';
import { apply } from '../../../src/core/op.js';
import { type ConvParams, conv2dOp, conv2dWeightOp, convTranspose2dOp } from '../../../src/core/ops/conv.js';
import type { Pooling } from '../../../src/core/ops/pool.js';
import { averagePoolOp, averageUnpoolOp } from '../../../src/core/ops/pool-average.js';
import { poolScatterOp, poolTakeOp } from '../../../src/core/ops/pool-max.js';
import { caseOf, type OpCases } from '../op-case.js';

const pair = (min: number, max: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min, max }), { minLength: 2, maxLength: 2 });

/** Shapes of x, w and y and what else there is; small, and with every number but the kernel down to 0. */
const problems = fc
  .record({
    batch: fc.nat(2),
    groups: fc.integer({ min: 1, max: 2 }),
    channels: fc.nat(2),
    kernels: fc.nat(2),
    input: pair(0, 4),
    kernel: pair(1, 2),
    output: pair(0, 3),
    stride: pair(1, 2),
    dilation: pair(1, 2),
    low: pair(0, 1),
  })
  .map(({ batch, groups, channels, kernels, ...rest }) => {
    const params: ConvParams = { ...rest, groups };
    return {
      params,
      x: [batch, groups * channels, ...rest.input],
      w: [groups * kernels, channels, ...rest.kernel],
      y: [batch, groups * kernels, ...rest.output],
    };
  });

const pools = fc
  .record({
    lead: pair(0, 2),
    input: pair(1, 4),
    window: pair(1, 3),
    stride: pair(1, 2),
    dilation: pair(1, 1),
    countPadding: fc.boolean(),
  })
  .map(({ lead, countPadding, ...rest }) => {
    // Windows that start on an element, so that none is empty; the last one may reach over the edge.
    const output = rest.input.map((n, axis) => Math.ceil(n / rest.stride[axis]));
    const pooling: Pooling = { ...rest, output, low: [0, 0] };
    return { lead, pooling, countPadding };
  });

const picks = pools.chain(({ lead, pooling: { input, output } }) => {
  const length = [...lead, ...output].reduce((size, n) => size * n, 1);
  return fc
    .array(fc.nat(input[0] * input[1] - 1), { minLength: length, maxLength: length })
    .map((positions) => ({ lead, input, output, positions: Int32Array.from(positions) }));
});

export const cases: OpCases = {
  conv2d: problems.chain(({ params, x, w }) =>
    fc.tuple(data({ shape: x }), data({ shape: w })).map((xs) => caseOf(xs, (ts) => apply(conv2dOp, ts, params))),
  ),
  convTranspose2d: problems.chain(({ params, y, w }) =>
    fc
      .tuple(data({ shape: y }), data({ shape: w }))
      .map((xs) => caseOf(xs, (ts) => apply(convTranspose2dOp, ts, params))),
  ),
  conv2dWeight: problems.chain(({ params, x, y }) =>
    fc.tuple(data({ shape: x }), data({ shape: y })).map((xs) => caseOf(xs, (ts) => apply(conv2dWeightOp, ts, params))),
  ),
  averagePool: pools.chain(({ lead, ...averaging }) =>
    data({ shape: [...lead, ...averaging.pooling.input] }).map((x) =>
      caseOf([x], (ts) => apply(averagePoolOp, ts, averaging)),
    ),
  ),
  averageUnpool: pools.chain(({ lead, ...averaging }) =>
    data({ shape: [...lead, ...averaging.pooling.output] }).map((g) =>
      caseOf([g], (ts) => apply(averageUnpoolOp, ts, averaging)),
    ),
  ),
  poolTake: picks.chain(({ lead, ...picked }) =>
    data({ shape: [...lead, ...picked.input] }).map((x) => caseOf([x], (ts) => apply(poolTakeOp, ts, picked))),
  ),
  poolScatter: picks.chain(({ lead, ...picked }) =>
    data({ shape: [...lead, ...picked.output] }).map((g) => caseOf([g], (ts) => apply(poolScatterOp, ts, picked))),
  ),
};
