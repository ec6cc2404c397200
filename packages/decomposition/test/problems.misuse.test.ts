import { describe, expect, test } from 'vitest';
import { borderRankProblem, collinearFactors, createProblem } from '../src/index.js';

/** What a caller without types may pass. */
const untyped = <T>(value: unknown): T => JSON.parse(JSON.stringify(value));
const shape = [3, 3];

const cases: [call: () => unknown, type: typeof RangeError | typeof TypeError, message: string][] = [
  [
    () => createProblem({ shape, rank: 1, missing: -0.1 }),
    RangeError,
    'createProblem: missing is not a share from 0 to below 1 that leaves an element: -0.1',
  ],
  [
    () => createProblem({ shape, rank: 1, missing: 1 }),
    RangeError,
    'createProblem: missing is not a share from 0 to below 1 that leaves an element: 1',
  ],
  [
    () => createProblem({ shape, rank: 1, missing: 0.99 }),
    RangeError,
    'createProblem: missing is not a share from 0 to below 1 that leaves an element: 0.99',
  ],
  [
    () => createProblem({ shape, rank: 1, missing: Number.NaN }),
    RangeError,
    'createProblem: missing is not a share from 0 to below 1 that leaves an element: NaN',
  ],
  [
    () => createProblem({ shape, rank: 1, nonnegative: untyped('yes') }),
    TypeError,
    'createProblem: nonnegative is not a boolean: yes',
  ],
  [
    () => createProblem({ shape, rank: 2, nonnegative: true, collinearity: -0.5 }),
    RangeError,
    'collinearFactors: collinearity is negative between nonnegative columns: -0.5',
  ],
  [
    () => createProblem({ shape, rank: 1, key: untyped([1]) }),
    RangeError,
    'createProblem: key is not two integers from 0 to 2^32 - 1: [1]',
  ],
  [
    () => collinearFactors({ shape, rank: 2, collinearity: 0, nonnegative: untyped(1) }),
    TypeError,
    'collinearFactors: nonnegative is not a boolean: 1',
  ],
  [() => borderRankProblem(0), RangeError, 'borderRankProblem: n is not a finite number above 0: 0'],
  [() => borderRankProblem(Infinity), RangeError, 'borderRankProblem: n is not a finite number above 0: Infinity'],
  [
    () => borderRankProblem(2, { shape: [2, 2] }),
    RangeError,
    'borderRankProblem: shape is not of three sizes or more from 2: [2, 2]',
  ],
  [
    () => borderRankProblem(2, { shape: [2, 1, 2] }),
    RangeError,
    'borderRankProblem: shape is not of three sizes or more from 2: [2, 1, 2]',
  ],
  [
    () => borderRankProblem(2, { key: untyped([1]) }),
    RangeError,
    'borderRankProblem: key is not two integers from 0 to 2^32 - 1: [1]',
  ],
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
