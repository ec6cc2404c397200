import { completeOptions } from '../../fit/complete-options.js';
import type { FitReport } from '../../fit/fit.js';
import type { SampleIndices } from '../sample-indices.js';
import { possibleRanks, rankList } from '../truncation.js';
import { type TtNumbers, ttNumbers, ttOfNumbers } from '../tt-numbers.js';
import type { TtTensor } from '../tt-tensor.js';
import { startAls } from './als-run.js';
import { type TtAlsOptions, ttAlsDefaults } from './options.js';
import { type SampleValues, splitSamples } from './samples.js';

/** What `ttAls` returns: a tensor train and how it came about. */
export interface TtAlsResult extends TtTensor, FitReport {
  /** r₀ = 1, r₁, …, r_N = 1. */
  readonly ranks: readonly number[];
  /** The error at the samples that were held back, of which the fit knows nothing but which sweep to stop at; undefined where there are none. */
  readonly heldOutError: number | undefined;
  /** Samples held back. */
  readonly heldOutCount: number;
}

/** A stage of one rank ends when a sweep lowers the error by less than this share; the last one goes on. */
const STAGE_TOLERANCE = 0.02;

/** Rises of rank without a gain at the held-out samples after which there will be none. */
const PATIENCE = 2;

/** A gain is an error below this share of the best one. */
const GAIN = 0.98;

/**
 * Completion by alternating least squares: a tensor train through samples of a tensor, min Σ_s w_s·(train[i_s] - y_s)², one core solved for
 * at a time while the others are orthogonal.
 *
 * indices [S, N], values [S], shape [n₀, …, n_{N-1}] → cores. Ranks grow from 1, one a stage, to `ranks`, or, where those are not given,
 * as long as the error at the samples that are held back falls. `relativeError` and `trace` are errors at the samples that are fitted, relative to
 * their norm; `heldOutError` is the one to trust elsewhere. The values are divided by their size first. Slices without a sample are zero.
 *
 * Status: 'converged' when a sweep at the final ranks lowers the error by no more than `tolerance` of itself; 'max-iterations'; 'aborted'. The sweep
 * with the smallest held-out error is returned, or the last one where nothing is held back.
 *
 * Cost: 2·S·r⁴ flops a core and n·r⁶. (Grasedyck, Kluge & Krämer 2015; Holtz, Rohwedder & Schneider 2012)
 *
 * @throws RangeError where an index is out of range, lengths differ, a number is not finite, a weight is negative or an option is out of range;
 * TypeError where values are no list
 */
export function ttAls(
  indices: SampleIndices,
  values: SampleValues,
  shape: readonly number[],
  options: TtAlsOptions = {},
): TtAlsResult {
  const resolved = completeOptions('ttAls', ttAlsDefaults, options);
  const { ranks, maxRank, holdOut, ridge, weights, init, key, tolerance } = resolved;
  if (!(ridge >= 0 && ridge < Infinity)) throw new RangeError(`ttAls: ridge is not a finite number from 0: ${ridge}`);
  if (!(Number.isSafeInteger(maxRank) && maxRank >= 1)) {
    throw new RangeError(`ttAls: maxRank is not a positive integer: ${maxRank}`);
  }
  const samples = splitSamples('ttAls', indices, values, shape, weights, holdOut, key);
  const caps = possibleRanks(shape, rankList('ttAls', ranks ?? maxRank, shape.length));
  const start = init ? inUnits(ttNumbers('ttAls', init, { argument: 'init', shape }), 1 / samples.unit) : ones(shape);
  const run = startAls(samples, start, resolved);

  const adaptive = ranks === undefined && samples.held.values.length > 0;
  let idle = 0;
  let final = !adaptive && isFull(run.ranks(), caps);
  let known = run.best().score;
  while (run.stage(final ? tolerance : STAGE_TOLERANCE) && !final) {
    idle = run.best().score <= GAIN * known ? 0 : idle + 1;
    known = Math.min(known, run.best().score);
    if (adaptive && (idle >= PATIENCE || isFull(run.ranks(), caps))) {
      run.restart(run.best().numbers);
      final = true;
    } else {
      run.restart(run.current(), caps);
      final = !adaptive && isFull(run.ranks(), caps);
    }
  }
  const { numbers, error, heldOutError } = run.best();
  const own = inUnits(numbers, samples.unit);
  return {
    ...ttOfNumbers(own),
    ranks: own.ranks,
    relativeError: error,
    iterations: run.trace.length,
    status: run.status(),
    trace: run.trace,
    heldOutError,
    heldOutCount: samples.held.values.length,
  };
}

/** The constant 1 with ranks 1. */
function ones(shape: readonly number[]): TtNumbers {
  return {
    shape,
    ranks: [1, ...shape.map(() => 1)],
    cores: shape.map((n) => new Float64Array(n).fill(1)),
  };
}

/** A train times a number, which goes into the first core. */
function inUnits({ shape, ranks, cores: [first, ...rest] }: TtNumbers, factor: number): TtNumbers {
  return { shape, ranks, cores: [first.map((v) => v * factor), ...rest] };
}

function isFull(ranks: readonly number[], caps: readonly number[]): boolean {
  return ranks.every((rank, k) => rank >= caps[k]);
}
