import { type Neuron, toJSON } from '@neuronseek/neurons';
import { mapTasks } from '@neuronseek/tensor/parallel';
import { fold, type Key, split } from '@neuronseek/tensor/random';
import { estimateRate, type RateEstimate } from '../expressivity/estimate-rate.js';
import { formulaFunction } from '../expressivity/formula-function.js';
import { functionTarget } from '../expressivity/function-target.js';
import { type NeuronKind, neuronKinds } from '../expressivity/neuron-kinds.js';
import type { Box } from '../targets/target-function.js';
import type { CurveJob, CurveRun } from './curve-task.js';
import { addressForThreads } from './here.js';

/** What `onProgress` of {@link expressivityCurve} is told after every run. */
export interface CurveEvent {
  readonly done: number;
  readonly total: number;
  readonly run: CurveRun;
}

/** Options of {@link expressivityCurve}. */
export interface ExpressivityCurveOptions {
  /** Drives rows and initial numbers. */
  readonly key: Key;
  /** Default: all of them. */
  readonly kinds?: readonly NeuronKind[];
  /** Hidden neurons. Default: 2, 4, 8, 16. */
  readonly widths?: readonly number[];
  /** Runs for each kind and width; the best counts. Default: 3. */
  readonly seeds?: number;
  /** Uniform points to train on. Default: 400. */
  readonly rows?: number;
  /** Steps of Adam on all rows. Default: 500. */
  readonly steps?: number;
  /** At the first step; it falls to 0 by half a cosine. Default: 0.02. */
  readonly learningRate?: number;
  /** Of the certificates, as a part of the root mean square error of the run. Default: 0.1. */
  readonly tolerance?: number;
  /** Of each certificate. Default: 20000. */
  readonly maxEvaluations?: number;
  /** Threads at most; what `configure` of `@neuronseek/tensor/parallel` allows where it is not given. */
  readonly threads?: number;
  /** Ends the study: runs that have ended by then are reported, with status 'aborted'. */
  readonly signal?: AbortSignal;
  /** Called after every run. */
  readonly onProgress?: (event: CurveEvent) => void;
}

/** Defaults of {@link expressivityCurve}. */
export const expressivityCurveDefaults: Required<
  Omit<ExpressivityCurveOptions, 'key' | 'threads' | 'signal' | 'onProgress'>
> = {
  kinds: neuronKinds,
  widths: [2, 4, 8, 16],
  seeds: 3,
  rows: 400,
  steps: 500,
  learningRate: 0.02,
  tolerance: 0.1,
  maxEvaluations: 20_000,
};

/** The best runs of one kind. */
export interface Curve {
  readonly kind: NeuronKind;
  /** By width, the run with the smallest certified bound. */
  readonly points: readonly CurveRun[];
  /** Of upper bounds against parameters; undefined where fewer than 3 points have bounds that are close. */
  readonly rate: RateEstimate | undefined;
}

/** What {@link expressivityCurve} resolves to. */
export interface ExpressivityCurves {
  readonly status: 'complete' | 'aborted';
  readonly runs: readonly CurveRun[];
  readonly curves: readonly Curve[];
}

/**
 * Certified sup-norm errors against numbers of parameters, for networks of one hidden layer of linear, quadratic, CP, Tucker, tensor-train or KAN neurons,
 * tanh and a linear output, each trained on uniform points of the target; whole runs on threads.
 *
 * The bounds are certified by intervals, for the trained network as a function in real arithmetic; that training finds such a network is an observation of these keys and
 * not a property of the class. Same target, options and key, same bits, for any number of threads. Rejects with a RangeError for options that make no
 * sense and targets that can not be enclosed. Cost: kinds · widths · seeds trainings and certificates, divided by the threads.
 */
export async function expressivityCurve(
  target: Neuron,
  domain: Box,
  options: ExpressivityCurveOptions,
): Promise<ExpressivityCurves> {
  const settings = { ...expressivityCurveDefaults, ...options };
  check(settings);
  functionTarget(formulaFunction(target), domain);
  const { kinds, widths, seeds, key, signal, threads, onProgress } = settings;
  const { rows, steps, learningRate, tolerance, maxEvaluations } = settings;
  const sent = toJSON(target);
  const keys = split(key, neuronKinds.length);
  const jobs = kinds.flatMap((kind) =>
    widths.flatMap((width) =>
      Array.from({ length: seeds }, (_, seed): CurveJob => {
        const own = fold(fold(keys[neuronKinds.indexOf(kind)], width), seed);
        const plan = { kind, width, rows, steps, learningRate, key: own };
        return { ...plan, target: sent, domain, tolerance, maxEvaluations, seed };
      }),
    ),
  );
  const ended: (CurveRun | undefined)[] = jobs.map(() => undefined);
  try {
    await mapTasks<CurveJob, CurveRun>({ module: addressForThreads(), name: 'curveTask' }, jobs, {
      ...(threads === undefined ? {} : { threads }),
      ...(signal ? { signal } : {}),
      onProgress: ({ done, total, index, result }) => {
        ended[index] = result;
        onProgress?.({ done, total, run: result });
      },
    });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  const runs = ended.filter((run) => run !== undefined);
  return {
    status: runs.length < jobs.length ? 'aborted' : 'complete',
    runs,
    curves: kinds.map((kind) => curveOf(kind, runs)),
  };
}

function curveOf(kind: NeuronKind, runs: readonly CurveRun[]): Curve {
  const best = new Map<number, CurveRun>();
  for (const run of runs) {
    if (run.kind !== kind) continue;
    const known = best.get(run.width);
    if (!known || run.upper < known.upper) best.set(run.width, run);
  }
  const points = [...best.values()].sort((p, q) => p.width - q.width);
  const close = points.filter(({ lower, upper }) => upper - lower <= 0.1 * upper);
  const sizes = new Set(close.map(({ parameters }) => parameters));
  const rate =
    close.length >= 3 && sizes.size >= 2
      ? estimateRate(
          close.map(({ parameters }) => parameters),
          close,
        )
      : undefined;
  return { kind, points, rate };
}

function check({
  kinds,
  widths,
  seeds,
  rows,
  steps,
  learningRate,
  tolerance,
  maxEvaluations,
}: typeof expressivityCurveDefaults): void {
  const counts = { seeds, rows, steps, maxEvaluations };
  for (const [name, value] of Object.entries(counts)) {
    if (!(Number.isSafeInteger(value) && value >= 1)) {
      throw new RangeError(`expressivityCurve: ${name} must be a positive integer: got ${value}`);
    }
  }
  widths.forEach((width, i) => {
    if (!(Number.isSafeInteger(width) && width >= 1)) {
      throw new RangeError(`expressivityCurve: widths[${i}] must be a positive integer: got ${width}`);
    }
  });
  for (const kind of kinds) {
    if (!neuronKinds.includes(kind))
      throw new RangeError(`expressivityCurve: unknown kind of neurons: ${String(kind)}`);
  }
  for (const [name, value] of Object.entries({ learningRate, tolerance })) {
    if (!(value > 0 && Number.isFinite(value))) {
      throw new RangeError(`expressivityCurve: ${name} must be positive and finite: got ${value}`);
    }
  }
}
