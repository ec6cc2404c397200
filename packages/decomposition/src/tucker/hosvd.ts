import type { Tensor } from '@neuronseek/tensor';
import { completeOptions } from '../fit/complete-options.js';
import { resolveModes, resolveSize } from './size-options.js';
import { truncate } from './truncate.js';
import { type TruncatedTucker, truncatedTucker } from './truncated-tucker.js';
import { checkMethod, type HosvdOptions, hosvdDefaults } from './truncation-options.js';
import { withTuckerData } from './tucker-data.js';

/**
 * Higher-order singular value decomposition, truncated: x ≈ core ×₀ A₀ … ×_{N-1} A_{N-1}, Aₙ the leading left singular vectors of
 * the unfolding of x in mode n, core = x ×₀ A₀ᵀ … ×_{N-1} A_{N-1}ᵀ.
 *
 * x [I₀, …, I_{N-1}], order ≥ 1 → core [R₀, …, R_{N-1}], factors [Iₙ, Rₙ] with orthonormal columns whose entry of largest magnitude is
 * positive. float64. With `ranks`, those above Iₙ count as Iₙ; with `eps`, ranks are the smallest for which Σ_{r≥Rₙ} σ_r² ≤ eps²·‖x‖²/N in every mode, so that
 * ‖x - model‖ ≤ eps·‖x‖. ‖x - model‖ is at most √N times that of the best model of these ranks. At full ranks the core is all-orthogonal.
 *
 * Cost: 2·Σ Iₙ·size(x) flops and Σ 9·Iₙ³; one copy of x. `stHosvd` is cheaper and usually better.
 * (De Lathauwer, De Moor & Vandewalle 2000)
 *
 * @throws RangeError where neither or both of ranks and eps are given or one is out of range, x has no or an empty mode, or a number is
 * not finite; TypeError where x is not a tensor
 */
export function hosvd(x: Tensor, options: HosvdOptions): TruncatedTucker {
  return withTuckerData('hosvd', x, (data, scratch) => {
    const resolved = completeOptions('hosvd', hosvdDefaults, options, ['ranks', 'eps', 'modes']);
    checkMethod('hosvd', resolved);
    const modes = resolveModes('hosvd', resolved.modes, data.shape.length);
    const size = resolveSize('hosvd', options, data.shape, modes);
    return truncatedTucker(data, truncate(data, size, modes, false, resolved, scratch));
  });
}
