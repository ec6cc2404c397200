import { mul, ones, type Tensor, tensor } from '@neuronseek/tensor';
import { describe, expect, test } from 'vitest';
import { type CpRandomizedOptions, cpRandomized } from '../src/index.js';

const x = ones([3, 4, 6]);
/** What a caller without types may pass. */
const untyped = <T>(value: unknown): T => JSON.parse(JSON.stringify(value));
const withEntry = (value: number): Tensor => tensor(Float64Array.of(1, 2, 3, 4, value, 6), [1, 2, 3]);
const fit = (options: CpRandomizedOptions) => () => cpRandomized(x, 2, options);
const init = (...rows: number[]) => ({ weights: ones([2]), factors: rows.map((n) => ones([n, 2])) });

const cases: [call: () => unknown, type: typeof RangeError | typeof TypeError, message: string][] = [
  [() => cpRandomized(x, 0), RangeError, 'cpRandomized: rank is not a positive integer: 0'],
  [() => cpRandomized(x, -1), RangeError, 'cpRandomized: rank is not a positive integer: -1'],
  [() => cpRandomized(x, 2.5), RangeError, 'cpRandomized: rank is not a positive integer: 2.5'],
  [() => cpRandomized(untyped(3), 2), TypeError, 'cpRandomized: x is not a tensor: 3'],
  [() => cpRandomized(tensor(3), 2), RangeError, 'cpRandomized: x needs at least one mode: its shape is []'],
  [() => cpRandomized(ones([2, 0]), 2), RangeError, 'cpRandomized: x has no elements: its shape is [2, 0]'],
  [() => cpRandomized(withEntry(Number.NaN), 2), RangeError, 'cpRandomized: x is not finite at [0, 1, 1]: NaN'],
  [() => cpRandomized(withEntry(Infinity), 2), RangeError, 'cpRandomized: x is not finite at [0, 1, 1]: Infinity'],
  [
    () => cpRandomized(mul(ones([4]), 1e302), 2),
    RangeError,
    'cpRandomized: x needs a norm of at most 1e+300: it is 2e+302',
  ],
  [fit(untyped('no')), TypeError, 'cpRandomized: options is not an object: no'],
  [fit({ method: untyped('mixed') }), RangeError, "cpRandomized: method is not 'leverage' or 'uniform': mixed"],
  [fit({ init: untyped('zero') }), RangeError, "cpRandomized: init is not 'random', 'svd' or a CP tensor: zero"],
  [fit({ init: init(3, 4) }), RangeError, 'cpRandomized: init factors has length 2, expected 3'],
  [fit({ init: init(3, 4, 7) }), RangeError, 'cpRandomized: init factor 2 has shape [7, 2], expected [6, 2]'],
  [fit({ samples: 0 }), RangeError, 'cpRandomized: samples is not a positive integer: 0'],
  [fit({ samples: 2.5 }), RangeError, 'cpRandomized: samples is not a positive integer: 2.5'],
  [fit({ sweeps: 0 }), RangeError, 'cpRandomized: sweeps is not a positive integer: 0'],
  [fit({ patience: 0 }), RangeError, 'cpRandomized: patience is not a positive integer: 0'],
  [fit({ errorSamples: -4 }), RangeError, 'cpRandomized: errorSamples is not a positive integer: -4'],
  [fit({ deterministic: untyped(1) }), TypeError, 'cpRandomized: deterministic is not a boolean: 1'],
  [fit({ maxIterations: 1.5 }), RangeError, 'cpRandomized: maxIterations is not an integer from 0: 1.5'],
  [fit({ tolerance: 1 }), RangeError, 'cpRandomized: tolerance is not a number from 0 to below 1: 1'],
  [fit({ key: untyped([1]) }), RangeError, 'cpRandomized: key is not two integers from 0 to 2^32 - 1: [1]'],
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
