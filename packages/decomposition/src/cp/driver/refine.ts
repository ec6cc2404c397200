import type { MttkrpSweep } from '@neuronseek/tensor/kernels';
import type { FitStatus } from '../../fit/fit.js';
import type { NormalizedData } from '../../normalized-data.js';
import { type Evaluation, evaluator, isExact, largestNorm } from '../gauss-newton/objective.js';
import { balancedFactors } from '../gauss-newton/point.js';
import { solverChoice } from '../gauss-newton/solve-step.js';
import { tryStep } from '../gauss-newton/try-step.js';
import type { RunHooks } from './run-start.js';

/** Steps on the full tensor, each of which takes two passes over it; usual are two. */
const MOST_STEPS = 20;

/** Damping in units of the diagonal of JᵀJ: the fit of the core has left little to do. */
const DAMPING = 1e-6;

/** Where a refinement ended. */
export interface Refined {
  readonly point: Evaluation;
  readonly status: FitStatus;
  readonly trace: number[];
  readonly largest: number[];
}

/**
 * Gauss–Newton steps on the full tensor, at most 20, for what the compression left out: none that promises to lower the error by no more than
 * `tolerance` of itself. The error and the gradient at the end are those of the last pass over the data.
 */
export function refine(
  data: NormalizedData,
  products: MttkrpSweep,
  factors: readonly Float64Array[],
  rank: number,
  ridge: Float64Array | undefined,
  tolerance: number,
  { isAborted, visit }: RunHooks,
): Refined {
  const free = factors.map(() => true);
  const objective = { data, products, rank, free, ridge };
  const evaluate = evaluator(objective);
  let point = evaluate(balancedFactors(factors, rank, free));
  const choice = solverChoice(point.gradient.length);
  let damping = DAMPING;
  const trace: number[] = [];
  const largest: number[] = [];
  let status: FitStatus = 'max-iterations';
  for (let step = 0; step < MOST_STEPS; step++) {
    if (isAborted()) status = 'aborted';
    else if (tolerance > 0 && isExact(point)) status = 'converged';
    if (status !== 'max-iterations') break;
    // The root of the objective falls by half of what the objective does.
    const trial = tryStep(objective, evaluate, point, damping, choice, 2 * tolerance * point.value);
    if (trial === undefined) {
      status = 'converged';
      break;
    }
    if (trial.point.value < point.value) point = trial.point;
    else damping *= 1000;
    trace.push(point.error);
    largest.push(largestNorm(point));
    visit(point.error);
  }
  return { point, status, trace, largest };
}
