import { allocate } from '../core/allocate.js';
import { zerosLike } from '../core/create.js';
import { toFloating } from '../core/dtype.js';
import { apply, type Op } from '../core/op.js';
import { mul } from '../core/ops/arithmetic.js';
import { astype } from '../core/ops/astype.js';
import { concat } from '../core/ops/concat.js';
import { slice } from '../core/ops/slice.js';
import { matrixTranspose } from '../core/ops/transpose.js';
import { flatten, Tensor } from '../core/tensor.js';
import { expm as exponential } from '../kernels/expm/index.js';
import { exp2 } from '../math/exp2.js';
import { log2 } from '../math/log2.js';
import { fillFloat64 } from './fill-float64.js';
import { checkSquare, copyFinite, stackSizes } from './matrices.js';

export const expmOp: Op<undefined> = {
  name: 'expm',
  infer: ([a]) => ({ shape: a.shape, dtype: a.dtype }),
  compute: (out, [a]) => {
    const { rows: n, count } = stackSizes(a.shape);
    const matrices = copyFinite('expm', a);
    fillFloat64([out], (e) => {
      for (let q = 0; q < count; q++) exponential(n, matrices, q * n * n, e, q * n * n);
    });
  },
  // The adjoint of the Fréchet derivative is the one at Aᵀ, and that stands in the corner of exp([Aᵀ G; 0 Aᵀ]) (Higham 2008,
  // "Functions of Matrices", sections 3.2 and 10.6). It is linear in G, which is brought to the size of A: the larger of the two decides
  // how often the exponential is squared.
  vjp: (g, _e, [a]) => {
    const n = a.shape[a.order - 1];
    if (a.size === 0) return [zerosLike(a)];
    const { down, up } = balance(g, a);
    const adjoint = matrixTranspose(a);
    const top = concat([adjoint, mul(g, down)], { axis: a.order - 1 });
    const bottom = concat([zerosLike(adjoint), adjoint], { axis: a.order - 1 });
    const both = apply(expmOp, [concat([top, bottom], { axis: a.order - 2 })], undefined);
    return [mul(slice(both, [...a.shape.slice(0, -2).map(() => undefined), { stop: n }, { start: n }]), up)];
  },
};

/** For each matrix of g a power of two that brings its largest entry near the largest of a (1 at least), and its inverse. */
function balance(g: Tensor, a: Tensor): { down: Tensor; up: Tensor } {
  const { rows, batch, count } = stackSizes(a.shape);
  const sizes = [g, a].map((x) => {
    const values = flatten(x);
    return Array.from({ length: count }, (_, q) => largest(values.subarray(q * rows * rows, (q + 1) * rows * rows)));
  });
  const shape = [...batch, 1, 1];
  const down = allocate(a.dtype, count);
  const up = allocate(a.dtype, count);
  // float32 has room for 2^±126 only.
  const most = a.dtype === 'float32' ? 126 : 1000;
  for (let q = 0; q < count; q++) {
    const ratio = Math.max(1, sizes[1][q]) / sizes[0][q];
    const exponent = Number.isFinite(ratio) ? Math.max(-most, Math.min(most, Math.floor(log2(ratio)))) : 0;
    down[q] = exp2(exponent);
    up[q] = exp2(-exponent);
  }
  return { down: new Tensor(down, a.dtype, shape), up: new Tensor(up, a.dtype, shape) };
}

function largest(values: ArrayLike<number>): number {
  let found = 0;
  for (let i = 0; i < values.length; i++) found = Math.max(found, Math.abs(values[i]));
  return found;
}

/**
 * The exponential Σ aᵏ/k! of each matrix of a [..., n, n], by scaling and squaring with Padé approximants (Higham 2005).
 *
 * Throws a RangeError when a is not square or not finite; entries of the result that overflow are Infinity or NaN. Error: a few
 * n·eps·(1 + ‖a‖)·‖exp(a)‖ for normal a; others lose digits to the squarings: of the exponential of [[-1, 1e15], [0, -2]] two are
 * right. Cost: about 2n³·(4 + log₂ ‖a‖) flops, in float64. Differentiable everywhere and to any order, each at 8 times the cost of the
 * one before (exponentials of twice the size).
 */
export function expm(a: Tensor): Tensor {
  checkSquare('expm', a);
  return apply(expmOp, [astype(a, toFloating(a.dtype))], undefined);
}
