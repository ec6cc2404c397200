import type { LabelledTable } from '@neuronseek/network';
import type { NeuronStructure } from '@neuronseek/neurons';
import { add, log as logOf, mul, type Tensor, tensor } from '@neuronseek/tensor';
import { log } from '@neuronseek/tensor/math';
import type { GatesSettings } from './options.js';

/**
 * What an open gate of each term [T] pays, in units of `lambda`: 1 as published, or with `penalty: 'parameters'` p·ln(n)/(2n) for p parameters and n
 * rows, half the Bayesian information criterion a row. A power has D parameters, an interaction of order k those of one product, k·D − k + 1: its rank
 * is not known yet, and one product is what it may turn out to be.
 */
export function termPrices(
  { power, interaction }: NeuronStructure,
  { penalty, task }: Pick<GatesSettings, 'penalty' | 'task'>,
  { x, y }: LabelledTable,
): Tensor {
  const count = power.length + interaction.length;
  if (penalty === 'terms') return tensor(new Float64Array(count).fill(1), [count]);
  const [rows, inputs] = x.shape;
  // Of C classes, C − 1 logits are free.
  const outputs = task === 'classification' ? y.shape[1] - 1 : y.shape[1];
  const unit = (outputs * log(rows)) / (2 * rows);
  const prices = [
    ...power.map(() => inputs * unit),
    ...interaction.map(({ order }) => (order * inputs - order + 1) * unit),
  ];
  return tensor(Float64Array.from(prices), [count]);
}

/** Errors below this share of the variance of the target count no more. */
const LEAST_ERROR = 1e-10;

/**
 * What prices are paid against, of a loss: the loss itself, or with `penalty: 'parameters'` C·½·ln(squared error). That is the Gaussian likelihood of a
 * row of C outputs with its noise fitted: a term is worth the same whatever there is left.
 */
export function objectiveOf(
  { penalty, task }: Pick<GatesSettings, 'penalty' | 'task'>,
  { y }: Pick<LabelledTable, 'y'>,
): (loss: Tensor) => Tensor {
  if (penalty === 'terms' || task === 'classification') return (loss) => loss;
  return (loss) => mul(logOf(add(loss, LEAST_ERROR)), y.shape[1] / 2);
}
