import type { LabelledTable } from '@neuronseek/network';
import type { NeuronStructure } from '@neuronseek/neurons';
import { type Tensor, tensor } from '@neuronseek/tensor';
import { log } from '@neuronseek/tensor/math';
import type { GatesSettings } from './options.js';

/**
 * What an open gate of each term [T] pays, in units of `lambda`: 1 as published, or with `penalty: 'parameters'` p·ln(n)/(2n) for p parameters and n
 * rows, half the Bayesian information criterion a row. A power has D parameters, an interaction of order k those of one product, k·D − k + 1: its rank
 * is not known yet, and one product is what it may turn out to be.
 */
export function termPrices(
  { power, interaction }: NeuronStructure,
  { penalty }: Pick<GatesSettings, 'penalty'>,
  { x, y }: LabelledTable,
): Tensor {
  const count = power.length + interaction.length;
  if (penalty === 'terms') return tensor(new Float64Array(count).fill(1), [count]);
  const [rows, inputs] = x.shape;
  const outputs = y.shape[1];
  const unit = (outputs * log(rows)) / (2 * rows);
  const prices = [
    ...power.map(() => inputs * unit),
    ...interaction.map(({ order }) => (order * inputs - order + 1) * unit),
  ];
  return tensor(Float64Array.from(prices), [count]);
}
