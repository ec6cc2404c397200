/** A bound factor * epsilon * scale on absolute differences. */
export interface Tolerance {
  /** The constant c that the error analysis of the computation justifies. */
  readonly factor: number;
  /** Size of the numbers that rounding acted on; default: the largest finite magnitude among the expected values (0 where there is none). */
  readonly scale?: number;
  /** Unit of rounding, default 2^-52. */
  readonly epsilon?: number;
}

/** Default of `Tolerance.epsilon`. */
export const toleranceEpsilon: number = 2 ** -52;

/** The largest finite magnitude of some values, 0 where there is none. */
export function largestMagnitude(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i]);
    if (magnitude > largest && magnitude < Number.POSITIVE_INFINITY) largest = magnitude;
  }
  return largest;
}

/**
 * Fails unless |actual_i - expected_i| <= factor * epsilon * scale for every i.
 *
 * NaN equals NaN, infinities must match, 0 equals -0, lengths must agree. Where all expected values are 0 and no scale is
 * given, the actual values must be 0.
 *
 * @throws Error with index, both values, difference and bound; RangeError where the bound is no finite number from 0.
 */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: Tolerance): void {
  const { factor, scale = largestMagnitude(expected), epsilon = toleranceEpsilon } = tolerance;
  const bound = factor * epsilon * scale;
  if (!(factor >= 0 && epsilon >= 0 && scale >= 0 && bound < Number.POSITIVE_INFINITY)) {
    throw new RangeError(
      `expectClose: bound is not a finite number from 0: factor is ${factor}, epsilon is ${epsilon}, scale is ${scale}`,
    );
  }
  if (actual.length !== expected.length) {
    throw new Error(`expectClose: lengths differ: actual has ${actual.length}, expected has ${expected.length}`);
  }
  let worst = -1;
  let worstDifference = bound;
  let failures = 0;
  for (let i = 0; i < expected.length; i++) {
    const a = actual[i];
    const e = expected[i];
    if (a === e || (Number.isNaN(a) && Number.isNaN(e))) continue;
    const difference = Math.abs(a - e);
    if (difference <= bound) continue;
    failures++;
    // NaN and infinite differences come first and stay: nothing exceeds them.
    const rank = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
    if (worst === -1 || rank > worstDifference) {
      worst = i;
      worstDifference = rank;
    }
  }
  if (worst === -1) return;
  throw new Error(
    `expectClose: ${failures} of ${expected.length} values differ, worst at index ${worst}: actual ${actual[worst]}, expected ${expected[worst]}, ` +
      `difference ${Math.abs(actual[worst] - expected[worst])}, bound ${bound} (factor ${factor}, epsilon ${epsilon}, scale ${scale})`,
  );
}
