import { describeValue } from '../describe-value.js';
import { type Shape, showShape } from '../shape.js';

/** A specification read against shapes. An index is a letter, or `.k` for the axis under an ellipsis that is k-th from the end. */
export interface EinsumSpec {
  /** The indices of each operand, one an axis. */
  readonly terms: readonly (readonly string[])[];
  readonly output: readonly string[];
  /** The range of each index. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** Reads a specification; throws, in the name of `op`, when it is malformed or does not fit the shapes. */
export function readSpec(op: string, spec: string, shapes: readonly Shape[]): EinsumSpec {
  if (typeof spec !== 'string') throw new TypeError(`${op}: expected a specification, got ${describeValue(spec)}`);
  const text = spec.replaceAll(' ', '');
  const fail = (what: string): RangeError => new RangeError(`${op}: ${what}: "${spec}"`);
  const sides = text.split('->');
  if (sides.length > 2) throw fail('more than one ->');
  const terms = sides[0].split(',').map((term) => readTerm(term, fail));
  const result = sides.length === 2 ? readTerm(sides[1], fail) : undefined;
  if (terms.length !== shapes.length) {
    throw fail(`${count(terms.length, 'operand')} specified, ${shapes.length} given`);
  }
  const labels = terms.map((term, k) => labelsOf(op, term, shapes[k], k));
  const sizes = sizesOf(op, labels, shapes);
  const hidden = Math.max(...terms.map((term, k) => (term.includes('...') ? shapes[k].length - term.length + 1 : 0)));
  return { terms: labels, sizes, output: outputOf(labels, result, sizes, hidden, fail) };
}

type Fail = (what: string) => RangeError;

/** Letters and at most one `...`, in order. */
function readTerm(term: string, fail: Fail): string[] {
  const wrong = term.replaceAll('...', '').match(/[^A-Za-z]/);
  if (wrong?.[0] === '.') throw fail('a dot that is not one of three');
  if (wrong) throw fail(`${wrong[0]} is neither a letter nor one of , ... ->`);
  const tokens: readonly string[] = term.match(/\.\.\.|[A-Za-z]/g) ?? [];
  if (tokens.indexOf('...') !== tokens.lastIndexOf('...')) throw fail('more than one ellipsis in a term');
  return [...tokens];
}

/** One index an axis: those under the ellipsis are counted from the last one, because that is how they are aligned. */
function labelsOf(op: string, term: readonly string[], shape: Shape, operand: number): string[] {
  const hidden = term.includes('...') ? shape.length - term.length + 1 : 0;
  if (hidden < 0 || (!term.includes('...') && term.length !== shape.length)) {
    const named = term.length - Number(term.includes('...'));
    throw new RangeError(
      `${op}: ${count(named, 'index', 'indices')} for operand ${operand} of shape ${showShape(shape)}: "${term.join('')}"`,
    );
  }
  return term.flatMap((token) => (token === '...' ? underEllipsis(hidden) : [token]));
}

function underEllipsis(axes: number): string[] {
  return Array.from({ length: axes }, (_, i) => `.${axes - 1 - i}`);
}

/** Sizes that agree, where a 1 stretches; within one operand it does not, as a diagonal needs a square. */
function sizesOf(op: string, terms: readonly (readonly string[])[], shapes: readonly Shape[]): Map<string, number> {
  const found = new Map<string, { size: number; operand: number }>();
  terms.forEach((labels, operand) => {
    labels.forEach((label, axis) => {
      const size = shapes[operand][axis];
      const known = found.get(label);
      const again = labels.indexOf(label);
      const square = again === axis || shapes[operand][again] === size;
      if (known === undefined || (square && known.size === 1)) found.set(label, { size, operand });
      else if (!square || (size !== known.size && size !== 1)) {
        const name = label.startsWith('.')
          ? `axis ${-1 - Number(label.slice(1))} under the ellipsis`
          : `index ${label}`;
        const other = square ? known : { size: shapes[operand][again], operand };
        throw new RangeError(
          `${op}: sizes of ${name} differ: ${other.size} in operand ${other.operand}, ${size} in operand ${operand}`,
        );
      }
    });
  });
  return new Map([...found].map(([label, { size }]) => [label, size]));
}

/** The indices of the result. Without ->, those under the ellipsis and then, in order of their codes, the letters that occur once. */
function outputOf(
  terms: readonly (readonly string[])[],
  result: readonly string[] | undefined,
  sizes: ReadonlyMap<string, number>,
  hidden: number,
  fail: Fail,
): string[] {
  if (result === undefined) {
    const all = terms.flat();
    const once = all.filter((label) => !label.startsWith('.') && all.indexOf(label) === all.lastIndexOf(label));
    return [...underEllipsis(hidden), ...once.sort()];
  }
  result.forEach((label, i) => {
    if (result.indexOf(label) !== i) throw fail(`index ${label} stands twice in the output`);
    if (label !== '...' && !sizes.has(label)) throw fail(`index ${label} of the output is in no operand`);
  });
  if (hidden > 0 && !result.includes('...'))
    throw fail('the output has no ellipsis for the axes under those of operands');
  return result.flatMap((label) => (label === '...' ? underEllipsis(hidden) : [label]));
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
