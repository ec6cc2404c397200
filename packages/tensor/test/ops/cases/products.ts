import { fc } from '@fast-check/vitest';
import { data, shape } from '@neuronseek/testkit';
import { apply, applyView } from '../../../src/core/op.js';
import { diagonalOp, embedDiagonalOp } from '../../../src/core/ops/diagonal.js';
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

/** A diagonal of a tensor of order 2 or 3, along two of its axes in either order, and its length. */
const diagonals = shape({ minOrder: 2, maxOrder: 3, maxSize: 3 }).chain((sizes) =>
  fc
    .record({ offset: fc.integer({ min: -3, max: 3 }), axes: fc.shuffledSubarray(sizes.map((_, axis) => axis)) })
    .filter(({ axes }) => axes.length >= 2)
    .map(({ offset, axes: [rows, columns] }) => ({
      sizes,
      which: { offset, rows, columns },
      result: [
        ...sizes.filter((_, axis) => axis !== rows && axis !== columns),
        Math.max(0, Math.min(sizes[rows] + Math.min(offset, 0), sizes[columns] - Math.max(offset, 0))),
      ],
    })),
);

export const cases: OpCases = {
  matmul: product.map((ab) => caseOf(ab, (ts) => apply(matmulOp, ts, undefined))),
  diagonal: diagonals.chain(({ sizes, which }) =>
    data({ shape: sizes }).map((x) => caseOf([x], ([t]) => applyView(diagonalOp, t, which))),
  ),
  embedDiagonal: diagonals.chain(({ sizes, which, result }) =>
    data({ shape: result }).map((x) => caseOf([x], ([t]) => apply(embedDiagonalOp, [t], { which, shape: sizes }))),
  ),
};
