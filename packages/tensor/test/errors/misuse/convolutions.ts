import { ones } from '../../../src/core/create.js';
import { badOptions, dtypes, type Misuse, noTensor, type Row, range, type, why } from './row.js';

const image = ones([2, 4, 5, 6]);
const kernel = ones([6, 4, 3, 3]);
const signal = ones([2, 4, 5]);
const filter = ones([6, 4, 3]);
const without = { dtype: why.accepted, axis: 'the spatial ones are the last', finite: why.ieee };

/** A value for every spatial axis, of a function of two of them. */
function perAxis(valid: readonly unknown[], option: string, least: number): Misuse[] {
  const given = (value: unknown): unknown[] => [...valid, { [option]: value }];
  return [
    type(given('2'), `${option} must be a number or an array, got 2`),
    type(given(null), `${option} must be a number or an array, got null`),
    type(given([1, '2']), `${option} must be made of numbers, got 2`),
    range(given([1, 1, 1]), `${option} needs 2 entries, got [1, 1, 1]`),
    range(given(least - 1), `${option} must be made of integers from ${least}, got ${least - 1}`),
    range(given([1, 0.5]), `${option} must be made of integers from ${least}, got 0.5`),
    range(given(Number.NaN), `${option} must be made of integers from ${least}, got NaN`),
  ];
}

function paddings(valid: readonly unknown[]): Misuse[] {
  const given = (padding: unknown): unknown[] => [...valid, { padding }];
  return [
    type(given('full'), "padding must be 'valid', 'same', a number or an array, got full"),
    type(given(null), "padding must be 'valid', 'same', a number or an array, got null"),
    type(given([1, '1']), 'padding must be made of numbers, got 1'),
    range(given(-1), 'padding must be made of integers from 0, got -1'),
    range(given([0, [0, 0.5]]), 'padding must be made of integers from 0, got 0.5'),
    range(given([1, 1, 1]), 'padding needs 2 entries, got [1,1,1]'),
    range(given([1, [1, 1, 1]]), 'padding of an axis is a number or a pair, got [1,1,1]'),
  ];
}

const options = { stride: 'own', padding: 'own', dilation: 'own', groups: 'number' } as const;

function convolution(valid: readonly unknown[]): Misuse[] {
  return [
    ...badOptions(valid, options),
    ...perAxis(valid, 'stride', 1),
    ...perAxis(valid, 'dilation', 1),
    ...paddings(valid),
    range([...valid, { groups: 0 }], 'groups must be a positive integer, got 0'),
    range([...valid, { groups: 0.5 }], 'groups must be a positive integer, got 0.5'),
    range([...valid, { groups: Number.NaN }], 'groups must be a positive integer, got NaN'),
    range([...valid, { groups: 4 }], '6 kernels cannot be divided into 4 groups: w is [6, 4, 3, 3]'),
  ];
}

const one = [
  type([signal, filter, { strides: 1 }], 'unknown option strides; did you mean stride?'),
  range([signal, filter, { stride: [1, 1] }], 'stride needs one entry, got [1, 1]'),
  range([signal, filter, { padding: [1, 1] }], 'padding needs one entry, got [1,1]'),
];

const plane = ones([1, 1, 4, 5]);
const line = ones([1, 1, 5]);
const pooling = { stride: 'own', padding: 'own' } as const;

function windows(name: string, x: unknown): Misuse[] {
  return [
    type([x], 'window must be a number or an array, got undefined'),
    type([x, '2'], 'window must be a number or an array, got 2'),
    range([x, 0], 'window must be made of integers from 1, got 0'),
    range([x, 1.5], 'window must be made of integers from 1, got 1.5'),
    range([x, [1, 1, 1]], `window needs ${name.endsWith('1d') ? 'one entry' : '2 entries'}, got [1, 1, 1]`),
  ];
}

function pool(name: string, more: Readonly<Record<string, 'own' | 'boolean'>>): Row {
  const [x, form, size] = name.endsWith('1d') ? [line, '[N, C, W]', '[5]'] : [plane, '[N, C, H, W]', '[4, 5]'];
  const window = name.endsWith('1d') ? 6 : [4, 6];
  return {
    name,
    valid: [x, 2],
    dtypes: name.startsWith('avg') ? dtypes.floating : dtypes.same,
    misuses: {
      tensor: noTensor([x, 2]),
      shape: [
        range([ones([4, 5]), 2], `needs x as ${form}, got [4, 5]`),
        range(
          [x, window],
          `the window is larger than the padded input: it covers ${name.endsWith('1d') ? '[6]' : '[4, 6]'}, the input is ${size}`,
        ),
        range(
          [x, 1, { padding: 1 }],
          `a window sees nothing but padding: window ${name.endsWith('1d') ? '[1] on [1, 1, 5]' : '[1, 1] on [1, 1, 4, 5]'}`,
        ),
      ],
      options: [
        ...badOptions([x, 2], { ...pooling, ...more }),
        ...(name.endsWith('2d') ? [...perAxis([x, 2], 'stride', 1), ...paddings([x, 2])] : []),
        ...(name === 'maxPool2d' ? perAxis([x, 2], 'dilation', 1) : []),
      ],
      empty: [
        range(
          [ones(name.endsWith('1d') ? [1, 1, 0] : [1, 1, 0, 0]), 1],
          `the window is larger than the padded input: it covers ${name.endsWith('1d') ? '[1], the input is [0]' : '[1, 1], the input is [0, 0]'}`,
        ),
      ],
      value: windows(name, x),
    },
    without,
  };
}

function vectors(name: string): Row {
  const [a, b] = [ones([3]), ones([2])];
  return {
    name,
    valid: [a, b],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([a, b], [0, 1]),
      shape: [
        range([ones([2, 3]), b], 'needs two vectors that are not empty: a is [2, 3], v is [2]'),
        range([a, ones([])], 'needs two vectors that are not empty: a is [3], v is []'),
      ],
      options: [
        ...badOptions([a, b], { mode: 'string' }),
        range([a, b, { mode: 'half' }], 'mode must be full, same or valid, got half'),
      ],
      empty: [range([ones([0]), b], 'needs two vectors that are not empty: a is [0], v is [2]')],
    },
    without: { ...without, axis: why.axis },
  };
}

const both = [image, kernel];
const [back, unit] = [ones([2, 6, 5, 6]), ones([1, 1, 2])];

export const rows: readonly Row[] = [
  {
    name: 'conv1d',
    valid: [signal, filter],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([signal, filter], [0, 1]),
      shape: [
        range(both, 'needs x as [N, C, W] and w as [O, C, k]: x is [2, 4, 5, 6], w is [6, 4, 3, 3]'),
        range([signal, ones([6, 3, 3])], 'channels differ: x is [2, 4, 5], w is [6, 3, 3] with 1 groups'),
        range([signal, ones([6, 4, 6])], 'the kernel is larger than the padded input: it covers [6], the input is [5]'),
      ],
      options: one,
      empty: [
        range(
          [ones([1, 1, 0]), ones([1, 1, 1])],
          'the kernel is larger than the padded input: it covers [1], the input is [0]',
        ),
        range([signal, ones([6, 4, 0])], 'the kernel is empty: x is [2, 4, 5], w is [6, 4, 0]'),
      ],
    },
    without,
  },
  {
    name: 'conv2d',
    valid: both,
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor(both, [0, 1]),
      shape: [
        range(
          [ones([4, 5, 6]), kernel],
          'needs x as [N, C, H, W] and w as [O, C, kh, kw]: x is [4, 5, 6], w is [6, 4, 3, 3]',
        ),
        range([image, ones([6, 3, 3, 3])], 'channels differ: x is [2, 4, 5, 6], w is [6, 3, 3, 3] with 1 groups'),
        range([image, kernel, { groups: 2 }], 'channels differ: x is [2, 4, 5, 6], w is [6, 4, 3, 3] with 2 groups'),
        range(
          [image, ones([1, 4, 7, 3])],
          'the kernel is larger than the padded input: it covers [7, 3], the input is [5, 6]',
        ),
      ],
      options: convolution(both),
      empty: [range([image, ones([6, 4, 0, 3])], 'the kernel is empty: x is [2, 4, 5, 6], w is [6, 4, 0, 3]')],
    },
    without,
  },
  {
    name: 'convTranspose1d',
    valid: [unit, unit],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([unit, unit], [0, 1]),
      shape: [
        range(both, 'needs y as [N, C, W] and w as [O, C, k]: y is [2, 4, 5, 6], w is [6, 4, 3, 3]'),
        range([signal, filter], 'channels differ: y is [2, 4, 5], w is [6, 4, 3]'),
        range([unit, unit, { padding: 2 }], 'the padding is larger than the result would be without: [3]'),
      ],
      options: [
        range(
          [unit, unit, { stride: 2, outputPadding: 2 }],
          'outputPadding must be below the stride, got [2] with stride [2]',
        ),
        range(
          [unit, unit, { stride: 2, outputPadding: 1, padding: 'same' }],
          "padding 'same' leaves no room for outputPadding",
        ),
        type([unit, unit, { outputpadding: 1 }], 'unknown option outputpadding; did you mean outputPadding?'),
      ],
      empty: [range([unit, ones([1, 1, 0])], 'the kernel is empty: y is [1, 1, 2], w is [1, 1, 0]')],
    },
    without,
  },
  {
    name: 'convTranspose2d',
    valid: [back, kernel],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([back, kernel], [0, 1]),
      shape: [
        range(both, 'channels differ: y is [2, 4, 5, 6], w is [6, 4, 3, 3]'),
        range([signal, kernel], 'needs y as [N, C, H, W] and w as [O, C, kh, kw]: y is [2, 4, 5], w is [6, 4, 3, 3]'),
      ],
      options: [
        ...convolution([back, kernel]).filter(({ error }) => !error.message.includes('it takes')),
        type(
          [back, kernel, { somethingElse: 1 }],
          'unknown option somethingElse; it takes stride, padding, dilation, groups, outputPadding',
        ),
        ...perAxis([back, kernel], 'outputPadding', 0),
      ],
      empty: [range([back, ones([6, 4, 3, 0])], 'the kernel is empty: y is [2, 6, 5, 6], w is [6, 4, 3, 0]')],
    },
    without,
  },
  pool('maxPool1d', { dilation: 'own' }),
  pool('maxPool2d', { dilation: 'own' }),
  pool('avgPool1d', { countIncludePadding: 'boolean' }),
  pool('avgPool2d', { countIncludePadding: 'boolean' }),
  vectors('convolve'),
  vectors('correlate'),
];
