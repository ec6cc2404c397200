import { expectTensor } from '../core/as-tensor.js';
import { type DType, promote, toFloating } from '../core/dtype.js';
import { applyMulti, type MultiOp } from '../core/op.js';
import { add, div, mul, neg, sub } from '../core/ops/arithmetic.js';
import { astype } from '../core/ops/astype.js';
import { expandDims, squeeze } from '../core/ops/axes.js';
import { equal } from '../core/ops/compare.js';
import { matmul } from '../core/ops/matmul.js';
import { matrixTranspose } from '../core/ops/transpose.js';
import { where } from '../core/ops/where.js';
import { checkOptions } from '../core/options.js';
import { showShape } from '../core/shape.js';
import type { Tensor } from '../core/tensor.js';
import { lstsq as solveInPlace } from '../kernels/lstsq/index.js';
import { norm2 } from '../kernels/norm2/index.js';
import { fillFloat64 } from './fill-float64.js';
import { copyFinite } from './matrices.js';
import { checkTolerance } from './tolerance.js';

/** Options of {@link lstsq}. */
export interface LstsqOptions {
  /** Pivots of at most rcond times the first count as 0. Default: max(m, n) times `lstsqDefaults.epsilon` of the dtype. */
  readonly rcond?: number;
}

export const lstsqDefaults: { readonly epsilon: Readonly<Record<'float64' | 'float32', number>> } = {
  epsilon: { float64: 2 ** -52, float32: 2 ** -23 },
};

/** What {@link lstsq} returns. */
export interface LstsqResult {
  /** [n], or [n, k] as b. */
  readonly solution: Tensor;
  /** ‖a·x − b‖ for each column of b: [] or [k]. */
  readonly residualNorms: Tensor;
  /** Numerical rank of a. */
  readonly rank: number;
  /** Whether the rank is min(m, n); if not, or if m < n, the solution is the one of least norm among many. */
  readonly status: 'full-rank' | 'rank-deficient';
}

interface Params {
  readonly rcond: number;
  readonly maxRank: number;
}

// Outputs: solution, residual norms, rank.
export const lstsqOp: MultiOp<Params> = {
  name: 'lstsq',
  infer: ([a, b]) => [
    { shape: [a.shape[1], b.shape[1]], dtype: a.dtype },
    { shape: [b.shape[1]], dtype: a.dtype },
    { shape: [], dtype: 'int32' },
  ],
  compute: ([solution, norms, rank], [a, b], { rcond, maxRank }) => {
    const [m, n] = a.shape;
    const left = copyFinite('lstsq', a);
    const right = copyFinite('lstsq', b, 'the right-hand side');
    for (let j = 0; j < b.shape[1]; j++) {
      if (4 * norm2(m, right, j, b.shape[1]) < Number.POSITIVE_INFINITY) continue;
      throw new RangeError(`lstsq: the norm of column ${j} of b overflows, or nearly`);
    }
    fillFloat64([solution, norms], (x, residuals) => {
      const found = solveInPlace(m, n, b.shape[1], left, 0, right, 0, x, 0, residuals, 0, rcond, maxRank);
      if (found < 0) throw new RangeError(`lstsq: the norm of column ${-1 - found} of a overflows, or nearly`);
      rank.data[0] = found;
    });
  },
  // For constant rank, x = A⁺·b, r = b − A·x, u = A⁺ᵀ·x̄ (Golub & Pereyra 1973):
  // b̄ = u, Ā = −u·xᵀ + r·(A⁺·u)ᵀ + (A⁺ᵀ·x)·(x̄ − Aᵀ·u)ᵀ. A residual norm ρ adds r/ρ to b̄ and −(r/ρ)·xᵀ to Ā.
  vjp: ([gx, gNorms], [x, norms, rankOut], [a, b], _params, wanted) => {
    const [m, n] = a.shape;
    const rank = rankOut.item();
    if (wanted[0] && rank < Math.min(m, n)) {
      throw new RangeError(
        `lstsq: the solution jumps where a loses rank and has no derivative there: the rank of a ${showShape(a.shape)} is ${rank}`,
      );
    }
    const pseudo = (left: Tensor, right: Tensor): Tensor =>
      applyMulti(lstsqOp, [left, right], { rcond: 0, maxRank: rank })[0];
    const adjoint = matrixTranspose(a);
    const r = sub(b, matmul(a, x));
    let aBar: Tensor | undefined;
    let bBar: Tensor | undefined;
    if (gx) {
      const u = pseudo(adjoint, gx);
      bBar = u;
      if (wanted[0]) {
        aBar = neg(matmul(u, matrixTranspose(x)));
        if (m > n) aBar = add(aBar, matmul(r, matrixTranspose(pseudo(a, u))));
        if (m < n) aBar = add(aBar, matmul(pseudo(adjoint, x), matrixTranspose(sub(gx, matmul(adjoint, u)))));
      }
    }
    if (gNorms && m > rank) {
      // A norm that is 0 has a minimum there: 0 is a subgradient.
      const direction = mul(r, div(gNorms, where(equal(norms, 0), 1, norms)));
      bBar = bBar ? add(bBar, direction) : direction;
      const through = wanted[0] ? neg(matmul(direction, matrixTranspose(x))) : undefined;
      aBar = aBar && through ? add(aBar, through) : (aBar ?? through);
    }
    return [aBar, bBar];
  },
};

/**
 * Least squares: the x of least norm among those that minimize ‖a·x − b‖, for a [m, n] and b [m] or [m, k], of any shape and rank.
 *
 * Options: {@link LstsqOptions}. Throws a RangeError when shapes do not fit, an element is not finite, the norm of a column overflows, or
 * rcond is negative; entries of the solution that overflow are Infinity or NaN. Complete
 * orthogonal decomposition; cost: about 4m·n·min(m, n) flops, in float64. Differentiable to any order, in a only at full rank.
 */
export function lstsq(a: Tensor, b: Tensor, options: LstsqOptions = {}): LstsqResult {
  expectTensor('lstsq', a);
  expectTensor('lstsq', b);
  checkOptions('lstsq', options, { rcond: 'number' });
  const { rcond } = options;
  if (a.order !== 2 || (b.order !== 1 && b.order !== 2) || a.shape[0] !== b.shape[0]) {
    throw new RangeError(
      `lstsq: needs a [m, n] and b [m] or [m, k]: a is ${showShape(a.shape)}, b is ${showShape(b.shape)}`,
    );
  }
  checkTolerance('lstsq', 'rcond', rcond);
  const dtype = toFloating(promote(a.dtype, b.dtype));
  const right = astype(b.order === 1 ? expandDims(b, 1) : b, dtype);
  const params = { rcond: rcond ?? Math.max(...a.shape) * epsilonOf(dtype), maxRank: Number.POSITIVE_INFINITY };
  const [x, norms, rankOut] = applyMulti(lstsqOp, [astype(a, dtype), right], params);
  const rank = rankOut.item();
  return {
    solution: b.order === 1 ? squeeze(x, 1) : x,
    residualNorms: b.order === 1 ? squeeze(norms, 0) : norms,
    rank,
    status: rank === Math.min(...a.shape) ? 'full-rank' : 'rank-deficient',
  };
}

function epsilonOf(dtype: DType): number {
  return dtype === 'float32' ? lstsqDefaults.epsilon.float32 : lstsqDefaults.epsilon.float64;
}
