import type { Library } from './library.js';

/** A formula of the library and how well it fits: 1 if a·f + b is the whole target. */
export interface Match {
  readonly index: number;
  readonly share: number;
  /** Its slope and intercept on the target. */
  readonly slope: number;
  readonly intercept: number;
}

/**
 * The formula g of the library with the largest share of the target's variance explained by a·g + b, or by a·g + b + c·f with `beside` f, among those
 * that are admitted.
 *
 * `target` and `beside` are centred; beside has norm 1. Cost: 2 flops a row and entry, 4 with `beside`.
 */
export function bestMatch(
  { programs, columns, means, norms }: Library,
  target: Float64Array,
  mean: number,
  beside: Float64Array | undefined,
  admit: (index: number) => boolean,
): Match | undefined {
  const rows = target.length;
  let square = 0;
  for (let r = 0; r < rows; r++) square += target[r] * target[r];
  if (!(square > 0) || !(square < Number.POSITIVE_INFINITY)) return undefined;
  let best = -1;
  let bestGain = 0;
  let bestDot = 0;
  for (let i = 0; i < programs.length; i++) {
    if (!admit(i)) continue;
    const at = i * rows;
    let dot = 0;
    for (let r = 0; r < rows; r++) dot += columns[at + r] * target[r];
    let rest = 1;
    if (beside) {
      let along = 0;
      for (let r = 0; r < rows; r++) along += columns[at + r] * beside[r];
      rest = 1 - along * along;
      // All but parallel to f: what it would add is rounding.
      if (rest < 1e-9) continue;
    }
    const gain = (dot * dot) / rest;
    if (gain > bestGain) {
      best = i;
      bestGain = gain;
      bestDot = dot / rest;
    }
  }
  if (best < 0) return undefined;
  const slope = bestDot / norms[best];
  return { index: best, share: bestGain / square, slope, intercept: mean - slope * means[best] };
}
