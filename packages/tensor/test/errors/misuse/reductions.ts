import { tensor, zeros } from '../../../src/core/create.js';
import type { DType } from '../../../src/core/dtype.js';
import type * as api from '../../../src/index.js';
import { badAxes, badAxis, badOptions, dtypes, type Misuse, noTensor, type Row, range, type, why, x } from './row.js';

const options = { axes: 'axes', keepDims: 'boolean' } as const;
const along = { dtype: why.accepted, shape: why.anyShape, finite: why.ieee };
const array = 'an array; make a tensor of it with tensor(…)';

/** Over `axes`: all of them unless said otherwise. */
function reduction(
  name: keyof typeof api,
  types: Readonly<Record<DType, DType>>,
  more: Partial<Row['misuses']> = {},
  without: Row['without'] = { ...along, empty: why.empty },
  before: readonly unknown[] = [],
  more2: typeof options | Readonly<Record<string, 'number' | 'axes' | 'boolean'>> = options,
): Row {
  const valid = [x, ...before];
  return {
    name,
    valid,
    dtypes: types,
    misuses: {
      tensor: noTensor(valid),
      axis: [
        ...badAxes(valid, 2),
        range([tensor(1), ...before, { axes: 0 }], 'axis 0 is out of range for a tensor of order 0'),
      ],
      options: badOptions(valid, more2),
      ...more,
    },
    without,
  };
}

function nothing(...before: readonly unknown[]): Misuse[] {
  return [
    range([zeros([0]), ...before], 'no elements along axes [0] of [0]'),
    range([zeros([2, 0]), ...before, { axes: 1 }], 'no elements along axes [1] of [2, 0]'),
  ];
}

function badQuantile(whole: number): Misuse[] {
  return [
    type([x, '0.5'], 'q must be a number or an array of them, got a value of type string'),
    type([x], 'q must be a number or an array of them, got undefined'),
    type([x, tensor([0.5])], 'q must be a number or an array of them, got a tensor'),
    type([x, [0, '0.5']], "q must be made of numbers, got '0.5'"),
    range([x, -0.1], `q must be from 0 to ${whole}, got -0.1`),
    range([x, whole + 1], `q must be from 0 to ${whole}, got ${whole + 1}`),
    range([x, [0, Number.NaN]], `q must be from 0 to ${whole}, got NaN`),
    range([x, []], 'needs at least one q'),
  ];
}

/** Along one axis, which is the last unless said otherwise. */
function scan(
  name: keyof typeof api,
  types: Readonly<Record<DType, DType>>,
  known: Readonly<Record<string, 'number' | 'boolean'>>,
  more: Partial<Row['misuses']> = {},
): Row {
  return {
    name,
    valid: [x],
    dtypes: types,
    misuses: {
      tensor: noTensor([x]),
      axis: [...badAxis([x], 2), range([tensor(1)], 'axis -1 is out of range for a tensor of order 0')],
      options: badOptions([x], known),
      ...more,
    },
    without: { ...along, ...(more.empty ? {} : { empty: why.empty }) },
  };
}

const chosen = [
  range([zeros([0])], 'no elements to choose from along axes [0] of [0]'),
  range([zeros([2, 0]), { axes: 1 }], 'no elements to choose from along axes [1] of [2, 0]'),
];

const spread = {
  value: [range([x, { correction: Number.NaN }], 'correction must be finite, got NaN')],
};

export const rows: readonly Row[] = [
  reduction('sum', dtypes.number),
  reduction('prod', dtypes.number),
  reduction('mean', dtypes.floating),
  reduction('any', dtypes.bool),
  reduction('all', dtypes.bool),
  reduction('countNonzero', dtypes.int32),
  reduction('logsumexp', dtypes.floating),
  reduction('max', dtypes.same, { empty: chosen }, along),
  reduction('min', dtypes.same, { empty: chosen }, along),
  ...(['variance', 'std'] as const).map((name) =>
    reduction(name, dtypes.floating, spread, { ...along, empty: 'NaN of nothing, as the mean' }, [], {
      ...options,
      correction: 'number',
    }),
  ),
  reduction('median', dtypes.floating, { empty: nothing() }, along),
  reduction('quantile', dtypes.floating, { empty: nothing(0.5), value: badQuantile(1) }, along, [0.5]),
  reduction('percentile', dtypes.floating, { empty: nothing(50), value: badQuantile(100) }, along, [50]),
  ...(['argmax', 'argmin'] as const).map((name) =>
    scan(
      name,
      dtypes.int32,
      { axis: 'number', keepDims: 'boolean' },
      {
        empty: [
          range([zeros([0])], 'axis 0 of [0] has no elements'),
          range([zeros([2, 0])], 'axis 1 of [2, 0] has no elements'),
        ],
      },
    ),
  ),
  ...(['softmax', 'logSoftmax'] as const).map((name) => scan(name, dtypes.floating, { axis: 'number' })),
  ...(['cumsum', 'cumprod'] as const).map((name) => scan(name, dtypes.number, { axis: 'number', reverse: 'boolean' })),
  scan('sort', dtypes.same, { axis: 'number', descending: 'boolean' }),
  scan('argsort', dtypes.int32, { axis: 'number', descending: 'boolean' }),
  scan(
    'diff',
    dtypes.number,
    { n: 'number', axis: 'number' },
    {
      value: [
        range([x, { n: -1 }], 'n must be a non-negative integer, got -1'),
        range([x, { n: 0.5 }], 'n must be a non-negative integer, got 0.5'),
        range([x, { n: Number.NaN }], 'n must be a non-negative integer, got NaN'),
      ],
    },
  ),
  {
    name: 'topK',
    valid: [x, 2],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x, 2]),
      axis: badAxis([x, 1], 2),
      options: badOptions([x, 1], { axis: 'number' }),
      value: [
        type([x, '1'], 'k must be a number, got a value of type string'),
        type([x], 'k must be a number, got undefined'),
        type([x, [1]], `k must be a number, got ${array}`),
        range([x, 4], 'k must be from 0 to the size of axis 1 of [2, 3], got 4'),
        range([x, -1], 'k must be from 0 to the size of axis 1 of [2, 3], got -1'),
        range([x, 0.5], 'k must be from 0 to the size of axis 1 of [2, 3], got 0.5'),
        range([x, Number.NaN], 'k must be from 0 to the size of axis 1 of [2, 3], got NaN'),
      ],
    },
    without: { ...along, empty: why.empty },
  },
];
