import { checkFeatures } from '../check-neuron.js';
import { checkCount } from '../check-structure.js';
import { checkExpression } from './check-expression.js';
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

/** What {@link expressionNeuron} takes. */
export interface ExpressionNeuronOptions {
  /** Names of the inputs, distinct and not blank; their number is that of the inputs. */
  readonly features: readonly string[];
  /** A formula for each output, at least one. */
  readonly expressions: readonly Expression[];
}

/**
 * Makes a neuron of formulas.
 *
 * Throws a RangeError for names that are blank or occur twice, for numbers that are not finite, indices of features out of range, sums and products
 * of fewer than two parts, unknown operations and functions, a vector symbol outside of `total`, a `total` in another, and formulas of more than 500 nodes
 * in depth; a TypeError for
 * what is no expression. The message names the place, as in `expressions[0].terms[1].value`. Cost: one look at every node.
 */
export function expressionNeuron({ features, expressions }: ExpressionNeuronOptions): ExpressionNeuron {
  return checkExpressionNeuron('expressionNeuron', '', {
    kind: 'expression',
    inputs: features.length,
    outputs: expressions.length,
    features,
    expressions,
  });
}

/** The neuron itself, or an error by `name` that says where, as in `${at}expressions[0]`, and what is wrong. */
export function checkExpressionNeuron(name: string, at: string, neuron: ExpressionNeuron): ExpressionNeuron {
  const { inputs, outputs, features, expressions } = neuron;
  checkCount(name, `${at}inputs`, inputs);
  checkCount(name, `${at}outputs`, outputs);
  checkFeatures(name, `${at}features`, features, inputs);
  if (expressions.length !== outputs) {
    throw new RangeError(`${name}: ${at}expressions must be ${outputs} formulas: got ${expressions.length}`);
  }
  expressions.forEach((expression, c) => {
    checkExpression(name, `${at}expressions[${c}]`, expression, inputs);
  });
  return neuron;
}
