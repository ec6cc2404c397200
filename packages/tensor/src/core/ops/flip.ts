import { expectTensor } from '../as-tensor.js';
import { checkAxes } from '../options.js';
import { normalizeAxes } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { slice } from './slice.js';

/** The elements in reverse order along `axes` (default: all), a view. */
export function flip(x: Tensor, axes?: number | readonly number[]): Tensor {
  expectTensor('flip', x);
  if (axes !== undefined) checkAxes('flip', axes);
  const list = normalizeAxes('flip', axes, x.order);
  return slice(
    x,
    x.shape.map((_, axis) => (list.includes(axis) ? { step: -1 } : undefined)),
  );
}
