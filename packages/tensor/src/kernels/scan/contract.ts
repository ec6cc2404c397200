import type { Buffer } from '../copy/contract.js';

/**
 * Running values along the middle axis of gap-free blocks [outer, n, inner]; from the last index down when `reverse`.
 * `cumsum`: yᵢ = yᵢ₋₁ + xᵢ; `cumprod`: yᵢ = yᵢ₋₁·xᵢ; in double precision, rounded on storing; into an Int32Array they wrap around.
 */
export type Scan = (out: Buffer, x: Buffer, outer: number, n: number, inner: number, reverse: boolean) => void;

/** `recurrence`: yᵢ = aᵢ·yᵢ₋₁ + bᵢ with y before the first element 0, so that the first a is never read. Layout as for {@link Scan}. */
export type Recurrence = (
  out: Buffer,
  a: Buffer,
  b: Buffer,
  outer: number,
  n: number,
  inner: number,
  reverse: boolean,
) => void;
