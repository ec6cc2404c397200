import { eachRow } from '../elementwise/each-row.js';
import type { Buffer, CopyStrided } from './contract.js';

/** From this length on a row is copied by the engine: making the typed array that names it costs as much as a loop over 40 elements. */
const LONG_ROW = 48;

/** Implements {@link CopyStrided} row by row along the last axis. */
export const copyByRows: CopyStrided = (out, outOffset, x, offset, strides, shape) => {
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
  if (n >= LONG_ROW && xs === 1) out.set(x.subarray(xo, xo + n), o);
  else for (let i = 0; i < n; i++, xo += xs) out[o + i] = x[xo];
}
