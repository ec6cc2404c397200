import type { ExpressionNeuron } from './expressions/expression-neuron.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';

/** A neuron of either kind, told apart by `kind`. */
export type Neuron = PolynomialNeuron | ExpressionNeuron;
