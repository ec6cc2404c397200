import { ones, tensor, zeros } from '../../../src/core/create.js';
import { astype } from '../../../src/core/ops/astype.js';
import { argmax } from '../../../src/core/ops/reduce.js';
import { sum } from '../../../src/core/ops/sum-broadcast.js';
import type { Tensor } from '../../../src/core/tensor.js';
import { type Misuse, type Row, range, type, v, why, x } from './row.js';

const array = 'an array; make a tensor of it with tensor(…)';
const int = tensor(Int32Array.of(1, 2));
const total = (t: Tensor): Tensor => sum(t);
const same = (t: Tensor): Tensor => t;

/** What is no function, in the place of argument `at`. */
function noFunction(rest: readonly unknown[], expected = 'a function', before: readonly unknown[] = []): Misuse[] {
  return [
    type([...before, undefined, ...rest], `expected ${expected}, got undefined`),
    type([...before, x, ...rest], `expected ${expected}, got a tensor`),
    type([...before, 'sum', ...rest], `expected ${expected}, got a value of type string`),
    type([...before, {}, ...rest], `expected ${expected}, got a value of type object`),
  ];
}

const noTree: readonly [unknown, string][] = [
  [3, 'a value of type number'],
  ['x', 'a value of type string'],
  [undefined, 'undefined'],
  [null, 'null'],
  [Float64Array.of(1), array],
  [new Map(), 'a value of type object'],
];

/** Of a function that is called at once: f, primals and what follows. */
function direct(rest: (primals: unknown) => readonly unknown[]): Misuse[] {
  return noTree.map(([primals, got]) =>
    type([same, primals, ...rest(primals)], `expected a tensor or a tree of tensors, got ${got}`),
  );
}

const without = {
  shape: 'every shape will do',
  axis: why.axis,
  options: why.options,
  finite: why.ieee,
  empty: why.empty,
};
const later = {
  ...without,
  tensor: 'arguments come later: see calls',
  dtype: 'arguments come later: see calls',
  shape: 'arguments come later: see calls',
};
const notDifferentiable = 'cannot differentiate with respect to the argument: its dtype is int32';

export const rows: readonly Row[] = [
  ...['grad', 'valueAndGrad', 'jacobian', 'hessian', 'checkpoint', 'compileStep'].map((name) => ({
    name,
    valid: [total],
    misuses: { value: noFunction([]) },
    without: later,
  })),
  {
    name: 'compileLoop',
    valid: [(state: unknown) => [state, state], x],
    misuses: {
      tensor: noTree.map(([state, got]) => type([same, state], `expected a tree of tensors as the state, got ${got}`)),
      value: noFunction([x]),
    },
    without: { ...without, dtype: 'every dtype will do' },
  },
  {
    name: 'customVjp',
    valid: [total, () => [x]],
    misuses: { value: [...noFunction([() => [x]]), ...noFunction([], 'a rule, which is a function', [total])] },
    without: later,
  },
  {
    name: 'vjp',
    valid: [same, x],
    misuses: {
      tensor: direct(() => []),
      dtype: [
        type([same, int], notDifferentiable),
        type(
          [(p: { a: Tensor[] }) => p.a[0], { a: [x, tensor([true])] }],
          'cannot differentiate with respect to a[1]: its dtype is bool',
        ),
      ],
      value: [
        ...noFunction([x]),
        type([() => 1, x], 'the function must return a tensor, it returned a value of type number'),
        type([() => undefined, x], 'the function must return a tensor, it returned undefined'),
        type([() => [], x], `the function must return a tensor, it returned ${array}`),
      ],
    },
    without,
  },
  {
    name: 'jvp',
    valid: [same, x, x],
    misuses: {
      tensor: direct((primals) => [primals]),
      dtype: [
        type([same, int, int], notDifferentiable),
        type([(t: Tensor) => astype(t, 'int32'), x, x], 'the function returned int32, which has no derivative'),
      ],
      shape: [
        range([same, x, v], 'the tangent is [3], the primal is [2, 3]'),
        range([same, x, 1], 'the tangents have 0 tensors, the primals have 1'),
        range([(p: Tensor[]) => p[0], [x, x], [x]], 'the tangents have 1 tensors, the primals have 2'),
      ],
      value: [
        ...noFunction([x, x]),
        type([() => 1, x, x], 'the function must return a tensor, it returned a value of type number'),
      ],
    },
    without: { ...without, shape: undefined },
  },
  {
    name: 'hvp',
    valid: [total, x, x],
    misuses: {
      tensor: direct((primals) => [primals]),
      dtype: [type([total, int, int], notDifferentiable)],
      shape: [
        range([total, x, v], 'the tangent is [3], the primal is [2, 3]'),
        range([total, x, undefined], 'the tangents have 0 tensors, the primals have 1'),
        range([same, x, x], 'the function must return one number, it returned shape [2, 3]'),
      ],
      value: [
        ...noFunction([x, x]),
        type([() => 1, x, x], 'the function must return a tensor, it returned a value of type number'),
      ],
      empty: [range([same, zeros([0]), zeros([0])], 'the function must return one number, it returned shape [0]')],
    },
    without: { ...without, shape: undefined, empty: undefined },
  },
];

/** Misuse of what the functions above return. */
export interface Call {
  readonly name: string;
  readonly make: readonly unknown[];
  readonly args: readonly unknown[];
  readonly error: Error;
}

const one = (name: string, f: unknown, args: readonly unknown[], error: Error): Call => ({
  name,
  make: [f],
  args,
  error,
});

const scalar = (name: string): Call[] => [
  one(name, same, [ones([2, 3])], new RangeError('the function must return one number, it returned shape [2, 3]')),
  one(name, same, [zeros([0])], new RangeError('the function must return one number, it returned shape [0]')),
  one(name, () => [x], [x], new TypeError(`the function must return one number, it returned ${array}`)),
];

export const calls: readonly Call[] = [
  ...['grad', 'valueAndGrad', 'jacobian', 'hessian'].flatMap((name) => [
    ...noTree.map(([primals, got]) =>
      one(name, total, [primals], new TypeError(`expected a tensor or a tree of tensors, got ${got}`)),
    ),
    one(name, total, [int], new TypeError(notDifferentiable)),
    one(name, () => 1, [x], new TypeError('the function must return a tensor, it returned a value of type number')),
    one(name, () => undefined, [x], new TypeError('the function must return a tensor, it returned undefined')),
  ]),
  ...['grad', 'valueAndGrad', 'hessian'].flatMap(scalar),
];

/** These errors name the operation that has no derivative, not the function called. */
export const noDerivative = (t: Tensor): Tensor => sum(astype(argmax(t), 'float64'));
