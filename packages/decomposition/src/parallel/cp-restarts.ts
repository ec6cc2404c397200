import type { Tensor } from '@neuronseek/tensor';
import { mapTasks } from '@neuronseek/tensor/parallel';
import { fold } from '@neuronseek/tensor/random';
import { checkRank } from '../checks/check-rank.js';
import { checkThreads } from '../checks/check-threads.js';
import { withData } from '../cp/als/with-data.js';
import type { CpResult } from '../cp/cp.js';
import { compressData } from '../cp/driver/compress-data.js';
import { type CpOptions, cpDefaults, resolveCpOptions } from '../cp/driver/options.js';
import { completeOptions } from '../fit/complete-options.js';
import { type Stability, stability } from '../metrics/stability.js';
import { type CpAnswer, type CpJob, toResult } from './cp-task.js';
import { addressForThreads } from './here.js';
import { shared } from './plain.js';

/** What `onProgress` of `cpRestarts` is told after every restart. */
export interface CpRestartsProgress {
  readonly done: number;
  readonly total: number;
  /** The restart that ended last. */
  readonly restart: number;
  readonly relativeError: number;
}

/** Options of `cpRestarts`: those of `cp` but for `init`, and more. */
export interface CpRestartsOptions extends Omit<CpOptions, 'init' | 'onProgress'> {
  /** How often the decomposition is made, from keys of its own. Default: 8. */
  readonly restarts?: number;
  /** Threads at most; undefined for what `configure` of `@neuronseek/tensor/parallel` allows. Default: undefined. */
  readonly threads?: number | undefined;
  /** Called after every restart. */
  readonly onProgress?: (event: CpRestartsProgress) => void;
}

/** Defaults of `cpRestarts`, beside those of `cp`. */
export const cpRestartsDefaults: Pick<CpRestartsOptions, 'threads'> & Required<Pick<CpRestartsOptions, 'restarts'>> = {
  restarts: 8,
  threads: undefined,
};

/** What `cpRestarts` found. */
export interface CpRestarts {
  /** The result with the least error, of equal ones the first; undefined only where the signal came before any restart had ended. */
  readonly best: CpResult | undefined;
  /** The relative error of every restart, NaN of those that did not take place. */
  readonly relativeErrors: readonly number[];
  /** How alike the components are that the restarts found. */
  readonly stability: Stability | undefined;
  /** 'aborted' where the signal came first: the rest is of what had ended. */
  readonly status: 'complete' | 'aborted';
}

/**
 * `cp` from several keys at the same time, a restart a thread: local minima that one run ends in show as differing errors and components.
 *
 * Restart i is `cp(x, rank, { ...options, key: fold(key, i) })`, from one random start where i > 0 and `starts` is not given, with the same bits for any number
 * of threads, and without threads. x is copied, and compressed, once, to memory that all threads see; results are copied back. Needs modules that threads
 * can import: see `mapTasks` of @neuronseek/tensor/parallel.
 *
 * Cost: compressing once, and the rest of the restarts divided by the threads; 30 to 60 ms for a thread that has to start.
 *
 * @throws (rejects with) what `cp` throws, under this name, and RangeError where restarts or threads is out of range
 */
export async function cpRestarts(x: Tensor, rank: number, options: CpRestartsOptions = {}): Promise<CpRestarts> {
  const { restarts, threads, signal, onProgress, ...rest } = completeOptions(
    'cpRestarts',
    { ...cpRestartsDefaults, key: cpDefaults.key },
    options,
    Object.keys(cpDefaults).filter((option) => option !== 'init' && option !== 'key'),
  );
  checkRank('cpRestarts', rank);
  if (!Number.isSafeInteger(restarts) || restarts < 1) {
    throw new RangeError(`cpRestarts: restarts is not a positive integer: ${restarts}`);
  }
  checkThreads('cpRestarts', threads);
  const jobs = withData('cpRestarts', x, rank, (data): CpJob[] => {
    const resolved = resolveCpOptions('cpRestarts', rest, data.shape);
    const small = compressData(data, rank, resolved);
    const common = { data: { ...data, elements: shared(data.elements) }, small, rank };
    return Array.from({ length: restarts }, (_, i) => {
      const starts = rest.starts ?? (i === 0 ? 'auto' : ['random']);
      return { ...common, options: { ...resolved, starts, key: fold(rest.key, i) } };
    });
  });
  const found = new Map<number, CpResult>();
  try {
    await mapTasks<CpJob, CpAnswer>({ module: addressForThreads(), name: 'cpTask' }, jobs, {
      threads,
      signal,
      onProgress: ({ done, total, index, result }) => {
        const answer = toResult(result);
        found.set(index, answer);
        onProgress?.({ done, total, restart: index, relativeError: answer.relativeError });
      },
    });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  return summary(found, restarts);
}

function summary(found: ReadonlyMap<number, CpResult>, restarts: number): CpRestarts {
  const order = [...found.keys()].sort((a, b) => a - b);
  const fits = order.flatMap((i) => found.get(i) ?? []);
  return {
    best: fits.length === 0 ? undefined : fits.reduce((a, b) => (b.relativeError < a.relativeError ? b : a)),
    relativeErrors: Array.from({ length: restarts }, (_, i) => found.get(i)?.relativeError ?? Number.NaN),
    stability: fits.length === 0 ? undefined : stability(fits),
    status: fits.length < restarts ? 'aborted' : 'complete',
  };
}
