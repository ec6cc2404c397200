import { expKernel, subKernel } from '../elementwise/index.js';
import type { FloatArray } from '../gemm/contract.js';

const ONE: readonly number[] = [1];
/** Strides of one number a row. */
export const ALONG: readonly number[] = [1, 0];

/** 0 in place of each of the first `count` maxima that is not finite: the difference would be NaN, while exp and log do what they should without it. */
export function keepFinite(tops: FloatArray, count: number): void {
  for (let q = 0; q < count; q++) if (!Number.isFinite(tops[q])) tops[q] = 0;
}

/** `differences[q, i] -= tops[q]` for `count` rows of n elements, and e to that in `powers`, which may be the same array. */
export function powersOf(
  powers: FloatArray,
  differences: FloatArray,
  tops: FloatArray,
  count: number,
  n: number,
): void {
  subKernel(differences, differences, 0, [n, 1], tops, 0, ALONG, [count, n]);
  expKernel(powers, differences, 0, ONE, [count * n]);
}
