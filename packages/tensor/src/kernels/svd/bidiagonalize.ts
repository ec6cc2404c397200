import { reflector } from '../householder/index.js';
import { workStride } from '../rotations/index.js';
import type { BlockProduct, BlockUpdate } from './bidiagonal-update.js';

/** Where bidiagonalize keeps what, in one array; see there. */
export interface BidiagonalLayout {
  /** Distance of the rows of A, which begin at 0. */
  readonly stride: number;
  /** The reflectors of Q, n rows. */
  readonly left: number;
  readonly leftStride: number;
  readonly x: number;
  readonly y: number;
  readonly sum: number;
  readonly zeros: number;
  readonly length: number;
}

export function bidiagonalLayout(m: number, n: number): BidiagonalLayout {
  const stride = workStride(n);
  const leftStride = workStride(m);
  // Passes over the rows work on up to three of them too many.
  const left = (m + 3) * stride;
  const x = left + n * leftStride;
  const y = x + leftStride + 8;
  const sum = y + stride;
  const zeros = sum + stride;
  return { stride, left, leftStride, x, y, sum, zeros, length: zeros + Math.max(stride, leftStride) };
}

/**
 * A = Q·B·Pᵀ with B upper bidiagonal, m >= n; `data` is zero but for A. `diagonal` and `offDiagonal` (n, the last is 0) receive B. Row k of the part
 * `left` receives the reflector of Q, zeros, 1 at k and the rest; row k of A, from column k + 1 on, the reflector of P.
 * The two rank-one updates of a step wait for the next pass over the rest (as in LAPACK's dlabrd; Howell et al. 2008).
 */
export function bidiagonalize(
  m: number,
  n: number,
  data: Float64Array,
  layout: BidiagonalLayout,
  leftTaus: Float64Array,
  rightTaus: Float64Array,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  update: BlockUpdate,
  multiply: BlockProduct,
): void {
  const { stride, x, y, sum, zeros } = layout;
  // Still to be subtracted from rows and columns >= k: left·yᵀ + x·rightᵀ.
  let left = zeros;
  let right = zeros;
  for (let k = 0; k < n; k++) {
    const row = k * stride;
    const next = layout.left + k * layout.leftStride;
    const yk = data[y + k];
    const rk = data[right + k];
    for (let i = k; i < m; i++) data[next + i] = data[i * stride + k] - (data[left + i] * yk + data[x + i] * rk);
    const tau = reflector(m - k, data, next + k, 1);
    leftTaus[k] = tau;
    diagonal[k] = data[next + k];
    data[next + k] = 1;
    offDiagonal[k] = 0;
    rightTaus[k] = 0;
    const start = k + 1;
    if (start === n) break;
    const rest = n - start;
    update(data, m - k, rest, row + start, stride, left + k, x + k, next + k, y + start, right + start, sum + start);
    for (let j = start; j < n; j++) {
      data[y + j] = tau * data[sum + j];
      data[row + j] -= data[y + j];
    }
    const rightTau = reflector(rest, data, row + start, 1);
    rightTaus[k] = rightTau;
    offDiagonal[k] = data[row + start];
    data[row + start] = 1;
    let overlap = 0;
    for (let j = start; j < n; j++) overlap += data[y + j] * data[row + j];
    if (start < m) multiply(data, m - start, rest, start * stride + start, stride, row + start, x + start);
    for (let i = start; i < m; i++) data[x + i] = rightTau * (data[x + i] - overlap * data[next + i]);
    left = next;
    right = row;
  }
}
