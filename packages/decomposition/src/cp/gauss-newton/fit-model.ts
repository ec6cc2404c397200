import type { MttkrpSweep } from '@neuronseek/tensor/kernels';
import { fold, type Key } from '@neuronseek/tensor/random';
import type { FitStatus } from '../../fit/fit.js';
import type { NormalizedData } from '../../normalized-data.js';
import { type AlsModel, penalty, startModel } from '../als/model.js';
import { relativeError } from '../als/relative-error.js';
import { sweep } from '../als/sweep.js';
import type { CpNumbers } from '../cp-numbers.js';
import { unitColumns } from '../unit-columns.js';
import { componentRidge } from './component-ridge.js';
import { leaveSaddle } from './leave-saddle.js';
import { type DampedRun, levenbergMarquardt } from './levenberg-marquardt.js';
import { type Evaluation, gradientNormAt, isExact, largestNorm } from './objective.js';

/** How a fit from one start is to run; plain data but for the two functions. */
export interface FitModelOptions {
  readonly key: Key;
  /** Sweeps of alternating least squares before the first Gauss–Newton step. */
  readonly sweeps: number;
  /** Sweeps and steps together, at most. */
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly ridge: number;
  /** As in `Objective`. */
  readonly outside?: number;
  readonly isAborted: () => boolean;
  /** Told after every iteration of the relative error. */
  readonly visit: (error: number) => void;
}

/** A fit from one start: components of unit columns for data of norm 1, and how they came about. */
export interface FittedModel {
  readonly rank: number;
  readonly units: Float64Array[];
  readonly weights: Float64Array;
  readonly relativeError: number;
  /** What was minimised: half the squared error of data of norm 1, and the ridge's part. */
  readonly objective: number;
  /** As `gradientNormAt`, for data of norm 1. */
  readonly gradientNorm: number;
  readonly status: FitStatus;
  readonly trace: number[];
  /** Largest component norm after each iteration. */
  readonly largest: number[];
}

/** Times that parallel components are bent apart, at most. */
const MOST_ATTEMPTS = 3;

/** A few sweeps of alternating least squares, which bring any start near the data, then damped Gauss–Newton. */
export function fitModel(
  data: NormalizedData,
  products: MttkrpSweep,
  start: CpNumbers,
  free: readonly boolean[],
  options: FitModelOptions,
): FittedModel {
  const { key, ridge, outside, maxIterations, tolerance, isAborted } = options;
  const model = startModel(start, free, ridge, data.norm, key);
  const trace: number[] = [];
  const largest: number[] = [];
  /** The point that a second attempt has to beat: until it does, iterations report this one. */
  let best: Evaluation | undefined;
  const visit = (error: number, size: number): void => {
    const isBetter = best === undefined || error < best.error;
    trace.push(isBetter || best === undefined ? error : best.error);
    largest.push(isBetter || best === undefined ? size : largestNorm(best));
    options.visit(trace[trace.length - 1]);
  };

  if (!free.includes(true)) {
    const error = relativeError(data, model, undefined, tolerance);
    const { units, weights, rank } = model;
    const objective = (error * error) / 2;
    return {
      rank,
      units,
      weights,
      relativeError: error,
      objective,
      gradientNorm: 0,
      status: 'converged',
      trace,
      largest,
    };
  }
  runSweeps();
  const objective = {
    data,
    products,
    rank: model.rank,
    free,
    ridge: componentRidge(start, free, ridge, data.norm),
    outside,
  };
  const descend = (factors: readonly Float64Array[]): DampedRun =>
    levenbergMarquardt(objective, factors, {
      maxIterations: maxIterations - trace.length,
      tolerance,
      isAborted,
      visit,
    });
  let run = descend(weightedFactors(model));
  for (let attempt = 1; attempt <= MOST_ATTEMPTS && run.status === 'converged' && !isExact(run.point); attempt++) {
    const { factors, error } = run.point;
    const bent = leaveSaddle(factors, model.rank, free, error, fold(key, attempt));
    if (bent === undefined) break;
    best = run.point;
    const next = descend(bent);
    run = next.point.value < best.value ? next : { ...run, status: next.status === 'aborted' ? 'aborted' : run.status };
  }
  return {
    rank: model.rank,
    ...unitComponents(run.point.factors, model.rank),
    // Without a step the sweeps' own figure stands, which rounds differently.
    relativeError: trace.at(-1) ?? run.point.error,
    objective: run.point.value,
    gradientNorm: gradientNormAt(run.point),
    status: run.status,
    trace,
    largest,
  };

  function runSweeps(): void {
    const sweeps = Math.min(options.sweeps, maxIterations);
    let objective = Infinity;
    for (let k = 0; k < sweeps && !isAborted(); k++) {
      const error = relativeError(data, model, sweep(products, model, free), tolerance);
      visit(
        error,
        model.weights.reduce((a, b) => Math.max(a, b), 0),
      );
      const before = objective;
      objective = error * error + penalty(model);
      if (tolerance > 0 && objective >= before) break;
    }
  }
}

/** Factors that carry the weights in the first mode. */
function weightedFactors({ rank, units, weights }: AlsModel): Float64Array[] {
  return units.map((unit, mode) => (mode === 0 ? unit.map((value, q) => value * weights[q % rank]) : unit.slice()));
}

/** Unit columns and the norms of the components. */
export function unitComponents(
  factors: readonly Float64Array[],
  rank: number,
): { units: Float64Array[]; weights: Float64Array } {
  const columns = factors.map((factor) => unitColumns(factor, rank));
  const weights = new Float64Array(rank).fill(1);
  for (const { norms } of columns) for (let r = 0; r < rank; r++) weights[r] *= norms[r];
  return { units: columns.map(({ unit }) => unit), weights };
}
