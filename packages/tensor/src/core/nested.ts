import { describeValue } from './describe-value.js';
import { convert, type DType, type TypedArray } from './dtype.js';
import { type Shape, showShape } from './shape.js';
import { isTensor } from './tensor.js';

/** Numbers or booleans in nested arrays or other iterables (sets, generators, typed arrays), all rows of equal length. */
export type NestedInput = number | boolean | readonly NestedInput[] | (Iterable<NestedInput> & object);

/**
 * Shape and elements of nested iterables, bool when all elements are booleans and there is one, else float64. Each iterable is walked once.
 * Throws a RangeError naming the first row that does not fit, a TypeError for an element of another type.
 */
export function fromNested(values: NestedInput): { data: TypedArray; natural: Shape; dtype: DType } {
  const flat: number[] = [];
  let booleans = 0;
  // The sizes along the first path down, and whether that path has come to its end.
  const natural: number[] = [];
  let complete = false;
  // Where the walk stands; spelt out for messages only, since a string an element would cost more than everything else.
  const place: number[] = [];
  const path = (): string => place.map((i) => `[${i}]`).join('');

  const visit = (node: NestedInput, axis: number): void => {
    if (typeof node === 'number' || typeof node === 'boolean') {
      complete = true;
      if (axis !== natural.length) {
        throw new RangeError(
          `tensor: rows differ: expected ${natural[axis]} elements at ${path()} for shape ${showShape(natural)}, got ${node}`,
        );
      }
      if (typeof node === 'boolean') booleans++;
      flat.push(Number(node));
      return;
    }
    const row = rowOf(node, path());
    if (!complete) {
      natural.push(row.length);
      if (row.length === 0) complete = true;
    } else if (axis >= natural.length || row.length !== natural[axis]) {
      const expected = axis < natural.length ? `${natural[axis]} elements` : 'a number';
      throw new RangeError(
        `tensor: rows differ: expected ${expected} at ${path()} for shape ${showShape(natural)}, got an array of ${row.length}`,
      );
    }
    for (let i = 0; i < row.length; i++) {
      place[axis] = i;
      visit(row[i], axis + 1);
    }
    place.length = axis;
  };
  visit(values, 0);
  const dtype = booleans > 0 && booleans === flat.length ? 'bool' : 'float64';
  return { data: convert(flat, dtype), natural, dtype };
}

/** The elements of an array or another iterable; a string is none. */
function rowOf(node: unknown, path: string): ArrayLike<NestedInput> {
  if (Array.isArray(node)) return node;
  if (isTensor(node)) {
    throw new TypeError(`tensor: expected a number or boolean at ${path}, got a tensor; join tensors with stack(…)`);
  }
  if (isIterable(node)) return Array.from(node);
  throw new TypeError(`tensor: expected a number or boolean at ${path || 'the top'}, got ${describeValue(node)}`);
}

function isIterable(value: unknown): value is Iterable<NestedInput> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
