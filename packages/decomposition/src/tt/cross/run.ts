import { norm2 } from '@neuronseek/tensor/kernels';
import { fold } from '@neuronseek/tensor/random';
import type { TtNumbers } from '../tt-numbers.js';
import type { ResolvedCrossOptions, TtCrossFunction } from './options.js';
import { probesAt } from './probes.js';
import { createSource, type Source } from './source.js';
import { startingCrosses } from './start.js';
import { sweep } from './sweep.js';
import { trainAt } from './train-at.js';
import { compare, halves, provenError, scaleOf, type Validation, validationPoints, worstPoints } from './validation.js';

/** A cross interpolation under way. */
export interface CrossRun {
  readonly source: Source;
  readonly validation: Validation;
  readonly trace: number[];
  /** One sweep more; nothing where the source stops. */
  readonly sweep: () => void;
  readonly isSettled: () => boolean;
  /** The train of the smallest error so far. */
  readonly best: () => TtNumbers | undefined;
  /** The errors of a train that are reported. */
  readonly errorsOf: (numbers: TtNumbers) => CrossErrors;
}

/** What is known of the error of a train. */
export interface CrossErrors {
  /** The larger one of both halves of the validation; undefined where there is none. */
  readonly validationError: number | undefined;
  /** That, or what the evaluated elements prove if it is more; without validation the error at those. */
  readonly relativeError: number;
}

/** Elements that stand for a sweep, or for all where there is no validation. */
const COMPARED = 2000;

/** Error of the sweeps in units of eps; the rest is for the final rounding. */
const SWEEP_SHARE = 0.7;

/** What the fibres of one bond may leave out at first, in units of eps over the root of the order: interpolation makes it larger. */
const CUT_SHARE = 1 / 8;

/** Where gains are slow, less by this factor. */
const TIGHTER = 4;

/** Sweeps without a gain in error or rank after which there will be none. */
const PATIENCE = 5;

/** An error below this share of the best one is a gain. */
const GAIN = 0.9;

/** An error above this share of the best one is a slow gain: singular values that were left out are wanted. */
const SLOW = 0.3;

/** Validation points that may become probes at one bond. */
const WORST = 64;

export function createRun(
  f: TtCrossFunction,
  shape: readonly number[],
  given: Int32Array,
  options: ResolvedCrossOptions,
): CrossRun {
  const { eps, caps, key } = options;
  const order = shape.length;
  const source = createSource(f, order, options.maxEvaluations, options.signal);
  const points = validationPoints(shape, options.validation, options.maxEvaluations, fold(key, 0));
  const values = source.request(points);
  const validation: Validation =
    values === undefined ? { points: new Int32Array(0), values: new Float64Array(0) } : { points, values };
  const [steering, held] = halves(validation, order);
  const isValidated = values !== undefined && values.length > 0;
  const enough = SWEEP_SHARE * eps;
  const proven = (numbers: TtNumbers) =>
    provenError(numbers, source, scaleOf(validation.values, shape, source), COMPARED);
  const judge = (numbers: TtNumbers): { readonly error: number; readonly worst: Int32Array } => {
    if (!isValidated) {
      const { relativeError } = compare(source.since(0, COMPARED), numbers, source);
      return { error: relativeError, worst: new Int32Array(0) };
    }
    const { differences, relativeError } = compare(steering, numbers, source);
    const error = Math.max(relativeError, compare(held, numbers, source).relativeError);
    if (error > enough) return { error, worst: worstPoints(steering.points, differences, order, WORST) };
    // Validation that finds nothing wrong may have missed what the sweeps themselves know better.
    const known = proven(numbers);
    return {
      error: Math.max(error, known.relativeError),
      worst: worstPoints(known.points, known.differences, order, WORST),
    };
  };
  const crosses = startingCrosses(shape, given, validation, source);
  const trace: number[] = [];
  let current: TtNumbers | undefined;
  let best: TtNumbers | undefined;
  let bestError = Infinity;
  let worst: Int32Array = new Int32Array(0);
  let grown = shape.map(() => true);
  let settled = false;
  let scale = scaleOf(validation.values, shape, source);
  let tolerance = (CUT_SHARE * eps) / Math.sqrt(order);
  let idle = 0;

  return {
    source,
    validation,
    trace,
    errorsOf: (numbers) => {
      if (!isValidated) return { validationError: undefined, relativeError: judge(numbers).error };
      const [a, b] = [steering, held].map((half) => compare(half, numbers, source).relativeError);
      const validationError = Math.max(a, b);
      return { validationError, relativeError: Math.max(validationError, proven(numbers).relativeError) };
    },
    best: () => best,
    isSettled: () => settled,
    sweep: () => {
      if (crosses === undefined) return;
      const forward = trace.length % 2 === 0;
      const evaluated = source.evaluations();
      const before = current;
      const sweepKey = fold(fold(key, 1), trace.length);
      const stuck = idle > 0;
      const made = sweep(crosses, source, {
        forward,
        caps,
        tolerance,
        scale,
        probes: (bond) =>
          probesAt(crosses, bond, { forward, growing: stuck || grown[bond], worst, key: fold(sweepKey, bond) }),
      });
      if (made === undefined) return;
      current = made;
      const judged = judge(made);
      // Errors at evaluated elements compare only at the same ones, and every train is good at those it was made of.
      if (best !== undefined && (!isValidated || bestError <= enough)) bestError = judge(best).error;
      const { error } = judged;
      worst = error > enough ? judged.worst : new Int32Array(0);
      scale = scaleOf(validation.values, shape, source);
      trace.push(error);
      grown = shape.map((_, bond) => before === undefined || made.ranks[bond] > before.ranks[bond]);
      idle = grown.includes(true) || !(error >= GAIN * bestError) ? 0 : idle + 1;
      if (error > enough && error > SLOW * bestError) tolerance /= TIGHTER;
      if (best === undefined || error <= bestError) {
        best = made;
        bestError = error;
      }
      const accurate =
        before !== undefined &&
        !grown.includes(true) &&
        error <= enough &&
        surprise(before, source, evaluated) <= enough;
      settled = order === 1 || accurate || idle >= PATIENCE;
      options.onProgress?.({
        iteration: trace.length,
        relativeError: error,
        evaluations: source.evaluations(),
        ranks: made.ranks,
      });
    },
  };
}

/** How well the train before a sweep knew what was evaluated since: relative to the largest of the typical values. */
function surprise(before: TtNumbers, source: Source, evaluated: number): number {
  const { points, values } = source.since(evaluated, COMPARED);
  const count = values.length;
  if (count === 0) return 0;
  const model = trainAt(before, points);
  const root = Math.sqrt(count);
  const differences = values.map((value, s) => value - model[s]);
  const error = norm2(count, differences, 0, 1) / root;
  const typical = Math.max(norm2(count, values, 0, 1) / root, source.norm() / Math.sqrt(source.evaluations()));
  return typical === 0 ? error : error / typical;
}
