import type { Shape, Tensor } from '@neuronseek/tensor';
import { type Key, key as keyOf } from '@neuronseek/tensor/random';
import { checkModes } from '../../checks/check-modes.js';
import { checkRidge } from '../../checks/check-ridge.js';
import { completeOptions } from '../../fit/complete-options.js';
import type { CpTensor } from '../cp-tensor.js';
import { type ElementLoss, type GcpLoss, type GcpLossName, lossOf, ownLoss } from './losses.js';

/** What `onProgress` of `gcp` is told after every iteration. */
export interface GcpProgress {
  /** Iterations done, from 1. */
  readonly iteration: number;
  /** The objective, by 'adam' its estimate. */
  readonly objective: number;
}

/** Options of `gcp`. */
export interface GcpOptions {
  /** The loss of an element: a name, or functions of the user's own. Default: 'normal'. */
  readonly loss?: GcpLossName | GcpLoss;
  /** Where 'huber' turns from squares to magnitudes, in units of the data. Default: 0.25. */
  readonly delta?: number;
  /** Failures that 'negative-binomial' counts up to. Default: 1. */
  readonly failures?: number;
  /** The exponent of 'beta', neither 0 nor 1 ('gamma' and 'poisson' are these limits). Default: 0.5. */
  readonly beta?: number;
  /** 0 where an element is missing, 1 elsewhere, of the shape of x; what x has there is never read. */
  readonly mask?: Tensor;
  /** 'lbfgs' on all elements, or 'adam' on samples of them. Default: 'lbfgs'. */
  readonly method?: 'lbfgs' | 'adam';
  /**
   * Start: 'random', nonnegative where the loss asks for it, or a CP tensor, which is never written to; entries of its free factors below the bound of the
   * loss are moved to it. Default: 'random'.
   */
  readonly init?: 'random' | CpTensor;
  /** Adds ridge · Σₙ ‖Aₙ‖² to the sum of losses, Aₙ the factors with the weights taken into them. Default: 0. */
  readonly ridge?: number;
  /** Modes whose factors stay as they are in `init`. Default: []. */
  readonly fixedModes?: readonly number[];
  /** Largest number of iterations, with 'adam' of epochs; 0 returns the start and its objective. Default: 1000. */
  readonly maxIterations?: number;
  /**
   * Decrease of the objective, relative to its magnitude, that each of two iterations running stays at or below where the fit counts as converged;
   * with 'adam' an epoch that gains no more has failed. 0: never. Default: 1e-8.
   */
  readonly tolerance?: number;
  /** Pairs of vectors that 'lbfgs' keeps. Default: 10. */
  readonly memory?: number;
  /** Elements drawn for one step of 'adam'. Default: 1000. */
  readonly samples?: number;
  /** Steps of 'adam' in an epoch. Default: 100. */
  readonly epochSteps?: number;
  /** Step length of 'adam'; a tenth of it after every failed epoch. Default: 0.01. */
  readonly learningRate?: number;
  /** Decides the random start and the samples; equal inputs give equal bits. Default: key(0). */
  readonly key?: Key;
  /** Ends the run before the next iteration; the result is the best so far, with status 'aborted'. */
  readonly signal?: AbortSignal;
  /** Called after every iteration. */
  readonly onProgress?: (event: GcpProgress) => void;
}

/** Defaults of `gcp`. */
export const gcpDefaults: Required<Omit<GcpOptions, 'signal' | 'onProgress' | 'mask'>> = {
  loss: 'normal',
  delta: 0.25,
  failures: 1,
  beta: 0.5,
  method: 'lbfgs',
  init: 'random',
  ridge: 0,
  fixedModes: [],
  maxIterations: 1000,
  tolerance: 1e-8,
  memory: 10,
  samples: 1000,
  epochSteps: 100,
  learningRate: 0.01,
  key: /* @__PURE__ */ keyOf(0),
};

/** Options with nothing left open. */
export type ResolvedGcpOptions = typeof gcpDefaults &
  Pick<GcpOptions, 'signal' | 'onProgress' | 'mask'> & { readonly free: readonly boolean[] };

const NAMES: readonly GcpLossName[] = [
  'normal',
  'huber',
  'poisson',
  'poisson-log',
  'bernoulli-odds',
  'bernoulli-logit',
  'gamma',
  'rayleigh',
  'negative-binomial',
  'beta',
];

/** The options checked and completed; mask and init are checked where they are used. */
export function resolveOptions(options: GcpOptions, shape: Shape): ResolvedGcpOptions {
  const resolved = completeOptions('gcp', gcpDefaults, options, ['mask']);
  checkLoss(resolved.loss);
  const { method, init, beta, fixedModes, ridge } = resolved;
  if (method !== 'lbfgs' && method !== 'adam') {
    throw new RangeError(`gcp: method is not 'lbfgs' or 'adam': ${String(method)}`);
  }
  if (init !== 'random' && (typeof init !== 'object' || init === null)) {
    throw new RangeError(`gcp: init is not 'random' or a CP tensor: ${String(init)}`);
  }
  checkRidge('gcp', ridge);
  for (const name of ['delta', 'failures', 'learningRate'] as const) {
    const value = resolved[name];
    if (!(value > 0 && value < Infinity)) throw new RangeError(`gcp: ${name} is not a finite number above 0: ${value}`);
  }
  if (!Number.isFinite(beta) || beta === 0 || beta === 1) {
    throw new RangeError(`gcp: beta is not a finite number other than 0 ('gamma') and 1 ('poisson'): ${beta}`);
  }
  for (const name of ['memory', 'samples', 'epochSteps'] as const) {
    const value = resolved[name];
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(`gcp: ${name} is not a positive integer: ${value}`);
  }
  checkModes('gcp', 'fixedModes', fixedModes, shape.length);
  return { ...resolved, free: shape.map((_, mode) => !fixedModes.includes(mode)) };
}

function checkLoss(loss: GcpLossName | GcpLoss): void {
  if (typeof loss === 'string') {
    if (NAMES.includes(loss)) return;
    throw new RangeError(`gcp: loss is not one of ${NAMES.map((name) => `'${name}'`).join(', ')}: ${loss}`);
  }
  if (typeof loss?.value !== 'function' || typeof loss.derivative !== 'function') {
    throw new TypeError(`gcp: loss is not a name or { value, derivative }, two functions: ${String(loss)}`);
  }
  const { lower = -Infinity, start = 1 } = loss;
  if (!(lower < Infinity)) throw new RangeError(`gcp: loss.lower is not a number below Infinity: ${lower}`);
  if (!(start > 0 && start < Infinity))
    throw new RangeError(`gcp: loss.start is not a finite number above 0: ${start}`);
}

/** The loss for data divided by `scale`. */
export function scaledLoss({ loss, delta, failures, beta }: ResolvedGcpOptions, scale: number): ElementLoss {
  return typeof loss === 'string' ? lossOf(loss, { delta: delta / scale, failures, beta }) : ownLoss(loss);
}
