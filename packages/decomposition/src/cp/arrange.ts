/**
 * Makes signs deterministic, in place: in every listed mode but the last one the entry of largest magnitude of a column (the
 * first such) becomes positive, and the last listed mode takes up the sign that is left and that of `sizes`, so that with their
 * magnitudes as weights the tensor stays the same. A component of size 0 is positive in the last mode too.
 */
export function fixSigns(
  units: readonly Float64Array[],
  rank: number,
  modes: readonly number[],
  sizes: Float64Array,
): void {
  const last = modes[modes.length - 1];
  for (let r = 0; r < rank; r++) {
    let left = sizes[r] < 0 ? -1 : 1;
    for (const mode of modes) {
      const sign = mode === last && sizes[r] !== 0 ? left : signOfLargest(units[mode], r, rank);
      left *= sign;
      if (sign < 0) for (let q = r; q < units[mode].length; q += rank) units[mode][q] = 0 - units[mode][q];
    }
  }
}

/** Component indices by decreasing weight; equal weights keep their order. */
export function byWeight(weights: Float64Array): number[] {
  return Array.from(weights.keys()).sort((r, s) => weights[s] - weights[r]);
}

/** The columns of a matrix [rows, rank] in the order given. */
export function takeColumns(matrix: Float64Array, rank: number, order: readonly number[]): Float64Array {
  return matrix.map((_, q) => matrix[q - (q % rank) + order[q % rank]]);
}

function signOfLargest(matrix: Float64Array, column: number, rank: number): number {
  let largest = 0;
  for (let q = column; q < matrix.length; q += rank) {
    if (Math.abs(matrix[q]) > Math.abs(largest)) largest = matrix[q];
  }
  return largest < 0 ? -1 : 1;
}
