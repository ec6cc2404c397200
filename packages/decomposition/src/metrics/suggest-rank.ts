import { showShape, type Tensor, tensor } from '@neuronseek/tensor';
import { key as keyOf, split } from '@neuronseek/tensor/random';
import { checkRank } from '../checks/check-rank.js';
import { completeOptions } from '../fit/complete-options.js';
import type { FitOptions } from '../fit/fit.js';
import { normalizedData } from '../normalized-data.js';
import { rankByGap, type Spectra, spectraOf } from './rank/spectra.js';
import { type RankCandidate, type RankTrial, tryRank } from './rank/trial.js';

/** What `onProgress` of `suggestRank` is told after every rank. */
export interface SuggestRankProgress {
  readonly candidate: RankCandidate;
  readonly done: number;
  readonly total: number;
}

/** Options of `suggestRank`. */
export interface SuggestRankOptions extends Pick<FitOptions, 'signal'> {
  /** Decides the starts and the elements held out. Default: key(0). */
  readonly key?: FitOptions['key'];
  /** Ranks 1 to this are tried. Default: 6. */
  readonly maxRank?: number;
  /** Fits of each rank, from different starts. Default: 3. */
  readonly starts?: number;
  /** Share of the elements held out to be predicted; 0 leaves this criterion out. Default: 0.1. */
  readonly heldOut?: number;
  /** Called after every rank. */
  readonly onProgress?: (event: SuggestRankProgress) => void;
}

/** Defaults of `suggestRank`. */
export const suggestRankDefaults: Required<Omit<SuggestRankOptions, 'signal' | 'onProgress'>> = {
  maxRank: 6,
  starts: 3,
  heldOut: 0.1,
  key: /* @__PURE__ */ keyOf(0),
};

/** The rank that each criterion is for. */
export interface RankCriteria {
  /** Singular values before the widest gap of the unfoldings: a lower bound. */
  readonly spectra: number;
  /** The largest rank with a core consistency of at least 90, and all smaller ranks too. */
  readonly coreConsistency: number;
  /** The smallest rank whose held-out error is within 2 % of the least; undefined where nothing was held out. */
  readonly heldOut: number | undefined;
  /** The rank with the least BIC. */
  readonly bic: number;
}

/** What `suggestRank` found; plain data. */
export interface SuggestedRank {
  /** What most criteria are for; where they tie, the held-out error and then the BIC decide. */
  readonly rank: number;
  readonly criteria: RankCriteria;
  /** What is known of every rank tried. */
  readonly candidates: readonly RankCandidate[];
  readonly spectra: Spectra;
  /** 'aborted' where the signal came before all ranks were tried: the suggestion is for those that were. */
  readonly status: 'complete' | 'aborted';
}

/**
 * Suggests a CP rank, and shows what four criteria say about each rank: the spectra of the unfoldings, core consistency, the error of elements held out, and
 * a Bayesian information criterion; with the agreement of fits from several starts beside them.
 *
 * No criterion is right for all data: core consistency falls for collinear components, spectra do not see ranks above the sizes, and a BIC
 * counts structured residuals as components. Look at the candidates where they differ. Data of one rank exactly make all agree.
 *
 * Cost: maxRank · (starts + 1) fits and a singular value decomposition of each unfolding.
 * (Bro & Kiers 2003; Wold 1978 for held-out elements; Schwarz 1978 with the parameters of a CP model, R·(Σ Iₙ - N + 1))
 *
 * @throws RangeError where an option is out of range, x has no or an empty mode or a number is not finite
 */
export function suggestRank(x: Tensor, options: SuggestRankOptions = {}): SuggestedRank {
  const { trials, spectra, resolved } = rankTrials('suggestRank', x, options);
  const { signal, onProgress } = resolved;
  const candidates: RankCandidate[] = [];
  for (const trial of trials) {
    if (signal?.aborted) break;
    const candidate = tryRank(trial);
    candidates.push(candidate);
    onProgress?.({ candidate, done: candidates.length, total: trials.length });
  }
  return suggestion(candidates, spectra, trials.length);
}

/** What there is to try, each a task of its own. */
export function rankTrials(
  name: string,
  x: Tensor,
  options: SuggestRankOptions,
): {
  readonly trials: readonly RankTrial[];
  readonly spectra: Spectra;
  /** x / ‖x‖, which the trials refer to. */
  readonly data: Tensor;
  readonly resolved: typeof suggestRankDefaults & SuggestRankOptions;
} {
  const resolved = completeOptions(name, suggestRankDefaults, options);
  const { maxRank, starts, heldOut, key } = resolved;
  checkRank(`${name}: maxRank`, maxRank);
  if (!Number.isSafeInteger(starts) || starts < 1) {
    throw new RangeError(`${name}: starts is not a positive integer: ${starts}`);
  }
  if (!(heldOut >= 0 && heldOut < 1)) {
    throw new RangeError(`${name}: heldOut is not a number from 0 to below 1: ${heldOut}`);
  }
  const data = normalizedData(name, x);
  const { elements, shape } = data;
  if (shape.length < 2) throw new RangeError(`${name}: x needs at least two modes: its shape is ${showShape(shape)}`);
  const [maskKey, ...keys] = split(key, maxRank + 1);
  return {
    trials: keys.map((child, r) => ({ elements, shape, rank: r + 1, starts, heldOut, maskKey, key: child })),
    spectra: spectraOf(data),
    data: tensor(elements, shape),
    resolved,
  };
}

/** Core consistency from which a rank counts as appropriate: Bro & Kiers speak of about 90 and more as very trilinear. */
const CONSISTENT = 90;

/** Held-out errors within this factor of the least are as good, and those below the second number are all rounding. */
const AS_GOOD = 1.02;
const EXACT = 1e-7;

/** Puts together what the trials found. */
export function suggestion(candidates: readonly RankCandidate[], spectra: Spectra, total: number): SuggestedRank {
  const status = candidates.length < total ? 'aborted' : 'complete';
  const last = Math.max(1, candidates.length);
  const inconsistent = candidates.findIndex(({ coreConsistency }) => !(coreConsistency >= CONSISTENT));
  const errors = candidates.map(({ heldOutError }) => heldOutError);
  const least = Math.min(...errors);
  const heldOut = errors.findIndex((error) => error <= Math.max(EXACT, AS_GOOD * least));
  const bics = candidates.map(({ bic }) => bic);
  const criteria: RankCriteria = {
    spectra: Math.min(last, rankByGap(spectra)),
    coreConsistency: inconsistent === -1 ? last : Math.max(1, inconsistent),
    heldOut: heldOut === -1 ? undefined : heldOut + 1,
    bic: 1 + Math.max(0, bics.indexOf(Math.min(...bics))),
  };
  return { rank: mostVotes(criteria), criteria, candidates, spectra, status };
}

/** The rank that most criteria name; ties go to the one that predicts, then to the BIC, which cannot name a rank that only fits noise. */
function mostVotes({ spectra, coreConsistency, heldOut, bic }: RankCriteria): number {
  const votes = [heldOut, bic, coreConsistency, spectra].filter((rank) => rank !== undefined);
  const count = (rank: number): number => votes.filter((vote) => vote === rank).length;
  return votes.reduce((best, rank) => (count(rank) > count(best) ? rank : best));
}
