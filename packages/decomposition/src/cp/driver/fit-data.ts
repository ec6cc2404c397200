import { ones, tensor } from '@neuronseek/tensor';
import type { MttkrpSweep } from '@neuronseek/tensor/kernels';
import type { FitReport } from '../../fit/fit.js';
import type { NormalizedData } from '../../normalized-data.js';
import type { CpAlsDegeneracy } from '../als/divergence.js';
import { finishedModel } from '../als/finished-model.js';
import { cpNumbers } from '../cp-numbers.js';
import type { CpTensor } from '../cp-tensor.js';
import { outcomeOf } from '../gauss-newton/outcome.js';
import { type CompressedData, compressData } from './compress-data.js';
import { fitCompressed } from './fit-compressed.js';
import type { ResolvedCpOptions } from './options.js';
import { type BestRun, type CpStartReport, runStarts } from './run-starts.js';

/** What `cp` returns: a CP tensor and how it came about. */
export interface CpResult extends CpTensor, FitReport {
  /** As in `cpGaussNewton`, on all of x. */
  readonly gradientNorm: number;
  /** The evidence behind status 'degenerate'. */
  readonly degeneracy: CpAlsDegeneracy;
  /** The runs that were made, with the error of each before refinement. */
  readonly starts: readonly CpStartReport[];
  /** Index in `starts` of the run that became the result; `iterations` and `trace` are those of that run and of the refinement. */
  readonly bestStart: number;
}

/** What `cp` does with data of norm 1; where the core is known already it is not made again. */
export function fitData(
  data: NormalizedData,
  products: MttkrpSweep,
  rank: number,
  options: ResolvedCpOptions,
  known?: CompressedData,
): CpResult {
  const { shape } = data;
  const { init, signal, onProgress, fixedModes } = options;
  const numbers = init && cpNumbers('cp', init, { argument: 'init', shape, rank });
  const free = shape.map((_, mode) => !fixedModes.includes(mode));
  let iteration = 0;
  const hooks = {
    isAborted: () => signal?.aborted ?? false,
    visit: (relativeError: number) => onProgress?.({ iteration: ++iteration, relativeError }),
  };
  const small = known ?? compressData(data, rank, options);
  const found: BestRun =
    small === undefined
      ? runStarts(data, rank, numbers, free, options, hooks)
      : fitCompressed(data, products, rank, small, numbers, options, hooks);
  const { fitted, starts, best } = found;
  const start = init ?? {
    weights: ones([rank]),
    factors: shape.map((size) => tensor(new Float64Array(size * rank), [size, rank])),
  };
  const cp = init && fitted.trace.length === 0 ? init : finishedModel(fitted, start, free, data.norm);
  return { weights: cp.weights, factors: cp.factors, ...outcomeOf(cp, fitted), starts, bestStart: best };
}
