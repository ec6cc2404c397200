import { gemm, norm2 } from '@neuronseek/tensor/kernels';

/** Elements a block may hold: small enough for the second-level cache, large enough for `gemm`. */
const BLOCK = 1 << 14;

/**
 * ‖X - L·R‖ for row-major X [m, n], L [m, rank], R [rank, n], every element subtracted, some rows at a time: right to eps·‖X‖ where a
 * difference of norms is only to √eps·‖X‖. Cost: 2·(rank + 1)·m·n flops.
 */
export function productResidual(
  x: Float64Array,
  m: number,
  n: number,
  left: Float64Array,
  right: Float64Array,
  rank: number,
): number {
  const negative = left.map((v) => -v);
  const step = Math.max(1, Math.floor(BLOCK / n));
  const block = new Float64Array(Math.min(step, m) * n);
  const norms = new Float64Array(Math.ceil(m / step));
  for (let b = 0; b < norms.length; b++) {
    const first = b * step;
    const count = Math.min(step, m - first);
    block.set(x.subarray(first * n, (first + count) * n));
    gemm(count, n, rank, negative, first * rank, rank, 1, right, 0, n, 1, block, 0, n, true);
    norms[b] = norm2(count * n, block, 0, 1);
  }
  return norm2(norms.length, norms, 0, 1);
}
