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
