import { ones, type Tensor, tensor } from '@neuronseek/tensor';
import { describe, expect, test } from 'vitest';
import { type CpGaussNewtonOptions, type CpTensor, cpGaussNewton } from '../src/index.js';

const x = ones([3, 4, 6]);
const cp = (...rows: number[]): CpTensor => ({ weights: ones([2]), factors: rows.map((n) => ones([n, 2])) });
/** What a caller without types may pass. */
const untyped = <T>(value: unknown): T => JSON.parse(JSON.stringify(value));
const fit = (options: CpGaussNewtonOptions) => () => cpGaussNewton(x, 2, options);
const notFinite: Tensor = tensor([1, 2, Number.NaN, 4], [2, 2]);

const cases: [call: () => unknown, type: typeof RangeError | typeof TypeError, message: string][] = [
  [() => cpGaussNewton(x, 0), RangeError, 'rank is not a positive integer: 0'],
  [() => cpGaussNewton(x, -1), RangeError, 'rank is not a positive integer: -1'],
  [() => cpGaussNewton(x, 2.5), RangeError, 'rank is not a positive integer: 2.5'],
  [() => cpGaussNewton(untyped([1]), 2), TypeError, 'x is not a tensor: an array; make a tensor of it with tensor(…)'],
  [() => cpGaussNewton(tensor(3), 1), RangeError, 'x needs at least one mode: its shape is []'],
  [() => cpGaussNewton(notFinite, 1), RangeError, 'x is not finite at [1, 0]: NaN'],
  [fit({ init: cp(3, 4, 7) }), RangeError, 'init factor 2 has shape [7, 2], expected [6, 2]'],
  [fit({ init: { ...cp(3, 4, 6), weights: ones([3]) } }), RangeError, 'init weights has shape [3], expected [2]'],
  [fit({ init: untyped('nvecs') }), RangeError, "init is not 'random', 'svd' or a CP tensor: nvecs"],
  [fit({ maxIterations: -1 }), RangeError, 'maxIterations is not an integer from 0: -1'],
  [fit({ tolerance: 1 }), RangeError, 'tolerance is not a number from 0 to below 1: 1'],
  [fit({ sweeps: 0.5 }), RangeError, 'sweeps is not an integer from 0: 0.5'],
  [fit({ ridge: -1 }), RangeError, 'ridge is not a finite number from 0: -1'],
  [fit({ fixedModes: [0, 3] }), RangeError, 'fixedModes: mode is out of range for a tensor of order 3: 3'],
  [fit({ key: untyped([1]) }), RangeError, 'key is not two integers from 0 to 2^32 - 1: [1]'],
];

describe('misuse of cpGaussNewton is answered by one sentence', () => {
  test.each(cases.map(([call, type, message]) => ({ call, type, message })))('$message', ({ call, type, message }) => {
    let caught: unknown;
    try {
      call();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(type);
    expect(caught instanceof Error ? caught.message : caught).toBe(`cpGaussNewton: ${message}`);
  });
});
