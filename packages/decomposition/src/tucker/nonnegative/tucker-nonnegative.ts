import type { Tensor } from '@neuronseek/tensor';
import { completeOptions } from '../../fit/complete-options.js';
import type { FitReport, FitStatus } from '../../fit/fit.js';
import type { Scratch } from '../../low-rank/scratch.js';
import type { NormalizedData } from '../../normalized-data.js';
import { fromSquares } from '../relative-error.js';
import { tuckerResidual } from '../residual.js';
import { resolveModes, resolveRanks } from '../size-options.js';
import { scaledTensor } from '../truncated-tucker.js';
import { withTuckerData } from '../tucker-data.js';
import type { TuckerTensor } from '../tucker-tensor.js';
import { type NonnegativeModel, squaredError, sweep } from './model.js';
import { type TuckerNonnegativeOptions, tuckerNonnegativeDefaults } from './options.js';
import { nonnegativeStart } from './start.js';

/** What `tuckerNonnegative` returns: a Tucker tensor without negative entries and how it came about. */
export interface TuckerNonnegativeResult extends TuckerTensor, FitReport {
  /** The sizes of the core. */
  readonly ranks: readonly number[];
}

/**
 * Nonnegative Tucker decomposition: min ‖x - core ×₀ A₀ … ×_{N-1} A_{N-1}‖ over core ≥ 0 and Aₙ ≥ 0.
 *
 * x [I₀, …, I_{N-1}], order ≥ 1, of any sign → core [R₀, …, R_{N-1}], factors [Iₙ, Rₙ] with unit columns, or columns of zeros. float64. Factors by
 * hierarchical alternating least squares, the core by accelerated projected gradients, several passes a sweep. The error does not rise by more than rounding;
 * local minima depend on the start: try init 'random' with several keys.
 *
 * Status: 'converged' when a sweep lowers the error by no more than `tolerance` of itself; 'max-iterations'; 'aborted'.
 *
 * Cost a sweep: two passes over x for any order, 4·R·size(x) flops, half as much again where the error is so small that it must be
 * computed directly, and products of the core alone. One copy of x. (Cichocki & Phan 2009; Beck & Teboulle 2009)
 *
 * @throws RangeError where a rank or an option is out of range, x has no or an empty mode, a number is not finite, or `init` does not have the
 * shape of x and the ranks, or has a negative entry; TypeError where x is not a tensor
 */
export function tuckerNonnegative(x: Tensor, options: TuckerNonnegativeOptions): TuckerNonnegativeResult {
  return withTuckerData('tuckerNonnegative', x, (data, scratch) => fit(data, options, scratch));
}

function fit(data: NormalizedData, options: TuckerNonnegativeOptions, scratch: Scratch): TuckerNonnegativeResult {
  const { shape } = data;
  const resolved = completeOptions('tuckerNonnegative', tuckerNonnegativeDefaults, options, ['ranks']);
  const { maxIterations, tolerance, innerIterations, signal, onProgress } = resolved;
  if (!Number.isSafeInteger(innerIterations) || innerIterations < 1) {
    throw new RangeError(`tuckerNonnegative: innerIterations is not a positive integer: ${innerIterations}`);
  }
  const modes = resolveModes('tuckerNonnegative', undefined, shape.length);
  const ranks = resolveRanks('tuckerNonnegative', resolved.ranks, shape, modes);
  const model = nonnegativeStart(data, ranks, resolved, scratch);

  const trace: number[] = [];
  let error = errorOf(data, model);
  let settled = error === 0;
  const outcome = (): FitStatus | undefined => {
    if (signal?.aborted) return 'aborted';
    if (settled) return 'converged';
    return trace.length >= maxIterations ? 'max-iterations' : undefined;
  };
  let status = outcome();
  while (status === undefined) {
    const projection = sweep(data, model, innerIterations, scratch);
    const next = errorOf(data, model, projection, tolerance);
    trace.push(next);
    onProgress?.({ iteration: trace.length, relativeError: next });
    settled = tolerance > 0 && error - next <= tolerance * error;
    error = next;
    status = outcome();
  }
  return {
    ...scaledTensor({ shape, ranks, core: model.core, factors: model.factors }, data.norm),
    ranks: [...ranks],
    relativeError: error,
    iterations: trace.length,
    status,
    trace,
  };
}

/** ‖x - model‖ / ‖x‖ from the projection of x on the factors where there is one and its rounding allows it, else element by element. */
function errorOf(data: NormalizedData, model: NonnegativeModel, projection?: Float64Array, tolerance = 0): number {
  const scale = Math.sqrt(data.squares) || 1;
  const terms = projection && squaredError(model, projection, data.squares);
  const cheap = terms && fromSquares(terms.squares, terms.magnitude, tolerance > 0 ? tolerance : undefined);
  return (cheap ?? tuckerResidual(data, { shape: data.shape, ...model })) / scale;
}
