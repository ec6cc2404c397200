import { cpResidual } from '../../kernels/cp-residual/index.js';
import type { NormalizedData } from '../../normalized-data.js';
import type { AlsModel } from './model.js';

/** Rounding of a sum of terms in units of the sum of their magnitudes, a few times what is seen. */
const ROUNDING = 2 ** -49;

/** Errors are good to six digits even where nobody compares them with a tolerance. */
export const WORST_ACCURACY = 1e-6;

/** MTTKRP of the mode updated last, and the solution found with it. */
export interface LastUpdate {
  readonly m: Float64Array;
  readonly solution: Float64Array;
}

/**
 * ‖x - model‖ / ‖x‖ with a relative accuracy of `accuracy`; ‖model‖ where x is zero.
 *
 * ‖x‖² - 2⟨x, model⟩ + ‖model‖² comes almost for free with the last update, but its terms cancel: it cannot see relative
 * errors below about 1e-7, and may report 0 where the error is 1e-8. Where its rounding exceeds the accuracy wanted, every
 * element is subtracted instead.
 */
export function relativeError(
  data: NormalizedData,
  { rank, units, grams, weights }: Pick<AlsModel, 'rank' | 'units' | 'grams' | 'weights'>,
  last: LastUpdate | undefined,
  accuracy: number,
): number {
  const scale = Math.sqrt(data.squares) || 1;
  if (last) {
    let squares = data.squares;
    let magnitude = data.squares;
    const accumulate = (term: number): void => {
      squares += term;
      magnitude += Math.abs(term);
    };
    for (let q = 0; q < last.m.length; q++) accumulate(-2 * last.m[q] * last.solution[q]);
    for (let q = 0; q < rank * rank; q++) {
      const cosine = grams.reduce((product, gram) => product * gram[q], 1);
      accumulate(weights[Math.floor(q / rank)] * weights[q % rank] * cosine);
    }
    // d√s = ds / (2√s): half the relative error of the square.
    if (2 * Math.min(accuracy, WORST_ACCURACY) * squares > ROUNDING * magnitude) return Math.sqrt(squares) / scale;
  }
  return cpResidual(data.elements, data.shape, weights, units) / scale;
}
