import type { FitReport, FitStatus } from '../fit/fit.js';
import { checkCrossShape, resolveCrossOptions, type TtCrossFunction, type TtCrossOptions } from './cross/options.js';
import { type CrossRun, createRun } from './cross/run.js';
import { roundNumbers } from './round.js';
import { sampleIndices } from './sample-indices.js';
import { zeroTrain } from './tensor-train.js';
import { ttNumbers, ttOfNumbers } from './tt-numbers.js';
import type { TtTensor } from './tt-tensor.js';

/** What `ttCross` returns: a tensor train and how it came about. */
export interface TtCrossResult extends TtTensor, FitReport {
  /** r₀ = 1, r₁, …, r_N = 1. */
  readonly ranks: readonly number[];
  /**
   * An estimate of ‖f - train‖ / ‖f‖: `validationError`, or what up to 2000 of the evaluated elements prove, if that is more; where there is no
   * validation the error at those elements, which flatters.
   */
  readonly relativeError: number;
  /**
   * The error at random elements: root mean square of the differences over that of f, which is at least what the norm of all evaluated
   * elements says. The larger one of two halves, of which one steers the sweeps and the other stays unknown to the train. Undefined where
   * there are none.
   */
  readonly validationError: number | undefined;
  /** Random elements behind it. */
  readonly validationCount: number;
  /** Elements evaluated, each once. */
  readonly evaluations: number;
}

/** Share of eps that is left to the final rounding. */
const ROUNDING_SHARE = 0.5;

/**
 * A tensor train of a function of indices, from a small part of its elements: rank-adaptive cross interpolation.
 *
 * f(indices, count) gets `count` indices as an Int32Array [count, N], row-major, and returns as many numbers, a list or a tensor. All that a step
 * needs is asked for in one call, and no index twice. shape [n₀, …, n_{N-1}], N ≥ 1; the number of elements may exceed every number.
 *
 * Sweeps over the modes in alternating directions evaluate r_k·n_k·r_{k+1} elements a mode, find the leading singular vectors of
 * these fibres and rows of nearly largest volume; probes, a few indices more at each bond, let ranks grow: random ones, and those of the
 * validation elements with the largest error. In the end the train is rounded.
 *
 * Status: 'converged' when the error is below eps at the validation elements and at those of a whole sweep before they were known, or when ranks
 * and error no longer change, because of caps or rounding (compare `relativeError` with eps); 'max-iterations'; 'max-evaluations' when
 * a step would exceed the budget; 'aborted'. The best train so far is returned; zeros where not one sweep was possible. Nothing
 * about elements that were not looked at is certain: a peak that no sample touches is not found, unless `init` names a point on it.
 *
 * Cost: about Σ n·r² evaluations and Σ n·r³ flops a sweep; memory: 4·N + 16 bytes, or twice that, an element. (Oseledets & Tyrtyshnikov 2010;
 * Savostyanov & Oseledets 2011; Mikhalev & Oseledets 2018)
 *
 * @throws RangeError where a size or option is out of range, an index of `init` is, or f returns a number that is not finite, named with its
 * index, or not as many as asked for; TypeError where f is no function or returns no list
 */
export function ttCross(f: TtCrossFunction, shape: readonly number[], options: TtCrossOptions = {}): TtCrossResult {
  if (typeof f !== 'function') throw new TypeError(`ttCross: f is not a function: ${String(f)}`);
  checkCrossShape(shape);
  const resolved = resolveCrossOptions(options, shape);
  const given = sampleIndices('ttCross: init', resolved.init, shape);
  const points = new Int32Array(given.samples * shape.length);
  given.columns.forEach((column, mode) => {
    column.forEach((index, s) => {
      points[s * shape.length + mode] = index;
    });
  });
  const run = createRun(f, shape, points, resolved);
  const status = iterate(run, resolved.maxIterations);
  const best = run.best() ?? zeroTrain(shape).numbers;
  const rounded = ttNumbers('ttCross', roundNumbers(best, { eps: resolved.eps * ROUNDING_SHARE, caps: resolved.caps }));
  const known = run.validation.values.length > 0;
  const errors = run.errorsOf(rounded);
  return {
    ...ttOfNumbers(rounded),
    ranks: rounded.ranks,
    relativeError: known || run.best() ? errors.relativeError : 1,
    iterations: run.trace.length,
    status,
    trace: run.trace,
    validationError: errors.validationError,
    validationCount: run.validation.values.length,
    evaluations: run.source.evaluations(),
  };
}

/** Sweeps until the outcome is known. */
function iterate(run: CrossRun, maxIterations: number): FitStatus {
  while (true) {
    const stopped = run.source.stopped();
    if (stopped !== undefined) return stopped;
    if (run.isSettled()) return 'converged';
    if (run.trace.length >= maxIterations) return 'max-iterations';
    run.sweep();
  }
}
