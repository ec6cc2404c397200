import { type Misuse, type Row, range, type, why, x } from './row.js';

// This floor stands below that of tensors and has wording of its own.

const key = [1, 2];

function badKey(...rest: readonly unknown[]): Misuse[] {
  return [
    type([undefined, ...rest], 'key is not a pair of words: undefined'),
    type([1, ...rest], 'key is not a pair of words: 1'),
    type([null, ...rest], 'key is not a pair of words: null'),
    type([Uint32Array.of(1, 2), ...rest], 'key is not a pair of words: 1,2'),
    range([[1], ...rest], 'key is not two integers from 0 to 2^32 - 1: [1]'),
    range([[1, 2, 3], ...rest], 'key is not two integers from 0 to 2^32 - 1: [1, 2, 3]'),
    range([[1, -1], ...rest], 'key is not two integers from 0 to 2^32 - 1: [1, -1]'),
    range([[0.5, 1], ...rest], 'key is not two integers from 0 to 2^32 - 1: [0.5, 1]'),
    range([[1, 2 ** 32], ...rest], 'key is not two integers from 0 to 2^32 - 1: [1, 4294967296]'),
    range([[1, Number.NaN], ...rest], 'key is not two integers from 0 to 2^32 - 1: [1, NaN]'),
  ];
}

function badCount(argument: string, call: (count: unknown) => readonly unknown[]): Misuse[] {
  return [
    type(call('3'), `${argument} is not a number: 3`),
    type(call(null), `${argument} is not a number: null`),
    range(call(-1), `${argument} is not an integer from 0 to 2^53 - 1: -1`),
    range(call(0.5), `${argument} is not an integer from 0 to 2^53 - 1: 0.5`),
    range(call(Number.NaN), `${argument} is not an integer from 0 to 2^53 - 1: NaN`),
    range(call(2 ** 53), `${argument} is not an integer from 0 to 2^53 - 1: 9007199254740992`),
  ];
}

/** Options that are none, have a name that there is not, or are no numbers. */
function badOptions(names: readonly string[], numbers: readonly string[], right: object = {}): Misuse[] {
  return [
    type([key, 2, null], 'options must be an object, got null'),
    type([key, 2, 1], 'options must be an object, got number'),
    type([key, 2, [1]], 'options must be an object, got object'),
    type([key, 2, { ...right, somethingElse: 1 }], `unknown option somethingElse; it takes ${names.join(', ')}`),
    ...names.map((name) =>
      type([key, 2, { ...right, [`${name}s`]: 1 }], `unknown option ${name}s; it takes ${names.join(', ')}`),
    ),
    ...numbers.map((name) => type([key, 2, { ...right, [name]: '1' }], `${name} is not a number: 1`)),
    ...numbers.map((name) => type([key, 2, { ...right, [name]: null }], `${name} is not a number: null`)),
  ];
}

const [nan, inf] = [Number.NaN, Number.POSITIVE_INFINITY];
const none = { tensor: why.noTensor, dtype: why.noTensor, shape: 'counts: see value', axis: why.axis };
const draws = { ...none, empty: '0 draws are an empty array' };
const plain = { ...draws, options: why.options, finite: 'counts: see value' };

export const rows: readonly Row[] = [
  {
    name: 'key',
    valid: [1],
    misuses: {
      value: [
        type([], 'seed is not a number: undefined'),
        type(['1'], 'seed is not a number: 1'),
        type([1n], 'seed is not a number: 1'),
        range([-1], 'seed is not an integer from 0 to 2^53 - 1: -1'),
        range([0.5], 'seed is not an integer from 0 to 2^53 - 1: 0.5'),
        range([nan], 'seed is not an integer from 0 to 2^53 - 1: NaN'),
      ],
    },
    without: plain,
  },
  {
    name: 'split',
    valid: [key, 2],
    misuses: { value: [...badKey(2), ...badCount('n', (n) => [key, n])] },
    without: plain,
  },
  {
    name: 'fold',
    valid: [key, 2],
    misuses: {
      value: [...badKey(2), ...badCount('data', (n) => [key, n]), type([key], 'data is not a number: undefined')],
    },
    without: plain,
  },
  {
    name: 'permutation',
    valid: [key, 2],
    misuses: {
      value: [
        ...badKey(2),
        ...badCount('n', (n) => [key, n]),
        type([key], 'n is not a number: undefined'),
        range([key, 2 ** 31 + 1], 'n is beyond 2^31: 2147483649'),
      ],
    },
    without: plain,
  },
  {
    name: 'uniform',
    valid: [key, 2],
    misuses: {
      value: [
        ...badKey(2),
        ...badCount('count', (n) => [key, n]),
        range([key, 2, { min: 1 }], 'min is not below max: min is 1, max is 1'),
      ],
      options: badOptions(['min', 'max'], ['min', 'max']),
      finite: [
        range([key, 2, { min: nan }], 'max - min is not finite: min is NaN, max is 1'),
        range([key, 2, { max: inf }], 'max - min is not finite: min is 0, max is Infinity'),
        range([key, 2, { min: -1e308, max: 1e308 }], 'max - min is not finite: min is -1e+308, max is 1e+308'),
      ],
    },
    without: draws,
  },
  {
    name: 'normal',
    valid: [key, 2],
    misuses: {
      value: [
        ...badKey(2),
        ...badCount('count', (n) => [key, n]),
        range([key, 2, { standardDeviation: -1 }], 'standardDeviation is negative or makes draws overflow: -1'),
      ],
      options: badOptions(['mean', 'standardDeviation'], ['mean', 'standardDeviation']),
      finite: [
        range([key, 2, { mean: nan }], 'mean is not finite: NaN'),
        range([key, 2, { mean: -inf }], 'mean is not finite: -Infinity'),
        range([key, 2, { standardDeviation: nan }], 'standardDeviation is negative or makes draws overflow: NaN'),
        range([key, 2, { standardDeviation: inf }], 'standardDeviation is negative or makes draws overflow: Infinity'),
      ],
    },
    without: draws,
  },
  {
    name: 'randint',
    valid: [key, 2, { max: 5 }],
    misuses: {
      value: [
        ...badKey(2, { max: 5 }),
        ...badCount('count', (n) => [key, n, { max: 5 }]),
        range([key, 2, { max: 0 }], 'min is not below max: min is 0, max is 0'),
        range([key, 2, { max: 1.5 }], 'max is not an integer up to 2^31: 1.5'),
        range([key, 2, { max: 2 ** 31 + 1 }], 'max is not an integer up to 2^31: 2147483649'),
        range([key, 2, { min: 0.5, max: 2 }], 'min is not an integer from -2^31: 0.5'),
        range([key, 2, { min: -(2 ** 31) - 1, max: 2 }], 'min is not an integer from -2^31: -2147483649'),
      ],
      options: [
        ...badOptions(['min', 'max'], ['min', 'max'], { max: 5 }),
        type([key, 2], 'options must be an object, got undefined'),
        type([key, 2, {}], 'max is not a number: undefined'),
      ],
      finite: [
        range([key, 2, { max: nan }], 'max is not an integer up to 2^31: NaN'),
        range([key, 2, { min: -inf, max: 1 }], 'min is not an integer from -2^31: -Infinity'),
      ],
    },
    without: draws,
  },
  {
    name: 'bernoulli',
    valid: [key, 2],
    misuses: {
      value: [
        ...badKey(2),
        ...badCount('count', (n) => [key, n]),
        range([key, 2, { probability: -0.1 }], 'probability is not from 0 to 1: -0.1'),
        range([key, 2, { probability: 1.1 }], 'probability is not from 0 to 1: 1.1'),
      ],
      options: badOptions(['probability'], ['probability']),
      finite: [range([key, 2, { probability: nan }], 'probability is not from 0 to 1: NaN')],
    },
    without: draws,
  },
  {
    name: 'exponential',
    valid: [key, 2],
    misuses: {
      value: [
        ...badKey(2),
        ...badCount('count', (n) => [key, n]),
        range([key, 2, { scale: -1 }], 'scale is negative or makes draws overflow: -1'),
      ],
      options: badOptions(['scale'], ['scale']),
      finite: [
        range([key, 2, { scale: nan }], 'scale is negative or makes draws overflow: NaN'),
        range([key, 2, { scale: 1e308 }], 'scale is negative or makes draws overflow: 1e+308'),
      ],
    },
    without: draws,
  },
  {
    name: 'gamma',
    valid: [key, 2, { alpha: 1 }],
    misuses: {
      value: [
        ...badKey(2, { alpha: 1 }),
        ...badCount('count', (n) => [key, n, { alpha: 1 }]),
        range([key, 2, { alpha: 0 }], 'alpha is not positive and finite: 0'),
        range([key, 2, { alpha: 1, scale: -1 }], 'scale is negative or makes draws overflow: -1'),
      ],
      options: [
        ...badOptions(['alpha', 'scale'], ['alpha', 'scale'], { alpha: 1 }),
        type([key, 2], 'options must be an object, got undefined'),
        type([key, 2, {}], 'alpha is not a number: undefined'),
      ],
      finite: [
        range([key, 2, { alpha: nan }], 'alpha is not positive and finite: NaN'),
        range([key, 2, { alpha: inf }], 'alpha is not positive and finite: Infinity'),
        range([key, 2, { alpha: 1, scale: inf }], 'scale is negative or makes draws overflow: Infinity'),
      ],
    },
    without: draws,
  },
  {
    name: 'choice',
    valid: [key, 2],
    misuses: {
      tensor: [type([key, x], 'items is neither a number nor an array; for a tensor draw indices and take them')],
      value: [
        ...badKey(2),
        ...badCount('the number of items', (n) => [key, n]).filter(({ args }) => typeof args[1] === 'number'),
        type([key, '3'], 'items is neither a number nor an array; for a tensor draw indices and take them'),
        type([key], 'items is neither a number nor an array; for a tensor draw indices and take them'),
        range([key, 2 ** 31 + 1], 'the number of items is beyond 2^31: 2147483649'),
        ...badCount('count', (count) => [key, 2, { count }]),
        range([key, 2, { count: 3, replace: false }], 'count is beyond the items without replacement: 3 of 2'),
        range(
          [key, 2, { count: 2, replace: false, weights: [1, 0] }],
          'count is beyond the items of positive weight without replacement: 2 of 1',
        ),
        range([key, 2, { weights: [1] }], '1 weights for 2 items'),
        range([key, 2, { weights: [1, -1] }], 'weight 1 is not a number from 0: -1'),
        range([key, 2, { weights: [1, '1'] }], 'weight 1 is not a number from 0: 1'),
        range([key, 2, { weights: [0, 0] }], 'all weights are 0'),
      ],
      options: [
        ...badOptions(['count', 'replace', 'weights'], ['count']),
        type([key, 2, { replace: 0 }], 'replace is not true or false: 0'),
        type([key, 2, { weights: 1 }], 'weights is not an array: 1'),
        type([key, 2, { weights: null }], 'weights is not an array: null'),
      ],
      finite: [
        range([key, 2, { weights: [1, nan] }], 'weight 1 is not a number from 0: NaN'),
        range([key, 2, { weights: [1, inf] }], 'the weights add up to Infinity'),
      ],
      empty: [range([key, 0], 'there is nothing to draw from'), range([key, []], 'there is nothing to draw from')],
    },
    without: { dtype: why.noTensor, shape: 'counts: see value', axis: why.axis },
  },
];
