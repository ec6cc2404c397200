import { reflector } from '../householder/index.js';

/**
 * A = Q·T·Qᵀ with T tridiagonal: a is symmetric, contiguous from index 0, and is overwritten with Qᵀ, or with the reflectors where
 * no `vectors` are wanted; `diagonal` (n) and `offDiagonal` (n, the last is 0) receive T. Golub & Van Loan, algorithm 8.3.1.
 */
export function tridiagonalize(
  n: number,
  a: Float64Array,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  vectors: boolean,
): void {
  const taus = new Float64Array(n);
  const product = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    const vector = k * n;
    const start = k + 1;
    diagonal[k] = a[vector + k];
    // By symmetry the row serves for the column; it keeps the reflector.
    const tau = reflector(n - start, a, vector + start, 1);
    taus[k] = tau;
    offDiagonal[k] = a[vector + start];
    a[vector + start] = 1;
    if (tau !== 0) reflectBothSides(n, start, tau, a, vector, product);
  }
  if (n > 0) diagonal[n - 1] = a[n * n - 1];
  if (n > 0) offDiagonal[n - 1] = 0;
  if (vectors) formTransposed(n, a, taus);
}

/** A = H·A·H on rows and columns from `start`, as the rank-two update A - v·wᵀ - w·vᵀ. */
function reflectBothSides(
  n: number,
  start: number,
  tau: number,
  a: Float64Array,
  vector: number,
  product: Float64Array,
): void {
  let overlap = 0;
  for (let i = start; i < n; i++) {
    const row = i * n;
    let sum = 0;
    for (let j = start; j < n; j++) sum += a[row + j] * a[vector + j];
    product[i] = tau * sum;
    overlap += product[i] * a[vector + i];
  }
  const half = 0.5 * tau * overlap;
  for (let i = start; i < n; i++) product[i] -= half * a[vector + i];
  for (let i = start; i < n; i++) {
    const row = i * n;
    const v = a[vector + i];
    const w = product[i];
    for (let j = start; j < n; j++) a[row + j] -= v * product[j] + w * a[vector + j];
  }
}

/** Replaces the stored reflectors by Qᵀ = H_(n-2)⋯H_0: row k + 1 is free as soon as reflector k + 1 has been used. */
function formTransposed(n: number, a: Float64Array, taus: Float64Array): void {
  for (let k = n - 2; k >= -1; k--) {
    const start = k + 1;
    a.fill(0, start * n, (start + 1) * n);
    for (let i = start; i < n; i++) a[i * n + start] = i === start ? 1 : 0;
    if (k < 0 || taus[k] === 0) continue;
    const vector = k * n;
    for (let i = start; i < n; i++) {
      const row = i * n;
      let sum = 0;
      for (let j = start; j < n; j++) sum += a[row + j] * a[vector + j];
      sum *= taus[k];
      for (let j = start; j < n; j++) a[row + j] -= sum * a[vector + j];
    }
  }
}
