import { cholesky, eigh, gemm, triangularSolve } from '@neuronseek/tensor/kernels';

/** A squared pivot of a matrix with unit diagonal below this leaves Cholesky's solution too few digits. */
const SMALLEST_PIVOT = 1e-10;

/**
 * B with B·G = M for a symmetric positive semidefinite G [rank, rank] and M [rows, rank]: least squares of least norm.
 *
 * G is scaled to unit diagonal, the scaling under which Cholesky is nearly as good as it can be (van der Sluis 1969). Where a pivot is
 * too small, its eigenvalues up to rank·eps·λ_max count as zero and the solution has no part along them: columns that repeat share
 * what belongs to them, zero columns stay zero. The result is `out`; `transposed` is overwritten. Cost: rank³/3 + 2·rows·rank² flops, about 9·rank³ more in the second case.
 */
export function solveNormal(
  rank: number,
  gram: Float64Array,
  m: Float64Array,
  out: Float64Array = new Float64Array(m.length),
  transposed: Float64Array = new Float64Array(m.length),
): Float64Array {
  const rows = m.length / rank;
  const scale = Float64Array.from({ length: rank }, (_, r) => {
    const diagonal = gram[r * rank + r];
    return diagonal > 0 ? 1 / Math.sqrt(diagonal) : 0;
  });
  const scaled = gram.map((value, q) => value * scale[Math.floor(q / rank)] * scale[q % rank]);
  // Transposed, [rank, rows]: every elimination step is then one long row.
  for (let i = 0; i < rows; i++) {
    for (let r = 0; r < rank; r++) transposed[r * rows + i] = m[i * rank + r] * scale[r];
  }
  const solved = choleskySolve(rank, scaled, rows, transposed) ?? eigenSolve(rank, scaled, rows, transposed);
  for (let i = 0; i < rows; i++) {
    for (let r = 0; r < rank; r++) out[i * rank + r] = solved[r * rows + i] * scale[r];
  }
  return out;
}

/** G⁻¹·B in the place of B, or undefined, and B as it was, where a pivot is too small. */
function choleskySolve(n: number, g: Float64Array, cols: number, b: Float64Array): Float64Array | undefined {
  const factor = g.slice();
  if (cholesky(n, factor, 0) !== -1) return undefined;
  for (let r = 0; r < n; r++) if (factor[r * n + r] ** 2 < SMALLEST_PIVOT) return undefined;
  triangularSolve(n, cols, factor, 0, true, false, false, b, 0);
  triangularSolve(n, cols, factor, 0, true, true, false, b, 0);
  return b;
}

/** G⁺·B with eigenvalues up to n·eps·λ_max taken as zero. */
function eigenSolve(n: number, g: Float64Array, cols: number, b: Float64Array): Float64Array {
  const values = new Float64Array(n);
  const vectors = new Float64Array(n * n);
  eigh(n, g, 0, values, 0, vectors, 0);
  const smallest = n * 2 ** -52 * values[n - 1];
  const coordinates = new Float64Array(n * cols);
  gemm(n, cols, n, vectors, 0, 1, n, b, 0, cols, 1, coordinates, 0, cols, false);
  for (let q = 0; q < coordinates.length; q++) {
    const value = values[Math.floor(q / cols)];
    coordinates[q] = value > smallest ? coordinates[q] / value : 0;
  }
  const x = new Float64Array(n * cols);
  gemm(n, cols, n, vectors, 0, n, 1, coordinates, 0, cols, 1, x, 0, cols, false);
  return x;
}
