import type { InteractionStructure } from './neuron-structure.js';

/** The ranks of a Tucker or TT interaction, where only the largest is given all equal to that. */
export function structureRanks({ form, order, rank, ranks }: InteractionStructure): readonly number[] {
  return ranks ?? new Array<number>(form === 'tt' ? order - 1 : order).fill(rank);
}
