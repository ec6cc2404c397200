import { type FloatArray, gemm } from '@neuronseek/tensor/kernels';
import { khatriRaoKernel } from '../khatri-rao/index.js';
import { type Cut, productOf } from './cut.js';

/**
 * One side of x contracted by one matrix product that reads x where it stands: with x as [L, G] and K the Khatri–Rao
 * product of the contracted side's factors, P = x·K [L, rank], or P = xᵀ·K [G, rank].
 */
export function contractSide(
  x: FloatArray,
  shape: readonly number[],
  factors: readonly Float64Array[],
  rank: number,
  { cut, contract }: Cut,
): Float64Array {
  const left = productOf(shape.slice(0, cut));
  const right = productOf(shape.slice(cut));
  const [kept, gone] = contract === 'right' ? [left, right] : [right, left];
  const product = new Float64Array(gone * rank);
  khatriRaoKernel(contract === 'right' ? factors.slice(cut) : factors.slice(0, cut), rank, product);
  const partial = new Float64Array(kept * rank);
  const [rowStride, colStride] = contract === 'right' ? [right, 1] : [1, right];
  gemm(kept, rank, gone, x, 0, rowStride, colStride, product, 0, rank, 1, partial, 0, rank, false);
  return partial;
}
