import type { Select } from './contract.js';

/** Implements {@link Select} along the longest run of trailing axes in which every operand advances by one constant stride. */
export const select: Select = (out, mask, mo, maskStrides, a, ao, aStrides, b, bo, bStrides, shape) => {
  let n = 1;
  let ms = 0;
  let as = 0;
  let bs = 0;
  let axis = shape.length - 1;
  for (; axis >= 0; axis--) {
    const size = shape[axis];
    if (size === 0) return;
    if (size === 1) continue;
    if (n === 1) {
      ms = maskStrides[axis];
      as = aStrides[axis];
      bs = bStrides[axis];
    } else if (maskStrides[axis] !== ms * n || aStrides[axis] !== as * n || bStrides[axis] !== bs * n) break;
    n *= size;
  }
  let rows = 1;
  for (let i = 0; i <= axis; i++) rows *= shape[i];
  const index = new Int32Array(axis + 1);
  for (let r = 0, o = 0; r < rows; r++) {
    for (let m = mo, p = ao, q = bo, end = o + n; o < end; o++, m += ms, p += as, q += bs) {
      out[o] = mask[m] !== 0 ? a[p] : b[q];
    }
    for (let i = axis; i >= 0; i--) {
      mo += maskStrides[i];
      ao += aStrides[i];
      bo += bStrides[i];
      if (++index[i] < shape[i]) break;
      mo -= maskStrides[i] * shape[i];
      ao -= aStrides[i] * shape[i];
      bo -= bStrides[i] * shape[i];
      index[i] = 0;
    }
  }
};
