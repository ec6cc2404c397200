import { type Row, type, why, x } from './row.js';

const predicate = {
  tensor: 'says of any value whether it is one',
  dtype: 'looks at no element',
  shape: why.anyShape,
  axis: why.axis,
  options: why.options,
  finite: 'looks at no element',
  empty: why.empty,
};
const forAuthors =
  'what operations are made of: their own functions have checked, and a check here would be paid twice by all';
const authors = {
  tensor: forAuthors,
  dtype: forAuthors,
  shape: forAuthors,
  axis: forAuthors,
  options: forAuthors,
  finite: forAuthors,
  empty: forAuthors,
};
const identity = {
  name: 'identity',
  infer: ([t]: readonly (typeof x)[]) => t,
  compute: () => undefined,
  vjp: null,
};

export const rows: readonly Row[] = [
  { name: 'isTensor', valid: [undefined], misuses: {}, without: predicate },
  {
    name: 'sameShape',
    valid: [[1], [1]],
    misuses: {
      shape: [
        type([undefined, [1]], 'the shape must be an array of sizes, got a value of type undefined'),
        type([[1], 1], 'the shape must be an array of sizes, got 1'),
        type([[1], x], 'the shape must be an array of sizes, got a value of type object'),
      ],
    },
    without: { ...predicate, tensor: 'takes shapes', shape: undefined },
  },
  {
    name: 'showShape',
    valid: [[1]],
    misuses: {
      shape: [
        type([], 'the shape must be an array of sizes, got a value of type undefined'),
        type(['[1]'], "the shape must be an array of sizes, got '[1]'"),
        type([x], 'the shape must be an array of sizes, got a value of type object'),
      ],
    },
    without: { ...predicate, tensor: 'takes shapes', shape: undefined },
  },
  {
    name: 'treeLeaves',
    valid: [undefined],
    misuses: {},
    without: { ...predicate, tensor: 'what is no tree has no leaves' },
  },
  {
    name: 'treeMap',
    valid: [(t: unknown) => t, { x }],
    misuses: {
      value: [
        type([x, { x }], 'expected a function, got a tensor'),
        type([undefined, []], 'expected a function, got undefined'),
      ],
    },
    without: { ...predicate, tensor: 'what is no tree stays what it is' },
  },
  { name: 'apply', valid: [identity, [x], undefined], misuses: {}, without: authors },
  {
    name: 'applyMulti',
    valid: [{ ...identity, infer: () => [], vjp: () => [] }, [x], undefined],
    misuses: {},
    without: authors,
  },
  {
    name: 'applyView',
    valid: [{ name: 'same', view: (t: typeof x) => t, vjp: (g: typeof x) => g }, x, undefined],
    misuses: {},
    without: authors,
  },
  { name: 'backwardVjp', valid: [([t]: readonly (typeof x)[]) => t, [x], [x, x]], misuses: {}, without: authors },
];
