import type { Scratch } from '../../low-rank/scratch.js';
import { lbfgs } from '../../optimize/lbfgs.js';
import { allOrthogonal, withSigns } from '../all-orthogonal.js';
import type { Dense } from '../mode-tree.js';
import { orthonormalFactors } from '../normalize-tucker.js';
import { scaledTensor } from '../truncated-tucker.js';
import type { TuckerNumbers } from '../tucker-numbers.js';
import { residualObjective, variableCount, variablesIn } from './objective.js';
import type { TuckerOptOptions, TuckerOptResult, tuckerOptDefaults } from './options.js';

/** Data of norm 1, or 0, and what belongs to them. */
export interface OptData extends Dense {
  /** ‖x‖ in the units given. */
  readonly norm: number;
  /** Σ w·x² of `elements`. */
  readonly squares: number;
  readonly weights?: Float64Array;
}

/** L-BFGS over core and factors from a start on; what comes out is brought to orthonormal factors and an all-orthogonal core. */
export function minimizeResidual(
  data: OptData,
  start: TuckerNumbers,
  { maxIterations, tolerance, signal, onProgress }: typeof tuckerOptDefaults & TuckerOptOptions,
  scratch: Scratch,
): TuckerOptResult {
  const { shape, ranks } = start;
  const x = new Float64Array(variableCount(shape, ranks));
  const views = variablesIn(x, shape, ranks);
  views.core.set(start.core);
  start.factors.forEach((factor, mode) => {
    views.factors[mode].set(factor);
  });
  const scale = Math.sqrt(data.squares) || 1;
  const errorOf = (value: number): number => Math.sqrt(2 * value) / scale;

  const run = lbfgs(residualObjective(data, ranks, data.weights, scratch), x, {
    maxIterations,
    // The value is half the square of the error.
    tolerance: 2 * tolerance,
    signal,
    onIteration: ({ iteration, value }) => onProgress?.({ iteration, relativeError: errorOf(value) }),
  });

  const found = { shape, ranks, ...variablesIn(run.x, shape, ranks) };
  const model = withSigns(allOrthogonal(orthonormalFactors(found)));
  return {
    ...scaledTensor(model, data.norm),
    ranks: [...ranks],
    relativeError: errorOf(run.value),
    iterations: run.iterations,
    status: run.status,
    trace: run.trace.map(errorOf),
    gradientNorm: run.gradientNorm,
  };
}
