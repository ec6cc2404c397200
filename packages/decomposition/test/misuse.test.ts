import { ones, type Tensor, tensor, zeros } from '@neuronseek/tensor';
import { describe, expect, test } from 'vitest';
import {
  type CpAlsOptions,
  type CpTensor,
  collinearFactors,
  congruence,
  cpAls,
  cpInner,
  cpNorm,
  cpTensor,
  cpToTensor,
  createProblem,
  factorMatchScore,
  fold,
  initializeCp,
  khatriRao,
  kronecker,
  modeProduct,
  mttkrp,
  normalizeCp,
  unfold,
} from '../src/index.js';

const x = ones([3, 4, 6]);
const cp = (...rows: number[]): CpTensor => ({ weights: ones([2]), factors: rows.map((n) => ones([n, 2])) });
const factors = cp(3, 4, 6).factors;
const withEntry = (value: number): Tensor => tensor(Float64Array.of(1, 2, 3, 4, value, 6), [1, 2, 3]);
/** What a caller without types may pass. */
const untyped = <T>(value: unknown): T => JSON.parse(JSON.stringify(value));
const als = (options: CpAlsOptions) => () => cpAls(x, 2, options);

const cases: [call: () => unknown, type: typeof RangeError | typeof TypeError, message: string][] = [
  [
    () => unfold(untyped([[1]]), 0),
    TypeError,
    'unfold: x is not a tensor: an array; make a tensor of it with tensor(…)',
  ],
  [() => unfold(untyped(null), 0), TypeError, 'unfold: x is not a tensor: null'],
  [() => unfold(x, 3), RangeError, 'unfold: mode is out of range for a tensor of order 3: 3'],
  [() => unfold(x, -1), RangeError, 'unfold: mode is out of range for a tensor of order 3: -1'],
  [() => unfold(x, 0.5), RangeError, 'unfold: mode is out of range for a tensor of order 3: 0.5'],
  [() => unfold(tensor(7), 0), RangeError, 'unfold: mode is out of range for a tensor of order 0: 0'],
  [() => unfold(x, 0, { columns: untyped('F') }), RangeError, "unfold: columns is neither 'row-major' nor 'kolda': F"],
  [
    () => fold(ones([2, 12]), 0, [2, 3, 4], { columns: untyped('C') }),
    RangeError,
    "fold: columns is neither 'row-major' nor 'kolda': C",
  ],
  [() => fold(untyped(3), 0, [2]), TypeError, 'fold: matrix is not a tensor: 3'],
  [
    () => fold(ones([3, 8]), 0, [2, 3, 4]),
    RangeError,
    'fold: matrix has shape [3, 8], expected [2, 12] for mode 0 of [2, 3, 4]',
  ],
  [
    () => fold(ones([24]), 0, [2, 3, 4]),
    RangeError,
    'fold: matrix has shape [24], expected [2, 12] for mode 0 of [2, 3, 4]',
  ],
  [
    () => fold(ones([2, 12]), Number.NaN, [2, 3, 4]),
    RangeError,
    'fold: mode is out of range for a tensor of order 3: NaN',
  ],
  [
    () => modeProduct(x, ones([2, 5]), 1),
    RangeError,
    'modeProduct: inner sizes differ: mode 1 of x [3, 4, 6] has size 4, matrix has shape [2, 5]',
  ],
  [
    () => modeProduct(x, ones([2, 4]), 1, { transpose: true }),
    RangeError,
    'modeProduct: inner sizes differ: mode 1 of x [3, 4, 6] has size 4, matrix has shape [2, 4], transposed',
  ],
  [
    () => modeProduct(x, ones([3]), 1),
    RangeError,
    'modeProduct: inner sizes differ: mode 1 of x [3, 4, 6] has size 4, matrix has shape [3]',
  ],
  [
    () => modeProduct(x, ones([1, 4, 4]), 1),
    RangeError,
    'modeProduct: inner sizes differ: mode 1 of x [3, 4, 6] has size 4, matrix has shape [1, 4, 4]',
  ],
  [() => modeProduct(x, ones([2, 4]), 3), RangeError, 'modeProduct: mode is out of range for a tensor of order 3: 3'],
  [() => khatriRao([]), RangeError, 'khatriRao: needs at least one matrix: received none'],
  [
    () => khatriRao([ones([2, 3]), ones([2, 4])]),
    RangeError,
    'khatriRao: columns differ in number: matrix 0 has shape [2, 3], matrix 1 has [2, 4]',
  ],
  [() => khatriRao([ones([2, 3]), ones([3])]), RangeError, 'khatriRao: matrix 1 is not of order 2: its shape is [3]'],
  [() => kronecker([]), RangeError, 'kronecker: needs at least one matrix: received none'],
  [() => kronecker([ones([2, 3, 1])]), RangeError, 'kronecker: matrix 0 is not of order 2: its shape is [2, 3, 1]'],
  [() => mttkrp(x, factors, 3), RangeError, 'mttkrp: mode is out of range for a tensor of order 3: 3'],
  [() => mttkrp(x, factors.slice(1), 0), RangeError, 'mttkrp: factors has length 2, expected 3'],
  [() => mttkrp(x, cp(3, 4, 7).factors, 0), RangeError, 'mttkrp: factor 2 has shape [7, 2], expected [6, 2]'],
  [
    () => mttkrp(x, [...factors.slice(0, 2), ones([6, 3])], 0),
    RangeError,
    'mttkrp: factor 2 has shape [6, 3], expected [6, 2]',
  ],
  [
    () => mttkrp(x, [ones([3]), ...factors.slice(1)], 0),
    RangeError,
    'mttkrp: factor 0 is not of order 2: its shape is [3]',
  ],

  [() => cpTensor({ factors: [] }), RangeError, 'cpTensor: factors has length 0, expected at least 1'],
  [() => cpTensor({ factors: [ones([3])] }), RangeError, 'cpTensor: factor 0 is not of order 2: its shape is [3]'],
  [() => cpTensor({ factors: [zeros([3, 0])] }), RangeError, 'cpTensor: rank is not a positive integer: 0'],
  [
    () => cpTensor({ factors: [ones([3, 2]), ones([4, 3])] }),
    RangeError,
    'cpTensor: factor 1 has shape [4, 3], expected [4, 2]',
  ],
  [() => cpTensor({ weights: ones([3]), factors }), RangeError, 'cpTensor: weights has shape [3], expected [2]'],
  [
    () =>
      cpTensor({
        factors: [
          tensor([
            [1, 2],
            [3, Number.NaN],
          ]),
        ],
      }),
    RangeError,
    'cpTensor: factor 0 is not finite at [1, 1]: NaN',
  ],
  [
    () => cpTensor({ weights: tensor([1, Infinity]), factors }),
    RangeError,
    'cpTensor: weights is not finite at [1]: Infinity',
  ],
  [() => cpTensor({ factors: untyped([1]) }), TypeError, 'cpTensor: factor 0 is not a tensor: 1'],
  [() => cpTensor(untyped({})), TypeError, 'cpTensor: factors is not an array of tensors: undefined'],
  [() => cpToTensor(untyped(null)), TypeError, 'cpToTensor: cp is not a CP tensor { weights, factors }: null'],
  [() => cpToTensor({ weights: ones([1]), factors }), RangeError, 'cpToTensor: weights has shape [1], expected [2]'],
  [() => cpNorm({ weights: untyped(3), factors }), TypeError, 'cpNorm: weights is not a tensor: 3'],
  [
    () => normalizeCp({ weights: tensor([1, Number.NaN]), factors }),
    RangeError,
    'normalizeCp: weights is not finite at [1]: NaN',
  ],
  [() => cpInner(cp(3, 4), cp(3, 5)), RangeError, 'cpInner: shapes differ: a is [3, 4], b is [3, 5]'],
  [
    () => cpInner(cp(3), { weights: ones([2]), factors: [tensor([[1, -Infinity]])] }),
    RangeError,
    'cpInner: b factor 0 is not finite at [0, 1]: -Infinity',
  ],
  [() => congruence(cp(3, 4), cp(3)), RangeError, 'congruence: shapes differ: a is [3, 4], b is [3]'],
  [
    () => factorMatchScore(cp(3, 4), cp(3, 5)),
    RangeError,
    'factorMatchScore: b factor 1 has shape [5, 2], expected [4, 2]',
  ],
  [
    () => factorMatchScore(cpTensor({ factors: [ones([3, 1])] }), cp(3)),
    RangeError,
    'factorMatchScore: a needs at least as many components as b: a has 1, b has 2',
  ],

  [() => initializeCp(x, 0), RangeError, 'initializeCp: rank is not a positive integer: 0'],
  [
    () => initializeCp(x, 2, { method: untyped('hosvd') }),
    RangeError,
    "initializeCp: method is not 'random' or 'svd': hosvd",
  ],
  [
    () => initializeCp(x, 2, { key: untyped(7) }),
    RangeError,
    'initializeCp: key is not two integers from 0 to 2^32 - 1: 7',
  ],
  [() => initializeCp(zeros([2, 0]), 2), RangeError, 'initializeCp: x has no elements: its shape is [2, 0]'],
  [() => initializeCp(withEntry(Number.NaN), 1), RangeError, 'initializeCp: x is not finite at [0, 1, 1]: NaN'],

  [() => cpAls(x, 0), RangeError, 'cpAls: rank is not a positive integer: 0'],
  [() => cpAls(x, -1), RangeError, 'cpAls: rank is not a positive integer: -1'],
  [() => cpAls(x, 2.5), RangeError, 'cpAls: rank is not a positive integer: 2.5'],
  [() => cpAls(x, Number.NaN), RangeError, 'cpAls: rank is not a positive integer: NaN'],
  [() => cpAls(x, untyped('2')), RangeError, 'cpAls: rank is not a positive integer: 2'],
  [
    () => cpAls(untyped([1, 2]), 2),
    TypeError,
    'cpAls: x is not a tensor: an array; make a tensor of it with tensor(…)',
  ],
  [() => cpAls(tensor(3), 1), RangeError, 'cpAls: x needs at least one mode: its shape is []'],
  [() => cpAls(zeros([3, 0, 2]), 1), RangeError, 'cpAls: x has no elements: its shape is [3, 0, 2]'],
  [() => cpAls(withEntry(Number.NaN), 1), RangeError, 'cpAls: x is not finite at [0, 1, 1]: NaN'],
  [() => cpAls(withEntry(-Infinity), 1), RangeError, 'cpAls: x is not finite at [0, 1, 1]: -Infinity'],
  [() => cpAls(withEntry(1e305), 1), RangeError, 'cpAls: x needs a norm of at most 1e+300: it is 1e+305'],
  [als({ init: cp(3, 4, 7) }), RangeError, 'cpAls: init factor 2 has shape [7, 2], expected [6, 2]'],
  [als({ init: cp(3, 4) }), RangeError, 'cpAls: init factors has length 2, expected 3'],
  [
    als({ init: cpTensor({ factors: [3, 4, 6].map((n) => ones([n, 3])) }) }),
    RangeError,
    'cpAls: init factor 0 has shape [3, 3], expected [3, 2]',
  ],
  [
    als({ init: { ...cp(3, 4, 6), weights: ones([3]) } }),
    RangeError,
    'cpAls: init weights has shape [3], expected [2]',
  ],
  [
    als({ init: { ...cp(3, 4, 6), weights: tensor([Number.NaN, 1]) } }),
    RangeError,
    'cpAls: init weights is not finite at [0]: NaN',
  ],
  [als({ init: untyped('nvecs') }), RangeError, "cpAls: init is not 'random', 'svd' or a CP tensor: nvecs"],
  [als({ init: untyped({ weights: 1 }) }), TypeError, 'cpAls: init factors is not an array of tensors: undefined'],
  [als({ init: untyped(null) }), TypeError, 'cpAls: init is not a CP tensor { weights, factors }: null'],
  [als({ maxIterations: -1 }), RangeError, 'cpAls: maxIterations is not an integer from 0: -1'],
  [als({ maxIterations: 1.5 }), RangeError, 'cpAls: maxIterations is not an integer from 0: 1.5'],
  [als({ maxIterations: Infinity }), RangeError, 'cpAls: maxIterations is not an integer from 0: Infinity'],
  [als({ tolerance: -1e-9 }), RangeError, 'cpAls: tolerance is not a number from 0 to below 1: -1e-9'],
  [als({ tolerance: Number.NaN }), RangeError, 'cpAls: tolerance is not a number from 0 to below 1: NaN'],
  [als({ ridge: -1 }), RangeError, 'cpAls: ridge is not a finite number from 0: -1'],
  [als({ ridge: Infinity }), RangeError, 'cpAls: ridge is not a finite number from 0: Infinity'],
  [als({ fixedModes: [0, 3] }), RangeError, 'cpAls: fixedModes: mode is out of range for a tensor of order 3: 3'],
  [als({ key: untyped([1]) }), RangeError, 'cpAls: key is not two integers from 0 to 2^32 - 1: [1]'],

  [
    () => collinearFactors({ shape: [3, 2], rank: 3, collinearity: 0.5 }),
    RangeError,
    'collinearFactors: a size is below the rank: shape is [3, 2], rank is 3',
  ],
  [
    () => collinearFactors({ shape: [3, 3], rank: 3, collinearity: 1 }),
    RangeError,
    'collinearFactors: collinearity is not above -1/(rank - 1) and below 1: it is 1, rank is 3',
  ],
  [
    () => collinearFactors({ shape: [3, 3], rank: 3, collinearity: -0.5 }),
    RangeError,
    'collinearFactors: collinearity is not above -1/(rank - 1) and below 1: it is -0.5, rank is 3',
  ],
  [
    () => collinearFactors({ shape: [3], rank: 0, collinearity: 0 }),
    RangeError,
    'collinearFactors: rank is not a positive integer: 0',
  ],
  [
    () => createProblem({ shape: [], rank: 1 }),
    RangeError,
    'createProblem: shape is not a list of positive integers: []',
  ],
  [
    () => createProblem({ shape: [2, 0], rank: 1 }),
    RangeError,
    'createProblem: shape is not a list of positive integers: [2, 0]',
  ],
  [
    () => createProblem({ shape: [2], rank: 1, noise: -1 }),
    RangeError,
    'createProblem: noise is not a finite number from 0: -1',
  ],
  [
    () => createProblem({ shape: [2], rank: Infinity }),
    RangeError,
    'createProblem: rank is not a positive integer: Infinity',
  ],
];

describe('misuse is answered by one sentence', () => {
  test.each(cases.map(([call, type, message]) => ({ call, type, message })))('$message', ({ call, type, message }) => {
    let caught: unknown;
    try {
      call();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(type);
    expect(caught instanceof Error ? caught.message : caught).toBe(message);
  });
});
