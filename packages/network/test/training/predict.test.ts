import { slice, tensor, transpose } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect, test } from 'vitest';
import { apply, init, linear, predict } from '../../src/index.js';
import { drawNormal } from '../support/bridge.js';
import { everyKind } from '../support/layers.js';

describe('predict', () => {
  test.each(everyKind)('$name: in blocks it is what apply says at once', ({ layer, inputs }) => {
    const variables = init(layer, key(1));
    // Two blocks and a row.
    const x = drawNormal(2, [2 * 4096 + 1, inputs]);
    const whole = apply(layer, variables, x).output;
    const blocks = predict(layer, variables, x);
    expect(blocks.shape).toEqual(whole.shape);
    // The same sums of at most 10 products, perhaps in another order.
    expectClose(blocks.toTypedArray(), whole.toTypedArray(), { factor: 20 });
  });

  test.each(everyKind)('$name: short tables are applied as they are', ({ layer, inputs }) => {
    const variables = init(layer, key(1));
    for (const rows of [0, 1, 7]) {
      const x = drawNormal(2, [rows, inputs]);
      const { output } = apply(layer, variables, x);
      const predicted = predict(layer, variables, x);
      expect(predicted.shape).toEqual(output.shape);
      expectSameBits(predicted.toTypedArray(), output.toTypedArray());
    }
  });

  test('a NaN stays in its row', () => {
    const layer = linear(2, 2);
    const x = tensor([
      [1, 2],
      [Number.NaN, 2],
      [3, 4],
    ]);
    const y = predict(layer, init(layer, key(1)), x).toTypedArray();
    expect(Array.from(y, Number.isNaN)).toEqual([false, false, true, true, false, false]);
  });

  test('reads views', () => {
    const layer = linear(3, 2);
    const variables = init(layer, key(1));
    const x = transpose(drawNormal(3, [3, 5000]));
    const copy = tensor(Float64Array.from(x.toTypedArray()), x.shape);
    expectSameBits(predict(layer, variables, x).toTypedArray(), predict(layer, variables, copy).toTypedArray());
  });

  test('refuses what is no table and columns that do not fit', () => {
    const layer = linear(2, 1);
    const variables = init(layer, key(1));
    expect(() => predict(layer, variables, tensor(3))).toThrow(
      new RangeError('predict: x must have shape [rows, columns], got []'),
    );
    expect(() => predict(layer, variables, drawNormal(1, [5, 3]))).toThrow(
      new RangeError('apply: layer takes 2 inputs, it is given 3'),
    );
    expect(() => predict(layer, variables, slice(drawNormal(1, [5, 3]), [0]))).toThrow('got [3]');
  });
});
