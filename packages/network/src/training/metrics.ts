/**
 * Measures of predictions against what was true. All take arrays of equal, positive length and throw a RangeError otherwise; NaN in either
 * gives NaN, except that to `accuracy` a NaN is one wrong label.
 */

/** Root of the mean squared difference; in units of the target. */
export function rmse(predicted: ArrayLike<number>, actual: ArrayLike<number>): number {
  const n = pairs('rmse', predicted, actual);
  let total = 0;
  for (let i = 0; i < n; i++) total += square(predicted[i] - actual[i]);
  return Math.sqrt(total / n);
}

/** Mean absolute difference; in units of the target. */
export function mae(predicted: ArrayLike<number>, actual: ArrayLike<number>): number {
  const n = pairs('mae', predicted, actual);
  let total = 0;
  for (let i = 0; i < n; i++) total += Math.abs(predicted[i] - actual[i]);
  return total / n;
}

/** 1 − Σ(y − ŷ)²/Σ(y − ȳ)²: 1 is perfect, 0 as good as the mean; NaN for a constant target. */
export function r2(predicted: ArrayLike<number>, actual: ArrayLike<number>): number {
  const n = pairs('r2', predicted, actual);
  // The mean as a distance from the first value, so that a constant target has a variance of exactly 0.
  let shift = 0;
  for (let i = 0; i < n; i++) shift += (actual[i] - actual[0]) / n;
  const center = actual[0] + shift;
  let residual = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    residual += square(predicted[i] - actual[i]);
    total += square(actual[i] - center);
  }
  return total === 0 ? Number.NaN : 1 - residual / total;
}

/** Share of equal labels. */
export function accuracy(predicted: ArrayLike<number>, actual: ArrayLike<number>): number {
  const n = pairs('accuracy', predicted, actual);
  let right = 0;
  for (let i = 0; i < n; i++) if (predicted[i] === actual[i]) right++;
  return right / n;
}

function pairs(op: string, predicted: ArrayLike<number>, actual: ArrayLike<number>): number {
  if (predicted.length !== actual.length || actual.length === 0) {
    throw new RangeError(
      `${op}: needs as many predictions as values, at least one: got ${predicted.length} and ${actual.length}`,
    );
  }
  return actual.length;
}

/** By multiplication: engines differ in `**`. */
function square(x: number): number {
  return x * x;
}
