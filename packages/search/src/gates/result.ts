import type { NeuronStructure, PolynomialNeuron } from '@neuronseek/neurons';
import type { TermSummary } from '../discover/report.js';
import type { SearchEvent } from './options.js';

/**
 * How the search ended: with a structure; with no term worth its penalty; by the signal; or because numbers were no longer finite. Without a
 * structure, and as a rule after a divergence, the neuron is the best constant.
 */
export type SearchStatus = 'completed' | 'no-structure' | 'aborted' | 'diverged';

/** What the gated search found. */
export interface SearchResult {
  readonly status: SearchStatus;
  /** The terms that were kept. */
  readonly structure: NeuronStructure;
  /** The neuron of these terms, fitted to the data: a polynomial in the inputs as they were given. */
  readonly neuron: PolynomialNeuron;
  /** Verdict on every candidate, power stream first. */
  readonly terms: readonly TermSummary[];
  readonly trace: readonly SearchEvent[];
}
