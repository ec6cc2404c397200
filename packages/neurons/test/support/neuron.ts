import { fc } from '@fast-check/vitest';
import type { Tensor } from '@neuronseek/tensor';
import { type CpInteraction, type NeuronStructure, type PolynomialNeuron, polynomialNeuron } from '../../src/index.js';
import { drawTensor } from './draw.js';

/** Shape of a neuron and the seed of its numbers. */
export interface NeuronCase {
  readonly structure: NeuronStructure;
  readonly inputs: number;
  readonly outputs: number;
  readonly seed: number;
}

export const neuronCases: fc.Arbitrary<NeuronCase> = fc.record({
  structure: fc.record({
    power: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
    interaction: fc.array(fc.record({ order: fc.integer({ min: 1, max: 4 }), rank: fc.integer({ min: 1, max: 3 }) }), {
      maxLength: 3,
    }),
  }),
  inputs: fc.integer({ min: 1, max: 4 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(),
});

/** Neurons whose numbers are exact in few bits and below 1.5, some of them 0. */
export const neurons: fc.Arbitrary<PolynomialNeuron> = neuronCases.map(makeNeuron);

export function makeNeuron(
  { structure, inputs, outputs, seed }: NeuronCase,
  draw: (seed: number, shape: readonly number[]) => Tensor = drawTensor,
): PolynomialNeuron {
  return polynomialNeuron({
    inputs,
    outputs,
    bias: draw(seed, [outputs]),
    power: structure.power.map((order, p) => ({ order, weights: draw(seed + 1 + p, [inputs, outputs]) })),
    interaction: structure.interaction.map(({ order, rank }, q) => ({
      form: 'cp',
      order,
      rank,
      factors: Array.from({ length: order }, (_, m) => draw(seed + 100 * (q + 1) + m, [inputs, rank, outputs])),
    })),
  });
}

/** The interactions of a neuron that has CP ones only. */
export function cpInteractions(neuron: PolynomialNeuron): CpInteraction[] {
  return neuron.interaction.map((part) => {
    if (part.form !== 'cp') throw new TypeError(`cpInteractions: got ${part.form}`);
    return part;
  });
}

/**
 * Bound of the rounding errors of values of such neurons on inputs below 1.5: at most three products of rank 3 of four sums of
 * four products below 2.25 each, three power terms, a bias; about 40 roundings.
 */
export const neuronTolerance = { factor: 40, scale: 9 * 9 ** 4 };
