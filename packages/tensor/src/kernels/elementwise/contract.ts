import type { Buffer } from '../copy/contract.js';

/**
 * `out[q] = f(a[…], b[…])` over a row-major output of `shape`; operands are read through their own strides, 0 along a broadcast axis.
 * One rounding to the output's dtype per element; an Int32Array wraps around, products included. `out` must not overlap an operand unless it is the same gap-free block.
 */
export type ElementwiseBinary = (
  out: Buffer,
  a: Buffer,
  aOffset: number,
  aStrides: readonly number[],
  b: Buffer,
  bOffset: number,
  bStrides: readonly number[],
  shape: readonly number[],
) => void;

/** `out[q] = f(x[…])` over a row-major output of `shape`. */
export type ElementwiseUnary = (
  out: Buffer,
  x: Buffer,
  offset: number,
  strides: readonly number[],
  shape: readonly number[],
) => void;
