import { expectTensor } from '../core/as-tensor.js';
import { promote, toFloating } from '../core/dtype.js';
import { apply, type Op } from '../core/op.js';
import { mul, neg } from '../core/ops/arithmetic.js';
import { astype } from '../core/ops/astype.js';
import { expandDims, squeeze } from '../core/ops/axes.js';
import { unbroadcast } from '../core/ops/elementwise.js';
import { matmul } from '../core/ops/matmul.js';
import { matrixTranspose } from '../core/ops/transpose.js';
import { checkOptions } from '../core/options.js';
import { broadcastShapes, showShape } from '../core/shape.js';
import type { Tensor } from '../core/tensor.js';
import { triangularSolve as solveInPlace } from '../kernels/triangular-solve/index.js';
import { fillFloat64 } from './fill-float64.js';
import { checkSquare, copyFloat64, nameMatrix, stackIndices, stackSizes } from './matrices.js';
import { triangle } from './triangle.js';

/** Options of {@link triangularSolve}. */
export interface TriangularSolveOptions {
  /** Read the lower triangle of a; else the upper one. Default: true. */
  readonly lower?: boolean;
  /** Solve aᵀ·x = b. Default: false. */
  readonly transpose?: boolean;
  /** Take the diagonal as ones, without reading it. Default: false. */
  readonly unitDiagonal?: boolean;
}

export const triangularSolveDefaults: Required<TriangularSolveOptions> = {
  lower: true,
  transpose: false,
  unitDiagonal: false,
};

const triangularOptions = { lower: 'boolean', transpose: 'boolean', unitDiagonal: 'boolean' } as const;

interface Params extends Required<TriangularSolveOptions> {
  /** Who asks, for messages. */
  readonly name: string;
}

export const triangularSolveOp: Op<Params> = {
  name: 'triangularSolve',
  infer: ([a, b]) => ({
    shape: [...broadcastShapes('triangularSolve', a.shape.slice(0, -2), b.shape.slice(0, -2)), ...b.shape.slice(-2)],
    dtype: promote(a.dtype, b.dtype),
  }),
  compute: (out, [a, b], { lower, transpose, unitDiagonal, name }) => {
    const { rows, cols, batch, count } = stackSizes(out.shape);
    const triangles = copyFloat64(a);
    const which = stackIndices(a.shape.slice(0, -2), batch);
    fillFloat64([out], (x) => {
      x.set(copyFloat64(b, out.shape));
      for (let q = 0; q < count; q++) {
        const offset = which[q] * rows * rows;
        const zero = solveInPlace(rows, cols, triangles, offset, lower, transpose, unitDiagonal, x, q * rows * cols);
        if (zero >= 0)
          throw new RangeError(`${name}: ${nameMatrix(q, batch)} is singular: diagonal entry ${zero} is 0`);
      }
    });
  },
  // T·X = B: dX = T⁻¹·(dB − dT·X), so B̄ = T⁻ᵀ·X̄ and T̄ = −B̄·Xᵀ on the triangle (Giles 2008, "Collected matrix derivative results").
  vjp: (g, x, [a, b], params, wanted) => {
    const { lower, transpose, unitDiagonal } = params;
    const right = apply(triangularSolveOp, [a, g], { ...params, transpose: !transpose });
    if (!wanted[0]) return unbroadcast([undefined, right], [a, b], wanted);
    const outer = transpose ? matmul(x, matrixTranspose(right)) : matmul(right, matrixTranspose(x));
    const keep = triangle(a.shape.slice(-2), [lower ? 1 : 0, unitDiagonal ? 0 : 1, lower ? 0 : 1], a.dtype);
    return unbroadcast([neg(mul(outer, keep)), right], [a, b], wanted);
  },
};

/**
 * The x with a·x = b (or aᵀ·x = b) for a triangular a [..., n, n]; b is [..., n, k], or [n] for one right-hand side; leading axes
 * broadcast. The other triangle of a is not read.
 *
 * Throws a RangeError when shapes do not fit or a diagonal entry is 0; other numbers, NaN included, follow IEEE 754.
 * Cost: n²·k flops, in float64. Differentiable in a and b to any order.
 */
export function triangularSolve(a: Tensor, b: Tensor, options: TriangularSolveOptions = {}): Tensor {
  checkOptions('triangularSolve', options, triangularOptions);
  return triangularSolveFor('triangularSolve', a, b, options);
}

/** {@link triangularSolve} for another function, which its errors name. */
export function triangularSolveFor(name: string, a: Tensor, b: Tensor, options: TriangularSolveOptions = {}): Tensor {
  checkSystem(name, a, b);
  const dtype = toFloating(promote(a.dtype, b.dtype));
  const right = b.order === 1 ? expandDims(b, 1) : b;
  const params = {
    lower: options.lower ?? triangularSolveDefaults.lower,
    transpose: options.transpose ?? triangularSolveDefaults.transpose,
    unitDiagonal: options.unitDiagonal ?? triangularSolveDefaults.unitDiagonal,
    name,
  };
  const x = apply(triangularSolveOp, [astype(a, dtype), astype(right, dtype)], params);
  return b.order === 1 ? squeeze(x, x.order - 1) : x;
}

/** Throws unless a and b are tensors, a is [..., n, n] and b is [n] or [..., n, k]. */
export function checkSystem(name: string, a: Tensor, b: Tensor): void {
  checkSquare(name, a);
  expectTensor(name, b);
  const n = a.shape[a.order - 1];
  if (b.order === 0 || b.shape[Math.max(0, b.order - 2)] !== n) {
    throw new RangeError(`${name}: rows of a and b differ: a is ${showShape(a.shape)}, b is ${showShape(b.shape)}`);
  }
}
