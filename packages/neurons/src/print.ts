import { flatten, showShape, type Tensor } from '@neuronseek/tensor';
import { expand } from './expand.js';
import { formatMagnitude } from './format-number.js';
import { sampleMonomials } from './monomial-variance.js';
import type { Monomial } from './polynomial.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';
import { printMonomial } from './print-monomial.js';

/** Options of {@link print}. */
export interface PrintOptions {
  /** Significant digits of a coefficient, 1 to 17. Default: 3. */
  readonly digits?: number;
  /** Terms to show for each output, the constant not counted. Default: 12. */
  readonly maxTerms?: number;
  /** Names of the inputs. Default: those of the neuron. */
  readonly names?: readonly string[];
  /** Name of the output, or of each of several. Default: y, or y1 … yC. */
  readonly output?: string | readonly string[];
  /** Rows of inputs, [N, D] with N ≥ 2: terms are then ranked by the variance they have over the rows, else by |coefficient|. */
  readonly sample?: Tensor;
  /** Sequence of the terms: the largest variance first, or by total degree. Default: 'variance' with a sample, else 'order'. */
  readonly by?: 'variance' | 'order';
  /** As in `expand`. Default: 200000. */
  readonly maxMonomials?: number;
}

/** Defaults of {@link print} that are numbers. */
export const printDefaults: { readonly digits: number; readonly maxTerms: number } = { digits: 3, maxTerms: 12 };

/**
 * A neuron as text with rounded coefficients, one line for each output: `y ≈ 2.50·age³ − 1.20·bmi·bp + 7.00`.
 *
 * The largest `maxTerms` terms are shown, the constant last; a line that leaves some out ends in how many and, with a sample, in the
 * variance of their sum as a share of the variance of the output. Throws a RangeError for options that do not fit and where
 * `expand` does.
 */
export function print(neuron: PolynomialNeuron, options: PrintOptions = {}): string {
  const { digits = printDefaults.digits, maxTerms = printDefaults.maxTerms, sample, maxMonomials } = options;
  const { names = neuron.features, by = sample ? 'variance' : 'order' } = options;
  if (!Number.isInteger(digits) || digits < 1 || digits > 17) {
    throw new RangeError(`print: digits must be an integer from 1 to 17: got ${digits}`);
  }
  if (!(maxTerms >= 0)) throw new RangeError(`print: maxTerms must be ≥ 0: got ${maxTerms}`);
  if (names.length !== neuron.inputs)
    throw new RangeError(`print: names must be ${neuron.inputs}: got ${names.length}`);
  if (by === 'variance' && !sample) throw new RangeError(`print: by 'variance' needs a sample`);
  const outputNames = nameOutputs(options.output, neuron.outputs);
  const rows = sample && sampleRows(sample, neuron.inputs);
  return expand(neuron, { maxMonomials })
    .map(({ monomials }, c) => {
      const constant = monomials.find(isConstant)?.coefficient ?? 0;
      const terms = monomials.filter((monomial) => !isConstant(monomial));
      const sampled = rows && sampleMonomials(terms, rows.count, rows.values);
      const size = sampled ? (i: number) => sampled.variances[i] : (i: number) => Math.abs(terms[i].coefficient);
      const ranked = terms.map((_, i) => i).sort((a, b) => size(b) - size(a) || a - b);
      const kept = ranked.slice(0, maxTerms);
      const left = ranked.slice(maxTerms);
      const shown = by === 'variance' ? kept : [...kept].sort((a, b) => a - b);
      const texts = shown.map((i) => ({
        negative: terms[i].coefficient < 0,
        text: `${formatMagnitude(terms[i].coefficient, digits)}·${printMonomial(terms[i], names)}`,
      }));
      if (constant !== 0) texts.push({ negative: constant < 0, text: formatMagnitude(constant, digits) });
      const total = sampled?.varianceOfSum(ranked);
      const share = total ? (sampled?.varianceOfSum(left) ?? 0) / total : undefined;
      return `${outputNames[c]} ≈ ${join(texts)}${printRemainder(left.length, share)}`;
    })
    .join('\n');
}

function isConstant({ exponents }: Monomial): boolean {
  return exponents.every((exponent) => exponent === 0);
}

function join(texts: readonly { readonly negative: boolean; readonly text: string }[]): string {
  if (texts.length === 0) return '0';
  return texts
    .map(({ negative, text }, i) => (i === 0 ? (negative ? '−' : '') : negative ? ' − ' : ' + ') + text)
    .join('');
}

function printRemainder(count: number, share: number | undefined): string {
  if (count === 0) return '';
  const terms = `${count} smaller ${count === 1 ? 'term' : 'terms'} left out`;
  return share === undefined ? `  (${terms})` : `  (${terms}: ${formatMagnitude(100 * share, 2)} % of the variance)`;
}

function nameOutputs(output: string | readonly string[] | undefined, outputs: number): readonly string[] {
  const names = typeof output === 'string' ? [output] : output;
  if (names && names.length !== outputs) {
    throw new RangeError(`print: output must name ${outputs} outputs: got ${names.length}`);
  }
  return names ?? (outputs === 1 ? ['y'] : Array.from({ length: outputs }, (_, c) => `y${c + 1}`));
}

function sampleRows(sample: Tensor, inputs: number): { count: number; values: ArrayLike<number> } {
  if (sample.order !== 2 || sample.shape[1] !== inputs || sample.shape[0] < 2) {
    throw new RangeError(`print: sample must have shape [N, ${inputs}] with N ≥ 2: got ${showShape(sample.shape)}`);
  }
  const values = flatten(sample);
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    const place = showShape([Math.floor(wrong / inputs), wrong % inputs]);
    throw new RangeError(`print: sample is not finite at ${place}: ${values[wrong]}`);
  }
  return { count: sample.shape[0], values };
}
