import type { FloatArray } from '@neuronseek/tensor/kernels';
import { fold, type Key, normal, split } from '@neuronseek/tensor/random';
import type { FitStatus } from '../../fit/fit.js';
import { unitColumns } from '../unit-columns.js';
import { errorEstimator } from './error-estimate.js';
import { leverageProbabilities } from './leverage.js';
import type { ResolvedCpRandomizedOptions } from './options.js';
import { gatherFibres, khatriRaoRows, solveSampled } from './sampled-problem.js';
import { rowSampler, sampleRows } from './sampled-rows.js';

/** Data as they are, of any strictly positive norm. */
export interface RandomizedData {
  readonly elements: FloatArray;
  readonly shape: readonly number[];
  /** ‖x‖, or 1 where x is zero. */
  readonly norm: number;
}

/** A model for data of norm 1. */
export interface UnitModel {
  readonly rank: number;
  /** Unit columns [Iₙ, R]. */
  readonly units: Float64Array[];
  readonly weights: Float64Array;
}

/** The best model of a run by its estimates, and how it came about. */
export interface RandomizedRun {
  readonly model: UnitModel;
  readonly status: FitStatus;
  /** Estimated error after each epoch. */
  readonly trace: number[];
  /** Largest weight after each epoch. */
  readonly largest: number[];
}

/** Alternating least squares on rows that are drawn anew for each mode, epoch by epoch, until the estimated error no longer improves. */
export function run(data: RandomizedData, start: UnitModel, options: ResolvedCpRandomizedOptions): RandomizedRun {
  const { maxIterations, sweeps, tolerance, patience, method, samples, deterministic, errorSamples } = options;
  const { elements, shape, norm } = data;
  const [estimateKey, rowKey, columnKey] = split(options.key, 3);
  const estimate = errorEstimator(elements, norm, shape, errorSamples, estimateKey);
  const sampler = rowSampler(shape, samples, deterministic);
  const model: UnitModel = { rank: start.rank, units: [...start.units], weights: start.weights.slice() };
  const { rank, units, weights } = model;
  const probabilitiesOf = (mode: number): Float64Array =>
    method === 'leverage'
      ? leverageProbabilities(units[mode], rank)
      : new Float64Array(shape[mode]).fill(1 / shape[mode]);
  const probabilities = shape.map((_, mode) => probabilitiesOf(mode));
  const trace: number[] = [];
  const largest: number[] = [];
  let best = start;
  let bestError = Infinity;
  let reference = Infinity;
  let stalled = 0;
  let updates = 0;

  const update = (mode: number): void => {
    updates++;
    const rows = sampleRows(sampler, mode, probabilities, fold(rowKey, updates));
    const fibres = gatherFibres(elements, norm, sampler, mode, rows);
    const solution = solveSampled(khatriRaoRows(sampler, mode, rows, units, rank), fibres, rank, shape[mode]);
    const { unit, norms } = unitColumns(solution, rank);
    if (norms.includes(0)) replaceZeroColumns(unit, norms, rank, fold(columnKey, updates));
    units[mode] = unit;
    weights.set(norms);
    probabilities[mode] = probabilitiesOf(mode);
  };
  const outcome = (): FitStatus | undefined => {
    if (options.signal?.aborted) return 'aborted';
    if (tolerance > 0 && stalled >= patience) return 'converged';
    return trace.length >= maxIterations ? 'max-iterations' : undefined;
  };
  let status = outcome();
  while (status === undefined) {
    for (let k = 0; k < sweeps; k++) for (let mode = 0; mode < shape.length; mode++) update(mode);
    const error = estimate(units, weights);
    if (error < bestError) {
      best = { rank, units: [...units], weights: weights.slice() };
      bestError = error;
    }
    if (reference - error > tolerance * reference || reference === Infinity) {
      reference = error;
      stalled = 0;
    } else stalled++;
    trace.push(error);
    largest.push(weights.reduce((a, b) => Math.max(a, b), 0));
    options.onProgress?.({ iteration: trace.length, relativeError: error });
    status = outcome();
  }
  return { model: best, status, trace, largest };
}

/** Random directions in place of columns that vanished, which the next modes may put weight on again. */
function replaceZeroColumns(unit: Float64Array, norms: Float64Array, rank: number, key: Key): void {
  const { unit: fresh } = unitColumns(normal(key, unit.length), rank);
  for (let q = 0; q < unit.length; q++) if (!(norms[q % rank] > 0)) unit[q] = fresh[q];
}
