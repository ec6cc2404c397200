import type { LabelledTable } from '@neuronseek/network';
import type { NeuronStructure } from '@neuronseek/neurons';
import { slice, type Tensor } from '@neuronseek/tensor';
import { mapTasks } from '@neuronseek/tensor/parallel';
import { fold, type Key, split } from '@neuronseek/tensor/random';
import { addressForThreads } from '../parallel/here.js';
import { plainOptions, toPlain } from '../parallel/plain.js';
import { withoutUndefined } from '../without-undefined.js';
import { checkStudy } from './check-study.js';
import { describe } from './describe.js';
import { answerOf, neuronOf, resampled, type StabilityAnswer, type StabilityJob } from './job.js';
import type { FoundNeuron, NamedSearch } from './methods.js';
import type { StabilityReport, StabilityRun } from './report.js';
import { summarise } from './summarise.js';

/** A search that is not named: it cannot travel and runs in this thread. */
export type SearchFunction = (
  data: LabelledTable,
  options: { readonly key: Key; readonly signal?: AbortSignal },
) => FoundNeuron | Promise<FoundNeuron>;

/** What `onProgress` of {@link stability} is told after every run. */
export interface StabilityEvent {
  readonly done: number;
  readonly total: number;
  readonly run: StabilityRun;
}

/** Options of {@link stability}. */
export interface StabilityOptions {
  /** Drives the keys of the searches and the rows of the resamples. */
  readonly key: Key;
  /** Searches of every resample, each with a key of its own. Default: 1. */
  readonly seeds?: number;
  /** Resamples of the rows, as many with replacement; 0 searches the rows as they are. Default: 20. */
  readonly bootstraps?: number;
  /** Of all intervals. Default: 0.95. */
  readonly confidence?: number;
  /** Most monomials of a neuron that intervals of coefficients are made of. Default: 2000. */
  readonly maxMonomials?: number;
  /** What is to be found, where it is known. Default: nothing is. */
  readonly truth?: NeuronStructure;
  /** Where predictions are compared, [points, D]. Default: the first 200 rows of data.x. */
  readonly points?: Tensor;
  /** Threads at most; what `configure` of `@neuronseek/tensor/parallel` allows where it is not given. */
  readonly threads?: number;
  /** Ends the study: what has ended by then is reported, with status 'aborted'. */
  readonly signal?: AbortSignal;
  /** Called after every run. */
  readonly onProgress?: (event: StabilityEvent) => void;
}

/** Defaults of {@link stability}. */
export const stabilityDefaults: Required<
  Pick<StabilityOptions, 'seeds' | 'bootstraps' | 'confidence' | 'maxMonomials'>
> = {
  seeds: 1,
  bootstraps: 20,
  confidence: 0.95,
  maxMonomials: 2000,
};

/**
 * Repeats a search over seeds and over bootstrap resamples of the rows (Efron 1979), whole runs on threads, and says how often every structure and term was
 * found, how often the truth and the most frequent structure, how alike the runs are, and between which percentiles weights, coefficients and
 * predictions lie.
 *
 * Run (b, s) is the search with key fold(k₁, s) on the rows randint(fold(k₂, b), n), where k₁ and k₂ are the two children of `key`: same data, options and
 * key, same bits, for any number of threads and without them. The search is named, as in `{ method: 'gates', options: { epochs: 100 } }`; a function runs in this
 * thread, one run after another. Percentile intervals of a model that was selected describe the runs, and are no confidence intervals of a truth.
 *
 * Rejects with a RangeError for options that make no sense, a TypeError for an option of the search that cannot travel, and an Error that has the first message where every
 * run failed; a run that fails while others do not has the status 'failed'. Cost: that of seeds · bootstraps searches, divided by
 * the threads; 30 to 60 ms for a thread that has to start.
 */
export async function stability(
  search: NamedSearch | SearchFunction,
  data: LabelledTable,
  options: StabilityOptions,
): Promise<StabilityReport> {
  const settings = { ...stabilityDefaults, key: options.key, ...withoutUndefined(options) };
  checkStudy(search, data, settings);
  const { key, seeds, bootstraps, signal, onProgress, threads, truth } = settings;
  const [seedKey, rowKey] = split(key, 2);
  const plan = Array.from({ length: Math.max(1, bootstraps) * seeds }, (_, i) => {
    const bootstrap = bootstraps === 0 ? undefined : Math.floor(i / seeds);
    const rows = bootstrap === undefined ? undefined : fold(rowKey, bootstrap);
    return { seed: i % seeds, bootstrap, rows, key: fold(seedKey, i % seeds) };
  });
  const [x, y] = [toPlain(data.x), toPlain(data.y)];
  const ended: (StabilityRun | undefined)[] = plan.map(() => undefined);
  const finish = (i: number, answer: StabilityAnswer, done: number): void => {
    const run = runOf(plan[i].seed, plan[i].bootstrap, answer);
    ended[i] = run;
    onProgress?.({ done, total: plan.length, run });
  };
  if (typeof search === 'function') {
    for (let i = 0; i < plan.length && !signal?.aborted; i++) {
      await turn();
      if (signal?.aborted) break;
      const rows = resampled(data, x, y, plan[i].rows);
      finish(i, await answerOf(() => search(rows, { key: plan[i].key, ...(signal ? { signal } : {}) })), i + 1);
    }
  } else {
    const { method } = search;
    const travelling = plainOptions('stability', 'search.options', search.options ?? {});
    const jobs = plan.map(
      ({ key: own, rows }): StabilityJob => ({ x, y, method, options: travelling, key: own, rows }),
    );
    try {
      await mapTasks<StabilityJob, StabilityAnswer>({ module: addressForThreads(), name: 'stabilityTask' }, jobs, {
        threads,
        signal,
        onProgress: ({ done, index, result }) => finish(index, result, done),
      });
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
  }
  const runs = ended.filter((run) => run !== undefined);
  const failed = runs.find(({ status }) => status === 'failed');
  if (failed && runs.every(({ status }) => status === 'failed')) {
    throw new Error(`stability: a search must succeed: got, from all that ended, ${failed.error}`);
  }
  const { confidence, maxMonomials } = settings;
  const points = settings.points ?? slice(data.x, [{ start: 0, stop: Math.min(200, data.x.shape[0]) }]);
  // A function may have been stopped inside of its last run.
  const stopped = signal?.aborted === true && runs.some((run) => run.status === 'aborted');
  const status = stopped || runs.length < plan.length ? 'aborted' : 'complete';
  return { status, ...summarise(runs, { truth, points, confidence, maxMonomials }) };
}

function runOf(seed: number, bootstrap: number | undefined, answer: StabilityAnswer): StabilityRun {
  const neuron = neuronOf(answer);
  const said = neuron && describe(neuron);
  return {
    seed,
    bootstrap,
    status: answer.status,
    structure: said?.structure,
    terms: said?.terms ?? [],
    neuron,
    error: 'error' in answer ? answer.error : undefined,
  };
}

/** A turn of the event loop, so that a signal is heard. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
