import { averagePool, averageUnpool } from '../../kernels/pool/index.js';
import { toFloating } from '../dtype.js';
import { apply, type Op } from '../op.js';
import { checkOptions } from '../options.js';
import type { Tensor } from '../tensor.js';
import { astype } from './astype.js';
import { expandDims, squeeze } from './axes.js';
import type { PerAxis } from './conv-options.js';
import { type Pooling, type PoolOptions, poolingOf, poolSizes } from './pool.js';

/** Options of {@link avgPool1d} and {@link avgPool2d}. */
export interface AvgPoolOptions extends PoolOptions {
  /** Divide by the size of the window also at the edges, as if the padding were zeros, rather than by the number of elements seen. Default: true. */
  readonly countIncludePadding?: boolean;
}

const averageOptions = { stride: 'own', padding: 'own', countIncludePadding: 'boolean' } as const;

interface Averaging {
  readonly pooling: Pooling;
  readonly countPadding: boolean;
}

// Linear, and each the transpose of the other.

export const averagePoolOp: Op<Averaging> = {
  name: 'averagePool',
  infer: ([x], { pooling }) => ({ shape: [...x.shape.slice(0, 2), ...pooling.output], dtype: x.dtype }),
  compute: (out, [x], { pooling, countPadding }) => {
    averagePool(poolSizes(pooling, x.shape), countPadding, out.data, x.data, x.offset, x.strides);
  },
  vjp: (g, _out, _inputs, averaging) => [apply(averageUnpoolOp, [g], averaging)],
};

export const averageUnpoolOp: Op<Averaging> = {
  name: 'averageUnpool',
  infer: ([g], { pooling }) => ({ shape: [...g.shape.slice(0, 2), ...pooling.input], dtype: g.dtype }),
  compute: (out, [g], { pooling, countPadding }) => {
    // Overlapping windows are added up before they are rounded.
    const sums = out.data instanceof Float64Array ? out.data : new Float64Array(out.size);
    averageUnpool(poolSizes(pooling, g.shape), countPadding, sums, g.data, g.offset, g.strides);
    if (sums !== out.data) out.data.set(sums);
  },
  vjp: (g, _out, _inputs, averaging) => [apply(averagePoolOp, [g], averaging)],
};

/** Mean of each window over the last axis of x, [N, C, W]; see {@link avgPool2d}. */
export function avgPool1d(x: Tensor, window: PerAxis, options: AvgPoolOptions = {}): Tensor {
  return average('avgPool1d', x, window, options, 1);
}

/**
 * Mean of each window over the last two axes of x, [N, C, H, W]: `y[n, c, i, j] = Σ x[n, c, i·stride + p − padding, …]/d` over p and q, d being the size of
 * the window or, with `countIncludePadding: false`, the number of elements of x in it. Floating, summed in float64. Throws when the window is
 * larger than the padded input or sees nothing but padding.
 */
export function avgPool2d(x: Tensor, window: PerAxis, options: AvgPoolOptions = {}): Tensor {
  return average('avgPool2d', x, window, options, 2);
}

function average(op: string, x: Tensor, window: PerAxis, options: AvgPoolOptions, axes: number): Tensor {
  checkOptions(op, options, averageOptions);
  const { countIncludePadding = true } = options;
  const pooling = poolingOf(op, x, window, { stride: options.stride, padding: options.padding }, axes);
  const floating = astype(x, toFloating(x.dtype));
  const planes = axes === 1 ? expandDims(floating, 2) : floating;
  const y = apply(averagePoolOp, [planes], { pooling, countPadding: countIncludePadding });
  return axes === 1 ? squeeze(y, 2) : y;
}
