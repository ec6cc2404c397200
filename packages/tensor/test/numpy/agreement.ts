import { expectSameBits } from '@neuronseek/testkit';
import type { Tensor } from '../../src/core/tensor.js';
import { elements, typed } from '../support/elements.js';
import { type DtypeException, dtypeExceptions, zeroSigns } from './exceptions.js';
import { type Fixture, numbersOf, read, type Written } from './fixtures.js';

/** The exception that a result may claim: the first whose conditions hold. */
export function exceptionFor({ call, inputs = [] }: Fixture, numpy: string): DtypeException | undefined {
  const operands = inputs.map((name) => read(name).dtype);
  return dtypeExceptions.find(
    (e) =>
      e.numpy === numpy &&
      (e.calls?.includes(call) ?? true) &&
      (e.operands ?? []).every((dtype) => operands.includes(dtype)),
  );
}

/** What is wrong with the outcome of a call, in one sentence; undefined when it agrees with NumPy's. */
export function disagreement(fixture: Fixture, results: readonly Tensor[]): string | undefined {
  if (results.length !== fixture.expected.length) {
    return `${results.length} results, NumPy has ${fixture.expected.length}`;
  }
  for (let i = 0; i < results.length; i++) {
    const wrong = differenceOf(fixture, results[i], fixture.expected[i]);
    if (wrong !== undefined) return results.length === 1 ? wrong : `result ${i}: ${wrong}`;
  }
  return undefined;
}

function differenceOf(fixture: Fixture, x: Tensor, written: Written): string | undefined {
  const [numpy, shape] = written;
  if (JSON.stringify(x.shape) !== JSON.stringify(shape)) return `shape [${x.shape}], NumPy's is [${shape}]`;
  const dtype = exceptionFor(fixture, numpy)?.ours ?? numpy;
  if (x.dtype !== dtype) return `dtype ${x.dtype}, NumPy's is ${numpy}`;
  const actual = elements(x);
  // A float32 is written in the shortest decimals that round to it; where ours is one and NumPy's is not, NumPy's is rounded.
  const expected = x.dtype === 'float32' ? [...typed('float32', numbersOf(written))] : numbersOf(written);
  return fixture.factor === undefined
    ? bitDifference(actual, expected, fixture.call in zeroSigns)
    : distance(actual, expected, fixture.factor, fixture.scale, x.dtype === 'float32' ? 2 ** -23 : 2 ** -52);
}

function bitDifference(actual: number[], expected: number[], anyZero: boolean): string | undefined {
  // Adding 0 turns −0 into 0 and leaves everything else alone.
  const bits = (values: number[]): number[] => (anyZero ? values.map((v) => v + 0) : values);
  try {
    expectSameBits(bits(actual), bits(expected));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function distance(
  actual: number[],
  expected: number[],
  factor: number,
  scale: number | undefined,
  epsilon: number,
): string | undefined {
  for (let i = 0; i < expected.length; i++) {
    const a = actual[i];
    const e = expected[i];
    // Below the normal numbers units stop getting smaller.
    const least = epsilon === 2 ** -52 ? 5e-324 : 2 ** -149;
    const bound = factor * Math.max(epsilon * (scale ?? Math.abs(e)), least);
    if (Object.is(a, e) || a === e || Math.abs(a - e) <= (bound < Number.POSITIVE_INFINITY ? bound : 0)) continue;
    return `index ${i}: ${a}, NumPy has ${e}, bound ${bound}`;
  }
  return undefined;
}
