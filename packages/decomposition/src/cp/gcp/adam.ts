import { adamKernel } from '@neuronseek/tensor/kernels';
import { fold, type Key } from '@neuronseek/tensor/random';
import type { FitStatus } from '../../fit/fit.js';
import type { ResolvedGcpOptions } from './options.js';
import type { Sampler } from './samples.js';

/** Where stochastic steps ended. */
export interface AdamRun {
  readonly x: Float64Array;
  readonly status: FitStatus;
  /** Estimate of the objective after each epoch; never rises. */
  readonly trace: readonly number[];
}

/** Moments of Adam (Kingma & Ba 2015). */
const MOMENTS = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

/** Step length after a failed epoch, over that before. */
const DECAY = 0.1;

/** Failed epochs after which the fit counts as converged. */
const MOST_FAILURES = 3;

/**
 * Adam on sampled gradients, projected onto the lower bound, in epochs. An epoch that does not lower the estimate of the objective is taken back,
 * moments included, and the step length falls to a tenth (Kolda & Hong 2020, algorithm 4.1): what diverges is rejected, so the trace never rises.
 */
export function adam(
  sampler: Sampler,
  start: Float64Array,
  lower: number,
  key: Key,
  { maxIterations, tolerance, samples, epochSteps, learningRate, signal, onProgress }: ResolvedGcpOptions,
): AdamRun {
  let x = start.map((v) => Math.max(v, lower));
  let [mean, square] = [new Float64Array(x.length), new Float64Array(x.length)];
  const gradient = new Float64Array(x.length);
  const trace: number[] = [];
  let best = sampler.estimate(x);
  let rate = learningRate;
  let failures = 0;
  let steps = 0;
  const outcome = (): FitStatus | undefined => {
    if (!Number.isFinite(best)) return 'diverged';
    if (signal?.aborted) return 'aborted';
    if ((tolerance > 0 && failures >= MOST_FAILURES) || x.length === 0) return 'converged';
    return trace.length >= maxIterations ? 'max-iterations' : undefined;
  };
  let status = outcome();
  while (status === undefined) {
    const saved = { x: x.slice(), mean: mean.slice(), square: square.slice(), steps };
    for (let step = 0; step < epochSteps; step++) {
      // Draws of a rejected epoch are not repeated.
      sampler.gradient(x, fold(key, trace.length * epochSteps + step), samples, gradient);
      steps++;
      adamKernel(x, x, gradient, mean, square, mean, square, { ...MOMENTS, learningRate: rate, steps });
      for (let q = 0; q < x.length; q++) if (x[q] < lower) x[q] = lower;
    }
    const estimate = sampler.estimate(x);
    const gain = best - estimate;
    if (gain > 0) best = estimate;
    else ({ x, mean, square, steps } = saved);
    if (!(gain > tolerance * Math.abs(best))) {
      failures++;
      rate *= DECAY;
    }
    trace.push(best);
    onProgress?.({ iteration: trace.length, objective: best });
    status = outcome();
  }
  return { x, status, trace };
}
