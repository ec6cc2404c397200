import { norm2 } from '@neuronseek/tensor/kernels';
import { exp, log } from '@neuronseek/tensor/math';
import type { CpNumbers } from '../cp-numbers.js';

/** A component under more than this, in units of the data, is zero to any accuracy. */
const LARGEST = 1e30;

/**
 * What ridge · Σₙ ‖Aₙ‖² of the free factors in units of the data becomes for the balanced columns of data of norm 1 and fixed columns of norm 1, one
 * number a component: with d = ‖x‖, F free modes and c the product of the norms of the fixed columns, ridge · (d/c)^(2/F) / d².
 */
export function componentRidge(
  { rank, factors }: CpNumbers,
  free: readonly boolean[],
  ridge: number,
  dataNorm: number,
): Float64Array | undefined {
  if (ridge === 0) return undefined;
  const count = free.filter(Boolean).length;
  return Float64Array.from({ length: rank }, (_, r) => {
    let fixed = 0;
    factors.forEach((factor, mode) => {
      if (!free[mode]) fixed += log(norm2(factor.length / rank, factor, r, rank));
    });
    const exponent = log(ridge) + (2 / count) * (log(dataNorm) - fixed) - 2 * log(dataNorm);
    return Math.min(LARGEST, exp(exponent));
  });
}
