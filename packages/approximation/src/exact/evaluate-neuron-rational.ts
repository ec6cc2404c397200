import type { PolynomialNeuron } from '@neuronseek/neurons';
import { flatten, type Tensor } from '@neuronseek/tensor';
import { add, multiply, power, type Rational, rational, zero } from './rational.js';
import { toRational } from './to-rational.js';

/**
 * The first output of a neuron at a rational point, exactly: its numbers are taken as the rationals that they are, and the formula
 * bias + Σ w_d·x_d^k + Σ_r Π_m ⟨u_mr, x⟩ is followed term by term. Throws a RangeError when x does not fit.
 */
export function evaluateNeuronRational(neuron: PolynomialNeuron, x: readonly Rational[]): Rational {
  const { inputs, outputs, bias } = neuron;
  if (x.length !== inputs) {
    throw new RangeError(`evaluateNeuronRational: x must have ${inputs} coordinates: got ${x.length}`);
  }
  // Of output 0 in a row-major tensor whose last axis are the outputs.
  const numbers = (t: Tensor): Rational[] => Array.from(flatten(t), toRational).filter((_, i) => i % outputs === 0);
  let [sum] = numbers(bias);
  for (const { order, weights } of neuron.power) {
    numbers(weights).forEach((w, d) => {
      sum = add(sum, multiply(w, power(x[d], order)));
    });
  }
  for (const { rank, factors } of neuron.interaction) {
    const exact = factors.map(numbers);
    for (let r = 0; r < rank; r++) {
      const forms = exact.map((u) => x.reduce((form, t, d) => add(form, multiply(t, u[d * rank + r])), zero));
      sum = add(sum, forms.reduce(multiply, rational(1n)));
    }
  }
  return sum;
}
