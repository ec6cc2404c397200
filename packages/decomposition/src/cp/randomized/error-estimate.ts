import type { FloatArray } from '@neuronseek/tensor/kernels';
import { type Key, uniform } from '@neuronseek/tensor/random';

/** Estimates relative errors of CP models on a fixed set of elements of x / norm, or of all where these are no more than `count`. */
export function errorEstimator(
  x: FloatArray,
  norm: number,
  shape: readonly number[],
  count: number,
  key: Key,
): (units: readonly Float64Array[], weights: Float64Array) => number {
  const all = count >= x.length;
  const at = all ? Float64Array.from(x.keys()) : uniform(key, count).map((u) => Math.floor(u * x.length));
  const values = Float64Array.from(at, (q) => x[q] / norm);
  const order = shape.length;
  /** Index of each element in each mode, mode by mode. */
  const indices = new Int32Array(order * at.length);
  at.forEach((q, j) => {
    for (let mode = order - 1; mode >= 0; mode--) {
      indices[mode * at.length + j] = q % shape[mode];
      q = Math.floor(q / shape[mode]);
    }
  });
  return (units, weights) => {
    const rank = weights.length;
    const terms = new Float64Array(rank);
    let squares = 0;
    for (let j = 0; j < values.length; j++) {
      terms.set(weights);
      for (let mode = 0; mode < order; mode++) {
        const unit = units[mode];
        const from = indices[mode * values.length + j] * rank;
        for (let r = 0; r < rank; r++) terms[r] *= unit[from + r];
      }
      let rest = values[j];
      for (let r = 0; r < rank; r++) rest -= terms[r];
      squares += rest * rest;
    }
    return Math.sqrt((squares / values.length) * x.length);
  };
}
