import type { Tensor } from './tensor.js';

/** Tensors of more elements than this show only the ends of long axes. */
const threshold = 1000;
/** Most decimals of a number. */
const precision = 4;
/** Longest line, as far as single numbers allow. */
const lineWidth = 80;

/**
 * Text of a tensor as NumPy lays it out: columns aligned, rows wrapped, long axes cut to their first and last three entries.
 * Only the elements shown are read, so a tensor of any size prints at once. `indent` starts every line but the first.
 *
 * Numbers differ from NumPy's: at most 4 decimals, not 8; as many for all, where NumPy fills up with blanks; no trailing point; JavaScript's
 * words true, NaN and Infinity; lines of 80 characters, not 75; exponents from a ratio of 10⁶ between the sizes of numbers, not 10³. The
 * shortest text that reads back as the same number is what `x.item()` and `x.toArray()` print as; here columns matter more.
 */
export function printTensor(x: Tensor, indent = ''): string {
  if (x.size === 0) return '[]';
  const shown = x.shape.map((n, axis) => (x.size > threshold ? ends(n, x.order - 1 - axis) : ends(n, 0, n)));

  const values: number[] = [];
  const collect = (axis: number, offset: number): void => {
    if (axis === x.order) values.push(x.data[offset]);
    else for (const i of shown[axis]) if (i !== '...') collect(axis + 1, offset + i * x.strides[axis]);
  };
  collect(0, x.offset);
  const format = formatter(x, values);

  const write = (axis: number, offset: number): string => {
    if (axis === x.order) return format(x.data[offset]);
    const parts = shown[axis].map((i) => (i === '...' ? i : write(axis + 1, offset + i * x.strides[axis])));
    const margin = indent + ' '.repeat(axis + 1);
    if (axis === x.order - 1) return `[${wrap(parts, margin, lineWidth - x.order)}]`;
    // One line break a row, and one blank line more for every further axis, as in NumPy.
    return `[${parts.join('\n'.repeat(x.order - 1 - axis) + margin)}]`;
  };
  return write(0, x.offset);
}

/**
 * The entries of an axis to show, given how many axes are inside it. NumPy shows three at either end whatever the order; here
 * outer axes show fewer, or a tensor of many axes would print millions of numbers.
 */
function ends(n: number, inner: number, edge: number = inner < 3 ? 3 : inner < 6 ? 1 : 0): (number | '...')[] {
  const from = (start: number, count: number): number[] => Array.from({ length: count }, (_, i) => start + i);
  if (n <= Math.max(2 * edge, 1)) return from(0, n);
  return edge === 0 ? [0, '...'] : [...from(0, edge), '...', ...from(n - edge, edge)];
}

/** Words with spaces between them, broken into lines that start with `margin`. */
function wrap(words: readonly string[], margin: string, width: number): string {
  let text = words[0];
  let column = margin.length + words[0].length;
  for (const word of words.slice(1)) {
    const fits = column + 1 + word.length <= width;
    text += fits ? ` ${word}` : `\n${margin}${word}`;
    column = (fits ? column + 1 : margin.length) + word.length;
  }
  return text;
}

/** Chooses one notation for all values shown, and pads to a common width. */
function formatter(x: Tensor, values: readonly number[]): (v: number) => string {
  const one = x.dtype === 'bool' ? (v: number): string => (v === 0 ? 'false' : 'true') : numberText(x, values);
  let width = 0;
  if (x.order > 0) for (const v of values) width = Math.max(width, one(v).length);
  return (v) => one(v).padStart(width);
}

function numberText(x: Tensor, values: readonly number[]): (v: number) => string {
  if (x.dtype === 'int32') return (v) => String(v);
  let largest = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const v of values) {
    if (!Number.isFinite(v) || v === 0) continue;
    largest = Math.max(largest, Math.abs(v));
    smallest = Math.min(smallest, Math.abs(v));
  }
  const exponential = largest >= 1e8 || smallest < 1e-4 || largest > 1e6 * smallest;
  const write = (v: number, digits: number): string => (exponential ? v.toExponential(digits) : v.toFixed(digits));
  // The fewest decimals that show every value to `precision` decimals.
  let decimals = 0;
  for (const v of values) {
    if (Number.isFinite(v)) decimals = Math.max(decimals, decimalsOf(write(v, precision)));
  }
  // Exponents of at least two digits, so that they line up.
  return (v) => (Number.isFinite(v) ? write(v, decimals).replace(/(e[+-])(\d)$/, '$10$2') : String(v));
}

/** How many decimals a number written with {@link precision} of them needs. */
function decimalsOf(text: string): number {
  const decimals = text.replace(/e.*/, '').split('.')[1] ?? '';
  return decimals.replace(/0+$/, '').length;
}
