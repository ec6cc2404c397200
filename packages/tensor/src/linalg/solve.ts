import { recorder } from '../core/compile/recorder.js';
import { eye } from '../core/create.js';
import { promote, toFloating } from '../core/dtype.js';
import { apply, type Op } from '../core/op.js';
import { neg } from '../core/ops/arithmetic.js';
import { astype } from '../core/ops/astype.js';
import { expandDims, squeeze } from '../core/ops/axes.js';
import { unbroadcast } from '../core/ops/elementwise.js';
import { matmul } from '../core/ops/matmul.js';
import { matrixTranspose } from '../core/ops/transpose.js';
import { broadcastShapes } from '../core/shape.js';
import type { Tensor } from '../core/tensor.js';
import { luSolve } from '../kernels/lu/index.js';
import { fillFloat64 } from './fill-float64.js';
import { type LuFactors, luFactors } from './lu-factors.js';
import { checkSquare, copyFloat64, nameMatrix, stackIndices, stackSizes } from './matrices.js';
import { checkSystem } from './triangular-solve.js';

interface Params {
  /** For messages. */
  readonly name: string;
  /** The factors of a, computed once: the derivative solves with them again. Undefined in a compiled step, which makes them whenever it runs. */
  readonly factors: LuFactors | undefined;
  readonly transpose: boolean;
}

export const solveOp: Op<Params> = {
  name: 'solve',
  infer: ([a, b]) => ({
    shape: [...broadcastShapes('solve', a.shape.slice(0, -2), b.shape.slice(0, -2)), ...b.shape.slice(-2)],
    dtype: promote(a.dtype, b.dtype),
  }),
  compute: (out, [a, b], { name, factors: known, transpose }) => {
    const { factors, pivots } = known ?? regularFactors(name, a);
    const { rows, cols, batch, count } = stackSizes(out.shape);
    const which = stackIndices(a.shape.slice(0, -2), batch);
    fillFloat64([out], (x) => {
      x.set(copyFloat64(b, out.shape));
      for (let q = 0; q < count; q++) {
        const p = which[q];
        luSolve(rows, cols, factors, p * rows * rows, pivots, p * rows, transpose, x, q * rows * cols);
      }
    });
  },
  // A·X = B: B̄ = A⁻ᵀ·X̄, Ā = −B̄·Xᵀ (Giles 2008).
  vjp: (g, x, [a, b], params, wanted) => {
    const { transpose } = params;
    const right = apply(solveOp, [a, g], { ...params, transpose: !transpose });
    if (!wanted[0]) return unbroadcast([undefined, right], [a, b], wanted);
    const outer = transpose ? matmul(x, matrixTranspose(right)) : matmul(right, matrixTranspose(x));
    return unbroadcast([neg(outer), right], [a, b], wanted);
  },
};

/**
 * The x with a·x = b by LU with partial pivoting: a is [..., n, n], b is [..., n, k], or [n] for one right-hand side; leading axes
 * broadcast.
 *
 * Throws a RangeError when shapes do not fit, a is not finite or overflows in elimination, or a pivot is 0; numbers of b follow IEEE 754, and entries
 * of x that overflow are Infinity or NaN. A matrix that is singular up to rounding passes: look at the size of x. Cost: 2n³/3 + 2n²·k flops, in float64. Differentiable in a and b to any order.
 */
export function solve(a: Tensor, b: Tensor): Tensor {
  checkSystem('solve', a, b);
  const right = b.order === 1 ? expandDims(b, 1) : b;
  const x = solveFor('solve', a, right);
  return b.order === 1 ? squeeze(x, x.order - 1) : x;
}

/**
 * The inverse of each matrix of a [..., n, n]. To apply an inverse, {@link solve} is quicker and more accurate.
 *
 * Throws a RangeError when a is not square, not finite, overflows in elimination, or a pivot is 0; entries of the inverse that overflow are
 * Infinity or NaN. Cost: 8n³/3 flops. Differentiable to any order.
 */
export function inv(a: Tensor): Tensor {
  return invFor('inv', a);
}

/** {@link inv} for another function, which its errors name. */
export function invFor(name: string, a: Tensor): Tensor {
  checkSquare(name, a);
  return solveFor(name, a, eye(a.shape[a.order - 1], { dtype: toFloating(a.dtype) }));
}

function solveFor(name: string, a: Tensor, b: Tensor): Tensor {
  const dtype = toFloating(promote(a.dtype, b.dtype));
  const factors = recorder?.standsIn(a) ? undefined : regularFactors(name, a);
  return apply(solveOp, [astype(a, dtype), astype(b, dtype)], { name, factors, transpose: false });
}

/** Throws where {@link luFactors} does, and for a pivot that is 0. */
function regularFactors(name: string, a: Tensor): LuFactors {
  const factors = luFactors(name, a);
  const { singular } = factors;
  const q = singular.findIndex((pivot) => pivot >= 0);
  if (q < 0) return factors;
  throw new RangeError(`${name}: ${nameMatrix(q, a.shape.slice(0, -2))} is singular: pivot ${singular[q]} is 0`);
}
