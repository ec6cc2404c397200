import { accuracy, r2, rmse } from '@neuronseek/network';
import { argmax, type Tensor } from '@neuronseek/tensor';
import type { ModelSummary } from './report.js';
import type { TargetScale } from './target.js';

/** Predictions in the units of the table: values, or class numbers. `outputs` is [rows, 1] or [rows, classes]. */
export function decode(outputs: Tensor, target: TargetScale): Float64Array {
  if (target.task === 'classification') return Float64Array.from(argmax(outputs).toTypedArray());
  return Float64Array.from(outputs.toTypedArray(), (v) => v * target.deviation + target.mean);
}

/** Error and score of predictions on the test rows. */
export function score(
  predicted: Float64Array,
  actual: Float64Array,
  target: TargetScale,
): Pick<ModelSummary, 'error' | 'metric' | 'score' | 'scoreName'> {
  if (target.task === 'regression') {
    const error = rmse(predicted, actual);
    return { error, metric: 'rmse', score: determination(predicted, actual, error), scoreName: 'R²' };
  }
  const share = accuracy(predicted, actual);
  return { error: 1 - share, metric: 'error rate', score: share, scoreName: 'accuracy' };
}

/** R²; where the target is the same in every row, and R² undefined, 1 for a model without error and 0 for any other. */
function determination(predicted: Float64Array, actual: Float64Array, error: number): number {
  const value = r2(predicted, actual);
  return Number.isNaN(value) ? Number(error === 0) : value;
}
