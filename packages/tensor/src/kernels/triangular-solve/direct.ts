import type { TriangularSolve } from './contract.js';
import { substitute } from './substitute.js';

/** One substitution over all unknowns, see contract.ts. */
export const triangularSolveDirect: TriangularSolve = (
  size,
  cols,
  t,
  tOffset,
  lower,
  transpose,
  unitDiagonal,
  b,
  bOffset,
) => {
  if (!unitDiagonal) for (let i = 0; i < size; i++) if (t[tOffset + i * size + i] === 0) return i;
  const sign = lower !== transpose ? 1 : -1;
  const first = sign > 0 ? 0 : size - 1;
  const [row, col] = transpose ? [1, size] : [size, 1];
  const corner = tOffset + first * (size + 1);
  substitute(size, cols, t, corner, sign * row, sign * col, unitDiagonal, b, bOffset + first * cols, sign * cols);
  return -1;
};
