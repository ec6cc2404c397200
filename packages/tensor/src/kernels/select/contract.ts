import type { Buffer } from '../copy/contract.js';

/**
 * `out[q] = mask[…] ≠ 0 ? a[…] : b[…]` over a row-major output of `shape`; all three operands are read through their own strides, 0 along a
 * broadcast axis. One pass, no copies; rounds to the output's type on storing.
 */
export type Select = (
  out: Buffer,
  mask: Buffer,
  maskOffset: number,
  maskStrides: readonly number[],
  a: Buffer,
  aOffset: number,
  aStrides: readonly number[],
  b: Buffer,
  bOffset: number,
  bStrides: readonly number[],
  shape: readonly number[],
) => void;
