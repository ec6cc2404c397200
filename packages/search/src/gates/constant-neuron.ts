import type { LabelledTable } from '@neuronseek/network';
import { type PolynomialNeuron, polynomialNeuron } from '@neuronseek/neurons';
import { flatten, tensor } from '@neuronseek/tensor';
import { log } from '@neuronseek/tensor/math';
import type { GatesSettings } from './options.js';

/**
 * The neuron without terms that fits best: for regression the mean of every output; for classification the logarithms of the classes' shares,
 * half a row being added to each class (Krichevsky, Trofimov 1981), so that a class without rows keeps a finite one.
 */
export function constantNeuron(
  { x, y }: LabelledTable,
  { task, features }: Pick<GatesSettings, 'task' | 'features'>,
): PolynomialNeuron {
  const [rows, outputs] = y.shape;
  const values = flatten(y);
  // Divided before they are added: a mean has no reason to overflow.
  const means = new Float64Array(outputs);
  for (let i = 0; i < rows * outputs; i++) means[i % outputs] += values[i] / rows;
  const logShare = (share: number): number => log((share * rows + 0.5) / (rows + outputs / 2));
  const bias = task === 'regression' ? means : means.map(logShare);
  return polynomialNeuron({ inputs: x.shape[1], outputs, features, bias: tensor(bias, [outputs]) });
}
