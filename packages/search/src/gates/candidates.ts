import type { NeuronStructure } from '@neuronseek/neurons';
import type { GatesSettings } from './options.js';
import type { Candidate } from './verdict.js';

/** Every term the search considers: powers 1 … K, and one interaction of each order from `minInteractionOrder` to K. */
export function candidateStructure({ maxOrder, minInteractionOrder, rank }: GatesSettings): NeuronStructure {
  const orders = Array.from({ length: maxOrder }, (_, i) => i + 1);
  return {
    power: orders,
    interaction: orders.filter((k) => k >= minInteractionOrder).map((order) => ({ order, rank })),
  };
}

/** The terms of a structure one by one, power stream first. */
export function listTerms({ power, interaction }: NeuronStructure): Pick<Candidate, 'stream' | 'order' | 'rank'>[] {
  return [
    ...power.map((order) => ({ stream: 'power' as const, order, rank: 1 })),
    ...interaction.map(({ order, rank }) => ({ stream: 'interaction' as const, order, rank })),
  ];
}
