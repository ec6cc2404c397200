import { ones, type Tensor, tensor } from '@neuronseek/tensor';
import { describe, expect, test } from 'vitest';
import { type CpOptOptions, cpOpt } from '../src/index.js';

const x = ones([3, 4, 6]);
/** What a caller without types may pass. */
const untyped = <T>(value: unknown): T => JSON.parse(JSON.stringify(value));
const withEntry = (value: number): Tensor => tensor(Float64Array.of(1, 2, 3, 4, value, 6), [1, 2, 3]);
const opt = (options: CpOptOptions) => () => cpOpt(x, 2, options);
const init = (...rows: number[]) => ({ weights: ones([2]), factors: rows.map((n) => ones([n, 2])) });

const cases: [call: () => unknown, type: typeof RangeError | typeof TypeError, message: string][] = [
  [() => cpOpt(x, 0), RangeError, 'cpOpt: rank is not a positive integer: 0'],
  [() => cpOpt(x, -1), RangeError, 'cpOpt: rank is not a positive integer: -1'],
  [() => cpOpt(x, 2.5), RangeError, 'cpOpt: rank is not a positive integer: 2.5'],
  [() => cpOpt(untyped(3), 2), TypeError, 'cpOpt: x is not a tensor: 3'],
  [() => cpOpt(tensor(3), 2), RangeError, 'cpOpt: x needs at least one mode: its shape is []'],
  [() => cpOpt(ones([2, 0]), 2), RangeError, 'cpOpt: x has no elements: its shape is [2, 0]'],
  [() => cpOpt(withEntry(Number.NaN), 2), RangeError, 'cpOpt: x is not finite at [0, 1, 1]: NaN'],
  [() => cpOpt(withEntry(-Infinity), 2), RangeError, 'cpOpt: x is not finite at [0, 1, 1]: -Infinity'],
  [opt(untyped('no')), TypeError, 'cpOpt: options is not an object: no'],
  [opt({ method: untyped('newton') }), RangeError, "cpOpt: method is not 'lbfgs' or 'cg': newton"],
  [opt({ init: untyped('zero') }), RangeError, "cpOpt: init is not 'random', 'svd' or a CP tensor: zero"],
  [opt({ init: untyped(null) }), RangeError, "cpOpt: init is not 'random', 'svd' or a CP tensor: null"],
  [opt({ init: init(3, 4) }), RangeError, 'cpOpt: init factors has length 2, expected 3'],
  [opt({ init: init(3, 4, 7) }), RangeError, 'cpOpt: init factor 2 has shape [7, 2], expected [6, 2]'],
  [() => cpOpt(x, 3, { init: init(3, 4, 6) }), RangeError, 'cpOpt: init factor 0 has shape [3, 2], expected [3, 3]'],
  [
    opt({ init: { ...init(3, 4, 6), weights: tensor([1, Infinity]) } }),
    RangeError,
    'cpOpt: init weights is not finite at [1]: Infinity',
  ],
  [opt({ maxIterations: 1.5 }), RangeError, 'cpOpt: maxIterations is not an integer from 0: 1.5'],
  [opt({ tolerance: 1 }), RangeError, 'cpOpt: tolerance is not a number from 0 to below 1: 1'],
  [opt({ ridge: -1 }), RangeError, 'cpOpt: ridge is not a finite number from 0: -1'],
  [opt({ memory: 0 }), RangeError, 'cpOpt: memory is not a positive integer: 0'],
  [opt({ fixedModes: [3] }), RangeError, 'cpOpt: fixedModes: mode is out of range for a tensor of order 3: 3'],
  [opt({ lower: 1, upper: 1 }), RangeError, 'cpOpt: lower is not below upper: 1 and 1'],
  [opt({ lower: Number.NaN }), RangeError, 'cpOpt: lower is not below upper: NaN and Infinity'],
  [opt({ upper: -Infinity }), RangeError, 'cpOpt: lower is not below upper: -Infinity and -Infinity'],
  [
    opt({ method: 'cg', lower: 0 }),
    RangeError,
    "cpOpt: bounds need method 'lbfgs': method is 'cg', bounds are 0 and Infinity",
  ],
  [opt({ key: untyped([1]) }), RangeError, 'cpOpt: key is not two integers from 0 to 2^32 - 1: [1]'],
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
