import type { Tensor } from '@neuronseek/tensor';
import { mapTasks } from '@neuronseek/tensor/parallel';
import { checkThreads } from '../checks/check-threads.js';
import { completeOptions } from '../fit/complete-options.js';
import type { RankCandidate, RankTrial } from '../metrics/rank/trial.js';
import {
  rankTrials,
  type SuggestedRank,
  type SuggestRankOptions,
  suggestion,
  suggestRankDefaults,
} from '../metrics/suggest-rank.js';
import { addressForThreads } from './here.js';
import { toPlain } from './plain.js';

/** Options of `rankSweep`: those of `suggestRank`, and the threads. */
export interface RankSweepOptions extends SuggestRankOptions {
  /** Threads at most; what `configure` of `@neuronseek/tensor/parallel` allows where it is not given. */
  readonly threads?: number;
}

/**
 * `suggestRank` with the ranks tried at the same time, a rank a thread: the same result, bit for bit, for any number of threads.
 *
 * Aborted, it suggests a rank among those up to the first that was not tried to the end. The largest ranks take longest and are begun first.
 *
 * Cost: that of `suggestRank`, divided by the threads as far as ranks differ in cost; 30 to 60 ms for a thread that has to start.
 *
 * @throws (rejects with) what `suggestRank` throws
 */
export async function rankSweep(x: Tensor, options: RankSweepOptions = {}): Promise<SuggestedRank> {
  const { threads, ...rest } = completeOptions('rankSweep', suggestRankDefaults, options, ['threads']);
  checkThreads('rankSweep', threads);
  const { trials, spectra, resolved, data } = rankTrials('rankSweep', x, rest);
  const { signal, onProgress } = resolved;
  const shared = toPlain(data).data;
  const jobs = trials.map((trial): RankTrial => ({ ...trial, elements: shared })).reverse();
  const found = new Map<number, RankCandidate>();
  try {
    await mapTasks<RankTrial, RankCandidate>({ module: addressForThreads(), name: 'tryRank' }, jobs, {
      threads,
      signal,
      onProgress: ({ done, total, result }) => {
        found.set(result.rank, result);
        onProgress?.({ candidate: result, done, total });
      },
    });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  const candidates: RankCandidate[] = [];
  for (let rank = 1; ; rank++) {
    const candidate = found.get(rank);
    if (candidate === undefined) break;
    candidates.push(candidate);
  }
  return suggestion(candidates, spectra, trials.length);
}
