import { mapTasks } from '@neuronseek/tensor/parallel';
import { controls, namesOf, theorems } from '../theorems/register.js';
import { type RangeResult, requireRuns, verdictOf } from '../theorems/run-cases.js';
import type { NegativeControlName, TheoremName, Verdict } from '../theorems/verdict.js';
import { verifyDefaults } from '../theorems/verify-options.js';
import { addressForThreads } from './here.js';
import type { VerifyJob } from './verify-task.js';

/** How far it is: cases done of all. */
export interface VerifyInThreadsEvent {
  readonly name: TheoremName | NegativeControlName;
  readonly done: number;
  readonly total: number;
}

/** Options of {@link verifyInThreads}. */
export interface VerifyInThreadsOptions {
  /** Theorems and negative controls; all of both where it is not given. */
  readonly names?: readonly (TheoremName | NegativeControlName)[];
  /** Cases of each. Default: 100. */
  readonly runs?: number;
  /** Default: 0. */
  readonly seed?: number;
  /** Threads at most; what `configure` of `@neuronseek/tensor/parallel` allows where it is not given. */
  readonly threads?: number;
  /** Stops between jobs of 50 cases; verdicts then speak of the cases before the first that was not looked at. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: VerifyInThreadsEvent) => void;
}

/** Cases of a job: some ten milliseconds of work or more. */
const CASES = 50;

/**
 * `verifyTheorem` and `verifyNegativeControl` for several names, their cases dealt out to threads: the same verdicts for any number of them.
 *
 * Rejects with a RangeError for an unknown name or runs that is no positive integer. Cost: that of the cases divided by the threads, and 30 to 60 ms for a
 * thread that has to start.
 */
export async function verifyInThreads(options: VerifyInThreadsOptions = {}): Promise<Verdict[]> {
  const { runs = verifyDefaults.runs, seed = verifyDefaults.seed, threads, signal, onProgress } = options;
  const names = options.names ?? [...namesOf(theorems), ...namesOf(controls)];
  requireRuns('verifyInThreads', runs);
  for (const name of names) {
    if (!Object.hasOwn(theorems, name) && !Object.hasOwn(controls, name)) {
      throw new RangeError(`verifyInThreads: unknown theorem or control: got ${String(name)}`);
    }
  }
  const jobs = names.flatMap((name) =>
    Array.from({ length: Math.ceil(runs / CASES) }, (_, j): VerifyJob => {
      return { name, seed, from: j * CASES, to: Math.min(runs, (j + 1) * CASES) };
    }),
  );
  const results: (RangeResult | undefined)[] = jobs.map(() => undefined);
  let done = 0;
  try {
    await mapTasks<VerifyJob, RangeResult>({ module: addressForThreads(), name: 'verifyTask' }, jobs, {
      ...(threads === undefined ? {} : { threads }),
      ...(signal ? { signal } : {}),
      onProgress: ({ index, result }) => {
        results[index] = result;
        const { name, from, to } = jobs[index];
        done += to - from;
        onProgress?.({ name, done, total: names.length * runs });
      },
    });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  const perName = Math.ceil(runs / CASES);
  return names.map((name, i) => {
    const own = results.slice(i * perName, (i + 1) * perName);
    const missing = own.indexOf(undefined);
    const inRow = (missing < 0 ? own : own.slice(0, missing)).filter((result) => result !== undefined);
    return verdictOf(name, seed, inRow);
  });
}
