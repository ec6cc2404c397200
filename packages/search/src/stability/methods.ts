import type { LabelledTable } from '@neuronseek/network';
import type { Neuron } from '@neuronseek/neurons';
import type { Key } from '@neuronseek/tensor/random';
import type { AlsOptions } from '../als/options.js';
import type { GatesOptions } from '../gates/options.js';
import { searchEql } from '../rivals/eql/search-eql.js';
import { searchGeneticProgramming } from '../rivals/genetic/search-genetic-programming.js';
import { searchMetaSymNet } from '../rivals/metasymnet/search-metasymnet.js';
import { searchVectorizedSR } from '../rivals/vectorized/search-vectorized-sr.js';
import { searchTensorDecomposition } from '../search-tensor-decomposition.js';

/** What a study needs to know of what a search found; every search of this package returns it. */
export interface FoundNeuron {
  readonly status: string;
  readonly neuron: Neuron;
}

/** A search as a study calls it: all options but the key are in the name, see {@link NamedSearch}. */
interface Method {
  /** Options that a resample needs which holds rows more than once. */
  readonly inResamples?: object;
  run(data: LabelledTable, options: { readonly key: Key }): FoundNeuron | Promise<FoundNeuron>;
}

/** Every search that can be named: a new one is a line here. */
export const methods = {
  als: {
    inResamples: { repetition: 2 },
    run: (data, options: Omit<AlsOptions, 'method'>) => searchTensorDecomposition(data, { ...options, method: 'als' }),
  },
  gates: {
    run: (data, options: Omit<GatesOptions, 'method'>) =>
      searchTensorDecomposition(data, { ...options, method: 'gates' }),
  },
  eql: { run: searchEql },
  genetic: { run: searchGeneticProgramming },
  metasymnet: { run: searchMetaSymNet },
  vectorized: { run: searchVectorizedSR },
} satisfies Record<string, Method>;

/** Names of searches. */
export type MethodName = keyof typeof methods;

/** Options of a method that a study does not set itself. */
type MethodOptions<M extends MethodName> = Omit<
  Parameters<(typeof methods)[M]['run']>[1],
  'key' | 'method' | 'signal' | 'onProgress'
>;

/** A search named by data, so that it can travel to threads: { method: 'gates', options: { epochs: 100 } }. */
export type NamedSearch = {
  [M in MethodName]: { readonly method: M; readonly options?: MethodOptions<M> };
}[MethodName];

/** The search of that name, with these options and this key; `isResample` says whether rows were drawn with replacement. */
export function runNamed(
  name: MethodName,
  data: LabelledTable,
  options: { readonly key: Key },
  isResample: boolean,
): FoundNeuron | Promise<FoundNeuron> {
  const method: Method = methods[name];
  return method.run(data, isResample ? { ...method.inResamples, ...options } : options);
}
