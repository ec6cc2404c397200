import { zerosLike } from '../core/create.js';
import { toFloating } from '../core/dtype.js';
import { applyMulti, type MultiOp } from '../core/op.js';
import { add, mul, sub } from '../core/ops/arithmetic.js';
import { astype } from '../core/ops/astype.js';
import { concat } from '../core/ops/concat.js';
import { matmul } from '../core/ops/matmul.js';
import { slice } from '../core/ops/slice.js';
import { matrixTranspose } from '../core/ops/transpose.js';
import { checkOptions } from '../core/options.js';
import { showShape } from '../core/shape.js';
import type { Tensor } from '../core/tensor.js';
import { qr as factorInPlace, qrFormQ } from '../kernels/qr/index.js';
import { fillFloat64 } from './fill-float64.js';
import { checkMatrix, copyFinite, stackSizes } from './matrices.js';
import { triangle } from './triangle.js';
import { triangularSolveFor } from './triangular-solve.js';

/** Options of {@link qr}. */
export interface QrOptions {
  /** 'reduced': q is [..., m, k], r is [..., k, n] with k = min(m, n). 'complete': k = m. Default: 'reduced'. */
  readonly mode?: 'reduced' | 'complete';
}

export const qrDefaults: Required<QrOptions> = { mode: 'reduced' };

/** a = q·r. */
export interface QrResult {
  /** Orthonormal columns. */
  readonly q: Tensor;
  /** Upper triangular (upper trapezoidal where a is wide). */
  readonly r: Tensor;
}

export const qrOp: MultiOp<Required<QrOptions>> = {
  name: 'qr',
  infer: ([a], { mode }) => {
    const { rows, cols, batch } = stackSizes(a.shape);
    const k = mode === 'complete' ? rows : Math.min(rows, cols);
    return [
      { shape: [...batch, rows, k], dtype: a.dtype },
      { shape: [...batch, k, cols], dtype: a.dtype },
    ];
  },
  compute: ([qOut, rOut], [a]) => {
    const { rows: m, cols: n, count } = stackSizes(a.shape);
    const k = qOut.shape[qOut.order - 1];
    const taus = new Float64Array(Math.min(m, n));
    const compact = copyFinite('qr', a);
    fillFloat64([qOut, rOut], (q, r) => {
      for (let p = 0; p < count; p++) {
        const offset = p * m * n;
        const units = shrinkColumns(m, n, compact, offset);
        factorInPlace(m, n, compact, offset, taus, 0);
        qrFormQ(m, n, k, compact, offset, taus, 0, q, p * m * k);
        for (let i = 0; i < Math.min(m, n); i++) {
          const row = compact.subarray(offset + i * n + i, offset + (i + 1) * n);
          const sign = row[0] < 0 ? -1 : 1;
          for (let j = i; j < n; j++) r[p * k * n + i * n + j] = (sign * row[j - i]) / units[j];
          if (sign < 0) for (let j = 0; j < m; j++) q[p * m * k + j * k + i] *= -1;
        }
      }
    });
  },
  vjp: ([gq, gr], [q, r], [a], { mode }) => {
    const { rows: m, cols: n } = stackSizes(a.shape);
    if (mode === 'complete' && m > n) {
      throw new TypeError(
        `qr: the complete factor of a tall matrix is not unique and has no derivative: a is ${showShape(a.shape)}; use mode 'reduced'`,
      );
    }
    const qBar = gq ?? zerosLike(q);
    const rBar = gr ?? zerosLike(r);
    if (m >= n) return [pullSquare(qBar, rBar, q, r)];
    // Wide, a = [a1 a2], r = [r1 r2] with a1 square: r2 = qᵀ·a2, so r̄2 reaches a2 directly and a1 through q
    // (Roberts & Roberts 2020, "QR and LQ decomposition matrix backpropagation algorithms").
    const first = (x: Tensor): Tensor => columns(x, 0, m);
    const rest = (x: Tensor): Tensor => columns(x, m, n);
    const throughQ = add(qBar, matmul(rest(a), matrixTranspose(rest(rBar))));
    return [concat([pullSquare(throughQ, first(rBar), q, first(r)), matmul(q, rest(rBar))], { axis: a.order - 1 })];
  },
};

/** Scales columns next to overflow, where sums over them would not end, and returns the factors: q does not depend on them. */
function shrinkColumns(m: number, n: number, a: Float64Array, offset: number): Float64Array {
  const units = new Float64Array(n).fill(1);
  for (let i = 0; i < m * n; i++) if (Math.abs(a[offset + i]) > 2 ** 960) units[i % n] = 2 ** -64;
  if (units.includes(2 ** -64)) for (let i = 0; i < m * n; i++) a[offset + i] *= units[i % n];
  return units;
}

/**
 * Ā = (Q̄ + Q·S)·R⁻ᵀ where S is symmetric with the lower triangle of M = R·R̄ᵀ − Q̄ᵀ·Q (Seeger et al. 2017, "Auto-differentiating
 * linear algebra", there for LQ).
 */
function pullSquare(qBar: Tensor, rBar: Tensor, q: Tensor, r: Tensor): Tensor {
  const m = sub(matmul(r, matrixTranspose(rBar)), matmul(matrixTranspose(qBar), q));
  const lower = mul(m, triangle(r.shape.slice(-2), [1, 0.5, 0], m.dtype));
  const s = add(lower, matrixTranspose(lower));
  const right = add(qBar, matmul(q, s));
  // Y·R⁻ᵀ = (R⁻¹·Yᵀ)ᵀ
  return matrixTranspose(triangularSolveFor('derivative of qr', r, matrixTranspose(right), { lower: false }));
}

function columns(x: Tensor, start: number, stop: number): Tensor {
  return slice(x, [...x.shape.slice(0, -1).map(() => undefined), { start, stop }]);
}

/**
 * Orthogonal times upper triangular: a [..., m, n] = q·r by Householder reflections. The diagonal of r is not negative (LAPACK's may
 * be): that makes the factors unique and smooth where the first min(m, n) columns are independent.
 *
 * Options: {@link QrOptions}. Throws a RangeError when a has no two axes or is not finite; an r that overflows has Infinity. Cost: about 4m·n·min(m, n) flops, in
 * float64. Differentiable to any order in mode 'reduced' where the first min(m, n) columns are independent; else throws.
 */
export function qr(a: Tensor, options: QrOptions = {}): QrResult {
  checkMatrix('qr', a);
  checkOptions('qr', options, { mode: 'string' });
  const { mode = qrDefaults.mode } = options;
  if (mode !== 'reduced' && mode !== 'complete') {
    throw new RangeError(`qr: mode must be 'reduced' or 'complete', got ${String(mode)}`);
  }
  const [q, r] = applyMulti(qrOp, [astype(a, toFloating(a.dtype))], { mode });
  return { q, r };
}
