import { type Tensor, tensor } from '@neuronseek/tensor';
import { norm2 } from '@neuronseek/tensor/kernels';
import { checkMode } from '../../checks/check-mode.js';
import { completeOptions } from '../../fit/complete-options.js';
import type { FitReport } from '../../fit/fit.js';
import { around } from '../../low-rank/multiply-mode.js';
import type { Scratch } from '../../low-rank/scratch.js';
import type { NormalizedData } from '../../normalized-data.js';
import { allOrthogonal, withSigns } from '../all-orthogonal.js';
import { tuckerResidual } from '../residual.js';
import { resolveModes, resolveRanks } from '../size-options.js';
import { scaledTensor, type TruncatedTucker, truncatedNumbers } from '../truncated-tucker.js';
import { withTuckerData } from '../tucker-data.js';
import { type TuckerNumbers, tuckerNumbers } from '../tucker-numbers.js';
import { type HooiOptions, hooiDefaults } from './options.js';
import { fixedFactor, startingBases, withFixedFactors } from './start.js';
import { projectionOn, sweeps } from './sweeps.js';

/** What `hooi` and `tucker` return: a Tucker tensor and how it came about. */
export interface TuckerResult extends TruncatedTucker, FitReport {}

/**
 * Tucker decomposition of given ranks by higher-order orthogonal iteration: ‖x - core ×₀ A₀ … ×_{N-1} A_{N-1}‖ is lowered over one
 * orthonormal factor at a time.
 *
 * x [I₀, …, I_{N-1}], order ≥ 1 → core [R₀, …, R_{N-1}], all-orthogonal, and factors [Iₙ, Rₙ] with orthonormal columns whose entry of largest magnitude
 * is positive, but those of `fixedModes`, which are those of `init` to the bit. float64. Every factor takes one step of subspace iteration a sweep where
 * De Lathauwer et al. take singular vectors: fixed points are the same, and sweeps cost little more than their mode products. The error
 * does not rise; what is returned is never worse than the start. HOOI finds local minima; from `stHosvd` they are within √N of the best.
 *
 * Status: 'converged' when a sweep lowers the error by no more than `tolerance` of itself, or no mode is free; 'max-iterations'; 'aborted'.
 * modeSingularValues are those of the core.
 *
 * Cost a sweep: two passes over x for any order, 4·R·size(x) flops; half as much again where the error is so small that it must be
 * computed directly. One copy of x. (De Lathauwer, De Moor & Vandewalle 2000; Kaya & Uçar 2016)
 *
 * @throws RangeError where a rank or an option is out of range, x has no or an empty mode, a number is not finite, or `init` does not have the
 * shape of x and the ranks; TypeError where x is not a tensor
 */
export function hooi(x: Tensor, options: HooiOptions): TuckerResult {
  return withTuckerData('hooi', x, (data, scratch) => fit(data, options, scratch));
}

function fit(data: NormalizedData, options: HooiOptions, scratch: Scratch): TuckerResult {
  const { shape } = data;
  const resolved = completeOptions('hooi', hooiDefaults, options, ['ranks', 'modes']);
  const { init, fixedModes } = resolved;
  const modes = resolveModes('hooi', resolved.modes, shape.length);
  const ranks = resolveRanks('hooi', resolved.ranks, shape, modes);
  checkFixedModes(fixedModes, modes, shape.length, init);
  const given = typeof init === 'object' ? tuckerNumbers('hooi', init, { argument: 'init', shape, ranks }) : undefined;
  const fixed = shape.map((size, mode) =>
    given && fixedModes.includes(mode) ? fixedFactor(given.factors[mode], size, ranks[mode]) : undefined,
  );
  const bases = startingBases('hooi', data, init, ranks, modes, resolved.key, scratch);
  const start = projectionOn(
    data,
    bases.map((basis, mode) => fixed[mode]?.basis ?? basis),
    scratch,
  );
  const free = modes.filter((mode) => !fixedModes.includes(mode));
  const isFree = shape.map((_, mode) => free.includes(mode));

  const run = sweeps(data, start, isFree, resolved, scratch);

  const projected = withSigns(allOrthogonal(truncatedNumbers(data, run.best), free), free);
  const model = given ? withFixedFactors(projected, given.factors, fixed) : projected;
  const scale = Math.sqrt(data.squares) || 1;
  const anyFixed = typeof init === 'object' && fixedModes.length > 0;
  const { core, factors } = scaledTensor(model, data.norm);
  return {
    core,
    factors: typeof init === 'object' ? factors.map((own, mode) => (fixed[mode] ? init.factors[mode] : own)) : factors,
    ranks: [...model.ranks],
    relativeError: anyFixed ? tuckerResidual(data, model) / scale : run.relativeError,
    modeSingularValues: shape.map((_, mode) =>
      tensor(modes.includes(mode) ? sliceNorms(projected, mode, data.norm) : []),
    ),
    iterations: run.trace.length,
    status: run.status,
    trace: run.trace,
  };
}

function checkFixedModes(
  fixedModes: readonly number[],
  modes: readonly number[],
  order: number,
  init: HooiOptions['init'],
): void {
  if (!Array.isArray(fixedModes)) {
    throw new TypeError(`hooi: fixedModes is not an array of modes: ${String(fixedModes)}`);
  }
  for (const mode of fixedModes) {
    checkMode('hooi: fixedModes', mode, order);
    if (!modes.includes(mode)) throw new RangeError(`hooi: fixedModes has mode ${mode}, which is not decomposed`);
  }
  if (fixedModes.length > 0 && typeof init !== 'object') {
    throw new RangeError(`hooi: fixedModes needs a Tucker tensor as init: it is '${init}'`);
  }
}

/** Norms of the slices of an all-orthogonal core: its singular values in that mode. */
function sliceNorms({ core, ranks }: TuckerNumbers, mode: number, scale: number): Float64Array {
  const { left, right } = around(ranks, mode);
  return Float64Array.from({ length: ranks[mode] }, (_, r) => {
    const rows = Float64Array.from({ length: left }, (_, l) => norm2(right, core, (l * ranks[mode] + r) * right, 1));
    return norm2(left, rows, 0, 1) * scale;
  });
}
