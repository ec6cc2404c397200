import type { Expression } from './expression.js';

/** A neuron given by a formula for each output, as plain data: y_c = expressions[c] at the inputs x. */
export interface ExpressionNeuron {
  readonly kind: 'expression';
  /** D: length of x. */
  readonly inputs: number;
  /** C: number of outputs. */
  readonly outputs: number;
  /** Names of the inputs, distinct. */
  readonly features: readonly string[];
  /** One for each output. */
  readonly expressions: readonly Expression[];
}
