import { gemm } from '@neuronseek/tensor/kernels';
import type { CpNumbers } from './cp-numbers.js';
import { unitColumns } from './unit-columns.js';

/** A CP tensor with its scale in one place: unit columns, and for each component its signed norm. */
export interface Components {
  readonly units: readonly Float64Array[];
  /** weights[r] · Π_n ‖Aₙ[:, r]‖ */
  readonly sizes: Float64Array;
}

export function components({ rank, weights, factors }: CpNumbers): Components {
  const sizes = weights.slice();
  const units = factors.map((factor) => {
    const { unit, norms } = unitColumns(factor, rank);
    for (let r = 0; r < rank; r++) sizes[r] *= norms[r];
    return unit;
  });
  return { units, sizes };
}

/** Π_n ⟨Aₙ[:, r], Bₙ[:, s]⟩ as [rankA, rankB]: for unit columns the cosines between rank-one terms. */
export function crossGram(
  as: readonly Float64Array[],
  bs: readonly Float64Array[],
  rankA: number,
  rankB: number,
): Float64Array {
  const product = new Float64Array(rankA * rankB).fill(1);
  const gram = new Float64Array(rankA * rankB);
  as.forEach((a, n) => {
    gemm(rankA, rankB, a.length / rankA, a, 0, 1, rankA, bs[n], 0, rankB, 1, gram, 0, rankB, false);
    for (let q = 0; q < product.length; q++) product[q] *= gram[q];
  });
  return product;
}

/** The largest magnitude among component sizes, 1 where all are 0. */
export function largestSize(sizes: Float64Array): number {
  return sizes.reduce((largest, size) => Math.max(largest, Math.abs(size)), 0) || 1;
}
