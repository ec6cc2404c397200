import type { Tensor } from '../../src/index.js';

/** One call of a function on floating operands, by which is found out whether it can be differentiated. */
export interface Example {
  readonly inputs: readonly Tensor[];
  run(xs: readonly Tensor[]): unknown;
}

/** What FEATURES.md says about a public function besides what is found out. */
export interface Feature {
  /** Whose definition it has: `np.` is numpy; '' where NumPy and SciPy have none. */
  readonly numpy: string;
  /** Where JAX has it: `jnp.` is jax.numpy; '' where it does not. */
  readonly jax: string;
  readonly example?: Example;
  /** Where it is differentiable, if not everywhere, from its documentation. */
  readonly condition?: string;
  /** Which derivative it has where it has several to choose from. */
  readonly note?: string;
}

/** The features of an entry, or of a part of one, by our name. */
export interface Section {
  readonly title: string;
  /** '' or '/linalg' and so on. */
  readonly entry: string;
  readonly features: Readonly<Record<string, Feature>>;
}

/** A row. JAX has it under NumPy's name unless told otherwise. */
export function feature(
  numpy: string,
  example?: Example,
  { jax = numpy.replace(/^np\./, 'jnp.'), condition, note }: { jax?: string; condition?: string; note?: string } = {},
): Feature {
  return { numpy, jax, example, condition, note };
}

/** An example of one operand. */
export function of1(x: Tensor, run: (x: Tensor) => unknown): Example {
  return { inputs: [x], run: ([v]) => run(v) };
}

/** An example of two operands. */
export function of2(a: Tensor, b: Tensor, run: (a: Tensor, b: Tensor) => unknown): Example {
  return { inputs: [a, b], run: ([v, w]) => run(v, w) };
}
