import type { Tensor } from '../../../src/core/tensor.js';
import type { Params } from '../fixtures.js';

/** How a fixture's call is written here: operands and options in, everything NumPy returned out. */
export type Call = (xs: readonly Tensor[], params: Params) => Tensor | readonly Tensor[];

/** Calls by our name. */
export type Calls = Readonly<Record<string, Call>>;

/** Functions of one tensor and nothing else. */
export function unary(functions: Readonly<Record<string, (x: Tensor) => Tensor>>): Calls {
  return Object.fromEntries(Object.entries(functions).map(([name, f]) => [name, ([x]) => f(x)]));
}

/** Functions of two tensors and nothing else. */
export function binary(functions: Readonly<Record<string, (a: Tensor, b: Tensor) => Tensor>>): Calls {
  return Object.fromEntries(Object.entries(functions).map(([name, f]) => [name, ([a, b]) => f(a, b)]));
}

/** Functions of one tensor that take what the fixture has as their options. */
export function withOptions(functions: Readonly<Record<string, (x: Tensor, options: Params) => Tensor>>): Calls {
  return Object.fromEntries(Object.entries(functions).map(([name, f]) => [name, ([x], params) => f(x, params)]));
}

/** An option that every case of a call has. */
export function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the fixture lacks an option');
  return value;
}
