import { evaluate, type Neuron } from '@neuronseek/neurons';
import { tensor } from '@neuronseek/tensor';
import type { Approximant } from '../targets/approximant.js';

/**
 * The first output of a neuron, a formula or a polynomial, as a function that certificates by intervals can read: `formulaFunction(parse('sin(3*x1)*x2'))`.
 *
 * How far float64 is from it is not known: `evaluationError` is Infinity.
 */
export function formulaFunction(neuron: Neuron): Approximant {
  return {
    dimension: neuron.inputs,
    formula: neuron,
    evaluationError: Number.POSITIVE_INFINITY,
    evaluate: (x) => evaluate(neuron, tensor([[...x]])).toTypedArray()[0],
  };
}
