import type { Tensor } from '@neuronseek/tensor';
import { completeOptions } from '../../fit/complete-options.js';
import { withMemory } from '../../low-rank/scratch.js';
import { sumOfSquares } from '../relative-error.js';
import { resolveModes, resolveRanks } from '../size-options.js';
import { minimizeResidual } from './minimize-residual.js';
import { type TuckerOptOptions, type TuckerOptResult, tuckerWeightedDefaults } from './options.js';
import { startingModel } from './start.js';
import { weightedData } from './weighted-data.js';

/**
 * Tucker decomposition of data with gaps or unequal accuracy: ½·Σ w·(x - core ×₀ A₀ … ×_{N-1} A_{N-1})² minimised by L-BFGS over core and
 * factors together.
 *
 * x and weights [I₀, …, I_{N-1}], weights ≥ 0; elements of weight 0 are missing and never read, whatever stands there. → core [R₀, …, R_{N-1}], all-orthogonal,
 * factors [Iₙ, Rₙ] with orthonormal columns. float64. relativeError is √(Σ w·(x - model)² / Σ w·x²). The start closes gaps with the mean of the observed
 * elements; from then on nothing is imputed, so that missing data do not slow the fit down as they do with EM. Slices without any
 * observed element stay where the start put them.
 *
 * Status: 'converged' when two iterations running lower the error by no more than `tolerance` of itself each; 'max-iterations'; 'aborted'.
 *
 * Cost an iteration: mostly one evaluation, 6·R·size(x) flops; memory: five copies of x. (Acar, Dunlavy, Kolda & Mørup 2011, for CP)
 *
 * @throws RangeError where a rank or an option is out of range, x has no or an empty mode, weights differ in shape, are negative or all zero, an observed
 * element is not finite, or `init` does not have the shape of x and the ranks; TypeError where x or weights is not a tensor
 */
export function tuckerWeighted(x: Tensor, weights: Tensor, options: TuckerOptOptions): TuckerOptResult {
  const data = weightedData('tuckerWeighted', x, weights);
  const { shape, norm, filled } = data;
  const resolved = completeOptions('tuckerWeighted', tuckerWeightedDefaults, options, ['ranks']);
  const ranks = resolveRanks(
    'tuckerWeighted',
    resolved.ranks,
    shape,
    resolveModes('tuckerWeighted', undefined, x.order),
  );
  return withMemory(0, 2 * x.size, (_allocate, scratch) => {
    const complete = { shape, elements: filled, norm, squares: sumOfSquares(filled) };
    const start = startingModel('tuckerWeighted', complete, ranks, resolved, scratch);
    return minimizeResidual(data, start, resolved, scratch);
  });
}
