import { balancedCut, type FloatArray, gemm, norm2 } from '@neuronseek/tensor/kernels';
import { khatriRaoKernel } from '../khatri-rao/index.js';

/** Elements a block may hold: small enough for the second-level cache, large enough for `gemm`. */
const BLOCK = 1 << 14;

/** x as a matrix [L, G] minus (leading factors · weights)·(trailing factors)ᵀ, some rows at a time; see contract.ts. */
export function cpResidualBlocked(
  x: FloatArray,
  shape: readonly number[],
  weights: Float64Array,
  factors: readonly Float64Array[],
): number {
  const rank = weights.length;
  const cut = balancedCut(shape);
  const rows = productOf(shape.slice(0, cut));
  const cols = productOf(shape.slice(cut));
  const left = new Float64Array(rows * rank);
  const right = new Float64Array(cols * rank);
  khatriRaoKernel(factors.slice(0, cut), rank, left);
  khatriRaoKernel(factors.slice(cut), rank, right);
  for (let i = 0; i < left.length; i++) left[i] *= -weights[i % rank];

  const step = Math.max(1, Math.floor(BLOCK / cols));
  const block = new Float64Array(Math.min(step, rows) * cols);
  const norms = new Float64Array(Math.ceil(rows / step));
  for (let b = 0; b < norms.length; b++) {
    const first = b * step;
    const count = Math.min(step, rows - first);
    block.set(x.subarray(first * cols, (first + count) * cols));
    gemm(count, cols, rank, left, first * rank, rank, 1, right, 0, 1, rank, block, 0, cols, true);
    norms[b] = norm2(count * cols, block, 0, 1);
  }
  return norm2(norms.length, norms, 0, 1);
}

function productOf(sizes: readonly number[]): number {
  return sizes.reduce((product, n) => product * n, 1);
}
