import { gemm } from '@neuronseek/tensor/kernels';
import { orthogonalTrain } from './orthogonalize.js';
import { normalize, scaledProduct } from './scaled.js';
import { ttNumbers } from './tt-numbers.js';
import type { TtTensor } from './tt-tensor.js';

/**
 * Inner product of two tensor trains of one shape without forming either: Σ a[i₀, …]·b[i₀, …].
 *
 * A number, not differentiable (see ttToTensor and ttSum of ttHadamard). Only the result itself can leave the range of numbers. Error:
 * about eps · ‖a‖ · ‖b‖ where cores are orthogonal, more where terms cancel within the trains. Cost: 2·Σ n·r·s·(r + s) flops.
 *
 * @throws RangeError where shapes differ or a number is not finite
 */
export function ttInner(a: TtTensor, b: TtTensor): number {
  const left = ttNumbers('ttInner', a, { argument: 'a' });
  const right = ttNumbers('ttInner', b, { argument: 'b', shape: left.shape });
  const scales: number[] = [];
  let carried = Float64Array.of(1);
  left.shape.forEach((n, k) => {
    const [r, rNext] = [left.ranks[k], left.ranks[k + 1]];
    const [s, sNext] = [right.ranks[k], right.ranks[k + 1]];
    const [u, v] = [left.cores[k].slice(), right.cores[k].slice()];
    scales.push(normalize(u), normalize(v));
    // carried [r, s]: first Σ_r carried·a as [s, n·r'], then Σ over s and n with b.
    const half = new Float64Array(s * n * rNext);
    gemm(s, n * rNext, r, carried, 0, 1, s, u, 0, n * rNext, 1, half, 0, n * rNext, false);
    carried = new Float64Array(rNext * sNext);
    gemm(rNext, sNext, s * n, half, 0, 1, rNext, v, 0, sNext, 1, carried, 0, sNext, false);
    if (k < left.shape.length - 1) scales.push(normalize(carried));
  });
  return scaledProduct([...scales, carried[0]]);
}

/**
 * Frobenius norm of a tensor train without forming it, by orthogonalisation: right to eps times what its terms add up to, also where a
 * sum of squares would lose half the digits, and for norms from 1e-300 to 1e300.
 *
 * A number, not differentiable. Cost: about 4·Σ n_k·r³ flops.
 *
 * @throws RangeError where shapes do not agree or a number is not finite
 */
export function ttNorm(tt: TtTensor): number {
  return scaledProduct(orthogonalTrain(ttNumbers('ttNorm', tt), 0).scales);
}
