import { flatten } from '@neuronseek/tensor';
import type { PolynomialNeuron } from '../polynomial-neuron.js';
import { integerPower } from './integer-power.js';
import { interactionValue } from './interaction-value.js';
import type { Numbers } from './numbers.js';

/** The outputs of a polynomial neuron at x, in any arithmetic; undefined where a deviation of its scaling has no inverse there. */
export function neuronValue<T>(numbers: Numbers<T>, neuron: PolynomialNeuron, x: readonly T[]): T[] | undefined {
  const { outputs, scaling } = neuron;
  const { from, add, multiply, negate, divide } = numbers;
  const z: T[] = [];
  for (let d = 0; d < x.length; d++) {
    const value = scaling ? divide(add(x[d], negate(from(scaling.means[d]))), from(scaling.deviations[d])) : x[d];
    if (value === undefined) return undefined;
    z.push(value);
  }
  const powers = neuron.power.map(({ order }) => z.map((value) => integerPower(numbers, value, order)));
  return Array.from(flatten(neuron.bias), (bias, c) => {
    let sum = from(bias);
    neuron.power.forEach(({ weights }, p) => {
      const w = flatten(weights);
      powers[p].forEach((value, d) => {
        sum = add(sum, multiply(from(w[d * outputs + c]), value));
      });
    });
    for (const part of neuron.interaction) sum = add(sum, interactionValue(numbers, part, outputs, c, z));
    return scaling ? add(from(scaling.targetMeans[c]), multiply(from(scaling.targetDeviations[c]), sum)) : sum;
  });
}
