import type { FloatArray } from '../gemm/contract.js';

/**
 * For each of `rows` gap-free rows of n ≥ 1 elements, with m the largest of them, or 0 where that is not finite, and s = Σ exp(xᵢ − m) in the order of
 * sumFold:
 *
 *     outᵢ = exp(xᵢ − m)/s,  or (xᵢ − m) − log s when `log`
 *
 * Differences, powers, sums and results are each rounded to the type of the arrays, which is one; exp and log are
 * those of the elementwise kernels for that type. `out` and `x` may be the same array.
 * Takes n exponentials a row, three more operations an element.
 */
export type Softmax = (out: FloatArray, x: FloatArray, rows: number, n: number, log: boolean) => void;

/**
 * For every q of the kept axes, whose sizes and strides are `shape` and `strides`, and n ≥ 0 elements xᵢ of the floating type of `out`, `stride` apart,
 * with m the largest of them, or 0 where that is not finite:
 *
 *     out[q] = m + log Σ exp(xᵢ − m)
 *
 * q runs row-major. The sum is in the order of sumFold, whatever the strides. Differences, powers, sums, logarithms and results are each rounded to the type of the
 * arrays; exp and log are those of the elementwise kernels for that type. −Infinity of nothing and of nothing but −Infinity, NaN where there is one,
 * else Infinity where there is one. `out` must not overlap `x`. Takes one exponential and three more operations an element.
 */
export type LogSumExp = (
  out: FloatArray,
  x: FloatArray,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
  n: number,
  stride: number,
) => void;
