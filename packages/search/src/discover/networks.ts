import { activation, type Layer, linear, sequential, taskNeuron } from '@neuronseek/network';
import type { NeuronStructure } from '@neuronseek/neurons';

/** Task neurons in the hidden layer. */
const hidden = 8;
/** CP rank of an interaction inside a network: every unit has factors of its own, so rank 1 each is rich enough. */
const layerRank = 1;

/** A small network of the found neuron: one hidden layer of it, tanh, and a linear layer. */
export function taskNetwork(structure: NeuronStructure, inputs: number, outputs: number): Layer {
  const interaction = structure.interaction.map(({ order }) => ({ order, rank: layerRank }));
  const neurons = taskNeuron(inputs, hidden, { power: structure.power, interaction });
  return sequential([neurons, activation('tanh'), linear(hidden, outputs)]);
}

/** A multilayer perceptron with two ReLU layers of equal width, the narrowest that has at least `parameters` parameters. */
export function matchingPerceptron(parameters: number, inputs: number, outputs: number): Layer {
  // (D + 1)·w + (w + 1)·w + (w + 1)·C, solved for w.
  const b = inputs + 2 + outputs;
  const width = Math.max(1, Math.ceil((-b + Math.sqrt(b * b + 4 * Math.max(0, parameters - outputs))) / 2));
  return sequential([
    linear(inputs, width),
    activation('relu'),
    linear(width, width),
    activation('relu'),
    linear(width, outputs),
  ]);
}
