import { expKernel, subKernel } from '../elementwise/index.js';
import type { FloatArray } from '../gemm/contract.js';

const ONE: readonly number[] = [1];
/** Rows that are shorter cost less than a call of the kernel for each: 128 of 10 take 0.6 instead of 3 µs. */
const SHORT = 16;
/** Strides of one number a row. */
export const ALONG: readonly number[] = [1, 0];

/** 0 in place of each of the first `count` maxima that is not finite: the difference would be NaN, while exp and log do what they should without it. */
export function keepFinite(tops: FloatArray, count: number): void {
  for (let q = 0; q < count; q++) if (!Number.isFinite(tops[q])) tops[q] = 0;
}

/** `differences[q, i] -= tops[q]` for `count` rows of n elements. */
export function subtractTops(differences: FloatArray, tops: FloatArray, count: number, n: number): void {
  if (n < SHORT) {
    for (let q = 0, at = 0; q < count; q++) {
      const top = tops[q];
      for (const end = at + n; at < end; at++) differences[at] -= top;
    }
    return;
  }
  subKernel(differences, differences, 0, [n, 1], tops, 0, ALONG, [count, n]);
}

/** Subtracts as {@link subtractTops} does, and e to the differences goes to `powers`, which may be the same array. */
export function powersOf(
  powers: FloatArray,
  differences: FloatArray,
  tops: FloatArray,
  count: number,
  n: number,
): void {
  subtractTops(differences, tops, count, n);
  expKernel(powers, differences, 0, ONE, [count * n]);
}
