import type { NeuronStructure, PolynomialNeuron } from '@neuronseek/neurons';
import type { SearchSummary } from './report.js';

/** What `discover` takes from a search, whichever method it was. */
export interface Searched {
  readonly structure: NeuronStructure;
  readonly neuron: PolynomialNeuron;
  readonly summary: SearchSummary;
  /** Sentences about the search that a reader of the report must see. */
  readonly remarks: readonly string[];
}
