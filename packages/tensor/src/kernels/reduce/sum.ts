import type { Buffer } from '../copy/contract.js';

/** Most elements that are added up with four running sums. */
export const sumBlockSize = 128;

/** How many of n > {@link sumBlockSize} elements come first: a multiple of the block, so that equal prefixes are split alike. */
export function sumSplit(n: number): number {
  return Math.ceil(n / 2 / sumBlockSize) * sumBlockSize;
}

/**
 * Pairwise sum: blocks of at most 128 elements with four running sums, combined by halving. The error is at most about
 * (log₂(n/128) + 34)·eps·Σ|x|, against n·eps·Σ|x| for a plain loop (Higham, SIAM J. Sci. Comput. 14, 1993). That of an Int32Array wraps around.
 */
export function pairwiseSum(x: Buffer, offset: number, stride: number, n: number): number {
  // At every level, because beyond 2⁵³ the low bits, which are what is left in the end, would be rounded off.
  return x instanceof Int32Array ? sumLevel(x, offset, stride, n) | 0 : sumLevel(x, offset, stride, n);
}

function sumLevel(x: Buffer, offset: number, stride: number, n: number): number {
  if (n <= sumBlockSize) return sumBlock(x, offset, stride, n);
  const half = sumSplit(n);
  return pairwiseSum(x, offset, stride, half) + pairwiseSum(x, offset + half * stride, stride, n - half);
}

function sumBlock(x: Buffer, offset: number, stride: number, n: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  let at = offset;
  for (; i + 4 <= n; i += 4, at += 4 * stride) {
    s0 += x[at];
    s1 += x[at + stride];
    s2 += x[at + 2 * stride];
    s3 += x[at + 3 * stride];
  }
  let total = s0 + s1 + (s2 + s3);
  for (; i < n; i++, at += stride) total += x[at];
  return total;
}
