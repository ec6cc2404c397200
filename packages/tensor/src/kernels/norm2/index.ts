import { norm2Scalar } from './scalar.js';

export type { Norm2 } from './contract.js';

// Squares below 2^-1022 lose digits; a sum above this bound cannot notice them unless there are 1e15 of them.
const SMALLEST_SAFE = 1e-280;

/** Euclidean norm without spurious overflow or underflow, see contract.ts. */
export function norm2(count: number, x: Float64Array | Float32Array, offset: number, stride: number): number {
  let sum = 0;
  let at = offset;
  for (let i = 0; i < count; i++) {
    sum += x[at] * x[at];
    at += stride;
  }
  return sum > SMALLEST_SAFE && sum < Infinity ? Math.sqrt(sum) : norm2Scalar(count, x, offset, stride);
}
