import type { Tensor } from '@neuronseek/tensor';
import { split } from '@neuronseek/tensor/random';
import { checkRank } from '../checks/check-rank.js';
import { checkTensor } from '../checks/check-tensor.js';
import type { FitReport } from '../fit/fit.js';
import { createBounds } from '../optimize/bounds.js';
import { lbfgs } from '../optimize/lbfgs.js';
import { createPoint, projectedGradientNorm } from '../optimize/point.js';
import { cpNumbers } from './cp-numbers.js';
import type { CpTensor } from './cp-tensor.js';
import { adam } from './gcp/adam.js';
import type { ElementLoss } from './gcp/losses.js';
import { type GcpObjective, gcpObjective } from './gcp/objective.js';
import { type Observed, observedData } from './gcp/observed.js';
import { type GcpOptions, type ResolvedGcpOptions, resolveOptions, scaledLoss } from './gcp/options.js';
import { createSampler } from './gcp/samples.js';
import { finishedTensor, isAboutSigns } from './opt/finish.js';
import { type Parameters, parametersOf, vectorOf } from './opt/parameters.js';
import { balanced, rescaled, startFromData } from './opt/start.js';

/** What `gcp` returns: a CP tensor and how it came about. */
export interface GcpResult extends CpTensor, Pick<FitReport, 'iterations' | 'status'> {
  /** Sum of the losses of all observed elements, and the ridge. */
  readonly objective: number;
  /** The objective after each iteration; with 'adam' its estimate after each epoch. Never rises but for rounding. */
  readonly trace: readonly number[];
  /** Norm of the gradient of the objective, projected onto the lower bound, for factors whose columns share the norm of a component equally. */
  readonly gradientNorm: number;
}

/** Relative accuracy of the objective, a sum of many terms of either sign. */
const NOISE = 1e-13;

/**
 * Generalised CP decomposition: minimises Σ f(x, m) + ridge·Σₙ ‖Aₙ‖² over the observed elements x and the elements m of
 * Σ_r weights[r] · A₀[:, r] ∘ … ∘ A_{N-1}[:, r], for a loss f that suits the data: counts, yes or no, positive numbers, outliers.
 *
 * x [I₀, …, I_{N-1}], order ≥ 1, rank ≥ 1 → unit columns [Iₙ, R], weights [R] ≥ 0 descending (with a loss of your own whose lower bound is not
 * 0, weights of 1 and factors within the bound). float64. Losses, with ε = 1e-10 where m may be 0:
 *
 *     'normal' (x - m)²                         'huber' (x - m)², linear from |x - m| = delta
 *     'poisson' m - x·log(m + ε)                'poisson-log' eᵐ - x·m
 *     'bernoulli-odds' log(m + 1) - x·log(m + ε)   'bernoulli-logit' log(1 + eᵐ) - x·m
 *     'gamma' x/(m + ε) + log(m + ε)            'rayleigh' 2·log(m + ε) + (π/4)·(x/(m + ε))²
 *     'negative-binomial' (failures + x)·log(1 + m) - x·log(m + ε)
 *     'beta' (m + ε)^β/β - x·(m + ε)^(β-1)/(β - 1)
 *     { value(x, m), derivative(x, m), lower?, start? }
 *
 * Factors are nonnegative for all but 'normal', 'huber', 'poisson-log' and 'bernoulli-logit'. Data are scaled for 'normal' and 'huber' only; other
 * losses see them as they are. Finds local minima: try several keys.
 *
 * Method 'lbfgs': bounded L-BFGS, mostly one evaluation an iteration, 6·R·size(x) flops and size(x) losses; memory: two tensors. Method 'adam': steps of
 * 6·R·N·samples flops; for data too large to go over often. Status: 'converged', 'max-iterations', 'aborted', or 'diverged' where loss or derivative are
 * not finite at the start. (Hong, Kolda & Duersch 2020; Kolda & Hong 2020)
 *
 * @throws RangeError where the rank or an option is out of range, x has no or an empty mode or an observed number that is not finite or
 * not in the domain of the loss, mask or `init` do not have the shape of x; TypeError where x or mask is not a tensor, or the loss is none
 */
export function gcp(x: Tensor, rank: number, options: GcpOptions = {}): GcpResult {
  checkRank('gcp', rank);
  checkTensor('gcp', 'x', x);
  const resolved = resolveOptions(options, x.shape);
  const observed = observedData(x, resolved.mask, scaledLoss(resolved, 1), String(resolved.loss));
  const loss = scaledLoss(resolved, observed.scale);
  const start = startingPoint(observed, rank, loss, resolved);
  const numbers = cpNumbers('gcp', start, { argument: 'init', shape: x.shape, rank });
  const bounds = { lower: loss.lower, upper: Infinity };
  const { free } = resolved;
  const scaled = (isAboutSigns(bounds) ? balanced : rescaled)(numbers, free, observed.scale);
  const parameters = parametersOf(scaled.factors, rank, free);
  const ridge = scaled.ridge.map((share) => share * resolved.ridge);
  const problem = gcpObjective(observed, loss, parameters, ridge);
  try {
    const run = minimize(observed, loss, problem, parameters, ridge, resolved);
    const { weights, factors } = finishedTensor(start, parameters, scaled, observed.scale, run.x, bounds, resolved.key);
    const { objective, trace, gradientNorm, iterations, status } = run;
    return { weights, factors, objective, iterations, status, trace, gradientNorm };
  } finally {
    problem.release();
  }
}

interface Run extends Omit<GcpResult, keyof CpTensor> {
  readonly x: Float64Array;
}

/** The run of the minimiser, in the units of the data. */
function minimize(
  observed: Observed,
  loss: ElementLoss,
  { objective }: GcpObjective,
  parameters: Parameters,
  ridge: Float64Array,
  resolved: ResolvedGcpOptions,
): Run {
  // Twice, because the square of the scale of large data is infinite, and what it is to multiply may be 0.
  const scale = loss.isSquare ? observed.scale : 1;
  const inUnits = (value: number): number => value * scale * scale;
  const { maxIterations, tolerance, memory, signal, onProgress } = resolved;
  const start = vectorOf(parameters);
  if (resolved.method === 'adam') {
    const [estimates, steps] = split(resolved.key, 2);
    const sampler = createSampler(observed, loss, parameters, ridge, estimates);
    const run = adam(sampler, start, loss.lower, steps, {
      ...resolved,
      onProgress: (event) => onProgress?.({ ...event, objective: inUnits(event.objective) }),
    });
    const end = createPoint(start.length);
    end.x.set(run.x);
    end.value = objective(end.x, end.gradient);
    const gradientNorm = projectedGradientNorm(end, createBounds('gcp', start.length, loss.lower));
    const trace = run.trace.map(inUnits);
    return {
      x: run.x,
      objective: inUnits(end.value),
      trace,
      gradientNorm,
      iterations: trace.length,
      status: run.status,
    };
  }
  const run = lbfgs(objective, start, {
    maxIterations,
    tolerance,
    memory,
    lower: loss.lower,
    noise: NOISE,
    signal,
    onIteration: ({ iteration, value }) => onProgress?.({ iteration, objective: inUnits(value) }),
  });
  const { x, value, gradientNorm, iterations, status } = run;
  return { x, objective: inUnits(value), trace: run.trace.map(inUnits), gradientNorm, iterations, status };
}

function startingPoint(
  observed: Observed,
  rank: number,
  loss: ElementLoss,
  { init, key }: ResolvedGcpOptions,
): CpTensor {
  if (init !== 'random') return init;
  const { elements, shape, mean, size, scale } = observed;
  const norm = loss.start(mean, size) * Math.sqrt(elements.length) * scale;
  return startFromData({ elements, shape, squares: size }, rank, 'random', key, loss.lower >= 0, norm);
}
