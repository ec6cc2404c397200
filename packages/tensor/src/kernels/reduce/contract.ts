import type { Buffer } from '../copy/contract.js';

/** Folds n elements `x[offset + i·stride]` to one number. n ≥ 1 for folds without an identity (maximum, minimum). */
export interface Fold {
  (x: Buffer, offset: number, stride: number, n: number): number;
  /** Variants with the same bits, which come with the fold, so that a bundle holds those of its own folds only. */
  readonly byRows?: RowFold;
  readonly byVectors?: TryReduce;
}

/**
 * A fold of `width` neighbouring columns at once: `out[outOffset + c] = fold(x[offset + c·step + i·stride], i < n)`, with the bits of the
 * fold that it stands for. It reads whole rows, where folding column after column would fetch every cache line `width` times.
 */
export type RowFold = (
  out: Buffer,
  outOffset: number,
  x: Buffer,
  offset: number,
  stride: number,
  n: number,
  step: number,
  width: number,
) => void;

/** {@link Reduce} for one fold, where it can and pays; false where nothing was done. */
export type TryReduce = (
  out: Buffer,
  x: Buffer,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
  n: number,
  stride: number,
) => boolean;

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
