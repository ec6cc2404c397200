import { maxPositions } from '../../kernels/pool/index.js';
import { apply, type Op } from '../op.js';
import { checkOptions } from '../options.js';
import { type Shape, sizeOf } from '../shape.js';
import { flatten, type Tensor } from '../tensor.js';
import { expandDims, squeeze } from './axes.js';
import type { PerAxis } from './conv-options.js';
import { type PoolOptions, poolingOf, poolSizes } from './pool.js';

/** Options of {@link maxPool1d} and {@link maxPool2d}. */
export interface MaxPoolOptions extends PoolOptions {
  /** Distance between neighbouring elements that a window sees. Default: 1. */
  readonly dilation?: PerAxis;
}

const maxPoolOptions = { stride: 'own', padding: 'own', dilation: 'own' } as const;

/** For every element of the output the place in its plane of the input. */
interface Picks {
  readonly positions: Int32Array;
  readonly input: Shape;
  readonly output: Shape;
}

// Which elements are the largest is found once, on plain numbers; what is differentiated is that they are read, and its transpose. So the
// derivative of every order is the one at fixed positions.

export const poolTakeOp: Op<Picks> = {
  name: 'poolTake',
  infer: ([x], { output }) => ({ shape: [...x.shape.slice(0, 2), ...output], dtype: x.dtype }),
  compute: (out, [x], { positions, input, output }) => {
    const source = flatten(x);
    const { data } = out;
    const [plane, count] = [sizeOf(input), sizeOf(output)];
    for (let from = 0, at = 0; at < positions.length; from += plane) {
      for (const end = at + count; at < end; at++) data[at] = source[from + positions[at]];
    }
  },
  vjp: (g, _out, _inputs, picks) => [apply(poolScatterOp, [g], picks)],
};

export const poolScatterOp: Op<Picks> = {
  name: 'poolScatter',
  infer: ([g], { input }) => ({ shape: [...g.shape.slice(0, 2), ...input], dtype: g.dtype }),
  compute: (out, [g], { positions, input, output }) => {
    const source = flatten(g);
    const { data } = out;
    const [plane, count] = [sizeOf(input), sizeOf(output)];
    for (let to = 0, at = 0; at < positions.length; to += plane) {
      for (const end = at + count; at < end; at++) data[to + positions[at]] += source[at];
    }
  },
  vjp: (g, _out, _inputs, picks) => [apply(poolTakeOp, [g], picks)],
};

/** Largest element of each window over the last axis of x, [N, C, W]; see {@link maxPool2d}. */
export function maxPool1d(x: Tensor, window: PerAxis, options: MaxPoolOptions = {}): Tensor {
  return maxPool('maxPool1d', x, window, options, 1);
}

/**
 * Largest element of each window over the last two axes of x, [N, C, H, W]: `y[n, c, i, j] = max x[n, c, i·stride + p·dilation − padding, …]` over p and q
 * within the window and x. NaN where there is one. Any dtype.
 *
 * The derivative, and those of higher order, are those of the element chosen: of several that tie, the first in row-major order. Throws when the
 * window is larger than the padded input or sees nothing but padding.
 */
export function maxPool2d(x: Tensor, window: PerAxis, options: MaxPoolOptions = {}): Tensor {
  return maxPool('maxPool2d', x, window, options, 2);
}

function maxPool(op: string, x: Tensor, window: PerAxis, options: MaxPoolOptions, axes: number): Tensor {
  checkOptions(op, options, maxPoolOptions);
  const pooling = poolingOf(op, x, window, options, axes);
  const planes = axes === 1 ? expandDims(x, 2) : x;
  const positions = new Int32Array(planes.shape[0] * planes.shape[1] * sizeOf(pooling.output));
  maxPositions(poolSizes(pooling, planes.shape), positions, planes.data, planes.offset, planes.strides);
  const y = apply(poolTakeOp, [planes], { positions, input: pooling.input, output: pooling.output });
  return axes === 1 ? squeeze(y, 2) : y;
}
