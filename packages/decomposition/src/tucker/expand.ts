import { expanding, multiplyMode, sizeOf, withSize } from '../low-rank/multiply-mode.js';

/**
 * core ×ₙ Aₙ in the given modes, all where none are given, the mode that lets it grow least first; arrays from `take`, the core itself where there
 * is no mode.
 */
export function expand(
  core: Float64Array,
  ranks: readonly number[],
  factors: readonly Float64Array[],
  modes: readonly number[] = ranks.map((_, mode) => mode),
  take: (length: number) => Float64Array = (length) => new Float64Array(length),
): Float64Array {
  const growth = (mode: number): number => factors[mode].length / ranks[mode] ** 2;
  let [elements, shape] = [core, [...ranks]];
  for (const mode of [...modes].sort((a, b) => growth(a) - growth(b) || a - b)) {
    const matrix = expanding(factors[mode], ranks[mode]);
    const next = withSize(shape, mode, matrix.rows);
    const product = take(sizeOf(next));
    multiplyMode(elements, shape, mode, matrix, product);
    [elements, shape] = [product, next];
  }
  return elements;
}
