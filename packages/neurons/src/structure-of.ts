import type { Interaction } from './interaction.js';
import type { InteractionStructure, NeuronStructure } from './neuron-structure.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';

/** The orders and ranks of a neuron; those of CP interactions without `form`. */
export function structureOf(neuron: PolynomialNeuron): NeuronStructure {
  return {
    power: neuron.power.map((term) => term.order),
    interaction: neuron.interaction.map(interactionStructure),
  };
}

function interactionStructure(part: Interaction): InteractionStructure {
  const { form, order } = part;
  switch (form) {
    case 'cp':
      return { order, rank: part.rank };
    case 'symmetric':
      return { order, rank: part.rank, form };
    case 'tucker':
    case 'tt':
      return { order, rank: Math.max(1, ...part.ranks), form, ranks: part.ranks };
  }
}
