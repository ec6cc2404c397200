import { key } from '@neuronseek/tensor/random';
import { describe, expect, test } from 'vitest';
import { type TtCrossFunction, type TtCrossOptions, ttCross } from '../src/index.js';

const zeros: TtCrossFunction = (_, count) => new Float64Array(count);
/** What a caller without types may pass. */
const untyped = <T>(value: unknown): T => JSON.parse(JSON.stringify(value));
const cross = (options: TtCrossOptions) => () => ttCross(zeros, [3, 4], options);

const cases: [call: () => unknown, type: typeof RangeError | typeof TypeError, message: string][] = [
  [() => ttCross(untyped(3), [3, 4]), TypeError, 'ttCross: f is not a function: 3'],
  [() => ttCross(zeros, untyped(3)), TypeError, 'ttCross: shape is not a list of sizes: 3'],
  [() => ttCross(zeros, []), RangeError, 'ttCross: shape needs at least one mode: it is []'],
  [
    () => ttCross(zeros, [3, 0]),
    RangeError,
    'ttCross: shape has a size that is not a positive integer below 2^31: [3, 0]',
  ],
  [
    () => ttCross(zeros, [3, 2.5]),
    RangeError,
    'ttCross: shape has a size that is not a positive integer below 2^31: [3, 2.5]',
  ],
  [cross({ eps: -1 }), RangeError, 'ttCross: eps is not a finite number from 0: -1'],
  [cross({ eps: Number.NaN }), RangeError, 'ttCross: eps is not a finite number from 0: NaN'],
  [cross({ ranks: 0 }), RangeError, 'ttCross: rank is not a positive integer: 0'],
  [cross({ ranks: -2 }), RangeError, 'ttCross: rank is not a positive integer: -2'],
  [cross({ ranks: 1.5 }), RangeError, 'ttCross: rank is not a positive integer: 1.5'],
  [cross({ ranks: [2, 2, 1] }), RangeError, 'ttCross: boundary ranks are not 1: ranks are [2, 2, 1]'],
  [
    cross({ ranks: [1, 1] }),
    RangeError,
    'ttCross: ranks has length 2, expected 3, the boundary ranks 1 included: [1, 1]',
  ],
  [cross({ maxEvaluations: 0 }), RangeError, 'ttCross: maxEvaluations is not a positive integer: 0'],
  [cross({ maxIterations: 1.5 }), RangeError, 'ttCross: maxIterations is not an integer from 0: 1.5'],
  [cross({ validation: -1 }), RangeError, 'ttCross: validation is not an integer from 0: -1'],
  [cross({ key: untyped([1]) }), RangeError, 'ttCross: key is not two integers from 0 to 2^32 - 1: [1]'],
  [cross({ init: [[1, 4]] }), RangeError, 'ttCross: init: index of sample 0 is out of range for mode 1 of size 4: 4'],
  [cross({ init: [[1]] }), RangeError, 'ttCross: init: index of sample 0 has 1 entries, expected 2'],
  [
    () =>
      ttCross(
        (indices, count) =>
          Float64Array.from({ length: count }, (_, s) => (indices[2 * s] === 1 && indices[2 * s + 1] === 2 ? NaN : 1)),
        [3, 4],
      ),
    RangeError,
    'ttCross: f is not finite at [1, 2]: NaN',
  ],
  [
    () => ttCross((_, count) => new Float64Array(count + 1), [1]),
    RangeError,
    'ttCross: f returned 2 values, expected 1',
  ],
  [
    () => ttCross((_, count) => untyped(Array.from({ length: count }, () => null)), [1]),
    TypeError,
    'ttCross: f did not return a number at [0]: null',
  ],
  [
    () => ttCross((_, count) => untyped(Array.from({ length: count }, () => '3')), [1]),
    TypeError,
    'ttCross: f did not return a number at [0]: 3',
  ],
  [
    () => ttCross(untyped(null) ?? (() => untyped(7)), [1]),
    TypeError,
    'ttCross: f did not return a list of numbers: 7',
  ],
];

describe('what ttCross refuses', () => {
  test.each(cases)('%# %s', (call, type, message) => {
    expect(call).toThrow(type);
    expect(call).toThrow(message);
  });

  test('a random key decides nothing about what is refused', () => {
    expect(() => ttCross(() => [Infinity], [1], { key: key(9) })).toThrow('ttCross: f is not finite at [0]: Infinity');
  });
});
