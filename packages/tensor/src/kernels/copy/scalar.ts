import { eachRow } from '../elementwise/each-row.js';
import type { Buffer, CopyStrided } from './contract.js';

/** Implements {@link CopyStrided} row by row along the last axis. */
export const copyStrided: CopyStrided = (out, outOffset, x, offset, strides, shape) => {
  eachRow(copyRow, out, outOffset, x, offset, strides, x, offset, strides, shape);
};

function copyRow(
  out: Buffer,
  o: number,
  x: Buffer,
  xo: number,
  xs: number,
  _b: Buffer,
  _bo: number,
  _bs: number,
  n: number,
): void {
  for (let i = 0; i < n; i++, xo += xs) out[o + i] = x[xo];
}
