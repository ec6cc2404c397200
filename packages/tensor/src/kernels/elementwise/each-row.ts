import type { Buffer } from '../copy/contract.js';

/** One row: `out[o + i] = f(a[ao + i·as], b[bo + i·bs])` for i < n. Unary rows ignore b. */
export type RowKernel = (
  out: Buffer,
  o: number,
  a: Buffer,
  ao: number,
  as: number,
  b: Buffer,
  bo: number,
  bs: number,
  n: number,
) => void;

/**
 * Runs `row` over a row-major output of `shape`, along the longest run of trailing axes in which both operands advance by one
 * constant stride, so a gap-free pair is a single row whatever its shape.
 */
export function eachRow(
  row: RowKernel,
  out: Buffer,
  outOffset: number,
  a: Buffer,
  aOffset: number,
  aStrides: readonly number[],
  b: Buffer,
  bOffset: number,
  bStrides: readonly number[],
  shape: readonly number[],
): void {
  let n = 1;
  let as = 0;
  let bs = 0;
  let axis = shape.length - 1;
  for (; axis >= 0; axis--) {
    const size = shape[axis];
    if (size === 0) return;
    if (size === 1) continue;
    if (n === 1) {
      as = aStrides[axis];
      bs = bStrides[axis];
    } else if (aStrides[axis] !== as * n || bStrides[axis] !== bs * n) {
      break;
    }
    n *= size;
  }
  if (axis < 0) {
    row(out, outOffset, a, aOffset, as, b, bOffset, bs, n);
    return;
  }
  let rows = 1;
  for (let i = 0; i <= axis; i++) rows *= shape[i];
  const index = new Int32Array(axis + 1);
  for (let r = 0; r < rows; r++) {
    row(out, outOffset + r * n, a, aOffset, as, b, bOffset, bs, n);
    // Odometer over the leading axes: step the last, carry to the left.
    for (let i = axis; i >= 0; i--) {
      aOffset += aStrides[i];
      bOffset += bStrides[i];
      if (++index[i] < shape[i]) break;
      aOffset -= aStrides[i] * shape[i];
      bOffset -= bStrides[i] * shape[i];
      index[i] = 0;
    }
  }
}
