import type { TermEvidence } from '../als/evidence.js';
import type { TermSummary } from '../discover/report.js';
import type { Trial } from './close-gates.js';
import type { GatesSettings } from './options.js';

/** A term that was a candidate, with what the search found out about it. */
export interface Candidate {
  readonly stream: 'power' | 'interaction';
  readonly order: number;
  readonly rank: number;
  readonly probability: number;
  readonly variance: number;
}

/** A gate is kept when it is open more often than not. */
export const keepAbove = 0.5;

/** The search's verdict on a term, with its reason in one sentence. */
export function verdict(
  { stream, order, rank, probability, variance }: Candidate,
  { lambda, penalty }: Pick<GatesSettings, 'lambda' | 'penalty'>,
): TermSummary {
  const price = penalty === 'terms' ? `a penalty of ${lambda} on the loss` : `what its parameters cost`;
  const kept = probability > keepAbove;
  const p = probability.toFixed(2);
  const share = `${(100 * variance).toFixed(1)} % of the variance of the terms`;
  const reason = kept
    ? `its gate stayed open (probability ${p}) against ${price}; it carries ${share}`
    : `its gate closed (probability ${p}): it did not save ${price}, which an open gate pays`;
  return { stream, order, rank, kept, probability, variance, reason };
}

/** The verdict after trials: what they left of a term whose gate annealing had left open. */
export function afterTrials(term: TermSummary, trials: readonly Trial[], rank: number): TermSummary {
  const own = trials.filter(({ stream, order }) => stream === term.stream && order === term.order);
  const last = own.at(-1);
  if (!term.kept || last === undefined) return term;
  const p = term.probability.toFixed(2);
  if (rank === 0) {
    const reason = `its gate was closed on trial (annealing had left it open, probability ${p}): with the rest trained on, the data are described in ${(-last.change).toFixed(1)} nats less without it`;
    return { ...term, kept: false, probability: 0, variance: 0, reason };
  }
  const refused = own.filter(({ closed, change }) => !closed && change >= 0).at(-1);
  const products = term.stream === 'power' ? '' : rank === 1 ? ', of one product' : `, of ${rank} products`;
  const cost =
    refused === undefined
      ? ''
      : `: without ${refused.products >= rank ? 'it' : `${refused.products} of them`} the description of the data is ${refused.change.toFixed(1)} nats longer, the rest trained on`;
  const reason = `its gate stayed open (probability ${p}${products})${cost}; it carries ${(100 * term.variance).toFixed(1)} % of the variance of the terms`;
  return { ...term, rank: term.stream === 'power' ? 1 : rank, reason };
}

/** The verdict when terms behind open gates, and powers whose interaction has one, were fitted without gates: what those fits leave of them. */
export function afterFits(
  term: TermSummary,
  { terms }: { readonly terms: readonly TermEvidence[] },
  annealed: readonly Pick<TermSummary, 'stream' | 'order' | 'kept'>[],
): TermSummary {
  const found = terms.find(({ stream, order }) => stream === term.stream && order === term.order);
  const looked = annealed.some(({ order, kept }) => kept && order === term.order);
  if (!term.kept && (term.stream === 'interaction' || !looked)) return term;
  const p = term.probability.toFixed(2);
  const open = term.kept
    ? `its gate stayed open (probability ${p})`
    : `its gate closed (probability ${p}) and that of the interaction of its order, which contains it, stayed open`;
  if (found === undefined)
    return { ...term, kept: false, reason: `${open}, but fitted without gates it gains no more than noise would` };
  const { rank, gain, noise } = found;
  return {
    ...term,
    kept: true,
    rank,
    reason: `${open}; fitted without gates it gains ${gain.toFixed(1)}, where noise gains ${noise.toFixed(1)} at most`,
  };
}

/** What is said of every term when there are no weights left to judge it by. */
export function noVerdict({ stream, order, rank, probability }: Omit<Candidate, 'variance'>): TermSummary {
  const reason = 'nothing is known of it: the loss of the search was no longer finite';
  return { stream, order, rank, kept: false, probability, variance: 0, reason };
}
