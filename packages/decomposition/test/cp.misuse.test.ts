import { ones, tensor } from '@neuronseek/tensor';
import { describe, expect, test } from 'vitest';
import { type CpOptions, type CpTensor, cp } from '../src/index.js';

const x = ones([3, 4, 6]);
const model = (...rows: number[]): CpTensor => ({ weights: ones([2]), factors: rows.map((n) => ones([n, 2])) });
/** What a caller without types may pass. */
const untyped = <T>(value: unknown): T => JSON.parse(JSON.stringify(value));
const fit = (options: CpOptions) => () => cp(x, 2, options);

const cases: [call: () => unknown, type: typeof RangeError | typeof TypeError, message: string][] = [
  [() => cp(x, 0), RangeError, 'rank is not a positive integer: 0'],
  [() => cp(x, 2.5), RangeError, 'rank is not a positive integer: 2.5'],
  [() => cp(untyped([1]), 2), TypeError, 'x is not a tensor: an array; make a tensor of it with tensor(…)'],
  [() => cp(ones([3, 0]), 2), RangeError, 'x has no elements: its shape is [3, 0]'],
  [() => cp(tensor([1, Infinity]), 1), RangeError, 'x is not finite at [1]: Infinity'],
  [fit({ starts: [] }), RangeError, "starts is not 'auto' or a list of 'gevd', 'svd' and 'random': []"],
  [
    fit({ starts: untyped(['nvecs']) }),
    RangeError,
    "starts is not 'auto' or a list of 'gevd', 'svd' and 'random': [\"nvecs\"]",
  ],
  [fit({ init: model(3, 4, 7) }), RangeError, 'init factor 2 has shape [7, 2], expected [6, 2]'],
  [fit({ init: untyped('random') }), TypeError, 'init is not a CP tensor { weights, factors }: random'],
  [fit({ fixedModes: [0] }), RangeError, 'fixedModes needs init: fixedModes is [0], init is undefined'],
  [
    fit({ fixedModes: [3], init: model(3, 4, 6) }),
    RangeError,
    'fixedModes: mode is out of range for a tensor of order 3: 3',
  ],
  [
    fit({ compress: [2, 2] }),
    RangeError,
    'compress is neither a boolean nor one size from 1 to that of x a mode: it is [2,2], x has shape [3, 4, 6]',
  ],
  [
    fit({ compress: [2, 5, 2] }),
    RangeError,
    'compress is neither a boolean nor one size from 1 to that of x a mode: it is [2,5,2], x has shape [3, 4, 6]',
  ],
  [fit({ ridge: Number.NaN }), RangeError, 'ridge is not a finite number from 0: NaN'],
  [fit({ tolerance: -1 }), RangeError, 'tolerance is not a number from 0 to below 1: -1'],
  [fit({ maxIterations: 0.5 }), RangeError, 'maxIterations is not an integer from 0: 0.5'],
  [fit({ key: untyped([1, -2]) }), RangeError, 'key is not two integers from 0 to 2^32 - 1: [1,-2]'],
];

describe('misuse of cp is answered by one sentence', () => {
  test.each(cases.map(([call, type, message]) => ({ call, type, message })))('$message', ({ call, type, message }) => {
    let caught: unknown;
    try {
      call();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(type);
    expect(caught instanceof Error ? caught.message : caught).toBe(`cp: ${message}`);
  });
});
