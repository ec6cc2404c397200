import type { Tensor } from './tensor.js';

/** Axes longer than this show their first and last elements only, once the whole tensor has more than `threshold` elements. */
const edge = 3;
const threshold = 1000;
const precision = 4;

/**
 * Text of a tensor as NumPy lays it out: columns aligned, long axes cut to their first and last three entries.
 * Only the elements shown are read, so a tensor of any size prints at once. `indent` starts every line but the first.
 */
export function printTensor(x: Tensor, indent = ''): string {
  const cut = x.size > threshold;
  const shown = (axis: number): (number | '...')[] => {
    const n = x.shape[axis];
    if (!cut || n <= 2 * edge) return Array.from({ length: n }, (_, i) => i);
    return [0, 1, 2, '...', n - 3, n - 2, n - 1];
  };

  const values: number[] = [];
  const collect = (axis: number, offset: number): void => {
    if (axis === x.order) {
      values.push(x.data[offset]);
      return;
    }
    for (const i of shown(axis)) if (i !== '...') collect(axis + 1, offset + i * x.strides[axis]);
  };
  if (x.size > 0) collect(0, x.offset);
  const format = formatter(x, values);

  const write = (axis: number, offset: number): string => {
    if (axis === x.order) return format(x.data[offset]);
    const parts = shown(axis).map((i) => (i === '...' ? i : write(axis + 1, offset + i * x.strides[axis])));
    if (axis === x.order - 1) return `[${parts.join(' ')}]`;
    // One line break a row, and one blank line more for every further axis, as in NumPy.
    const gap = '\n'.repeat(x.order - 1 - axis) + indent + ' '.repeat(axis + 1);
    return `[${parts.join(gap)}]`;
  };
  return x.size === 0 ? emptyText(x) : write(0, x.offset);
}

function emptyText(x: Tensor): string {
  return x.order === 1 ? '[]' : `[] (shape [${x.shape.join(', ')}])`;
}

/** Chooses one notation for all values shown, and pads to a common width. */
function formatter(x: Tensor, values: readonly number[]): (v: number) => string {
  const one = x.dtype === 'bool' ? (v: number): string => (v === 0 ? 'false' : 'true') : numberText(x, values);
  const width = x.order === 0 ? 0 : Math.max(0, ...values.map((v) => one(v).length));
  return (v) => one(v).padStart(width);
}

function numberText(x: Tensor, values: readonly number[]): (v: number) => string {
  if (x.dtype === 'int32') return (v) => String(v);
  const sizes = values.filter((v) => Number.isFinite(v) && v !== 0).map(Math.abs);
  const largest = Math.max(0, ...sizes);
  const smallest = Math.min(Number.POSITIVE_INFINITY, ...sizes);
  if (largest >= 1e8 || (sizes.length > 0 && (smallest < 1e-4 || largest / smallest > 1e6))) {
    return (v) => (Number.isFinite(v) ? v.toExponential(precision) : String(v));
  }
  // The fewest decimals that show every value to `precision` decimals.
  let decimals = 0;
  for (const v of values) {
    const text = Number.isFinite(v) ? String(Number(v.toFixed(precision))) : '';
    decimals = Math.max(decimals, text.includes('.') ? text.length - text.indexOf('.') - 1 : 0);
  }
  return (v) => (Number.isFinite(v) ? v.toFixed(decimals) : String(v));
}
