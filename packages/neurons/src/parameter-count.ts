import { checkCount, checkStructure } from './check-structure.js';
import type { NeuronStructure } from './neuron-structure.js';

/** Numbers that a neuron of this structure holds: outputs·(1 + inputs·(powers + Σ order·rank)), the biases included. */
export function parameterCount(structure: NeuronStructure, inputs: number, outputs = 1): number {
  checkStructure('parameterCount', structure);
  checkCount('parameterCount', 'inputs', inputs);
  checkCount('parameterCount', 'outputs', outputs);
  const columns = structure.interaction.reduce((n, { order, rank }) => n + order * rank, structure.power.length);
  return outputs * (1 + inputs * columns);
}
