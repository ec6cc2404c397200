/** Number of elements of a shape: the product of its sizes, 1 for order 0. */
export function sizeOfShape(shape: readonly number[]): number {
  let size = 1;
  for (const s of shape) size *= s;
  return size;
}
