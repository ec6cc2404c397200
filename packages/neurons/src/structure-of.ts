import type { NeuronStructure } from './neuron-structure.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';

/** The orders and ranks of a neuron. */
export function structureOf(neuron: PolynomialNeuron): NeuronStructure {
  return {
    power: neuron.power.map((term) => term.order),
    interaction: neuron.interaction.map(({ order, rank }) => ({ order, rank })),
  };
}
