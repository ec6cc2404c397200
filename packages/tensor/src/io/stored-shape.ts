import { type Shape, showShape } from '../core/shape.js';

/** NumPy's own limit on the number of axes, since version 2. */
const MOST_AXES = 64;

/**
 * Number of elements of a shape that was read from a file. Throws a RangeError naming `op` unless it is at most 64 sizes from 0, and the sizes
 * other than 0 have a product below 2⁵³: strides of an empty tensor are products as well.
 */
export function storedSize(op: string, shape: Shape): number {
  if (shape.length > MOST_AXES) throw new RangeError(`${op}: more than ${MOST_AXES} axes: got ${shape.length}`);
  let product = 1;
  for (const n of shape) {
    if (!Number.isSafeInteger(n) || n < 0) {
      throw new RangeError(`${op}: sizes must be integers from 0 to 2^53 - 1, got ${showShape(shape)}`);
    }
    product *= n || 1;
    if (!Number.isSafeInteger(product)) throw new RangeError(`${op}: too many elements: shape ${showShape(shape)}`);
  }
  return shape.includes(0) ? 0 : product;
}
