import type { Buffer } from '../copy/contract.js';

/** Folds n elements `x[offset + i·stride]` to one number. n ≥ 1 for folds without an identity (maximum, minimum). */
export type Fold = (x: Buffer, offset: number, stride: number, n: number) => number;

/**
 * Applies a fold along one axis: `out[q] = fold(x[base(q) + i·stride], i < n)`, q running row-major over the kept axes, whose sizes and
 * strides are `shape` and `strides`. Summation is pairwise (see sum.ts), so the error grows with log n, and its order depends on n
 * alone: the result does not depend on how the work is divided.
 */
export type Reduce = (
  fold: Fold,
  out: Buffer,
  x: Buffer,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
  n: number,
  stride: number,
) => void;
