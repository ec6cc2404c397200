import type { Parameters } from '../opt/parameters.js';
import { factorsAt } from '../opt/parameters.js';
import type { WeightedData } from './weighted-data.js';

/**
 * The lower triangle of JᵀWJ, J the derivatives of the model by the variables, one observed element after another: the blocks (n, n) in full, what is above
 * the diagonal blocks is zero. Cost: (N·R)² flops for each observed element.
 */
export function weightedNormal(
  { shape, weights }: WeightedData,
  parameters: Parameters,
  x: Float64Array,
): Float64Array {
  const { rank, free, offsets, size } = parameters;
  const factors = factorsAt(parameters, x);
  const out = new Float64Array(size * size);
  const order = shape.length;
  const index = new Int32Array(order);
  /** Row mode of `others` holds Π_{m≠mode} Aₘ[iₘ, :]. */
  const others = new Float64Array(order * rank);
  const modes = Int32Array.from(shape.flatMap((_, mode) => (free[mode] ? [mode] : [])));
  for (let q = 0; q < weights.length; q++) {
    const w = weights[q];
    if (w > 0) {
      productsOfOthers(factors, index, rank, others);
      for (let a = 0; a < modes.length; a++) {
        const n = modes[a];
        for (let r = 0; r < rank; r++) {
          const row = (offsets[n] + index[n] * rank + r) * size;
          const left = w * others[n * rank + r];
          for (let b = 0; b <= a; b++) {
            const m = modes[b];
            const at = row + offsets[m] + index[m] * rank;
            for (let s = 0; s < rank; s++) out[at + s] += left * others[m * rank + s];
          }
        }
      }
    }
    for (let mode = order - 1; mode >= 0; mode--) {
      index[mode]++;
      if (index[mode] < shape[mode]) break;
      index[mode] = 0;
    }
  }
  return out;
}

function productsOfOthers(
  factors: readonly Float64Array[],
  index: Int32Array,
  rank: number,
  others: Float64Array,
): void {
  const order = factors.length;
  for (let r = 0; r < rank; r++) {
    let before = 1;
    for (let mode = 0; mode < order; mode++) {
      others[mode * rank + r] = before;
      before *= factors[mode][index[mode] * rank + r];
    }
    let behind = 1;
    for (let mode = order - 1; mode >= 0; mode--) {
      others[mode * rank + r] *= behind;
      behind *= factors[mode][index[mode] * rank + r];
    }
  }
}
