import type { Tensor } from '@neuronseek/tensor';
import { completeOptions } from '../../fit/complete-options.js';
import { resolveModes, resolveRanks } from '../size-options.js';
import { withTuckerData } from '../tucker-data.js';
import { minimizeResidual } from './minimize-residual.js';
import { type TuckerOptOptions, type TuckerOptResult, tuckerOptDefaults } from './options.js';
import { startingModel } from './start.js';

/**
 * Tucker decomposition of given ranks by L-BFGS: ½·‖x - core ×₀ A₀ … ×_{N-1} A_{N-1}‖² minimised over core and factors together.
 *
 * x [I₀, …, I_{N-1}], order ≥ 1 → core [R₀, …, R_{N-1}], all-orthogonal, and factors [Iₙ, Rₙ] with orthonormal columns whose entry of largest magnitude
 * is positive. float64. For data without gaps `tucker` finds the same minima sooner; this is the form that weights and further terms can be
 * added to. The error does not rise by more than rounding.
 *
 * Status: 'converged' when two iterations running lower the error by no more than `tolerance` of itself each; 'max-iterations'; 'aborted'.
 *
 * Cost an iteration: mostly one evaluation, 6·R·size(x) flops; memory: two copies of x. (Liu & Nocedal 1989)
 *
 * @throws RangeError where a rank or an option is out of range, x has no or an empty mode, a number is not finite, or `init` does not have the
 * shape of x and the ranks; TypeError where x is not a tensor
 */
export function tuckerOpt(x: Tensor, options: TuckerOptOptions): TuckerOptResult {
  return withTuckerData(
    'tuckerOpt',
    x,
    (data, scratch) => {
      const resolved = completeOptions('tuckerOpt', tuckerOptDefaults, options, ['ranks']);
      const ranks = resolveRanks(
        'tuckerOpt',
        resolved.ranks,
        data.shape,
        resolveModes('tuckerOpt', undefined, x.order),
      );
      const start = startingModel('tuckerOpt', data, ranks, resolved, scratch);
      return minimizeResidual(data, start, resolved, scratch);
    },
    1.75,
  );
}
