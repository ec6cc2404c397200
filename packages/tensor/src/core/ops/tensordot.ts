import { expectTensor } from '../as-tensor.js';
import { checkOptions } from '../options.js';
import { normalizeAxis, showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { contractPair } from './einsum-pair.js';
import { matmul } from './matmul.js';
import { reshape } from './reshape.js';

/** Which axes {@link tensordot} multiplies and adds up. */
export interface TensordotOptions {
  /** The last n axes of a with the first n of b, or the two lists of axes, paired in order. Default: 2. */
  readonly axes?: number | readonly [number | readonly number[], number | readonly number[]];
}

/**
 * Sum of products over pairs of axes: `y[i…, j…] = Σ a[i…, p…]·b[p…, j…]`, the other axes of a, then those of b, in their order. One matrix
 * product; `axes: 0` is the outer product. Throws when the sizes of a pair differ, or a list names an axis twice.
 */
export function tensordot(a: Tensor, b: Tensor, options: TensordotOptions = {}): Tensor {
  expectTensor('tensordot', a);
  expectTensor('tensordot', b);
  const [left, right] = pairedAxes(a, b, options);
  const labels = { a: a.shape.map((_, axis) => `a${axis}`), b: b.shape.map((_, axis) => `b${axis}`) };
  left.forEach((axis, i) => {
    labels.b[right[i]] = labels.a[axis];
  });
  const summed = new Set(left.map((axis) => labels.a[axis]));
  const kept = [...labels.a, ...labels.b].filter((label) => !summed.has(label));
  return contractPair({ tensor: a, labels: labels.a }, { tensor: b, labels: labels.b }, kept).tensor;
}

/** Sums of products over the last axes: `y[i…, j…] = Σ a[i…, p]·b[j…, p]`; with an operand of order 0 the plain product. */
export function inner(a: Tensor, b: Tensor): Tensor {
  expectTensor('inner', a);
  expectTensor('inner', b);
  if (a.order === 0 || b.order === 0) return tensordot(a, b, { axes: 0 });
  if (a.shape[a.order - 1] !== b.shape[b.order - 1]) {
    throw new RangeError(`inner: last sizes differ: a is ${showShape(a.shape)}, b is ${showShape(b.shape)}`);
  }
  return tensordot(a, b, { axes: [-1, -1] });
}

/** Sum of products of the elements of two tensors of equal size, both read in row-major order. */
export function vdot(a: Tensor, b: Tensor): Tensor {
  expectTensor('vdot', a);
  expectTensor('vdot', b);
  if (a.size !== b.size)
    throw new RangeError(`vdot: sizes differ: a is ${showShape(a.shape)}, b is ${showShape(b.shape)}`);
  return matmul(reshape(a, [a.size]), reshape(b, [b.size]));
}

/** The axes of a and of b that are summed over, in pairs, counted from 0. */
function pairedAxes(a: Tensor, b: Tensor, options: TensordotOptions): [number[], number[]] {
  const shapes = `a is ${showShape(a.shape)}, b is ${showShape(b.shape)}`;
  const [left, right] = namedAxes(a, b, options, shapes);
  if (left.length !== right.length) {
    throw new RangeError(`tensordot: ${left.length} axes of a against ${right.length} axes of b`);
  }
  left.forEach((axis, i) => {
    if (a.shape[axis] !== b.shape[right[i]]) {
      throw new RangeError(`tensordot: sizes of axis ${axis} of a and axis ${right[i]} of b differ: ${shapes}`);
    }
  });
  return [left, right];
}

function namedAxes(a: Tensor, b: Tensor, options: TensordotOptions, shapes: string): [number[], number[]] {
  checkOptions('tensordot', options, { axes: 'own' });
  const { axes = 2 } = options;
  if (typeof axes === 'number') {
    if (!Number.isInteger(axes) || axes < 0 || axes > Math.min(a.order, b.order)) {
      throw new RangeError(`tensordot: ${axes} axes to sum over: ${shapes}`);
    }
    const count = Array.from({ length: axes }, (_, i) => i);
    return [count.map((i) => a.order - axes + i), count];
  }
  if (!Array.isArray(axes) || axes.length !== 2) {
    throw new TypeError('tensordot: axes must be a number or a pair of lists of axes');
  }
  return [distinctAxes(axes[0], a.order), distinctAxes(axes[1], b.order)];
}

/** The axes in the order given: it says which axis is paired with which. */
function distinctAxes(axes: number | readonly number[], order: number): number[] {
  const list = typeof axes === 'number' ? [axes] : axes;
  if (!Array.isArray(list)) throw new TypeError('tensordot: axes must be a number or a pair of lists of axes');
  const resolved = list.map((axis: number) => normalizeAxis('tensordot', axis, order));
  resolved.forEach((axis: number, i: number) => {
    if (resolved.indexOf(axis) !== i) throw new RangeError(`tensordot: axis ${axis} is named twice`);
  });
  return resolved;
}
