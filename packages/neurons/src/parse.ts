import { checkExpressionNeuron, type ExpressionNeuron } from './expressions/expression-neuron.js';
import { checkDepth } from './text/check-tree.js';
import { readText } from './text/read-text.js';
import type { TextFormat } from './text/text-format.js';

/** Options of {@link parse}. */
export interface ParseOptions {
  /** What the text is written in. Default: 'text'. */
  readonly format?: TextFormat;
  /**
   * Names of the inputs. Default: the names that occur, in the sequence in which they do; in JavaScript and Python, x1 … xD up to the largest index.
   * Totals and the strings of tnlearn say nothing of the number of inputs and need them.
   */
  readonly features?: readonly string[];
}

/** Defaults of {@link parse}. */
export const parseDefaults: { readonly format: TextFormat } = { format: 'text' };

/**
 * The neuron that a text is: parse(print(neuron, { format }), { format, features: neuron.features }) is the neuron again, node for node and
 * bit for bit, for every expression neuron that `print` does not refuse.
 *
 * Nothing is simplified: brackets group, −3 before anything but a power is a number, a − b is a sum with a negation. A polynomial neuron that was
 * printed comes back as an expression neuron of the same value; see `toPolynomialNeuron`. Throws a RangeError with the place, as in
 * `parse: expected ")" at 14, before "+ 3": got "+"`, also for more than 500 nodes in depth. Cost: linear in the text.
 */
export function parse(text: string, options: ParseOptions = {}): ExpressionNeuron {
  const { format = parseDefaults.format, features: names } = options;
  if (typeof text !== 'string') throw new TypeError(`parse: text must be a string: got ${typeof text}`);
  const [features, expressions] = readText(text, format, names);
  expressions.forEach((expression, c) => {
    checkDepth('parse', `formula ${c}`, expression);
  });
  // A formula without names, of one input that it does not use.
  const inputs = features.length > 0 || names ? [...features] : ['x1'];
  return checkExpressionNeuron('parse', '', {
    kind: 'expression',
    inputs: inputs.length,
    outputs: expressions.length,
    features: inputs,
    expressions,
  });
}
