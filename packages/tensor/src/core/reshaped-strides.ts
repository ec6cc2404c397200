import { contiguousStrides, isContiguous, type Shape, sizeOf } from './shape.js';

/**
 * Strides under which the elements of (shape, strides) read in row-major order have the shape `to`, of equal size; undefined when no strides do. Both
 * shapes are cut into the shortest runs of axes of equal size; a run of old axes must be walked by one stride, whatever its sign, and is
 * then divided among the new ones. This is what NumPy decides in _attempt_nocopy_reshape.
 */
export function reshapedStrides(shape: Shape, strides: readonly number[], to: Shape): number[] | undefined {
  if (sizeOf(shape) === 0 || isContiguous(shape, strides)) return contiguousStrides(to);
  const axes = shape.flatMap((n, axis) => (n === 1 ? [] : [axis]));
  const result = new Array<number>(to.length);
  let old = axes.length - 1;
  let fresh = to.length - 1;
  let last = 1;
  while (fresh >= 0) {
    if (to[fresh] === 1) {
      // Never stepped along; continues the layout of what is behind it.
      result[fresh--] = last;
      continue;
    }
    let have = shape[axes[old]];
    let want = to[fresh];
    const end = old;
    const stop = fresh;
    while (have !== want) {
      if (have < want) have *= shape[axes[--old]];
      else want *= to[--fresh];
    }
    for (let i = end; i > old; i--) {
      if (strides[axes[i - 1]] !== strides[axes[i]] * shape[axes[i]]) return undefined;
    }
    let step = strides[axes[end]];
    for (let i = stop; i >= fresh; i--) {
      result[i] = step;
      step *= to[i];
    }
    last = step;
    old--;
    fresh--;
  }
  return result;
}
