import { evaluateExact, type PolynomialNeuron } from '@neuronseek/neurons';
import type { Rational } from './rational.js';

/**
 * The first output of a neuron at a rational point, exactly: its numbers are taken as the rationals that they are, and the formula
 * bias + Σ w_d·x_d^k + Σ_r Π_m ⟨u_mr, x⟩ is followed term by term. Throws a RangeError when x does not fit.
 */
export function evaluateNeuronRational(neuron: PolynomialNeuron, x: readonly Rational[]): Rational {
  if (x.length !== neuron.inputs) {
    throw new RangeError(`evaluateNeuronRational: x must have ${neuron.inputs} coordinates: got ${x.length}`);
  }
  return evaluateExact(neuron, x)[0];
}
