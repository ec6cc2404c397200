import { dot, subtractMultiple } from './dot.js';

/** Lovász' factor here; nearer to 1 than that of the exact reduction, which then finds nothing to do. */
const LOVASZ = 0.99;
/** A quotient beyond this has lost digits in float64, and the row is reduced again. */
const LARGE = 2 ** 20;
/** Sums that cancel to less than this share are taken exactly. */
const CANCELLED = 2 ** -26;

/**
 * Reduces the rows in place by float64 projections of exact integers (Schnorr and Euchner 1994), as far as float64 sees: a proof of nothing, but what the
 * exact reduction that follows has left to do is little. Every step is one of integers, so the lattice stays what it is.
 *
 * Cost: O(n²) float64 operations and O(n²) products of integers a step.
 */
export function guidedReduction(rows: bigint[][]): void {
  const n = rows.length;
  const f = rows.map(toFloats);
  const mu = rows.map(() => new Float64Array(n));
  const r = rows.map(() => new Float64Array(n));
  const lengths = new Float64Array(n);
  lengths[0] = floatDot(f[0], f[0]);
  // Float64 can turn in circles; then the exact reduction takes over.
  let left = 400 * n * n + 1000;
  for (let k = 1; k < n && left > 0; left--) {
    for (let again = true, passes = 0; again && passes < 50; passes++) {
      project(rows, f, mu, r, lengths, k);
      again = reduceRow(rows, f, mu, k);
    }
    const isOrdered = lengths[k] >= (LOVASZ - mu[k][k - 1] ** 2) * lengths[k - 1];
    if (isOrdered || !Number.isFinite(lengths[k])) {
      k++;
      continue;
    }
    [rows[k], rows[k - 1]] = [rows[k - 1], rows[k]];
    [f[k], f[k - 1]] = [f[k - 1], f[k]];
    if (k === 1) lengths[0] = floatDot(f[0], f[0]);
    k = Math.max(1, k - 1);
  }
}

/** Row k of the orthogonalisation: μ_kj, r_kj = μ_kj·|b*_j|², and |b*_k|². */
function project(
  rows: readonly (readonly bigint[])[],
  f: readonly Float64Array[],
  mu: readonly Float64Array[],
  r: readonly Float64Array[],
  lengths: Float64Array,
  k: number,
): void {
  const own = floatDot(f[k], f[k]);
  let rest = own;
  for (let j = 0; j < k; j++) {
    let s = floatDot(f[k], f[j]);
    if (Math.abs(s) < CANCELLED * Math.sqrt(own * floatDot(f[j], f[j]))) s = Number(dot(rows[k], rows[j]));
    for (let i = 0; i < j; i++) s -= mu[j][i] * r[k][i];
    r[k][j] = s;
    mu[k][j] = s / lengths[j];
    rest -= mu[k][j] * s;
  }
  lengths[k] = rest;
}

/** Takes off row k what it has of the rows before; whether digits were lost and it must be done again. */
function reduceRow(rows: bigint[][], f: Float64Array[], mu: readonly Float64Array[], k: number): boolean {
  let isChanged = false;
  let isLarge = false;
  for (let j = k - 1; j >= 0; j--) {
    const q = Math.round(mu[k][j]);
    if (q === 0 || Math.abs(mu[k][j]) <= 0.501 || !Number.isFinite(q)) continue;
    isChanged = true;
    if (Math.abs(q) > LARGE) isLarge = true;
    subtractMultiple(rows[k], BigInt(q), rows[j]);
    for (let i = 0; i < j; i++) mu[k][i] -= q * mu[j][i];
    mu[k][j] -= q;
  }
  if (isChanged) f[k] = toFloats(rows[k]);
  return isLarge;
}

function toFloats(row: readonly bigint[]): Float64Array {
  return Float64Array.from(row, Number);
}

function floatDot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
