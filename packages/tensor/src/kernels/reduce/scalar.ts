import type { Reduce } from './contract.js';

/** Implements {@link Reduce} one output element at a time. */
export const reduceScalar: Reduce = (fold, out, x, offset, shape, strides, n, stride) => {
  let count = 1;
  for (const size of shape) count *= size;
  const index = new Int32Array(shape.length);
  for (let q = 0; q < count; q++) {
    out[q] = fold(x, offset, stride, n);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      offset += strides[axis];
      if (++index[axis] < shape[axis]) break;
      offset -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
};
