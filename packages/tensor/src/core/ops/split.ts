import { expectTensor } from '../as-tensor.js';
import { describeValue, showValue } from '../describe-value.js';
import { checkOptions } from '../options.js';
import { normalizeAxis, showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { slice } from './slice.js';

/**
 * Cuts a tensor into parts along `axis` (default 0): into that many equal ones for a number, or before each of the given indices, so that
 * `split(x, [2, 5])` is x[0:2], x[2:5], x[5:]. Indices follow Python's slices. The parts are views. Throws a RangeError when the number does not
 * divide the size of the axis.
 */
export function split(
  x: Tensor,
  sections: number | readonly number[],
  options: { readonly axis?: number } = {},
): Tensor[] {
  expectTensor('split', x);
  checkOptions('split', options, { axis: 'number' });
  const axis = normalizeAxis('split', options.axis ?? 0, x.order);
  const n = x.shape[axis];
  const lead = new Array<undefined>(axis).fill(undefined);
  if (typeof sections === 'number') {
    if (!Number.isSafeInteger(sections) || sections < 1 || n % sections !== 0) {
      throw new RangeError(`split: axis ${axis} of ${showShape(x.shape)} does not divide into ${sections} equal parts`);
    }
    const size = n / sections;
    return Array.from({ length: sections }, (_, i) => slice(x, [...lead, { start: i * size, stop: (i + 1) * size }]));
  }
  if (!Array.isArray(sections)) {
    throw new TypeError(`split: expected a number of parts or an array of indices, got ${describeValue(sections)}`);
  }
  for (const at of sections) {
    if (typeof at !== 'number') throw new TypeError(`split: indices must be numbers, got ${showValue(at)}`);
    if (!Number.isInteger(at)) throw new RangeError(`split: indices must be integers, got ${at}`);
  }
  return [...sections, n].map((stop, i) => slice(x, [...lead, { start: i === 0 ? 0 : sections[i - 1], stop }]));
}

/** The sub-tensors along `axis` (default 0), without that axis, as views: `for (const row of unstack(x))`. The inverse of `stack`. */
export function unstack(x: Tensor, options: { readonly axis?: number } = {}): Tensor[] {
  expectTensor('unstack', x);
  checkOptions('unstack', options, { axis: 'number' });
  const axis = normalizeAxis('unstack', options.axis ?? 0, x.order);
  const lead = new Array<undefined>(axis).fill(undefined);
  return Array.from({ length: x.shape[axis] }, (_, i) => slice(x, [...lead, i]));
}
