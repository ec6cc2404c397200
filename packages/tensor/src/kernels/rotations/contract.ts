/** Columns are turned by whole groups of so many: a cache line, and four vectors. */
export const ROTATED_COLUMNS = 8;

/**
 * Sequences of Givens rotations of neighbouring rows, as the sweeps of the QR algorithm leave them.
 *
 *     X[i, j] = matrix[offset + i·stride + j]    0 <= j < cols
 *
 * Sweep q starts at row sweeps[3q], goes in direction sweeps[3q + 1], 1 or -1, and consists of sweeps[3q + 2] >= 1 rotations (c, s), pairs that stand
 * one after another in `rotations`, sweep after sweep. Each turns the row where the sweep is and the next one in its direction,
 *
 *     (x, y) becomes (c·x + s·y, c·y - s·x)
 *
 * every product and every sum rounded once, and the sweep goes on with the second. No sums over elements: any order of columns gives the same bits.
 *
 * Preconditions (not checked): the rows are in range, stride >= cols rounded up to a multiple of ROTATED_COLUMNS; what stands in those further
 * columns, also of the last row, is turned as well.
 *
 * Cost: 6·cols flops a rotation.
 */
export type RotateRows = (
  cols: number,
  matrix: Float64Array,
  offset: number,
  stride: number,
  rotations: Float64Array,
  sweeps: Int32Array,
  count: number,
) => void;
