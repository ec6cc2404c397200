import { type Key, key as keyOf } from '@neuronseek/tensor/random';
import { completeOptions } from '../../fit/complete-options.js';
import type { FitOptions, FitReport, FitStatus } from '../../fit/fit.js';
import { trainAt } from '../cross/train-at.js';
import { type SampleValues, sampleError, splitSamples } from '../fit/samples.js';
import { ttRandom } from '../make.js';
import { roundNumbers } from '../round.js';
import type { SampleIndices } from '../sample-indices.js';
import { possibleRanks, rankList } from '../truncation.js';
import { type TtNumbers, ttNumbers, ttOfNumbers } from '../tt-numbers.js';
import type { TtTensor } from '../tt-tensor.js';
import { conjugateDirection, type Direction, exactStep, sampleGradient } from './descent.js';
import { tangentFrames } from './frames.js';
import { tangentTrain } from './tangent.js';

/** Options of `ttComplete`. */
export interface TtCompleteOptions extends FitOptions {
  /** Share of the samples that is held back, to judge the result by. Default: 0.1. */
  readonly holdOut?: number;
  /** Weights of the samples, from 0. Default: undefined, all equal. */
  readonly weights?: SampleValues;
  /** A start, rounded to the ranks; never written to. Default: undefined, random cores. */
  readonly init?: TtTensor;
  /** Largest number of iterations. Default: 500. */
  readonly maxIterations?: number;
  /** Relative decrease of the error by one iteration at or below which the fit counts as converged; 0: where no step lowers it. Default: 1e-5. */
  readonly tolerance?: number;
}

/** Defaults of `ttComplete`. */
export const ttCompleteDefaults: Required<Omit<TtCompleteOptions, 'weights' | 'init' | 'signal' | 'onProgress'>> &
  Pick<TtCompleteOptions, 'weights' | 'init'> = {
  key: /* @__PURE__ */ keyOf(0),
  holdOut: 0.1,
  weights: undefined,
  init: undefined,
  maxIterations: 500,
  tolerance: 1e-5,
};

/** What `ttComplete` returns: a tensor train and how it came about. */
export interface TtCompleteResult extends TtTensor, FitReport {
  /** r₀ = 1, r₁, …, r_N = 1. */
  readonly ranks: readonly number[];
  /** The error at the samples that were held back, of which the fit knows nothing; undefined where there are none. */
  readonly heldOutError: number | undefined;
  /** Samples held back. */
  readonly heldOutCount: number;
}

/** Steps are halved so often where one does not lower the error. */
const HALVINGS = 12;

/**
 * Completion on the manifold of tensor trains of fixed ranks: min Σ_s w_s·(train[i_s] - y_s)² by nonlinear conjugate gradients.
 *
 * The gradient at the samples is projected on the tangent space, combined with the last direction, which is carried along by projection; the
 * step is the exact minimum along the tangent line, halved where the train rounded back to the ranks is no better. indices [S, N], values [S],
 * shape [n₀, …]; ranks are one number or the list r₀ = 1, …, r_N = 1. `relativeError` is that at the fitted samples. Against `ttAls` an
 * iteration costs r² times less, and more of them are needed: for many samples and large ranks. A local minimum: start from `init`, or try
 * several keys.
 *
 * Status: 'converged', 'max-iterations', 'aborted'. Cost: about 8·S·Σ r² flops and one rounding from 2r to r. (Steinlechner 2016)
 *
 * @throws RangeError where an index, rank, weight or option is out of range, lengths differ or a number is not finite
 */
export function ttComplete(
  indices: SampleIndices,
  values: SampleValues,
  shape: readonly number[],
  ranks: number | readonly number[],
  options: TtCompleteOptions = {},
): TtCompleteResult {
  const resolved = completeOptions('ttComplete', ttCompleteDefaults, options);
  const { holdOut, weights, init, key, maxIterations, tolerance, signal } = resolved;
  const { train: samples, held, unit } = splitSamples('ttComplete', indices, values, shape, weights, holdOut, key);
  const caps = possibleRanks(shape, rankList('ttComplete', ranks, shape.length));
  const rounded = (numbers: TtNumbers): TtNumbers =>
    ttNumbers('ttComplete', roundNumbers(numbers, { eps: undefined, caps }));
  const errorOf = (numbers: TtNumbers): number => sampleError(samples, trainAt(numbers, samples.points));
  let current = init
    ? rounded(inUnits(ttNumbers('ttComplete', init, { argument: 'init', shape }), 1 / unit))
    : randomStart(shape, caps, key);
  let error = errorOf(current);
  let last: Direction | undefined;
  const trace: number[] = [];
  let status: FitStatus | undefined;
  while (status === undefined) {
    if (signal?.aborted) status = 'aborted';
    else if (trace.length >= maxIterations) status = 'max-iterations';
    if (status !== undefined) break;
    const frames = tangentFrames(current);
    const gradient = sampleGradient(frames, samples, trainAt(current, samples.points));
    last = conjugateDirection(frames, gradient, last);
    let step = exactStep(last, samples, trainAt(current, samples.points));
    let [next, nextError] = [current, error];
    for (let halving = 0; halving < HALVINGS && !(nextError < error); halving++) {
      const moved = last.deltas.map((delta) => delta.map((v) => step * v));
      next = rounded(tangentTrain(frames, moved, 1));
      nextError = errorOf(next);
      step /= 2;
    }
    const before = error;
    if (nextError < error) [current, error] = [next, nextError];
    trace.push(error);
    resolved.onProgress?.({ iteration: trace.length, relativeError: error });
    if (error === 0 || error === before || (tolerance > 0 && before - error <= tolerance * before))
      status = 'converged';
  }
  const own = inUnits(current, unit);
  return {
    ...ttOfNumbers(own),
    ranks: own.ranks,
    relativeError: error,
    iterations: trace.length,
    status,
    trace,
    heldOutError: held.values.length > 0 ? sampleError(held, trainAt(current, held.points)) : undefined,
    heldOutCount: held.values.length,
  };
}

/** Random cores around the constant 1: elements that have a mean are more common than those that have none. */
function randomStart(shape: readonly number[], caps: readonly number[], key: Key): TtNumbers {
  const { ranks, cores } = ttNumbers('ttComplete', ttRandom(shape, caps, { key }));
  return {
    shape,
    ranks,
    cores: cores.map((core, k) => {
      const next = ranks[k + 1];
      return core.map((v, q) => 0.3 * v + (q < shape[k] * next && q % next === 0 ? 1 : 0));
    }),
  };
}

function inUnits({ shape, ranks, cores: [first, ...rest] }: TtNumbers, factor: number): TtNumbers {
  return { shape, ranks, cores: [first.map((v) => v * factor), ...rest] };
}
