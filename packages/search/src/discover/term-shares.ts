import { evaluate, type PolynomialNeuron, polynomialNeuron } from '@neuronseek/neurons';
import { flatten, type Tensor } from '@neuronseek/tensor';
import { moments } from './moments.js';

/**
 * Variance of each term of a neuron over the rows x [n, D], outputs added, as a share of the sum over all terms; power stream first. All 0 where
 * no term varies.
 */
export function termShares(neuron: PolynomialNeuron, x: Tensor): number[] {
  const { inputs, outputs, scaling } = neuron;
  const alone = (term: Partial<Pick<PolynomialNeuron, 'power' | 'interaction'>>): number => {
    const values = flatten(evaluate(polynomialNeuron({ inputs, outputs, scaling, ...term }), x));
    let sum = 0;
    for (let c = 0; c < outputs; c++)
      sum += moments(Array.from(values).filter((_, i) => i % outputs === c)).deviation ** 2;
    return sum;
  };
  const variances = [
    ...neuron.power.map((term) => alone({ power: [term] })),
    ...neuron.interaction.map((term) => alone({ interaction: [term] })),
  ];
  const total = variances.reduce((sum, v) => sum + v, 0) || 1;
  return variances.map((v) => v / total);
}
