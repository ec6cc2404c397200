import { flatten } from '@neuronseek/tensor';
import { evaluateExpressions } from '../expressions/evaluate-expressions.js';
import type { Expression } from '../expressions/expression.js';
import type { ExpressionNeuron } from '../expressions/expression-neuron.js';
import { formatMagnitude } from '../format-number.js';
import { superscript } from '../script.js';
import { isConstant } from './contains.js';
import { levels, type Notation } from './notation.js';
import { type PrettyTerm, prettyLine, sampleRows } from './pretty-lines.js';
import type { PrettySettings } from './pretty-settings.js';
import { writeExpression } from './write-expression.js';

/** Lines of rounded formulas, one for each output, cut into terms at its outermost sums; see `print`. */
export function prettyExpression(neuron: ExpressionNeuron, settings: PrettySettings): string {
  const notation = prettyNotation(settings);
  if (settings.sample) sampleRows(settings.sample, neuron.inputs);
  return neuron.expressions
    .map((expression, c) => {
      const all = termsOf(expression, false);
      const terms = all.filter(({ part }) => !isConstant(part));
      const constants = all.filter(({ part }) => isConstant(part));
      const columns = sampleTerms(neuron, terms, settings);
      const variances = columns?.map((column) => variance([column]));
      const size = (i: number): number => variances?.[i] ?? coefficient(terms[i].part);
      // What is not finite anywhere in the sample is what to look at first.
      const rank = (i: number): number => (Number.isFinite(size(i)) ? size(i) : Number.MAX_VALUE);
      const ranked = terms.map((_, i) => i).sort((a, b) => rank(b) - rank(a) || a - b);
      const left = ranked.slice(settings.maxTerms);
      const kept = ranked.slice(0, settings.maxTerms);
      const shown = settings.by === 'variance' ? kept : kept.sort((a, b) => a - b);
      const share = columns && variance(left.map((i) => columns[i])) / variance(columns);
      const texts = [...shown.map((i) => terms[i]), ...constants].map((term) => prettyTerm(term, notation));
      return prettyLine(settings.outputNames[c], texts, left.length, Number.isFinite(share) ? share : undefined);
    })
    .join('\n');
}

interface Term {
  readonly part: Expression;
  readonly negative: boolean;
}

/** The terms of nested sums and negations. */
function termsOf(part: Expression, negative: boolean): Term[] {
  if (part.op === 'add') return part.terms.flatMap((term) => termsOf(term, negative));
  if (part.op === 'negate') return termsOf(part.argument, !negative);
  return [{ part, negative }];
}

/** The sign goes to the operator: that of a number, or of one that stands first in a product. */
function prettyTerm({ part, negative }: Term, notation: Notation): PrettyTerm {
  const [first] = part.op === 'multiply' ? part.factors : [part];
  const signed = first.op === 'number' && first.value < 0;
  const absolute: Expression = signed ? { op: 'number', value: -first.value } : first;
  const bare: Expression =
    part.op === 'multiply' ? { op: 'multiply', factors: [absolute, ...part.factors.slice(1)] } : absolute;
  return { negative: negative !== signed, text: writeExpression(bare, notation) };
}

/** |c| of c·…, 1 without one. */
function coefficient(part: Expression): number {
  const [first] = part.op === 'multiply' ? part.factors : [part];
  return first.op === 'number' ? Math.abs(first.value) : 1;
}

/** Values of each term over the rows, its sign included. */
function sampleTerms(
  neuron: ExpressionNeuron,
  terms: readonly Term[],
  { sample }: PrettySettings,
): readonly Float64Array[] | undefined {
  if (!sample) return undefined;
  return terms.map(({ part, negative }) => {
    const values = flatten(evaluateExpressions({ ...neuron, outputs: 1, expressions: [part] }, sample));
    return Float64Array.from(values, (value) => (negative ? -value : value));
  });
}

/** Mean squared deviation of the sum of columns from its mean. */
function variance(columns: readonly Float64Array[]): number {
  const rows = columns[0]?.length ?? 1;
  const sums = new Float64Array(rows);
  for (const column of columns) for (let b = 0; b < rows; b++) sums[b] += column[b];
  const mean = sums.reduce((a, b) => a + b, 0) / rows;
  return sums.reduce((a, b) => a + (b - mean) * (b - mean), 0) / rows;
}

function prettyNotation({ digits, names }: PrettySettings): Notation {
  return {
    plus: ' + ',
    minus: ' − ',
    sign: '−',
    times: '·',
    brackets: ['(', ')'],
    vector: 'x',
    number: (value) => formatMagnitude(value, digits),
    numberLevel: (value) => (formatMagnitude(value, digits).includes('·') ? levels.product : levels.atom),
    feature: (index, inTotal) => {
      const name = names[index];
      return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) && !(inTotal && name === 'x') ? name : `[${name}]`;
    },
    callLevel: levels.atom,
    call: (name, argument, inTotal, write) => {
      const text = write(argument, levels.sum, true, inTotal);
      return name === 'abs' ? `|${text}|` : `${name === 'sqrt' ? '√' : name}(${text})`;
    },
    total: (argument, write) => `Σ(${write(argument, levels.sum, true, true)})`,
    divideLevel: () => levels.product,
    divide: (numerator, denominator, inTotal, write) =>
      `${write(numerator, levels.product, false, inTotal)}/${write(denominator, levels.sign, false, inTotal)}`,
    powerLevel: () => levels.power,
    power: (base, exponent, inTotal, write) => {
      const text = write(base, levels.atom, false, inTotal);
      const small = exponent.op === 'number' && Number.isInteger(exponent.value) && Math.abs(exponent.value) < 100;
      return small ? text + superscript(exponent.value) : `${text}^${write(exponent, levels.power, false, inTotal)}`;
    },
  };
}
