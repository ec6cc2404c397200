import type { DType } from '../core/dtype.js';

/** Distance from 1 to the next number of a floating dtype. */
export function epsilonOf(dtype: DType): number {
  return dtype === 'float32' ? 2 ** -23 : 2 ** -52;
}

/** Throws unless an option that may be left out is a number that is not negative. */
export function checkTolerance(op: string, option: string, value: unknown): void {
  if (value === undefined) return;
  if (typeof value !== 'number') throw new TypeError(`${op}: ${option} must be a number, got ${String(value)}`);
  if (!(value >= 0)) throw new RangeError(`${op}: ${option} is negative or NaN: ${value}`);
}
