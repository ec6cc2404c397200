import { fc, test } from '@fast-check/vitest';
import { expectClose, value } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { tensor } from '../../src/core/create.js';
import { add } from '../../src/core/ops/arithmetic.js';
import { exp } from '../../src/core/ops/exponential.js';
import { clip } from '../../src/core/ops/power.js';
import { logSoftmax, softmax } from '../../src/core/ops/softmax.js';
import { broadcastTo, sum } from '../../src/core/ops/sum-broadcast.js';
import { elements } from '../support/elements.js';
import { special, stridedTensor } from '../support/strided.js';

const alongAxis = stridedTensor('float64', { minOrder: 1, maxOrder: 3, maxSize: 4 }, { min: -700, max: 700 }).chain(
  (x) => fc.tuple(fc.constant(x), fc.integer({ min: -x.order, max: x.order - 1 })),
);

describe('softmax', () => {
  test.prop([alongAxis])('sums to 1 along its axis, with no element outside [0, 1]', ([x, axis]) => {
    const y = softmax(x, { axis });
    expect(y.shape).toEqual(x.shape);
    expect(elements(y).every((v) => v >= 0 && v <= 1)).toBe(true);
    const n = x.shape[axis < 0 ? axis + x.order : axis];
    if (n === 0) return;
    expectClose(elements(sum(y, { axes: axis })), new Array<number>(x.size / n).fill(1), { factor: n + 4 });
  });

  test.prop([alongAxis, value({ min: -1000, max: 1000 })])(
    'does not change when a constant is added',
    ([x, axis], shift) => {
      const moved = softmax(add(x, shift), { axis });
      expectClose(elements(moved), elements(softmax(x, { axis })), { factor: 4000, scale: 1 });
    },
  );

  test.prop([alongAxis])('is the exponential of logSoftmax', ([x, axis]) => {
    // A logarithm v is off by |v| eps, which moves eᵛ ≤ 1 by at most eps/e.
    expectClose(elements(exp(logSoftmax(x, { axis }))), elements(softmax(x, { axis })), { factor: 8, scale: 1 });
  });

  test('by hand, and along the last axis by default', () => {
    expectClose(
      elements(
        softmax(
          tensor([
            [0, Math.log(3)],
            [1, 1],
          ]),
        ),
      ),
      [0.25, 0.75, 0.5, 0.5],
      { factor: 4 },
    );
    expect(elements(softmax(tensor([1000, 0, -1000])))).toEqual([1, 0, 0]);
    expect(elements(logSoftmax(tensor([1000, 0])))).toEqual([0, -1000]);
    expect(elements(softmax(tensor([Number.NEGATIVE_INFINITY, 0])))).toEqual([0, 1]);
  });
});

describe('clip', () => {
  test.prop([stridedTensor(), value({ special }), value({ special })])(
    'is the nearest point of the interval',
    (x, low, high) => {
      const expected = elements(x).map((v) => Math.min(Math.max(v, low), high));
      expectClose(elements(clip(x, low, high)), expected, { factor: 0 });
    },
  );

  test('broadcasts its bounds and stretches x', () => {
    const bounds = tensor([[0], [2]]);
    expect(clip(tensor([-1, 1, 3]), bounds, 2).toArray()).toEqual([
      [0, 1, 2],
      [2, 2, 2],
    ]);
    expect(clip(broadcastTo(tensor(5), [2]), 0, 1).toArray()).toEqual([1, 1]);
  });
});
