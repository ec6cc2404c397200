import type { FloatArray } from '@neuronseek/tensor/kernels';

/** One element of the model after another: the oracle. */
export function cpResidualScalar(
  x: FloatArray,
  shape: readonly number[],
  weights: Float64Array,
  factors: readonly Float64Array[],
): number {
  const rank = weights.length;
  let squares = 0;
  for (let q = 0; q < x.length; q++) {
    let rest = x[q];
    for (let r = 0; r < rank; r++) {
      let term = weights[r];
      let position = q;
      for (let m = shape.length - 1; m >= 0; m--) {
        term *= factors[m][(position % shape[m]) * rank + r];
        position = Math.floor(position / shape[m]);
      }
      rest -= term;
    }
    squares += rest * rest;
  }
  return Math.sqrt(squares);
}
