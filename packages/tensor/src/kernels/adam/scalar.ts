import type { Buffer } from '../copy/index.js';
import type { AdamFactors } from './contract.js';

/**
 * The elements from `from` on, see contract.ts. One loop for all types: with parameters of two types it runs as fast as a loop of each
 * type's own, because its divisions and its root take longer than the choice between two loads.
 */
export function adamScalar(
  from: number,
  out: Buffer,
  theta: Buffer,
  gradient: Buffer,
  mean: Float64Array,
  square: Float64Array,
  newMean: Float64Array,
  newSquare: Float64Array,
  [beta1, rest1, beta2, rest2, epsilon, weightDecay, rate, correction]: AdamFactors,
): void {
  for (let i = from; i < out.length; i++) {
    const g = gradient[i] + weightDecay * theta[i];
    const m = beta1 * mean[i] + rest1 * g;
    const v = beta2 * square[i] + rest2 * g * g;
    newMean[i] = m;
    newSquare[i] = v;
    out[i] = theta[i] - (rate * m) / (Math.sqrt(v * correction) + epsilon);
  }
}
