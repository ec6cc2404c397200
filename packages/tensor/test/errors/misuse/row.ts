import { ones } from '../../../src/core/create.js';
import type { DType } from '../../../src/core/dtype.js';

/** Ways to call a function wrongly. Every row has misuses of each of the first seven kinds, or says why there are none. */
export type Kind = 'tensor' | 'dtype' | 'shape' | 'axis' | 'options' | 'finite' | 'empty' | 'value';

export const kinds = ['tensor', 'dtype', 'shape', 'axis', 'options', 'finite', 'empty'] as const;

/** Arguments, and the error without the name of the function in front. */
export interface Misuse {
  readonly args: readonly unknown[];
  readonly error: Error;
}

export interface Row {
  readonly name: string;
  /** A call that is right. */
  readonly valid: readonly unknown[];
  /** The dtype of the first tensor of the result when all tensors of the valid call have a dtype. */
  readonly dtypes?: Readonly<Record<DType, DType>>;
  readonly misuses: Partial<Readonly<Record<Kind, readonly Misuse[]>>>;
  /** Why a kind does not apply. */
  readonly without: Partial<Readonly<Record<Kind, string>>>;
}

export const dtypes = {
  same: { bool: 'bool', int32: 'int32', float32: 'float32', float64: 'float64' },
  number: { bool: 'int32', int32: 'int32', float32: 'float32', float64: 'float64' },
  floating: { bool: 'float64', int32: 'float64', float32: 'float32', float64: 'float64' },
  bool: { bool: 'bool', int32: 'bool', float32: 'bool', float64: 'bool' },
  int32: { bool: 'int32', int32: 'int32', float32: 'int32', float64: 'int32' },
  float64: { bool: 'float64', int32: 'float64', float32: 'float64', float64: 'float64' },
} as const;

/** Reasons that many rows share. */
export const why = {
  options: 'takes none',
  axis: 'names none',
  ieee: 'elements follow IEEE 754',
  moved: 'elements are moved, not computed with',
  empty: 'of nothing it is nothing',
  anyShape: 'every shape will do',
  accepted: 'every dtype is accepted: see dtypes',
  noTensor: 'takes no tensor',
} as const;

/** x, y and z of the valid calls: a matrix, a square one and a vector. */
export const x = ones([2, 3]);
export const v = ones([3]);

export function type(args: readonly unknown[], message: string): Misuse {
  return { args, error: new TypeError(message) };
}

export function range(args: readonly unknown[], message: string): Misuse {
  return { args, error: new RangeError(message) };
}

/** The arguments with others at some places. */
export function put(valid: readonly unknown[], at: number, value: unknown): unknown[] {
  const args = [...valid];
  args[at] = value;
  return args;
}

const array = 'an array; make a tensor of it with tensor(…)';

/** What is no tensor, in the place of each of the arguments `at`. */
export function noTensor(valid: readonly unknown[], at: readonly number[] = [0]): Misuse[] {
  return at.flatMap((i) => [
    ...notTensorOrNumber(valid, i, 'a tensor'),
    type(put(valid, i, 1), 'expected a tensor, got a value of type number'),
  ]);
}

/** What is neither tensor nor number. */
export function noOperand(valid: readonly unknown[], at: readonly number[] = [0]): Misuse[] {
  return at.flatMap((i) => notTensorOrNumber(valid, i, 'a tensor or a number'));
}

function notTensorOrNumber(valid: readonly unknown[], i: number, expected: string): Misuse[] {
  const rows: readonly [unknown, string][] = [
    [[1, 2], array],
    [Float64Array.of(1), array],
    ['1', 'a value of type string'],
    [true, 'a value of type boolean'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{ shape: [2] }, 'a value of type object'],
  ];
  return rows.map(([wrong, got]) => type(put(valid, i, wrong), `expected ${expected}, got ${got}`));
}

/** A list of tensors that is none. */
export function noTensorList(rest: readonly unknown[] = []): Misuse[] {
  return [
    type([x, ...rest], 'expected an array of tensors, got a tensor'),
    type([1, ...rest], 'expected an array of tensors, got a value of type number'),
    type([undefined, ...rest], 'expected an array of tensors, got undefined'),
    type([[x, 1], ...rest], 'expected a tensor, got a value of type number'),
    type([[x, [1]], ...rest], `expected a tensor, got ${array}`),
  ];
}

type Option = 'boolean' | 'number' | 'string' | 'axes' | 'dtype' | 'own';

/** Options that are no object, have a misspelt name, or a value of the wrong kind; those of kind 'own' have rows of their own. */
export function badOptions(valid: readonly unknown[], known: Readonly<Record<string, Option>>): Misuse[] {
  const names = Object.keys(known);
  const given = (options: unknown): unknown[] => [...valid, options];
  return [
    type(given(null), 'options must be an object, got null'),
    type(given(1), 'options must be an object, got 1'),
    type(given('axis'), "options must be an object, got 'axis'"),
    type(given([0]), 'options must be an object, got [0]'),
    type(given({ somethingElse: 1 }), `unknown option somethingElse; it takes ${names.join(', ')}`),
    ...names.flatMap((name) => [
      ...(name.length === 1
        ? []
        : [type(given({ [`${name}s`]: 1 }), `unknown option ${name}s; did you mean ${name}?`)]),
      ...wrongValues(name, known[name]).map(([value, message]) => type(given({ [name]: value }), message)),
    ]),
  ];
}

function wrongValues(name: string, kind: Option): [unknown, string][] {
  switch (kind) {
    case 'own':
      return [];
    case 'dtype':
      return [
        ['float16', 'dtype must be float64, float32, int32 or bool, got float16'],
        [null, 'dtype must be float64, float32, int32 or bool, got null'],
      ];
    case 'axes':
      return [
        ['0', `${name} must be an axis or an array of axes, got '0'`],
        [null, `${name} must be an axis or an array of axes, got null`],
        [[0, '1'], `${name} must be an axis or an array of axes, got [0, '1']`],
      ];
    case 'boolean':
      return [
        [1, `${name} must be a boolean, got 1`],
        ['no', `${name} must be a boolean, got 'no'`],
      ];
    case 'number':
      return [
        ['1', `${name} must be a number, got '1'`],
        [[1], `${name} must be a number, got [1]`],
        [null, `${name} must be a number, got null`],
      ];
    case 'string':
      return [
        [1, `${name} must be a string, got 1`],
        [null, `${name} must be a string, got null`],
      ];
  }
}

/** The option `axis` out of range or no integer, for an operand of an order. */
export function badAxis(valid: readonly unknown[], order: number, name = 'axis'): Misuse[] {
  return [order, -order - 1, 0.5, Number.NaN].map((axis) =>
    range([...valid, { [name]: axis }], `axis ${axis} is out of range for a tensor of order ${order}`),
  );
}

/** The option `axes`: as badAxis, in lists too, and named twice. */
export function badAxes(valid: readonly unknown[], order: number, name = 'axes'): Misuse[] {
  return [
    ...badAxis(valid, order, name),
    range([...valid, { [name]: [0, order] }], `axis ${order} is out of range for a tensor of order ${order}`),
    range([...valid, { [name]: [0, -order] }], 'axis 0 is named twice'),
  ];
}
