import { toFloating } from '../core/dtype.js';
import { applyMulti, type MultiOp } from '../core/op.js';
import { add, neg, sub } from '../core/ops/arithmetic.js';
import { astype } from '../core/ops/astype.js';
import { matmul } from '../core/ops/matmul.js';
import { matrixTranspose } from '../core/ops/transpose.js';
import { checkOptions } from '../core/options.js';
import { showShape } from '../core/shape.js';
import type { Tensor } from '../core/tensor.js';
import { gemm } from '../kernels/gemm/index.js';
import { svd } from '../kernels/svd/index.js';
import { fillFloat64 } from './fill-float64.js';
import { checkMatrix, copyFinite, nameMatrix, stackSizes } from './matrices.js';
import { checkTolerance, epsilonOf } from './tolerance.js';

/** Options of {@link pinv}. */
export interface PinvOptions {
  /** Singular values of at most rcond times the largest count as 0. Default: max(m, n) times the epsilon of the dtype. */
  readonly rcond?: number;
}

interface Params {
  readonly rcond: number;
}

/** Far enough above the subnormal numbers that reciprocals are finite. */
const SMALL = 2 ** -500;

// Outputs: pseudoinverses, ranks.
export const pinvOp: MultiOp<Params> = {
  name: 'pinv',
  infer: ([a]) => {
    const { rows, cols, batch } = stackSizes(a.shape);
    return [
      { shape: [...batch, cols, rows], dtype: a.dtype },
      { shape: batch, dtype: 'int32' },
    ];
  },
  compute: ([out, ranks], [a], { rcond }) => {
    const { rows: m, cols: n, batch, count } = stackSizes(a.shape);
    const matrices = copyFinite('pinv', a);
    const k = Math.min(m, n);
    const s = new Float64Array(k);
    const u = new Float64Array(m * k);
    const vt = new Float64Array(k * n);
    fillFloat64([out], (p) => {
      for (let q = 0; q < count; q++) {
        const failed = svd(m, n, matrices, q * m * n, s, 0, u, 0, k, vt, 0, k);
        if (failed >= 0) throw new Error(`pinv: singular value ${failed} of ${nameMatrix(q, batch)} did not converge`);
        if (s[0] === Number.POSITIVE_INFINITY) {
          throw new RangeError(`pinv: the largest singular value of ${nameMatrix(q, batch)} overflows: it is Infinity`);
        }
        // Reciprocals of subnormal values would overflow before they meet a 0 of the vectors.
        const unit = s[0] < SMALL ? 1 / SMALL : 1;
        let rank = 0;
        while (rank < k && s[rank] > rcond * s[0]) rank++;
        for (let r = 0; r < rank; r++) for (let j = 0; j < n; j++) vt[r * n + j] /= s[r] * unit;
        gemm(n, m, rank, vt, 0, 1, n, u, 0, 1, k, p, q * m * n, m, false);
        if (unit > 1) for (let i = q * m * n; i < (q + 1) * m * n; i++) p[i] *= unit;
        ranks.data[q] = rank;
      }
    });
  },
  // dP = −P·dA·P + P·Pᵀ·dAᵀ·(I − A·P) + (I − P·A)·dAᵀ·Pᵀ·P at constant rank (Golub & Pereyra 1973).
  vjp: ([g], [p, ranks], [a]) => {
    if (!g) return [];
    const { rows: m, cols: n, batch } = stackSizes(a.shape);
    const deficient = ranks.data.findIndex((rank) => rank < Math.min(m, n));
    if (deficient >= 0) {
      throw new RangeError(
        `pinv: the pseudoinverse jumps where a loses rank and has no derivative there: the rank of ${nameMatrix(deficient, batch)}, ${showShape([m, n])}, is ${ranks.data[deficient]}`,
      );
    }
    const pt = matrixTranspose(p);
    const gt = matrixTranspose(g);
    let pulled = neg(matmul(matmul(pt, g), pt));
    if (m > n) {
      const right = matmul(matmul(gt, p), pt);
      pulled = add(pulled, sub(right, matmul(a, matmul(p, right))));
    }
    if (m < n) {
      const left = matmul(matmul(pt, p), gt);
      pulled = add(pulled, sub(left, matmul(matmul(left, p), a)));
    }
    return [pulled];
  },
};

/**
 * The Moore-Penrose pseudoinverse [..., n, m] of each matrix of a [..., m, n]: v·diag(1/s)·uᵀ over the singular values that do not
 * count as 0.
 *
 * Options: {@link PinvOptions}. Throws a RangeError when a has no two axes or is not finite, its largest singular value overflows, or rcond is negative;
 * entries that overflow are Infinity. Cost: that of svd
 * and 2m·n·min(m, n) flops, in float64. Differentiable to any order at full rank min(m, n); where a singular value counts as 0
 * the derivative throws.
 */
export function pinv(a: Tensor, options: PinvOptions = {}): Tensor {
  checkMatrix('pinv', a);
  checkOptions('pinv', options, { rcond: 'number' });
  const { rcond } = options;
  checkTolerance('pinv', 'rcond', rcond);
  const dtype = toFloating(a.dtype);
  const { rows, cols } = stackSizes(a.shape);
  return applyMulti(pinvOp, [astype(a, dtype)], { rcond: rcond ?? Math.max(rows, cols) * epsilonOf(dtype) })[0];
}
