import { qr, qrFormQ } from '@neuronseek/tensor/kernels';

/** Q [m, min(m, n)] with orthonormal columns and R [min(m, n), n], upper trapezoidal, row-major. */
export interface QrFactors {
  readonly q: Float64Array;
  readonly r: Float64Array;
}

/** Reduced QR factorisation of a row-major matrix [m, n], which is overwritten. Cost: about 6·m·n·min(m, n) flops at most. */
export function qrFactors(matrix: Float64Array, m: number, n: number): QrFactors {
  const rank = Math.min(m, n);
  const taus = new Float64Array(rank);
  qr(m, n, matrix, 0, taus, 0);
  const q = new Float64Array(m * rank);
  qrFormQ(m, n, rank, matrix, 0, taus, 0, q, 0);
  const r = matrix.slice(0, rank * n);
  for (let i = 1; i < rank; i++) r.fill(0, i * n, i * n + i);
  return { q, r };
}
