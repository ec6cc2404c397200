import { gemm } from '../gemm/index.js';
import { REFLECTOR_BLOCK } from '../householder/index.js';

/** From this many reflectors on products of blocks are quicker. */
const LARGE = 24;

/**
 * The first `rows` rows of Qᵀ, Q = H_0·H_1⋯H_(count-1) of order m, count <= rows <= m, into a matrix of zeros, qt[offset + i·qtStride + j].
 *
 * H_k = I - taus[k]·v_k·v_kᵀ, where v_k is 0 before index k, 1 there, and stands behind it in row k, v[vOffset + k·vStride + j], j > k.
 * Blocks of reflectors, H_s⋯H_(e-1) = I - V·T·Vᵀ, are applied from the right, the last ones first: they leave the rows and columns before s
 * as they are in the identity. Cost: about 4·rows·m·count flops less those that see zeros, 4m³/3 for a square Q.
 */
export function formTransposed(
  count: number,
  rows: number,
  m: number,
  v: Float64Array,
  vOffset: number,
  vStride: number,
  taus: Float64Array,
  qt: Float64Array,
  offset: number,
  qtStride: number,
): void {
  for (let i = 0; i < rows; i++) qt[offset + i * qtStride + i] = 1;
  if (count < LARGE) {
    for (let k = count - 1; k >= 0; k--) {
      if (taus[k] !== 0) reflectRows(rows, m, k, taus[k], v, vOffset + k * vStride, qt, offset, qtStride);
    }
    return;
  }
  const block = new Float64Array(REFLECTOR_BLOCK * m);
  const gram = new Float64Array(REFLECTOR_BLOCK * REFLECTOR_BLOCK);
  const t = new Float64Array(REFLECTOR_BLOCK * REFLECTOR_BLOCK);
  const inner = new Float64Array(rows * REFLECTOR_BLOCK);
  const turned = new Float64Array(rows * REFLECTOR_BLOCK);
  for (let s = Math.floor((count - 1) / REFLECTOR_BLOCK) * REFLECTOR_BLOCK; s >= 0; s -= REFLECTOR_BLOCK) {
    const width = Math.min(REFLECTOR_BLOCK, count - s);
    const length = m - s;
    for (let k = 0; k < width; k++) {
      const row = k * length;
      const source = vOffset + (s + k) * vStride + s;
      block.fill(0, row, row + k);
      block[row + k] = 1;
      for (let j = k + 1; j < length; j++) block[row + j] = v[source + j];
    }
    gemm(width, width, length, block, 0, length, 1, block, 0, 1, length, gram, 0, width, false);
    formNegativeT(width, taus, s, gram, t);
    const corner = offset + s * qtStride + s;
    gemm(rows - s, width, length, qt, corner, qtStride, 1, block, 0, 1, length, inner, 0, width, false);
    gemm(rows - s, width, width, inner, 0, width, 1, t, 0, 1, width, turned, 0, width, false);
    gemm(rows - s, length, width, turned, 0, width, 1, block, 0, length, 1, qt, corner, qtStride, true);
  }
}

/** -T, upper triangular, from VᵀV (Schreiber & Van Loan 1989). */
function formNegativeT(width: number, taus: Float64Array, first: number, gram: Float64Array, t: Float64Array): void {
  t.fill(0);
  for (let j = 0; j < width; j++) {
    const tau = taus[first + j];
    for (let i = 0; i < j; i++) {
      let sum = 0;
      for (let p = i; p < j; p++) sum += t[i * width + p] * gram[p * width + j];
      t[i * width + j] = -tau * sum;
    }
    t[j * width + j] = -tau;
  }
}

/** Rows from k on times H_k. */
function reflectRows(
  rows: number,
  m: number,
  k: number,
  tau: number,
  v: Float64Array,
  vRow: number,
  qt: Float64Array,
  offset: number,
  stride: number,
): void {
  for (let i = k; i < rows; i++) {
    const row = offset + i * stride;
    let sum = qt[row + k];
    for (let j = k + 1; j < m; j++) sum += qt[row + j] * v[vRow + j];
    sum *= tau;
    qt[row + k] -= sum;
    for (let j = k + 1; j < m; j++) qt[row + j] -= sum * v[vRow + j];
  }
}
