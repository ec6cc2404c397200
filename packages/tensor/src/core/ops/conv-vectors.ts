import { expectTensor } from '../as-tensor.js';
import { checkOptions } from '../options.js';
import { showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { conv1d } from './conv.js';
import { reshape } from './reshape.js';
import { slice } from './slice.js';

/** Which positions of two vectors of sizes m ≥ n count: all m + n − 1 at which they overlap, the middle m, or the m − n + 1 with all of the shorter. */
export type Overlap = 'full' | 'same' | 'valid';

/** Options of {@link convolve} and {@link correlate}. */
export interface OverlapOptions {
  /** Default: 'full' for convolve, 'valid' for correlate, as in NumPy. */
  readonly mode?: Overlap;
}

/** Convolution of two vectors, the coefficients of the product of two polynomials: `y[k] = Σ a[i]·v[k − i]`. Floating. Throws when one is empty. */
export function convolve(a: Tensor, v: Tensor, options: OverlapOptions = {}): Tensor {
  const mode = checked('convolve', a, v, options, 'full');
  return v.size > a.size ? overlapped(v, reversed(a), mode) : overlapped(a, reversed(v), mode);
}

/** Correlation of two vectors: `y[k] = Σ a[i + k]·v[i]`, k from −(size of v − 1) for 'full'. Floating. Throws when one is empty. */
export function correlate(a: Tensor, v: Tensor, options: OverlapOptions = {}): Tensor {
  const mode = checked('correlate', a, v, options, 'valid');
  return v.size > a.size ? reversed(overlapped(v, a, mode)) : overlapped(a, v, mode);
}

/** Sums of products with the shorter one at the positions of a mode. */
function overlapped(long: Tensor, short: Tensor, mode: Overlap): Tensor {
  const n = short.size;
  const before = { full: n - 1, same: Math.floor(n / 2), valid: 0 }[mode];
  const behind = { full: n - 1, same: n - 1 - before, valid: 0 }[mode];
  const y = conv1d(reshape(long, [1, 1, long.size]), reshape(short, [1, 1, n]), { padding: [[before, behind]] });
  return reshape(y, [y.size]);
}

function reversed(x: Tensor): Tensor {
  return slice(x, [{ step: -1 }]);
}

function checked(op: string, a: Tensor, v: Tensor, options: OverlapOptions, usual: Overlap): Overlap {
  expectTensor(op, a);
  expectTensor(op, v);
  checkOptions(op, options, { mode: 'string' });
  const { mode = usual } = options;
  if (mode !== 'full' && mode !== 'same' && mode !== 'valid') {
    throw new RangeError(`${op}: mode must be full, same or valid, got ${String(mode)}`);
  }
  if (a.order !== 1 || v.order !== 1 || a.size === 0 || v.size === 0) {
    throw new RangeError(
      `${op}: needs two vectors that are not empty: a is ${showShape(a.shape)}, v is ${showShape(v.shape)}`,
    );
  }
  return mode;
}
