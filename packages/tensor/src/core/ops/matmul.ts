import { gemm, gemmStack } from '../../kernels/gemm/index.js';
import { expectTensor } from '../as-tensor.js';
import { promote, toFloating } from '../dtype.js';
import { apply, type Op } from '../op.js';
import { broadcastShapes, broadcastStrides, type Shape, showShape, sizeOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { astype } from './astype.js';
import { expandDims, squeeze } from './axes.js';
import { reshape } from './reshape.js';
import { broadcastTo } from './sum-broadcast.js';
import { matrixTranspose, transpose } from './transpose.js';

/** Products of stacks of matrices [..., m, k]·[..., k, n] whose inner sizes agree; leading axes broadcast. */
export const matmulOp: Op<undefined> = {
  name: 'matmul',
  overwrites: true,
  infer: ([a, b]) => {
    const dtype = toFloating(promote(a.dtype, b.dtype));
    if (a.order === 2 && b.order === 2) return { shape: [a.shape[0], b.shape[1]], dtype };
    const batch = broadcastShapes('matmul', a.shape.slice(0, -2), b.shape.slice(0, -2));
    return { shape: [...batch, a.shape[a.order - 2], b.shape[b.order - 1]], dtype };
  },
  compute: (out, [a, b]) => {
    const x = floats(a);
    const y = floats(b);
    const z = floats(out);
    const k = a.shape[a.order - 1];
    if (out.order === 2) {
      // Most products are of two matrices: without the bookkeeping of stacks they take half the time when they are small.
      const [m, n] = out.shape;
      const [ars, acs] = a.strides;
      const [brs, bcs] = b.strides;
      gemm(m, n, k, x, a.offset, ars, acs, y, b.offset, brs, bcs, z, out.offset, n, false);
      return;
    }
    const [m, n] = out.shape.slice(-2);
    const batch = out.shape.slice(0, -2);
    const as = broadcastStrides(a.shape.slice(0, -2), a.strides.slice(0, -2), batch);
    const bs = broadcastStrides(b.shape.slice(0, -2), b.strides.slice(0, -2), batch);
    const [brs, bcs] = b.strides.slice(-2);
    let [ars, acs] = a.strides.slice(-2);
    // Axes of the stack that b does not have, and along which the rows of a go on at one stride, are rows of one taller product.
    let rows = m;
    let stack = batch.length;
    for (; stack > 0; stack--) {
      const size = batch[stack - 1];
      if (size === 1) continue;
      if (bs[stack - 1] !== 0 || (rows !== 1 && as[stack - 1] !== ars * rows)) break;
      if (rows === 1) ars = as[stack - 1];
      rows *= size;
    }
    // The innermost of the other axes is one call.
    const inner = stack > 0 ? stack - 1 : 0;
    const [length, aStep, bStep] = stack > 0 ? [batch[inner], as[inner], bs[inner]] : [1, 0, 0];
    let count = 1;
    for (let axis = 0; axis < inner; axis++) count *= batch[axis];
    const index = new Int32Array(inner);
    let [aAt, bAt, cAt] = [a.offset, b.offset, out.offset];
    for (let q = 0; q < count; q++) {
      gemmStack(length, aStep, bStep, rows * n, rows, n, k, x, aAt, ars, acs, y, bAt, brs, bcs, z, cAt, n, false);
      cAt += length * rows * n;
      for (let axis = inner - 1; axis >= 0; axis--) {
        aAt += as[axis];
        bAt += bs[axis];
        if (++index[axis] < batch[axis]) break;
        aAt -= as[axis] * batch[axis];
        bAt -= bs[axis] * batch[axis];
        index[axis] = 0;
      }
    }
  },
  // C = A·B: dA = G·Bᵀ, dB = Aᵀ·G, summed over the axes along which the operand was stretched
  vjp: (g, _out, [a, b], _params, wanted) => [
    wanted[0] ? summedProduct(g, matrixTranspose(b), a.shape) : undefined,
    wanted[1] ? summedProduct(matrixTranspose(a), g, b.shape) : undefined,
  ],
};

/**
 * Matrix product, NumPy's rules: [m, k]·[k, n]; leading axes are a stack and broadcast; an operand of order 1 is a row on the left, a column
 * on the right, and its axis disappears. 2·m·k·n flops a product, in the arithmetic of the result's dtype: off by at most k·eps·Σ|a·b|. Throws a
 * RangeError when inner dimensions differ.
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  expectTensor('matmul', a);
  expectTensor('matmul', b);
  if (a.order === 0 || b.order === 0) refuse('operands need at least one axis', a, b);
  if (a.shape[a.order - 1] !== b.shape[Math.max(b.order - 2, 0)]) refuse('inner dimensions differ', a, b);
  const left = a.order === 1 ? expandDims(a, 0) : a;
  const right = b.order === 1 ? expandDims(b, 1) : b;
  const dtype = toFloating(promote(a.dtype, b.dtype));
  const product = apply(matmulOp, [astype(left, dtype), astype(right, dtype)], undefined);
  if (a.order > 1 && b.order > 1) return product;
  const axes = [...(a.order === 1 ? [product.order - 2] : []), ...(b.order === 1 ? [product.order - 1] : [])];
  return squeeze(product, axes);
}

function refuse(what: string, a: Tensor, b: Tensor): never {
  throw new RangeError(`matmul: ${what}: a is ${showShape(a.shape)}, b is ${showShape(b.shape)}`);
}

/** Sum of products of two vectors. Throws unless both have order 1. */
export function dot(a: Tensor, b: Tensor): Tensor {
  expectTensor('dot', a);
  expectTensor('dot', b);
  if (a.order !== 1 || b.order !== 1) {
    throw new RangeError(`dot: needs two vectors: a is ${showShape(a.shape)}, b is ${showShape(b.shape)}; see matmul`);
  }
  if (a.size !== b.size)
    throw new RangeError(`dot: sizes differ: a is ${showShape(a.shape)}, b is ${showShape(b.shape)}`);
  return matmul(a, b);
}

/**
 * A·B summed over the axes of the stack along which `shape` was stretched. A sum of products is one product, of [A₁ A₂ …] and [B₁; B₂; …]:
 * the stack of the products, which may be far larger than the sum, is never made.
 */
function summedProduct(a: Tensor, b: Tensor, shape: Shape): Tensor {
  if (a.order === 2 && b.order === 2) return matmul(a, b);
  const batch = broadcastShapes('matmul', a.shape.slice(0, -2), b.shape.slice(0, -2));
  const lead = batch.length + 2 - shape.length;
  const summed = batch.flatMap((n, axis) => (axis < lead || (shape[axis - lead] === 1 && n !== 1) ? [axis] : []));
  if (summed.length === 0) return matmul(a, b);
  const left = matrixTranspose(stacked(matrixTranspose(a), batch, summed));
  return reshape(matmul(left, stacked(b, batch, summed)), shape);
}

/** The matrices of a stack, written below each other along the axes `summed`: [..., m, n] becomes [rest, summed·m, n]. */
function stacked(x: Tensor, batch: Shape, summed: readonly number[]): Tensor {
  const [m, n] = x.shape.slice(-2);
  const lead = batch.length + 2 - x.order;
  const full = reshape(x, [...new Array<number>(lead).fill(1), ...x.shape]);
  const rest = batch.flatMap((_, axis) => (summed.includes(axis) ? [] : [axis]));
  const sizes = rest.map((axis) => full.shape[axis]);
  const stretched = broadcastTo(full, [
    ...batch.map((size, axis) => (summed.includes(axis) ? size : full.shape[axis])),
    m,
    n,
  ]);
  const moved = transpose(stretched, [...rest, ...summed, batch.length, batch.length + 1]);
  return reshape(moved, [...sizes, sizeOf(summed.map((axis) => batch[axis])) * m, n]);
}

function floats(x: Tensor): Float64Array | Float32Array {
  if (x.data instanceof Float64Array || x.data instanceof Float32Array) return x.data;
  throw new TypeError(`matmul: expected floating elements, got ${x.dtype}`);
}
