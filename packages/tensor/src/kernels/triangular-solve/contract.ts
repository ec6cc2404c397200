/**
 * Solves op(T)·X = B in place of B, for a triangular T (size x size) and B (size x cols), both contiguous and row-major.
 *
 *     op(T) = T, or Tᵀ where `transpose`; `lower` says which triangle of T (before transposing) is read.
 *     `unitDiagonal` takes the diagonal as ones without reading it.
 *
 * Returns -1, or the index of the first zero on the diagonal; B is then untouched. Infinite and NaN entries propagate.
 * Substitution is backward stable row by row: (T + E)·x = b with |E| <= size·eps·|T| (Higham 2002, theorem 8.5).
 * Order of summation: terms are subtracted from b in the order in which the unknowns are found.
 * Cost: size²·cols flops.
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
