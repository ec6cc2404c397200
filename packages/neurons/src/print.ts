import type { Tensor } from '@neuronseek/tensor';
import { checkFeatures, checkNeuron } from './check-neuron.js';
import { checkExpressionNeuron, type ExpressionNeuron } from './expressions/expression-neuron.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';
import { checkDepth } from './text/check-tree.js';
import { expandedExpression } from './text/expanded-expression.js';
import { prettyExpression } from './text/pretty-expression.js';
import { nameOutputs } from './text/pretty-lines.js';
import { prettyPolynomial } from './text/pretty-polynomial.js';
import { type TextFormat, textFormats } from './text/text-format.js';
import { toExpressionNeuron } from './text/to-expression-neuron.js';
import { textWriters } from './text/write-text.js';

/** Options of {@link print}. */
export interface PrintOptions {
  /** For people, with rounded numbers, or one of the formats that `parse` reads back without loss. Default: 'pretty'. */
  readonly format?: 'pretty' | TextFormat;
  /** Significant digits of a number, 1 to 17; of 'pretty' only. Default: 3. */
  readonly digits?: number;
  /** Terms to show for each output, the constant not counted; of 'pretty' only. Default: 12. */
  readonly maxTerms?: number;
  /** Names of the inputs. Default: those of the neuron. */
  readonly names?: readonly string[];
  /** Name of the output, or of each of several; of 'pretty' only. Default: y, or y1 … yC. */
  readonly output?: string | readonly string[];
  /**
   * Rows of inputs, [N, D] with N ≥ 2: terms are then ranked by the variance they have over the rows, else by |coefficient|; of 'pretty' only.
   */
  readonly sample?: Tensor;
  /**
   * Sequence of the terms: the largest variance first, or by total degree (expressions: as they stand); of 'pretty' only. Default: 'variance' with a
   * sample, else 'order'.
   */
  readonly by?: 'variance' | 'order';
  /** Whether a polynomial neuron is multiplied out into monomials, as 'pretty' always does; not of 'pretty'. Default: false. */
  readonly expanded?: boolean;
  /** As in `expand`. Default: 200000. */
  readonly maxMonomials?: number;
}

/** Defaults of {@link print} that are no names. */
export const printDefaults: { readonly digits: number; readonly maxTerms: number } = { digits: 3, maxTerms: 12 };

/**
 * A neuron as text.
 *
 * 'pretty' has rounded coefficients, one line for each output: `y ≈ 2.50·age³ − 1.20·bmi·bp + 7.00`. The largest `maxTerms` terms are shown, the
 * constant last; a line that leaves some out ends in how many and, with a sample, in the variance of their sum as a share of the variance of the output.
 *
 * The other formats hold every number in full and every node, so that `parse` gives the neuron again: 'text' (`2.5*age^3 - 1.2*bmi*bp + 7`, totals as
 * `sum(x^3)`, names that are none in backticks), 'tnlearn' (`2@x**3 - 0.5@x + 7`), 'latex', 'javascript' (an arrow function of the array of inputs),
 * 'python' (a module with the function neuron(X) of NumPy, [N, D] to [N, C]) and 'sympy' (a string for sympify). A polynomial neuron is printed
 * as `toExpressionNeuron` makes it, products of linear forms as they are, or `expanded`; JSON alone keeps its structure without loss.
 *
 * Throws a RangeError for options that do not fit, where `expand` does, for expressions of more than 500 nodes in depth, and for what strings of
 * tnlearn cannot hold.
 */
export function print(neuron: PolynomialNeuron | ExpressionNeuron, options: PrintOptions = {}): string {
  const { format = 'pretty', names = neuron.features } = options;
  if (neuron.kind === 'polynomial') checkNeuron('print', '', neuron);
  else {
    neuron.expressions.forEach((expression, c) => {
      checkDepth('print', `expressions[${c}]`, expression);
    });
    checkExpressionNeuron('print', '', neuron);
  }
  if (names.length !== neuron.inputs)
    throw new RangeError(`print: names must be ${neuron.inputs}: got ${names.length}`);
  if (format === 'pretty') return printPretty(neuron, options, names);
  if (!textFormats.includes(format)) {
    throw new RangeError(`print: format must be one of pretty, ${textFormats.join(', ')}: got ${String(format)}`);
  }
  for (const name of ['digits', 'maxTerms', 'output', 'sample', 'by'] as const) {
    if (options[name] !== undefined) throw new RangeError(`print: ${name} is for 'pretty' only: got '${format}'`);
  }
  checkFeatures('print', 'names', names, neuron.inputs);
  const expression = neuron.kind === 'expression' ? neuron : toExpression(neuron, options);
  return textWriters[format]({ ...expression, features: names });
}

function toExpression(neuron: PolynomialNeuron, { expanded, maxMonomials }: PrintOptions): ExpressionNeuron {
  return expanded ? expandedExpression(neuron, maxMonomials) : toExpressionNeuron(neuron);
}

function printPretty(
  neuron: PolynomialNeuron | ExpressionNeuron,
  options: PrintOptions,
  names: readonly string[],
): string {
  const { digits = printDefaults.digits, maxTerms = printDefaults.maxTerms, sample, maxMonomials } = options;
  const { by = sample ? 'variance' : 'order' } = options;
  if (!Number.isInteger(digits) || digits < 1 || digits > 17) {
    throw new RangeError(`print: digits must be an integer from 1 to 17: got ${digits}`);
  }
  if (!(maxTerms >= 0)) throw new RangeError(`print: maxTerms must be ≥ 0: got ${maxTerms}`);
  if (by === 'variance' && !sample) throw new RangeError(`print: by 'variance' needs a sample`);
  const outputNames = nameOutputs(options.output, neuron.outputs);
  const settings = { digits, maxTerms, names, by, outputNames, sample, maxMonomials };
  return neuron.kind === 'polynomial' ? prettyPolynomial(neuron, settings) : prettyExpression(neuron, settings);
}
