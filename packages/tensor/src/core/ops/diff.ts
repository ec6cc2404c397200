import { expectTensor } from '../as-tensor.js';
import { checkOptions } from '../options.js';
import { normalizeAxis } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { sub } from './arithmetic.js';
import { slice } from './slice.js';

/** Options of {@link diff}. */
export interface DiffOptions {
  /** How often to take differences. Default: 1. */
  readonly n?: number;
  /** Default: −1. */
  readonly axis?: number;
}

/** Differences of neighbours along an axis, xᵢ₊₁ − xᵢ, taken `n` times; the axis gets n shorter, down to nothing. */
export function diff(x: Tensor, options: DiffOptions = {}): Tensor {
  expectTensor('diff', x);
  checkOptions('diff', options, { n: 'number', axis: 'number' });
  const { n = 1 } = options;
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`diff: n must be a non-negative integer, got ${n}`);
  const axis = normalizeAxis('diff', options.axis ?? -1, x.order);
  const lead = new Array<undefined>(axis).fill(undefined);
  let y = x;
  for (let i = 0; i < n && y.shape[axis] > 0; i++) {
    y = sub(slice(y, [...lead, { start: 1 }]), slice(y, [...lead, { stop: -1 }]));
  }
  return y;
}
