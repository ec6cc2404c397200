import { checkBasis } from './check-basis.js';
import { dot, roundDivide, subtractMultiple } from './dot.js';
import { guidedReduction } from './guided-reduction.js';

/** A reduced basis, with its orthogonalisation in integers. */
export interface ReducedBasis {
  /** Rows. */
  readonly basis: readonly (readonly bigint[])[];
  /** d_0 = 1, d_i = the Gram determinant of the first i rows: |b*_i|² = d_(i+1)/d_i. */
  readonly gramDeterminants: readonly bigint[];
  /** λ_ij = d_(j+1)·μ_ij for j < i. */
  readonly lambda: readonly (readonly bigint[])[];
  /** Exchanges of the exact part. */
  readonly swaps: number;
}

/**
 * A basis of the same lattice that is reduced in the sense of Lenstra, Lenstra and Lovász (1982), exactly:
 *
 *     |μ_ij| ≤ 1/2 for j < i,   |b*_i|² ≥ (3/4 − μ_(i,i−1)²)·|b*_(i−1)|²
 *
 * First by float64 projections, which are quick, then in integers (Cohen 1993, algorithm 2.6.7), which decide. Throws a RangeError for no rows, rows of
 * different lengths and dependent rows. Cost: for n rows of b bits some n²·b exchanges in float64, then O(n³) products of numbers of n·b bits.
 */
export function lll(basis: readonly (readonly bigint[])[]): ReducedBasis {
  checkBasis('lll', basis);
  const rows = basis.map((row) => [...row]);
  guidedReduction(rows);
  const n = rows.length;
  const d = Array.from({ length: n + 1 }, () => 0n);
  const lambda = rows.map(() => Array.from({ length: n }, () => 0n));
  d[0] = 1n;
  let swaps = 0;
  let known = -1;
  for (let k = 0; k < n; ) {
    if (k > known) {
      known = k;
      orthogonalise(rows, d, lambda, k);
    }
    if (k === 0) {
      k++;
      continue;
    }
    sizeReduce(rows, d, lambda, k, k - 1);
    const l = lambda[k][k - 1];
    if (4n * d[k + 1] * d[k - 1] < 3n * d[k] * d[k] - 4n * l * l) {
      exchange(rows, d, lambda, k, known);
      swaps++;
      k = Math.max(1, k - 1);
    } else {
      for (let j = k - 2; j >= 0; j--) sizeReduce(rows, d, lambda, k, j);
      k++;
    }
  }
  return { basis: rows, gramDeterminants: d, lambda, swaps };
}

/** λ_k0 … λ_k(k−1) and d_(k+1) by Bareiss' divisions, which leave no rest. */
function orthogonalise(rows: readonly bigint[][], d: bigint[], lambda: bigint[][], k: number): void {
  for (let j = 0; j <= k; j++) {
    let u = dot(rows[k], rows[j]);
    for (let i = 0; i < j; i++) u = (d[i + 1] * u - lambda[k][i] * lambda[j][i]) / d[i];
    if (j < k) lambda[k][j] = u;
    else d[k + 1] = u;
  }
  if (d[k + 1] === 0n) throw new RangeError('lll: the rows are dependent');
}

function sizeReduce(rows: bigint[][], d: readonly bigint[], lambda: bigint[][], k: number, j: number): void {
  const twice = 2n * lambda[k][j];
  if ((twice < 0n ? -twice : twice) <= d[j + 1]) return;
  const q = roundDivide(lambda[k][j], d[j + 1]);
  subtractMultiple(rows[k], q, rows[j]);
  lambda[k][j] -= q * d[j + 1];
  for (let i = 0; i < j; i++) lambda[k][i] -= q * lambda[j][i];
}

/** Exchanges rows k and k − 1, and what is known of rows up to `known`. */
function exchange(rows: bigint[][], d: bigint[], lambda: bigint[][], k: number, known: number): void {
  [rows[k], rows[k - 1]] = [rows[k - 1], rows[k]];
  for (let j = 0; j < k - 1; j++) [lambda[k][j], lambda[k - 1][j]] = [lambda[k - 1][j], lambda[k][j]];
  const l = lambda[k][k - 1];
  const next = (d[k - 1] * d[k + 1] + l * l) / d[k];
  for (let i = k + 1; i <= known; i++) {
    const t = lambda[i][k];
    lambda[i][k] = (d[k + 1] * lambda[i][k - 1] - l * t) / d[k];
    lambda[i][k - 1] = (next * t + l * lambda[i][k]) / d[k + 1];
  }
  d[k] = next;
}
