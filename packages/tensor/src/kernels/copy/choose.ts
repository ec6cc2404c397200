import type { CopyStrided } from './contract.js';
import { copyByRows } from './scalar.js';
import { copyTransposed } from './transpose.js';

/** Implements {@link CopyStrided}: where the last axis is not the one whose elements stand side by side, another one may be; else row by row. */
export const copyStrided: CopyStrided = (out, outOffset, x, offset, strides, shape) => {
  const last = shape.length - 1;
  if (last > 0 && strides[last] !== 1 && copyTransposed(out, outOffset, x, offset, strides, shape)) return;
  copyByRows(out, outOffset, x, offset, strides, shape);
};
