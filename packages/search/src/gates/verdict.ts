import type { TermSummary } from '../discover/report.js';

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
export function verdict({ stream, order, rank, probability, variance }: Candidate, lambda: number): TermSummary {
  const kept = probability > keepAbove;
  const p = probability.toFixed(2);
  const share = `${(100 * variance).toFixed(1)} % of the variance of the terms`;
  const reason = kept
    ? `its gate stayed open (probability ${p}) against a penalty of ${lambda} on the loss; it carries ${share}`
    : `its gate closed (probability ${p}): it did not save the penalty of ${lambda} on the loss that an open gate pays`;
  return { stream, order, rank, kept, probability, variance, reason };
}

/** What is said of every term when there are no weights left to judge it by. */
export function noVerdict({ stream, order, rank, probability }: Omit<Candidate, 'variance'>): TermSummary {
  const reason = 'nothing is known of it: the loss of the search was no longer finite';
  return { stream, order, rank, kept: false, probability, variance: 0, reason };
}
