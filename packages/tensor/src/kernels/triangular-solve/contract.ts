/**
 * Solves op(T)·X = B in place of B, for a triangular T (size x size) and B (size x cols), both contiguous and row-major.
 *
 *     op(T) = T, or Tᵀ where `transpose`; `lower` says which triangle of T (before transposing) is read.
 *     `unitDiagonal` takes the diagonal as ones without reading it.
 *
 * Returns -1, or the index of the first zero on the diagonal; B is then untouched. Infinite and NaN entries propagate.
 * Substitution is backward stable row by row: (T + E)·x = b with |E| <= size·eps·|T| (Higham 2002, theorem 8.5).
 *
 * Order of summation: terms are subtracted from b in the order in which the unknowns are found. Large systems are solved by blocks of 64
 * unknowns: within a block as before, then gemm subtracts all of the block's terms, as one sum, from the rows that remain. The choice is by sizes
 * alone. Cost: size²·cols flops.
 */
export type TriangularSolve = (
  size: number,
  cols: number,
  t: Float64Array,
  tOffset: number,
  lower: boolean,
  transpose: boolean,
  unitDiagonal: boolean,
  b: Float64Array,
  bOffset: number,
) => number;

/**
 * The substitution itself, for i = 0, 1, …, size − 1, each row from what was found before:
 *
 *     x[i] = (b[i] − t[i, 0]·x[0] − … − t[i, i−1]·x[i−1]) / t[i, i]
 *
 * without the division where `unit`; t[i, p] = t[tOffset + i·tRow + p·tCol], rows of B at bOffset + i·bRow. Strides have any sign, so that back
 * substitution and transposes are the same loop. Terms are subtracted one after the other; lanes run over the columns of B.
 */
export type Substitute = (
  size: number,
  cols: number,
  t: Float64Array,
  tOffset: number,
  tRow: number,
  tCol: number,
  unit: boolean,
  b: Float64Array,
  bOffset: number,
  bRow: number,
) => void;
