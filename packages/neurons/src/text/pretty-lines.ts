import { flatten, showShape, type Tensor } from '@neuronseek/tensor';
import { formatMagnitude } from '../format-number.js';

/** A term of a line without its sign, which belongs to the operator before it. */
export interface PrettyTerm {
  readonly negative: boolean;
  readonly text: string;
}

/** `y ≈ a − b`, with a remark on what was left out. */
export function prettyLine(
  output: string,
  terms: readonly PrettyTerm[],
  left: number,
  share: number | undefined,
): string {
  return `${output} ≈ ${joinTerms(terms)}${printRemainder(left, share)}`;
}

/** The sum of terms, 0 if there are none. */
export function joinTerms(terms: readonly PrettyTerm[]): string {
  if (terms.length === 0) return '0';
  return terms
    .map(({ negative, text }, i) => (i === 0 ? (negative ? '−' : '') : negative ? ' − ' : ' + ') + text)
    .join('');
}

function printRemainder(count: number, share: number | undefined): string {
  if (count === 0) return '';
  const terms = `${count} smaller ${count === 1 ? 'term' : 'terms'} left out`;
  return share === undefined ? `  (${terms})` : `  (${terms}: ${formatMagnitude(100 * share, 2)} % of the variance)`;
}

/** The names given, or y, or y1 … yC. */
export function nameOutputs(output: string | readonly string[] | undefined, outputs: number): readonly string[] {
  const names = typeof output === 'string' ? [output] : output;
  if (names && names.length !== outputs) {
    throw new RangeError(`print: output must name ${outputs} outputs: got ${names.length}`);
  }
  return names ?? (outputs === 1 ? ['y'] : Array.from({ length: outputs }, (_, c) => `y${c + 1}`));
}

/** The numbers of a sample of inputs, row by row. */
export function sampleRows(sample: Tensor, inputs: number): { count: number; values: ArrayLike<number> } {
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
