import { fc } from '@fast-check/vitest';
import type { Data } from '@neuronseek/testkit';
import type { Tensor } from '../../src/core/tensor.js';

/** One generated use of an operation: floating inputs and how to call it on tensors that hold them. */
export interface OpCase {
  readonly inputs: readonly Data[];
  run(xs: Tensor[]): Tensor;
}

/** What a file of ./cases exports under the name `cases`: generated uses of operations, by the operation's name. */
export type OpCases = Readonly<Record<string, fc.Arbitrary<OpCase>>>;

/** Makes a case out of inputs and a call. */
export function caseOf(inputs: readonly Data[], run: OpCase['run']): OpCase {
  return { inputs, run };
}

/** A sub-collection of axes of a tensor of some order, ascending. */
export function someAxes(order: number): fc.Arbitrary<number[]> {
  return fc.subarray(Array.from({ length: order }, (_, axis) => axis));
}

/** Distinct numbers at least 1/4 apart in any order: no ties, so a maximum has a derivative. */
export function distinct(shape: readonly number[]): fc.Arbitrary<Data> {
  const length = shape.reduce((size, n) => size * n, 1);
  const places = Array.from({ length }, (_, i) => (i - length / 2) / 4);
  return fc.shuffledSubarray(places, { minLength: length, maxLength: length }).map((values) => ({
    shape,
    data: Float64Array.from(values),
  }));
}
