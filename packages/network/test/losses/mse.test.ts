import { fc, test } from '@fast-check/vitest';
import { grad, ones, type Tensor, vjp } from '@neuronseek/tensor';
import { checkVjp, data, expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { mse } from '../../src/index.js';
import { toData, toTensor } from '../support/bridge.js';

const pairs = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }))
  .chain((shape) => fc.tuple(data({ shape }), data({ shape }), data({ shape }), data({ shape })));

describe('mse', () => {
  test.prop([pairs])('is the mean of squared differences, with gradient 2·(prediction − target)/n', ([p, t]) => {
    const n = p.data.length;
    const squares = p.data.map((x, i) => (x - t.data[i]) ** 2);
    // A pairwise sum of n ≤ 18 squares.
    expectClose([mse(toTensor(p), toTensor(t)).item()], [squares.reduce((a, b) => a + b, 0) / n], { factor: 20 });
    const slope = grad((x: Tensor) => mse(x, toTensor(t)))(toTensor(p));
    expectClose(
      slope.toTypedArray(),
      p.data.map((x, i) => (2 * (x - t.data[i])) / n),
      { factor: 4 },
    );
  });

  test.prop([pairs])('obeys the law of the pullback in both arguments', ([p, t, v, w]) => {
    checkVjp({
      apply: ([a, b]) => toData(mse(toTensor(a), toTensor(b))),
      pullback: ([a, b], g) =>
        vjp(([x, y]: readonly Tensor[]) => mse(x, y), [toTensor(a), toTensor(b)])
          .pullback(toTensor(g))
          .map(toData),
      inputs: [p, t],
      direction: [v, w],
      cotangent: { shape: [], data: Float64Array.of(1) },
    });
  });

  test('refuses shapes that only broadcast', () => {
    expect(() => mse(ones([3, 1]), ones([3]))).toThrow(
      new RangeError('mse: shapes differ: prediction is [3, 1], target is [3]'),
    );
  });
});
