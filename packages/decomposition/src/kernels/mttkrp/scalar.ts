import type { FloatArray } from '@neuronseek/tensor/kernels';

/** The formula of the contract, element by element of x: the oracle. */
export function mttkrpScalar(
  x: FloatArray,
  shape: readonly number[],
  factors: readonly Float64Array[],
  rank: number,
  mode: number,
  out: Float64Array,
): void {
  out.fill(0);
  const index = shape.map(() => 0);
  for (let q = 0; q < x.length; q++) {
    for (let r = 0; r < rank; r++) {
      let term = x[q];
      for (let m = 0; m < shape.length; m++) if (m !== mode) term *= factors[m][index[m] * rank + r];
      out[index[mode] * rank + r] += term;
    }
    // The next index, last axis fastest.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]++;
      if (index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
}
