import { fold } from '@neuronseek/tensor/random';
import type { FitStatus } from '../../fit/fit.js';
import type { NormalizedData } from '../../normalized-data.js';
import type { CpNumbers } from '../cp-numbers.js';
import type { FittedModel } from '../gauss-newton/fit-model.js';
import type { CpStart, ResolvedCpOptions } from './options.js';
import { type RunHooks, runStart } from './run-start.js';

/** What became of one start. */
export interface CpStartReport {
  readonly start: CpStart | 'init';
  /** On all of x, before refinement. */
  readonly relativeError: number;
  readonly iterations: number;
  readonly status: FitStatus;
}

/** The best of several runs. */
export interface BestRun {
  readonly fitted: FittedModel;
  readonly starts: CpStartReport[];
  /** Index in `starts` of the run that became the result. */
  readonly best: number;
}

/** An error below which no other start can do better by more than rounding. */
const EXACT = 1e-13;

/** Two runs from different starts whose objectives agree to this share have found the same thing. */
const AGREEMENT = 1e-6;

/** GEVD that begins so close to where it ends, an error well below the data, knew the solution, which noise has moved a little. */
const NEAR = 1.1;
const WELL_BELOW = 0.3;

/** What 'auto' goes through until it has seen enough. */
const AUTOMATIC: readonly CpStart[] = ['gevd', 'svd', 'random', 'random', 'random'];

/** Runs from one start after another and keeps the first of those with the least objective; `outside` as in `StartTask`. */
export function runStarts(
  data: NormalizedData,
  rank: number,
  init: CpNumbers | undefined,
  free: readonly boolean[],
  { starts, key, maxIterations, tolerance, ridge }: ResolvedCpOptions,
  hooks: RunHooks,
  outside = 0,
): BestRun {
  const reports: CpStartReport[] = [];
  const runs: FittedModel[] = [];
  const run = (name: CpStart | 'init', start: CpStart | CpNumbers, index: number): void => {
    const task = { data, rank, start, free, key: fold(key, 1 + index), maxIterations, tolerance, ridge, outside };
    const found = runStart(task, hooks);
    if (found === undefined) return;
    const { relativeError, trace, status } = found;
    reports.push({ start: name, relativeError, iterations: trace.length, status });
    runs.push(found);
  };
  if (init !== undefined) run('init', init, 0);
  else {
    for (const [index, start] of (starts === 'auto' ? AUTOMATIC : starts).entries()) {
      const isCut = maxIterations === 0 || hooks.isAborted();
      if (runs.length > 0 && (isCut || (starts === 'auto' && isEnough(runs, reports, outside)))) break;
      run(start, start, index);
    }
  }
  // Where the data have no start of the kinds asked for, there is always a random one.
  if (runs.length === 0) run('random', 'random', starts.length);
  const best = leastOf(runs);
  return { fitted: runs[best], starts: reports, best };
}

/** Index of the first run with the least objective. */
function leastOf(runs: readonly FittedModel[]): number {
  return runs.reduce((best, { objective }, k) => (objective < runs[best].objective ? k : best), 0);
}

/** Whether the best run is exact, or another one agrees with it, or GEVD knew it beforehand. */
function isEnough(runs: readonly FittedModel[], reports: readonly CpStartReport[], outside: number): boolean {
  const { objective, relativeError } = runs[leastOf(runs)];
  const same = runs.filter((other) => other.objective - objective <= AGREEMENT * objective);
  const squares = (error: number): number => error * error + outside;
  const [first] = runs;
  const end = squares(first.relativeError);
  const isNear = reports[0].start === 'gevd' && end < WELL_BELOW ** 2 && squares(first.trace[0]) < NEAR ** 2 * end;
  return relativeError < EXACT || same.length > 1 || (runs.length === 1 && isNear);
}
