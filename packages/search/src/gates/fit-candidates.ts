import type { LabelledTable } from '@neuronseek/network';
import type { PolynomialNeuron } from '@neuronseek/neurons';
import type { Key } from '@neuronseek/tensor/random';
import { alsDefaults } from '../als/options.js';
import { type AlsResult, searchAls } from '../als/search-als.js';
import type { GatesSettings } from './options.js';

/**
 * Products at most. Gates leave eight of every open order; a structure of more than some is one that stands in for something else, and every product is
 * added by fitting all that could be.
 */
const mostProducts = 6;

/**
 * What is left of the terms behind open gates when each has to pay: powers by best subset, products one at a time by alternating least squares from
 * the forms that the gates ended with, all parameters jointly, and backward again. No other orders and no other starts are tried.
 */
export function fitCandidates(
  data: LabelledTable,
  neuron: PolynomialNeuron,
  settings: GatesSettings,
  key: Key,
): AlsResult {
  const { task, maxOrder, features, signal } = settings;
  const { interaction, power } = neuron;
  const starts = new Map(interaction.map((part) => [part.order, formsOf(neuron, part.order)]));
  return searchAls(
    data,
    { ...alsDefaults, key, task, maxOrder, maxProducts: mostProducts, retries: 0, features, signal },
    {
      // An interaction of order k contains the power of order k, and may have taken its place.
      powers: [...new Set([...power, ...interaction].map(({ order }) => order))],
      starts: (order) => starts.get(order) ?? [],
    },
  );
}

/** The forms [order, D] of every product of this order, of all outputs. */
function formsOf({ interaction, inputs, outputs }: PolynomialNeuron, order: number): Float64Array[] {
  return interaction.flatMap((part) => {
    if (part.form !== 'cp' || part.order !== order) return [];
    const factors = part.factors.map((u) => u.toTypedArray());
    return Array.from({ length: part.rank * outputs }, (_, i) => {
      const forms = new Float64Array(order * inputs);
      for (let m = 0; m < order; m++) {
        for (let d = 0; d < inputs; d++) forms[m * inputs + d] = factors[m][d * part.rank * outputs + i];
      }
      return forms;
    });
  });
}
