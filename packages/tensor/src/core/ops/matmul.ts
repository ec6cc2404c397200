import { gemm } from '../../kernels/gemm/index.js';
import { expectTensor } from '../as-tensor.js';
import { promote, toFloating } from '../dtype.js';
import { apply, type Op } from '../op.js';
import { broadcastShapes, broadcastStrides, showShape, sizeOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { astype } from './astype.js';
import { expandDims, squeeze } from './axes.js';
import { unbroadcast } from './elementwise.js';
import { matrixTranspose } from './transpose.js';

/** Products of stacks of matrices [..., m, k]·[..., k, n] whose inner sizes agree; leading axes broadcast. */
export const matmulOp: Op<undefined> = {
  name: 'matmul',
  infer: ([a, b]) => {
    const batch = broadcastShapes('matmul', a.shape.slice(0, -2), b.shape.slice(0, -2));
    return {
      shape: [...batch, a.shape[a.order - 2], b.shape[b.order - 1]],
      dtype: toFloating(promote(a.dtype, b.dtype)),
    };
  },
  compute: (out, [a, b]) => {
    const batch = out.shape.slice(0, -2);
    const as = broadcastStrides(a.shape.slice(0, -2), a.strides.slice(0, -2), batch);
    const bs = broadcastStrides(b.shape.slice(0, -2), b.strides.slice(0, -2), batch);
    const count = sizeOf(batch);
    for (let q = 0; q < count; q++)
      multiply(out, q, a, a.offset + offsetAt(q, batch, as), b, b.offset + offsetAt(q, batch, bs));
  },
  // C = A·B: dA = G·Bᵀ, dB = Aᵀ·G
  vjp: (g, _out, [a, b], _params, wanted) => {
    const left = wanted[0] ? matmul(g, matrixTranspose(b)) : undefined;
    return unbroadcast([left, wanted[1] ? matmul(matrixTranspose(a), g) : undefined], [a, b], wanted);
  },
};

/**
 * Matrix product, NumPy's rules: [m, k]·[k, n]; leading axes are a stack and broadcast; an operand of order 1 is a row on the left, a column
 * on the right, and its axis disappears. 2·m·k·n flops a product, accumulated in float64. Throws a RangeError when inner dimensions differ.
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  expectTensor('matmul', a);
  expectTensor('matmul', b);
  const shapes = `a is ${showShape(a.shape)}, b is ${showShape(b.shape)}`;
  if (a.order === 0 || b.order === 0) throw new RangeError(`matmul: operands need at least one axis: ${shapes}`);
  if (a.shape[a.order - 1] !== b.shape[Math.max(b.order - 2, 0)]) {
    throw new RangeError(`matmul: inner dimensions differ: ${shapes}`);
  }
  const left = a.order === 1 ? expandDims(a, 0) : a;
  const right = b.order === 1 ? expandDims(b, 1) : b;
  const dtype = toFloating(promote(a.dtype, b.dtype));
  const product = apply(matmulOp, [astype(left, dtype), astype(right, dtype)], undefined);
  const axes = [...(a.order === 1 ? [product.order - 2] : []), ...(b.order === 1 ? [product.order - 1] : [])];
  return axes.length > 0 ? squeeze(product, axes) : product;
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

function multiply(out: Tensor, q: number, a: Tensor, aOffset: number, b: Tensor, bOffset: number): void {
  const [m, n] = out.shape.slice(-2);
  const [ars, acs] = a.strides.slice(-2);
  const [brs, bcs] = b.strides.slice(-2);
  const [x, y, z] = [floats(a), floats(b), floats(out)];
  gemm(m, n, a.shape[a.order - 1], x, aOffset, ars, acs, y, bOffset, brs, bcs, z, q * m * n, n, false);
}

function floats(x: Tensor): Float64Array | Float32Array {
  if (x.data instanceof Float64Array || x.data instanceof Float32Array) return x.data;
  throw new TypeError(`matmul: expected floating elements, got ${x.dtype}`);
}

/** Offset of the q-th matrix of a stack. */
function offsetAt(q: number, batch: readonly number[], strides: readonly number[]): number {
  let offset = 0;
  for (let axis = batch.length - 1; axis >= 0; axis--) {
    offset += (q % batch[axis]) * strides[axis];
    q = Math.floor(q / batch[axis]);
  }
  return offset;
}
