/** Elementwise bounds lower ≤ x ≤ upper, infinite where there is none. */
export interface Bounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * Bounds given as numbers for all elements or one an element; undefined where none is finite.
 *
 * @throws RangeError where a length is not that of x, a bound is NaN, or a lower one lies above the upper one
 */
export function createBounds(
  name: string,
  length: number,
  lower: number | Float64Array = -Infinity,
  upper: number | Float64Array = Infinity,
): Bounds | undefined {
  const bounds = { lower: expand(name, 'lower', lower, length), upper: expand(name, 'upper', upper, length) };
  for (let i = 0; i < length; i++) {
    if (bounds.lower[i] <= bounds.upper[i] && bounds.lower[i] < Infinity && bounds.upper[i] > -Infinity) continue;
    throw new RangeError(`${name}: no number lies within the bounds at ${i}: ${bounds.lower[i]} to ${bounds.upper[i]}`);
  }
  return bounds.lower.some(Number.isFinite) || bounds.upper.some(Number.isFinite) ? bounds : undefined;
}

function expand(name: string, argument: string, bound: number | Float64Array, length: number): Float64Array {
  if (typeof bound === 'number') return new Float64Array(length).fill(bound);
  if (bound.length === length) return bound.slice();
  throw new RangeError(`${name}: ${argument} has length ${bound.length}, expected ${length}`);
}

/** Moves x into the bounds, in place. */
export function project(x: Float64Array, { lower, upper }: Bounds): void {
  for (let i = 0; i < x.length; i++) x[i] = Math.max(lower[i], Math.min(x[i], upper[i]));
}

/** Share of the largest entry of x within which a variable counts as at its bound, if the gradient drives it there. */
const NEAR = 1e-6;

/**
 * Marks the variables that a quasi-Newton direction is for with 1, and those that are at a bound, or near it, with the gradient driving them into
 * it with 0. "Near", by no more than the projected gradient is long, keeps steps from being cut short again and again by bounds that are about to
 * become active (Bertsekas 1982, section 2).
 */
export function markFree(
  x: Float64Array,
  gradient: Float64Array,
  { lower, upper }: Bounds,
  gradientNorm: number,
  free: Uint8Array,
): void {
  let largest = 0;
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]));
  const near = Math.min(NEAR * largest, gradientNorm);
  for (let i = 0; i < x.length; i++) {
    const held = gradient[i] > 0 ? x[i] - lower[i] <= near : gradient[i] < 0 && upper[i] - x[i] <= near;
    free[i] = held ? 0 : 1;
  }
}

/** Completes a direction for the free variables: the others go to their bounds by a step of 1, and what points out of a bound is at rest. */
export function completeDirection(
  x: Float64Array,
  gradient: Float64Array,
  { lower, upper }: Bounds,
  free: Uint8Array,
  direction: Float64Array,
): void {
  for (let i = 0; i < x.length; i++) {
    if (free[i] === 0) direction[i] = (gradient[i] > 0 ? lower[i] : upper[i]) - x[i];
    else if (direction[i] < 0 ? x[i] <= lower[i] : x[i] >= upper[i]) direction[i] = 0;
  }
}
