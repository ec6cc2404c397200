import { describeValue } from './as-tensor.js';
import { convert, type DType, type TypedArray } from './dtype.js';
import { type Shape, showShape } from './shape.js';

/** Nested arrays of numbers or booleans, all rows of equal length. */
export type NestedInput = number | boolean | readonly NestedInput[];

/**
 * Shape and elements of nested arrays, bool when all elements are booleans and there is one, else float64.
 * Throws a RangeError naming the first row that does not fit, a TypeError for an element of another type.
 */
export function fromNested(values: NestedInput): { data: TypedArray; natural: Shape; dtype: DType } {
  const natural: number[] = [];
  for (let probe: NestedInput = values; Array.isArray(probe); probe = probe[0]) {
    natural.push(probe.length);
    if (probe.length === 0) break;
  }
  const flat: number[] = [];
  let booleans = 0;
  const visit = (node: NestedInput, axis: number, path: string): void => {
    if (Array.isArray(node)) {
      if (axis >= natural.length || node.length !== natural[axis]) {
        const expected = axis < natural.length ? `${natural[axis]} elements` : 'a number';
        throw new RangeError(
          `tensor: rows differ: expected ${expected} at ${path} for shape ${showShape(natural)}, got an array of ${node.length}`,
        );
      }
      for (let i = 0; i < node.length; i++) visit(node[i], axis + 1, `${path}[${i}]`);
      return;
    }
    if (typeof node !== 'number' && typeof node !== 'boolean') {
      throw new TypeError(`tensor: expected a number or boolean at ${path || 'the top'}, got ${describeValue(node)}`);
    }
    if (axis !== natural.length) {
      throw new RangeError(
        `tensor: rows differ: expected ${natural[axis]} elements at ${path} for shape ${showShape(natural)}, got ${node}`,
      );
    }
    if (typeof node === 'boolean') booleans++;
    flat.push(Number(node));
  };
  visit(values, 0, '');
  const dtype = booleans > 0 && booleans === flat.length ? 'bool' : 'float64';
  return { data: convert(flat, dtype), natural, dtype };
}
