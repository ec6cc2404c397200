import { reflector } from '../householder/index.js';
import type { SymmetricUpdate } from './symmetric-update.js';

/** Elements that tridiagonalize works on: the matrix with a row more, and four vectors. */
export function tridiagonalLength(n: number, stride: number): number {
  return (n + 5) * stride;
}

/**
 * A = Q·T·Qᵀ with T tridiagonal, Q = H_0·H_1⋯H_(n-2). The upper triangle of A stands at the beginning of `data`, zeros are around it, its rows
 * `stride` > n apart; right of the superdiagonal of row k it receives v_k[1:] of H_k = I - taus[k]·v_k·v_kᵀ. `diagonal` (n) and `offDiagonal` (n,
 * the last is 0) receive T. Golub & Van Loan, algorithm 8.3.1; the update of a step waits for the product of the next one (as in Howell et
 * al. 2008 for the bidiagonal form), so that every step goes over the rest of A once.
 */
export function tridiagonalize(
  n: number,
  data: Float64Array,
  stride: number,
  taus: Float64Array,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  update: SymmetricUpdate,
): void {
  if (n === 0) return;
  // Still to be subtracted from rows and columns >= k: v·wᵀ + w·vᵀ.
  let v = (n + 1) * stride;
  let next = v + stride;
  const w = next + stride;
  const product = w + stride;
  for (let k = 0; k < n; k++) {
    const row = k * stride;
    const vk = data[v + k];
    const wk = data[w + k];
    for (let j = k; j < n; j++) data[row + j] -= vk * data[w + j] + wk * data[v + j];
    diagonal[k] = data[row + k];
    offDiagonal[k] = 0;
    const start = k + 1;
    if (start === n) break;
    // By symmetry the row serves for the column.
    const tau = reflector(n - start, data, row + start, 1);
    taus[k] = tau;
    offDiagonal[k] = data[row + start];
    data[next + start] = 1;
    for (let j = start + 1; j < n; j++) data[next + j] = data[row + j];
    update(data, n - start, start * stride + start, stride, v + start, w + start, next + start, product + start);
    let overlap = 0;
    for (let j = start; j < n; j++) {
      data[product + j] *= tau;
      overlap += data[product + j] * data[next + j];
    }
    const half = 0.5 * tau * overlap;
    for (let j = start; j < n; j++) data[w + j] = data[product + j] - half * data[next + j];
    [v, next] = [next, v];
  }
}
