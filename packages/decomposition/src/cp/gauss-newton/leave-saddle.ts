import { norm2 } from '@neuronseek/tensor/kernels';
import { type Key, normal } from '@neuronseek/tensor/random';
import { crossGram } from '../components.js';
import { unitColumns } from '../unit-columns.js';

/** Columns with a cosine beyond this count as parallel. */
const PARALLEL = 1 - 1e-4;

/**
 * Factors with two components that do the work of one bent apart, or undefined where there are no such two.
 *
 * Where two components are parallel in all modes, or in all but one, their sum has rank one, and next to it no derivative tells them apart: a descent
 * that has got there stays. They become two halves of their sum, moved to opposite sides in every free mode, so that the model changes
 * to second order only, by about `change` of the two.
 */
export function leaveSaddle(
  factors: readonly Float64Array[],
  rank: number,
  free: readonly boolean[],
  change: number,
  key: Key,
): Float64Array[] | undefined {
  const units = factors.map((factor) => unitColumns(factor, rank).unit);
  const cosines = units.map((unit) => crossGram([unit], [unit], rank, rank));
  const found = mostParallel(cosines, rank, free);
  if (found === undefined) return undefined;
  const { r, s, mode: other } = found;
  const order = factors.map((_, mode) => mode);
  const sign = order.reduce((product, m) => (m === other ? product : product * Math.sign(cosines[m][r * rank + s])), 1);
  const weights = [r, s].map((c) =>
    order.reduce((size, m) => (m === other ? size : size * norm2(factors[m].length / rank, factors[m], c, rank)), 1),
  );
  const draws = normal(
    key,
    factors.reduce((sum, factor) => sum + factor.length / rank, 0),
  );
  let at = 0;
  return factors.map((factor, mode) => {
    const rows = factor.length / rank;
    const direction = draws.subarray(at, at + rows);
    at += rows;
    if (!free[mode]) return factor;
    // The column that both halves have in this mode.
    const column = Float64Array.from({ length: rows }, (_, i) =>
      mode === other
        ? (weights[0] * factor[i * rank + r] + sign * weights[1] * factor[i * rank + s]) / 2
        : units[mode][i * rank + r],
    );
    const step = (Math.sqrt(change) * norm2(rows, column, 0, 1)) / (norm2(rows, direction, 0, 1) || 1);
    const moved = factor.slice();
    for (let i = 0; i < rows; i++) {
      moved[i * rank + r] = column[i] + step * direction[i];
      moved[i * rank + s] = column[i] - step * direction[i];
    }
    return moved;
  });
}

/** The two components that are most nearly parallel in all modes but the one given, which is a free one. */
function mostParallel(
  cosines: readonly Float64Array[],
  rank: number,
  free: readonly boolean[],
): { r: number; s: number; mode: number } | undefined {
  let most = PARALLEL;
  let found: { r: number; s: number; mode: number } | undefined;
  for (let r = 0; r < rank; r++) {
    for (let s = 0; s < r; s++) {
      const list = cosines.map((cosine) => Math.abs(cosine[r * rank + s]));
      for (let mode = 0; mode < list.length; mode++) {
        const least = list.reduce((a, b, m) => (m === mode ? a : Math.min(a, b)), 1);
        if (free[mode] && least > most) {
          most = least;
          found = { r, s, mode };
        }
      }
    }
  }
  return found;
}
