import { expand } from '../expand.js';
import { formatMagnitude } from '../format-number.js';
import { sampleMonomials } from '../monomial-variance.js';
import type { Monomial } from '../polynomial.js';
import type { PolynomialNeuron } from '../polynomial-neuron.js';
import { printMonomial } from '../print-monomial.js';
import { prettyLine, sampleRows } from './pretty-lines.js';
import type { PrettySettings } from './pretty-settings.js';

/** Lines of rounded monomials, one for each output; see `print`. */
export function prettyPolynomial(neuron: PolynomialNeuron, settings: PrettySettings): string {
  const { digits, maxTerms, names, by, outputNames, sample, maxMonomials } = settings;
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
      return prettyLine(outputNames[c], texts, left.length, share);
    })
    .join('\n');
}

function isConstant({ exponents }: Monomial): boolean {
  return exponents.every((exponent) => exponent === 0);
}
