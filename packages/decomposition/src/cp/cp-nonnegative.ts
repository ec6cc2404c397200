import { ones, type Tensor, tensor } from '@neuronseek/tensor';
import type { MttkrpSweep } from '@neuronseek/tensor/kernels';
import { type Key, split, uniform } from '@neuronseek/tensor/random';
import { checkRank } from '../checks/check-rank.js';
import type { FitReport, FitStatus } from '../fit/fit.js';
import { float64Elements } from '../float64-elements.js';
import type { NormalizedData } from '../normalized-data.js';
import { type LastUpdate, relativeError } from './als/relative-error.js';
import { withData } from './als/with-data.js';
import { cpNumbers } from './cp-numbers.js';
import type { CpTensor } from './cp-tensor.js';
import { finishedModel, type NonnegativeModel, startModel, updateMode } from './nonnegative/model.js';
import {
  type CpNonnegativeOptions,
  cpNonnegativeDefaults,
  type ResolvedCpNonnegativeOptions,
  resolveOptions,
} from './nonnegative/options.js';

/** What `cpNonnegative` returns: a CP tensor with nonnegative factors and how it came about. */
export interface CpNonnegativeResult extends CpTensor, FitReport {}

/**
 * Nonnegative CP decomposition (nonnegative tensor factorisation): min ‖x - Σ_r weights[r] · A₀[:, r] ∘ … ∘ A_{N-1}[:, r]‖ over Aₙ ≥ 0.
 *
 * x [I₀, …, I_{N-1}], entries of any sign, order ≥ 1, rank ≥ 1 → unit columns [Iₙ, R], weights [R] ≥ 0 descending. One factor after the
 * other is improved by accelerated HALS or by multiplicative updates; the error never rises. Modes outside `modes` are unconstrained. Where all modes
 * are nonnegative a best approximation always exists (Lim & Comon 2009); else components may cancel while they grow, as `degeneracy` shows.
 *
 * Status: 'converged' when a sweep lowers the error by no more than `tolerance` of itself; 'max-iterations'; 'aborted'.
 * Cost: two passes over x a sweep, 4·R·size(x) flops, and up to 2·innerIterations·R²·Σ Iₙ; memory: one copy of x.
 * (Cichocki & Phan 2009; Gillis & Glineur 2012; Lee & Seung 2001)
 *
 * @throws RangeError where the rank or an option is out of range, x has no or an empty mode, a number is not finite, or `init` does
 * not have the shape of x and the rank, or has a negative entry in a nonnegative mode; TypeError where x is not a tensor
 */
export function cpNonnegative(x: Tensor, rank: number, options: CpNonnegativeOptions = {}): CpNonnegativeResult {
  checkRank('cpNonnegative', rank);
  return withData('cpNonnegative', x, rank, (data, products) => fit(data, products, rank, options));
}

function fit(
  data: NormalizedData,
  products: MttkrpSweep,
  rank: number,
  options: CpNonnegativeOptions,
): CpNonnegativeResult {
  const resolved = resolveOptions(options, data.shape);
  const start = startingPoint(data, rank, resolved);
  const model = startModel(cpNumbers('cpNonnegative', start, { argument: 'init', shape: data.shape, rank }), data.norm);
  const { trace, status } = iterate(data, products, model, resolved);
  const cp = trace.length > 0 ? finishedModel(model, start, resolved, data.norm) : start;
  return {
    weights: cp.weights,
    factors: cp.factors,
    relativeError: trace.at(-1) ?? relativeError(data, model, undefined, resolved.tolerance),
    iterations: trace.length,
    status,
    trace,
  };
}

/** Sweeps until the outcome is known. */
function iterate(
  data: NormalizedData,
  products: MttkrpSweep,
  model: NonnegativeModel,
  resolved: ResolvedCpNonnegativeOptions,
): { trace: number[]; status: FitStatus } {
  const { free, maxIterations, tolerance, signal, onProgress } = resolved;
  const trace: number[] = [];
  let settled = !free.includes(true);
  for (;;) {
    if (signal?.aborted) return { trace, status: 'aborted' };
    if (settled) return { trace, status: 'converged' };
    if (trace.length >= maxIterations) return { trace, status: 'max-iterations' };
    let last: LastUpdate | undefined;
    products.run(model.units, free, (mode, m) => {
      last = { m, solution: updateMode(model, mode, m, resolved) };
    });
    const error = relativeError(data, model, last, tolerance || cpNonnegativeDefaults.tolerance);
    const before = trace.at(-1);
    trace.push(error);
    onProgress?.({ iteration: trace.length, relativeError: error });
    settled = tolerance > 0 && before !== undefined && before - error <= tolerance * before;
  }
}

/** The start as a CP tensor: what was given, or uniform entries. */
function startingPoint(
  { shape, norm }: NormalizedData,
  rank: number,
  { init, key, nonnegative }: ResolvedCpNonnegativeOptions,
): CpTensor {
  if (init === 'random') return randomStart(shape, rank, key, norm);
  cpNumbers('cpNonnegative', init, { argument: 'init', shape, rank });
  init.factors.forEach((factor, mode) => {
    if (nonnegative[mode]) refuseNegative(`factor ${mode}`, factor);
  });
  refuseNegative('weights', init.weights);
  return init;
}

function refuseNegative(what: string, values: Tensor): void {
  const negative = float64Elements(values).find((value) => value < 0);
  if (negative !== undefined) throw new RangeError(`cpNonnegative: init ${what} has a negative entry: ${negative}`);
}

/** Uniform entries with components of the size of the data together, so that the first sweep has something to keep in scale. */
function randomStart(shape: readonly number[], rank: number, key: Key, norm: number): CpTensor {
  const keys = split(key, shape.length);
  const factors = shape.map((size, mode) => tensor(uniform(keys[mode], size * rank), [size, rank]));
  const size = factors.reduce((product, factor) => product * (Math.sqrt(factor.shape[0] / 3) || 1), rank);
  return {
    weights: tensor(
      ones([rank])
        .toTypedArray()
        .map(() => norm / size),
    ),
    factors,
  };
}
