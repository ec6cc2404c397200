import { mul, ones, type Tensor, tensor } from '@neuronseek/tensor';
import { describe, expect, test } from 'vitest';
import { type CpWeightedOptions, cpWeighted } from '../src/index.js';

const x = ones([3, 4, 6]);
/** What a caller without types may pass. */
const untyped = <T>(value: unknown): T => JSON.parse(JSON.stringify(value));
const withEntry = (value: number): Tensor => tensor(Float64Array.of(1, 2, 3, 4, value, 6), [1, 2, 3]);
const w = ones([1, 2, 3]);
const fit = (options: CpWeightedOptions) => () => cpWeighted(x, x, 2, options);
const init = (...rows: number[]) => ({ weights: ones([2]), factors: rows.map((n) => ones([n, 2])) });

const cases: [call: () => unknown, type: typeof RangeError | typeof TypeError, message: string][] = [
  [() => cpWeighted(x, x, 0), RangeError, 'cpWeighted: rank is not a positive integer: 0'],
  [() => cpWeighted(x, x, -1), RangeError, 'cpWeighted: rank is not a positive integer: -1'],
  [() => cpWeighted(x, x, 2.5), RangeError, 'cpWeighted: rank is not a positive integer: 2.5'],
  [() => cpWeighted(untyped(3), x, 2), TypeError, 'cpWeighted: x is not a tensor: 3'],
  [() => cpWeighted(x, untyped(3), 2), TypeError, 'cpWeighted: weights is not a tensor: 3'],
  [() => cpWeighted(tensor(3), x, 2), RangeError, 'cpWeighted: x needs at least one mode: its shape is []'],
  [() => cpWeighted(ones([2, 0]), x, 2), RangeError, 'cpWeighted: x has no elements: its shape is [2, 0]'],
  [() => cpWeighted(x, w, 2), RangeError, 'cpWeighted: weights has shape [1, 2, 3], expected [3, 4, 6]'],
  [() => cpWeighted(withEntry(Number.NaN), w, 2), RangeError, 'cpWeighted: x is not finite at [0, 1, 1]: NaN'],
  [() => cpWeighted(withEntry(-Infinity), w, 2), RangeError, 'cpWeighted: x is not finite at [0, 1, 1]: -Infinity'],
  [() => cpWeighted(w, withEntry(-1), 2), RangeError, 'cpWeighted: weights is negative at [0, 1, 1]: -1'],
  [() => cpWeighted(w, withEntry(Number.NaN), 2), RangeError, 'cpWeighted: weights is not finite at [0, 1, 1]: NaN'],
  [() => cpWeighted(w, withEntry(Infinity), 2), RangeError, 'cpWeighted: weights is not finite at [0, 1, 1]: Infinity'],
  [() => cpWeighted(w, mul(w, 0), 2), RangeError, 'cpWeighted: weights has no entry above 0: nothing is observed'],
  [
    () => cpWeighted(mul(w, 1e302), w, 2),
    RangeError,
    'cpWeighted: x needs a norm of at most 1e+300: it is 2.449489742783178e+302',
  ],
  [fit(untyped('no')), TypeError, 'cpWeighted: options is not an object: no'],
  [fit({ init: untyped('zero') }), RangeError, "cpWeighted: init is not 'auto', 'random', 'svd' or a CP tensor: zero"],
  [fit({ init: untyped(null) }), RangeError, "cpWeighted: init is not 'auto', 'random', 'svd' or a CP tensor: null"],
  [fit({ init: init(3, 4) }), RangeError, 'cpWeighted: init factors has length 2, expected 3'],
  [fit({ init: init(3, 4, 7) }), RangeError, 'cpWeighted: init factor 2 has shape [7, 2], expected [6, 2]'],
  [
    fit({ init: { ...init(3, 4, 6), weights: tensor([1, Infinity]) } }),
    RangeError,
    'cpWeighted: init weights is not finite at [1]: Infinity',
  ],
  [fit({ starts: 0 }), RangeError, 'cpWeighted: starts is not a positive integer: 0'],
  [fit({ maxIterations: 1.5 }), RangeError, 'cpWeighted: maxIterations is not an integer from 0: 1.5'],
  [fit({ tolerance: 1 }), RangeError, 'cpWeighted: tolerance is not a number from 0 to below 1: 1'],
  [fit({ ridge: -1 }), RangeError, 'cpWeighted: ridge is not a finite number from 0: -1'],
  [fit({ fixedModes: [3] }), RangeError, 'cpWeighted: fixedModes: mode is out of range for a tensor of order 3: 3'],
  [fit({ key: untyped([1]) }), RangeError, 'cpWeighted: key is not two integers from 0 to 2^32 - 1: [1]'],
];

describe('bad input is refused in one sentence', () => {
  test.each(cases.map(([call, type, message]) => ({ call, type, message })))('$message', ({ call, type, message }) => {
    let caught: unknown;
    try {
      call();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(type);
    expect(caught).toHaveProperty('message', message);
  });
});
