import { checkCount, checkStructure } from './check-structure.js';
import type { InteractionStructure, NeuronStructure } from './neuron-structure.js';
import { structureRanks } from './structure-ranks.js';

/**
 * Numbers that a neuron of this structure holds, the biases included: outputs·(1 + inputs·powers + Σ interactions), where an interaction of
 * order k and rank R holds inputs·k·R as CP, (inputs + 1)·R as symmetric CP, Π R_m + inputs·Σ R_m as Tucker, inputs·Σ R_{m−1}·R_m as TT.
 */
export function parameterCount(structure: NeuronStructure, inputs: number, outputs = 1): number {
  checkStructure('parameterCount', structure);
  checkCount('parameterCount', 'inputs', inputs);
  checkCount('parameterCount', 'outputs', outputs);
  const count = structure.interaction.reduce(
    (n, part) => n + interactionCount(part, inputs),
    1 + inputs * structure.power.length,
  );
  return outputs * count;
}

function interactionCount(part: InteractionStructure, inputs: number): number {
  const { order, rank } = part;
  switch (part.form ?? 'cp') {
    case 'cp':
      return inputs * order * rank;
    case 'symmetric':
      return (inputs + 1) * rank;
    case 'tucker': {
      const ranks = structureRanks(part);
      return ranks.reduce((n, r) => n * r, 1) + inputs * ranks.reduce((n, r) => n + r, 0);
    }
    case 'tt': {
      const ranks = [1, ...structureRanks(part), 1];
      return inputs * ranks.slice(1).reduce((n, r, m) => n + ranks[m] * r, 0);
    }
  }
}
