import type { NeuronStructure, PolynomialNeuron } from '@neuronseek/neurons';
import type { Confirmation } from './confirm.js';
import { evidenceOf, type TermEvidence } from './evidence.js';
import type { Found } from './search-state.js';
import type { Context } from './state.js';
import { type Naming, structureOf, toNeuron, type Units } from './to-neuron.js';

/** What a search ends with, whatever form its interactions have. */
export interface Answer {
  readonly structure: NeuronStructure;
  readonly confirmation: Confirmation;
  /** Why it is doubtful; undefined where it is not. */
  readonly doubt: string | undefined;
  readonly neuron: (outputs: number, units: readonly Units[], naming: Naming) => PolynomialNeuron;
  readonly evidence: () => TermEvidence[];
}

/** Interactions as sums of products, which is how they were found. */
export function asProducts(context: Context, { state, confirmation, doubt }: Found): Answer {
  return {
    structure: structureOf(state),
    confirmation,
    doubt,
    neuron: (outputs, units, naming) =>
      toNeuron(context.problem, state, forOutputs(outputs, state.parameters), units, naming),
    evidence: () => evidenceOf(context, state),
  };
}

/** One for each output: of two classes the first has logit 0. */
export function forOutputs<P>(outputs: number, parameters: readonly P[]): readonly (P | undefined)[] {
  return outputs > parameters.length ? [undefined, ...parameters] : parameters;
}
