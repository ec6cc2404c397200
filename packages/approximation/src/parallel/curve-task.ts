import { fromJSON, type toJSON } from '@neuronseek/neurons';
import { certifySupNorm } from '../certificates/certify-sup-norm.js';
import { formulaFunction } from '../expressivity/formula-function.js';
import { functionTarget } from '../expressivity/function-target.js';
import type { NeuronKind } from '../expressivity/neuron-kinds.js';
import { type TrainingPlan, trainNeurons } from '../expressivity/train-neurons.js';
import type { Box } from '../targets/target-function.js';

/** One run of a curve as it travels to a thread. */
export interface CurveJob extends TrainingPlan {
  readonly target: ReturnType<typeof toJSON>;
  readonly domain: Box;
  readonly tolerance: number;
  readonly maxEvaluations: number;
  readonly seed: number;
}

/** One trained and certified network. */
export interface CurveRun {
  readonly kind: NeuronKind;
  readonly width: number;
  readonly seed: number;
  /** Numbers that were trained. */
  readonly parameters: number;
  /** On the rows of the training. */
  readonly rmse: number;
  /** Certified bounds of sup |f − h|. */
  readonly lower: number;
  readonly upper: number;
  /** Of the certificate. */
  readonly status: 'converged' | 'max-evaluations' | 'aborted';
}

/** What a thread does for `expressivityCurve`. */
export function curveTask(job: CurveJob): CurveRun {
  const target = fromJSON(job.target);
  const { formula, parameters, rmse } = trainNeurons(target, job.domain, job);
  const certificate = certifySupNorm(functionTarget(formulaFunction(target), job.domain), formulaFunction(formula), {
    method: 'interval',
    tolerance: Math.max(job.tolerance * rmse, 1e-9),
    maxEvaluations: job.maxEvaluations,
  });
  const { lower, upper, status } = certificate;
  const { kind, width, seed } = job;
  return { kind, width, seed, parameters, rmse, lower, upper, status };
}
