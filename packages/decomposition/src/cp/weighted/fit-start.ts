import { type CpNumbers, cpNumbers } from '../cp-numbers.js';
import type { CpTensor } from '../cp-tensor.js';
import { type Outcome, outcomeOf } from '../gauss-newton/outcome.js';
import { finishedTensor } from '../opt/finish.js';
import { largestComponent } from '../opt/largest-component.js';
import { parametersOf, vectorOf } from '../opt/parameters.js';
import { balanced, type ScaledFactors } from '../opt/start.js';
import { weightedGaussNewton } from './gauss-newton.js';
import { isSmall } from './is-small.js';
import { weightedLeastSquares } from './objective.js';
import type { ResolvedCpWeightedOptions } from './options.js';
import { weightedQuasiNewton } from './quasi-newton.js';
import type { WeightedStart } from './start.js';
import type { WeightedData } from './weighted-data.js';

/** A fit from one start, and the value of its objective, by which starts are compared. */
export interface FittedStart {
  readonly value: number;
  readonly result: CpTensor & Outcome;
}

const UNBOUNDED = { lower: -Infinity, upper: Infinity };

/** The fit from a start, which is near the end already where `isNear`. */
export function fitStart(
  data: WeightedData,
  { cp: start, isNear }: WeightedStart,
  rank: number,
  { free, ridge, maxIterations, tolerance, key, signal, onProgress }: ResolvedCpWeightedOptions,
): FittedStart {
  const numbers = cpNumbers('cpWeighted', start, { argument: 'init', shape: data.shape, rank });
  const scaled = free.includes(true) ? balanced(numbers, free, data.norm) : asGiven(numbers, data.norm);
  const parameters = parametersOf(scaled.factors, rank, free);
  const problem = weightedLeastSquares(
    data,
    parameters,
    scaled.ridge.map((share) => (share * ridge) / data.largestWeight),
  );
  const trace: number[] = [];
  const largest: number[] = [];
  const visit = (value: number, x: Float64Array): void => {
    trace.push(problem.error(value, x));
    largest.push(largestComponent(parameters, x));
    onProgress?.({ iteration: trace.length, relativeError: trace[trace.length - 1] });
  };
  try {
    const minimize = isSmall(data, rank, parameters.size) ? weightedGaussNewton : weightedQuasiNewton;
    const run = minimize(problem, vectorOf(parameters), {
      maxIterations,
      tolerance,
      isNear,
      signal,
      visit,
    });
    const cp = finishedTensor(start, parameters, scaled, data.norm, run.x, UNBOUNDED, key);
    const { gradientNorm, status } = run;
    const relativeError = problem.error(run.value, run.x);
    const outcome = outcomeOf(cp, { relativeError, gradientNorm, status, trace, largest });
    return { value: run.value, result: { weights: cp.weights, factors: cp.factors, ...outcome } };
  } finally {
    problem.release();
  }
}

/** The start for data of norm 1 where no mode is free. */
function asGiven({ factors, weights, rank }: CpNumbers, norm: number): ScaledFactors {
  const carrying = factors.map((factor, n) =>
    n === 0 ? factor.map((v, q) => v * (weights[q % rank] / norm)) : factor,
  );
  return { factors: carrying, ridge: new Float64Array(rank), scale: undefined };
}
