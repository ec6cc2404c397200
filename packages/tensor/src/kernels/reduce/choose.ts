import type { Reduce } from './contract.js';
import { reduceScalar } from './scalar.js';

/** Fewest columns for which whole rows pay: a cache line holds 8 doubles. */
const fewColumns = 8;

/**
 * Implements {@link Reduce}: by vector instructions where those can run and pay; else by whole rows where neighbouring results stand closer together in memory than neighbouring terms (sum, maximum and
 * minimum over outer axes), else one result at a time. All have the same bits. Measured over axis 0, by columns and by rows: [128, 64] 7.4 and
 * 5.4 µs, [20000, 64] 1640 and 710 µs.
 */
export const reduce: Reduce = (fold, out, x, offset, shape, strides, n, stride) => {
  if (fold.byVectors?.(out, x, offset, shape, strides, n, stride)) return;
  const rows = fold.byRows;
  if (rows === undefined || n < 2) {
    reduceScalar(fold, out, x, offset, shape, strides, n, stride);
    return;
  }
  // The longest run of trailing axes that is walked in one step.
  let width = 1;
  let step = 0;
  let axis = shape.length - 1;
  for (; axis >= 0; axis--) {
    if (shape[axis] === 0) return;
    if (shape[axis] === 1) continue;
    if (width === 1) step = strides[axis];
    else if (strides[axis] !== step * width) break;
    width *= shape[axis];
  }
  if (width < fewColumns || Math.abs(step) >= Math.abs(stride)) {
    reduceScalar(fold, out, x, offset, shape, strides, n, stride);
    return;
  }
  let count = 1;
  for (let i = 0; i <= axis; i++) count *= shape[i];
  const index = new Int32Array(axis + 1);
  for (let q = 0; q < count; q++) {
    rows(out, q * width, x, offset, stride, n, step, width);
    for (let i = axis; i >= 0; i--) {
      offset += strides[i];
      if (++index[i] < shape[i]) break;
      offset -= strides[i] * shape[i];
      index[i] = 0;
    }
  }
};
