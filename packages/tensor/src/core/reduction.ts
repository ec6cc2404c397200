import { copyStrided } from '../kernels/copy/index.js';
import { allocate } from './allocate.js';
import type { DType, TypedArray } from './dtype.js';
import type { Spec } from './op.js';
import { contiguousStrides, isContiguous, sizeOf } from './shape.js';
import type { Tensor } from './tensor.js';

/** How a reduction reads its operand: n elements at one stride for every element of the kept axes. */
export interface ReductionPlan {
  readonly data: TypedArray;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly n: number;
  readonly stride: number;
}

const none: readonly number[] = [];

/** The result's shape (reduced axes of size 1) and dtype. */
export function reducedSpec(x: Tensor, axes: readonly number[], dtype: DType): Spec {
  return { shape: x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n)), dtype };
}

/**
 * Reduced axes are read in row-major order as one axis. That needs a single stride through all of them; when there is none,
 * the operand is first copied with the reduced axes last.
 */
export function reductionPlan(x: Tensor, axes: readonly number[]): ReductionPlan {
  if (axes.length === x.order && isContiguous(x.shape, x.strides)) {
    return { data: x.data, offset: x.offset, shape: none, strides: none, n: x.size, stride: 1 };
  }
  const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const shape = kept.map((axis) => x.shape[axis]);
  const n = sizeOf(axes.map((axis) => x.shape[axis]));
  const stride = commonStride(x, axes);
  if (stride !== undefined) {
    return { data: x.data, offset: x.offset, shape, strides: kept.map((axis) => x.strides[axis]), n, stride };
  }
  const order = [...kept, ...axes];
  const data = allocate(x.dtype, x.size);
  const pick = (of: readonly number[]): number[] => order.map((axis) => of[axis]);
  copyStrided(data, 0, x.data, x.offset, pick(x.strides), pick(x.shape));
  return { data, offset: 0, shape, strides: contiguousStrides([...shape, n]).slice(0, -1), n, stride: 1 };
}

/** The stride that walks all `axes` in row-major order, if one does. */
function commonStride(x: Tensor, axes: readonly number[]): number | undefined {
  let stride: number | undefined;
  let run = 1;
  for (let i = axes.length - 1; i >= 0; i--) {
    const size = x.shape[axes[i]];
    if (size === 1) continue;
    if (stride === undefined) stride = x.strides[axes[i]];
    else if (x.strides[axes[i]] !== stride * run) return undefined;
    run *= size;
  }
  return stride ?? 0;
}
