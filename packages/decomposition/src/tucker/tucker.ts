import { type Tensor, tensor } from '@neuronseek/tensor';
import { completeOptions } from '../fit/complete-options.js';
import { allOrthogonal, withSigns } from './all-orthogonal.js';
import type { TuckerResult } from './hooi/hooi.js';
import { sweeps } from './hooi/sweeps.js';
import { resolveModes, resolveSize } from './size-options.js';
import { orderFor } from './st-hosvd.js';
import { truncate } from './truncate.js';
import { scaledTensor, truncatedNumbers } from './truncated-tucker.js';
import { checkMethod } from './truncation-options.js';
import { withTuckerData } from './tucker-data.js';
import { type TuckerOptions, tuckerDefaults } from './tucker-options.js';
import { sweepsWithin } from './within-eps.js';

/**
 * Tucker decomposition: x ≈ core ×₀ A₀ … ×_{N-1} A_{N-1} of given ranks, or as small as a relative error allows. Truncates by `stHosvd`, then
 * lowers the error by HOOI sweeps while they gain anything; with `eps`, slices of the core go as the error leaves room for it.
 *
 * x [I₀, …, I_{N-1}], order ≥ 1 → core [R₀, …, R_{N-1}], all-orthogonal, and factors [Iₙ, Rₙ] with orthonormal columns whose entry of largest magnitude
 * is positive; an identity for modes left out of `modes`. float64. With `ranks`, those above Iₙ count as Iₙ; with `eps`, ranks are at most those of
 * `stHosvd` and ‖x - model‖ ≤ eps·‖x‖ all the way, which `stHosvd` says more about; relativeError says what was reached. The data are divided by their norm first, so their scale does not matter.
 *
 * Status: 'converged' when a sweep lowers the error by no more than `tolerance` of itself, and nothing can be cut; 'max-iterations'; 'aborted'.
 * modeSingularValues are those of `stHosvd`.
 *
 * Cost: that of `stHosvd` and, each sweep, two passes over x for any order, 4·R·size(x) flops; one copy of x.
 * (Vannieuwenhoven, Vandebril & Meerbergen 2012; De Lathauwer, De Moor & Vandewalle 2000; Xiao & Yang 2021)
 *
 * @throws RangeError where neither or both of ranks and eps are given, or an option is out of range, x has no or an empty mode, or a number is
 * not finite; TypeError where x is not a tensor
 */
export function tucker(x: Tensor, options: TuckerOptions): TuckerResult {
  return withTuckerData('tucker', x, (data, scratch) => {
    const { shape } = data;
    const resolved = completeOptions('tucker', tuckerDefaults, options, ['ranks', 'eps', 'modes']);
    checkMethod('tucker', resolved);
    const modes = resolveModes('tucker', resolved.modes, shape.length);
    const size = resolveSize('tucker', options, shape, modes);
    const start = truncate(data, size, orderFor(size, shape, modes), true, resolved, scratch);
    const isFree = shape.map((_, mode) => modes.includes(mode) && start.ranks[mode] < shape[mode]);

    const run =
      'eps' in size
        ? sweepsWithin(data, start, size.eps, modes, resolved, scratch)
        : sweeps(data, start, isFree, resolved, scratch);

    const model = withSigns(allOrthogonal(truncatedNumbers(data, run.best), modes), modes);
    return {
      ...scaledTensor(model, data.norm),
      ranks: [...model.ranks],
      relativeError: run.relativeError,
      modeSingularValues: start.values.map((values) => tensor(values.map((v) => v * data.norm))),
      iterations: run.trace.length,
      status: run.status,
      trace: run.trace,
    };
  });
}
