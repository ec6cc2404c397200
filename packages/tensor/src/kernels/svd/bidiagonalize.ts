import { reflector } from '../householder/index.js';

/**
 * A = Q·B·Pᵀ with B upper bidiagonal, m >= n; a is contiguous from index 0. `diagonal` and `offDiagonal` (n, the last is 0)
 * receive B. Below the diagonal of column k stand the reflectors of Q as in the qr kernel, right of the superdiagonal of
 * row k those of P. The two rank-one updates of a step wait for the next pass over the rest (as in LAPACK's dlabrd).
 */
export function bidiagonalize(
  m: number,
  n: number,
  a: Float64Array,
  leftTaus: Float64Array,
  rightTaus: Float64Array,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
): void {
  // Still to be subtracted from rows and columns >= k: left·y + x·right, outer products.
  const left = new Float64Array(m);
  const nextLeft = new Float64Array(m);
  const x = new Float64Array(m);
  const y = new Float64Array(n);
  const nextY = new Float64Array(n);
  const right = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    for (let i = k; i < m; i++) a[i * n + k] -= left[i] * y[k] + x[i] * right[k];
    const corner = k * n + k;
    const tau = reflector(m - k, a, corner, n);
    leftTaus[k] = tau;
    diagonal[k] = a[corner];
    nextLeft[k] = 1;
    for (let i = k + 1; i < m; i++) nextLeft[i] = a[i * n + k];
    updateAndMultiply(m, n, k, a, left, y, x, right, nextLeft, nextY);
    left.set(nextLeft);
    for (let j = k + 1; j < n; j++) {
      y[j] = tau * nextY[j];
      a[k * n + j] -= y[j];
    }
    offDiagonal[k] = 0;
    rightTaus[k] = 0;
    if (k + 1 === n) break;
    const rightTau = reflector(n - k - 1, a, corner + 1, 1);
    rightTaus[k] = rightTau;
    offDiagonal[k] = a[corner + 1];
    right[k + 1] = 1;
    for (let j = k + 2; j < n; j++) right[j] = a[k * n + j];
    let overlap = 0;
    for (let j = k + 1; j < n; j++) overlap += y[j] * right[j];
    multiplyRows(m, n, k + 1, a, right, x);
    for (let i = k + 1; i < m; i++) x[i] = rightTau * (x[i] - overlap * left[i]);
  }
}

/** Subtracts what waits from rows >= k and columns > k, and sums the new rows with weights `next` into `sum`; two rows a pass. */
function updateAndMultiply(
  m: number,
  n: number,
  k: number,
  a: Float64Array,
  left: Float64Array,
  y: Float64Array,
  x: Float64Array,
  right: Float64Array,
  next: Float64Array,
  sum: Float64Array,
): void {
  sum.fill(0);
  let i = k;
  for (; i + 1 < m; i += 2) {
    const row0 = i * n;
    const row1 = row0 + n;
    const left0 = left[i];
    const left1 = left[i + 1];
    const x0 = x[i];
    const x1 = x[i + 1];
    const next0 = next[i];
    const next1 = next[i + 1];
    for (let j = k + 1; j < n; j++) {
      const yj = y[j];
      const rj = right[j];
      const upper = a[row0 + j] - (left0 * yj + x0 * rj);
      const lower = a[row1 + j] - (left1 * yj + x1 * rj);
      a[row0 + j] = upper;
      a[row1 + j] = lower;
      sum[j] += next0 * upper + next1 * lower;
    }
  }
  for (; i < m; i++) {
    const row = i * n;
    for (let j = k + 1; j < n; j++) {
      const value = a[row + j] - (left[i] * y[j] + x[i] * right[j]);
      a[row + j] = value;
      sum[j] += next[i] * value;
    }
  }
}

/** x[i] = the sum of a[i, j]·v[j] over j >= start, for rows i >= start; four sums at a time hide the latency of an addition. */
function multiplyRows(m: number, n: number, start: number, a: Float64Array, v: Float64Array, x: Float64Array): void {
  let i = start;
  for (; i + 3 < m; i += 4) {
    const row0 = i * n;
    const row1 = row0 + n;
    const row2 = row1 + n;
    const row3 = row2 + n;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let j = start; j < n; j++) {
      const vj = v[j];
      s0 += a[row0 + j] * vj;
      s1 += a[row1 + j] * vj;
      s2 += a[row2 + j] * vj;
      s3 += a[row3 + j] * vj;
    }
    x[i] = s0;
    x[i + 1] = s1;
    x[i + 2] = s2;
    x[i + 3] = s3;
  }
  for (; i < m; i++) {
    let sum = 0;
    for (let j = start; j < n; j++) sum += a[i * n + j] * v[j];
    x[i] = sum;
  }
}
