import { norm2 } from '@neuronseek/tensor/kernels';

/** A matrix [rows, rank] as unit columns times their norms. */
export interface UnitColumns {
  readonly unit: Float64Array;
  readonly norms: Float64Array;
}

/** Columns divided by their Euclidean norms, whatever their scale; a zero column stays as it is and has norm 0. `unit` is written to. */
export function unitColumns(
  matrix: Float64Array,
  rank: number,
  unit: Float64Array = new Float64Array(matrix.length),
): UnitColumns {
  const norms = new Float64Array(rank);
  for (let r = 0; r < rank; r++) {
    norms[r] = norm2(matrix.length / rank, matrix, r, rank);
    for (let q = r; q < matrix.length; q += rank) unit[q] = norms[r] > 0 ? matrix[q] / norms[r] : 0;
  }
  return { unit, norms };
}
