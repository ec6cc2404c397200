import type { NormalizedData } from '../normalized-data.js';
import { tuckerResidual } from './residual.js';
import type { TuckerNumbers } from './tucker-numbers.js';

/** Rounding of a sum of terms in units of the sum of their magnitudes, a few times what is seen. */
const ROUNDING = 2 ** -49;

/** Errors are good to six digits even where nobody compares them with a tolerance. */
const WORST_ACCURACY = 1e-6;

/** A difference of squares as a relative error, or undefined where its rounding exceeds the relative accuracy wanted. */
export function fromSquares(squares: number, magnitude: number, accuracy: number = WORST_ACCURACY): number | undefined {
  // d√s = ds / (2√s): half the relative error of the square.
  const trusted = 2 * Math.min(accuracy, WORST_ACCURACY) * squares > ROUNDING * magnitude;
  return trusted ? Math.sqrt(squares) : undefined;
}

/**
 * ‖x - model‖ / ‖x‖ for the projection of x on orthonormal factors, ‖model‖ where x is zero: √(‖x‖² - ‖core‖²) where that says it with a
 * relative accuracy of `accuracy`, else element by element.
 */
export function projectionError(data: NormalizedData, model: TuckerNumbers, accuracy?: number): number {
  const scale = Math.sqrt(data.squares) || 1;
  const squares = data.squares - sumOfSquares(model.core);
  return (fromSquares(squares, data.squares, accuracy) ?? tuckerResidual(data, model)) / scale;
}

/** Σ v² */
export function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (let q = 0; q < values.length; q++) sum += values[q] * values[q];
  return sum;
}
