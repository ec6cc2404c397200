import { gemm } from '@neuronseek/tensor/kernels';
import type { NormalMatrix } from './normal-matrix.js';

/**
 * Jᵀ·M″[v, v]: the second derivative of the model along v, seen from the parameters. M″[v, v] is twice the sum over pairs of modes of the model with both factors
 * replaced by those of v, so its MTTKRPs come from R × R matrices too. Cost: of the order of `timesNormal`.
 */
export function curvatureAlong({ rank, factors, free, offsets, size }: NormalMatrix, v: Float64Array): Float64Array {
  const own = factors.map((factor) => cross(factor, 0, factor, rank));
  // [s, r] = ⟨V[:, s], A[:, r]⟩
  const moved = factors.map((factor, n) =>
    free[n] ? cross(v, offsets[n], factor, rank) : new Float64Array(rank * rank),
  );
  const out = new Float64Array(size);
  factors.forEach((factor, n) => {
    if (!free[n]) return;
    const fromV = new Float64Array(rank * rank);
    const fromA = new Float64Array(rank * rank);
    for (let q = 0; q < fromV.length; q++) {
      // Elementary symmetric sums over the other modes: none, one or two of them replaced.
      let [none, one, two] = [1, 0, 0];
      for (let m = 0; m < factors.length; m++) {
        if (m === n) continue;
        two = two * own[m][q] + one * moved[m][q];
        one = one * own[m][q] + none * moved[m][q];
        none *= own[m][q];
      }
      fromV[q] = 2 * one;
      fromA[q] = 2 * two;
    }
    const rows = factor.length / rank;
    gemm(rows, rank, rank, v, offsets[n], rank, 1, fromV, 0, rank, 1, out, offsets[n], rank, false);
    gemm(rows, rank, rank, factor, 0, rank, 1, fromA, 0, rank, 1, out, offsets[n], rank, true);
  });
  return out;
}

/** Vᵀ·A as [s, r]. */
function cross(v: Float64Array, offset: number, a: Float64Array, rank: number): Float64Array {
  const product = new Float64Array(rank * rank);
  gemm(rank, rank, a.length / rank, v, offset, 1, rank, a, 0, rank, 1, product, 0, rank, false);
  return product;
}
