import { zeros } from '../core/create.js';
import { apply, type Op } from '../core/op.js';
import { div, mul } from '../core/ops/arithmetic.js';
import { equal } from '../core/ops/compare.js';
import { power } from '../core/ops/power.js';
import { max, min } from '../core/ops/reduce.js';
import { abs } from '../core/ops/sign.js';
import { sum } from '../core/ops/sum-broadcast.js';
import { where } from '../core/ops/where.js';
import { reducedSpec } from '../core/reduction.js';
import { showShape, sizeOf } from '../core/shape.js';
import { stopGradient } from '../core/stop-gradient.js';
import { Tensor } from '../core/tensor.js';
import { norm2 } from '../kernels/norm2/index.js';
import { copyFloat64 } from './matrices.js';

type Axes = readonly number[];

/** The Euclidean norm along some axes, which stay with size 1. */
export const normOp: Op<Axes> = {
  name: 'norm',
  infer: ([x], axes) => reducedSpec(x, axes, x.dtype),
  compute: (out, [x], axes) => {
    const { values, length } = lanes(x, axes);
    for (let q = 0; q < out.size; q++) out.data[q] = norm2(length, values, q * length, 1);
  },
  // d‖x‖ = ⟨x/‖x‖, dx⟩; at 0, where the norm has its minimum, the subgradient 0.
  vjp: (g, value, [x]) => [mul(g, div(x, where(equal(value, 0), 1, value)))],
};

/** How many elements are not 0, along some axes. */
export const countOp: Op<Axes> = {
  name: 'norm of ord 0',
  infer: ([x], axes) => reducedSpec(x, axes, x.dtype),
  compute: (out, [x], axes) => {
    const { values, length } = lanes(x, axes);
    for (let i = 0; i < values.length; i++) if (values[i] !== 0) out.data[Math.floor(i / length)]++;
  },
  vjp: null,
};

/** The elements with those along `axes` side by side. */
function lanes(x: Tensor, axes: Axes): { values: Float64Array; length: number } {
  const order = [...x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis])), ...axes];
  const moved = new Tensor(
    x.data,
    x.dtype,
    order.map((axis) => x.shape[axis]),
    order.map((axis) => x.strides[axis]),
    x.offset,
  );
  return { values: copyFloat64(moved), length: sizeOf(axes.map((axis) => x.shape[axis])) };
}

/** (Σ |x|ᵖ)^(1/p) along `axes`, which stay with size 1; see norm. */
export function vectorNorm(x: Tensor, p: number, axes: Axes): Tensor {
  if (sizeOf(axes.map((axis) => x.shape[axis])) === 0) {
    if (p < 0) {
      throw new RangeError(`norm: ord ${p} of no elements: x is ${showShape(x.shape)}, axes are [${axes.join(', ')}]`);
    }
    return zeros(reducedSpec(x, axes, x.dtype).shape, { dtype: x.dtype });
  }
  const options = { axes, keepDims: true };
  if (p === 2) return apply(normOp, [x], axes);
  if (p === 0) return apply(countOp, [x], axes);
  if (p === 1) return sum(abs(x), options);
  if (p === Number.POSITIVE_INFINITY) return max(abs(x), options);
  if (p === Number.NEGATIVE_INFINITY) return min(abs(x), options);
  // The norm is homogeneous, so a constant factor that keeps the powers in range leaves value and derivatives alone.
  const size = stopGradient(abs(x));
  const extreme = p > 0 ? max(size, options) : min(size, options);
  const unscaled = where(equal(extreme, 0), 1, extreme);
  const scale = where(equal(unscaled, Number.POSITIVE_INFINITY), 1, unscaled);
  const total = sum(power(abs(div(x, scale)), p), options);
  const none = equal(total, 0);
  const root = mul(scale, power(where(none, 1, total), 1 / p));
  return where(none, p > 0 ? 0 : Number.POSITIVE_INFINITY, root);
}
