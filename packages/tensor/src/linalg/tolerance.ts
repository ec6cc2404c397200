import type { DType } from '../core/dtype.js';

/** Distance from 1 to the next number of a floating dtype. */
export function epsilonOf(dtype: DType): number {
  return dtype === 'float32' ? 2 ** -23 : 2 ** -52;
}

/** Throws unless a number that may be left out is 0 or more. */
export function checkTolerance(op: string, option: string, value: number | undefined): void {
  if (value !== undefined && !(value >= 0)) throw new RangeError(`${op}: ${option} is negative or NaN: ${value}`);
}
