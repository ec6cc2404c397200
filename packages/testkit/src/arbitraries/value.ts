import fc from 'fast-check';

/** Options of `value`. */
export interface ValueOptions {
  /** Smallest value, default -10. */
  readonly min?: number;
  /** Largest value, default 10. */
  readonly max?: number;
  /** Values mixed in besides, whether or not they lie between the bounds (NaN, Infinity, -0, 1e308, ...), default none. */
  readonly special?: readonly number[];
}

/** Defaults of `value`. */
export const valueDefaults: Required<ValueOptions> = { min: -10, max: 10, special: [] };

/** Multiples of 1 / denominator in [min, max], or nothing where there are none that are exact. */
function grid(min: number, max: number, denominator: number): fc.Arbitrary<number>[] {
  const low = Math.ceil(min * denominator);
  const high = Math.floor(max * denominator);
  if (low > high || !Number.isSafeInteger(low) || !Number.isSafeInteger(high)) return [];
  // Adding 0 turns the -0 of Math.ceil(-0.5) and of 0 / -1 into 0: a negative zero must be asked for.
  return [fc.integer({ min: low + 0, max: high + 0 }).map((k) => k / denominator + 0)];
}

/** Finite numbers in [min, max]: integers, halves and multiples of 2^-20; shrinks to the integer nearest to 0 where there is one. */
export function value(options: ValueOptions = {}): fc.Arbitrary<number> {
  const { min = valueDefaults.min, max = valueDefaults.max, special = valueDefaults.special } = options;
  if (!(min <= max)) throw new RangeError(`value: min is above max: min is ${min}, max is ${max}`);
  const [integers, halves, fine] = [1, 2, 2 ** 20].map((denominator) => grid(min, max, denominator));
  if (fine.length === 0 || halves.length === 0) fine.push(fc.double({ min, max, noNaN: true }));
  if (special.length > 0) fine.push(fc.constantFrom(...special));
  // Cross shrinking tries the first kind for a failure found with a later one. Nested, so that halves are tried as well.
  const readable = { withCrossShrink: true };
  return fc.oneof(readable, ...integers, fc.oneof(readable, ...halves, ...fine));
}
