import { largestMagnitude, toleranceEpsilon } from '../tolerance.js';

/** Options of `checkMonotone`. */
export interface MonotoneOptions {
  /** Constant c of the rise c * eps * scale that rounding may cause, default 0: none. */
  readonly factor?: number;
  /** Size of the numbers that were rounded, default the largest objective. */
  readonly scale?: number;
}

/** Defaults of `checkMonotone`. */
export const monotoneDefaults: Required<Pick<MonotoneOptions, 'factor'>> = { factor: 0 };

/**
 * Fails unless a sequence of objectives is finite and never rises above its lowest value so far by more than factor * eps * scale.
 *
 * Compared with the lowest value so far, not the last one, so that many small rises cannot add up.
 *
 * @throws Error that names the index, both values and the bound.
 */
export function checkMonotone(objectives: ArrayLike<number>, options: MonotoneOptions = {}): void {
  const { factor = monotoneDefaults.factor, scale = largestMagnitude(objectives) } = options;
  const bound = factor * toleranceEpsilon * scale;
  if (!(bound >= 0 && bound < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`checkMonotone: bound is not a finite number from 0: factor is ${factor}, scale is ${scale}`);
  }
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < objectives.length; i++) {
    const value = objectives[i];
    if (!Number.isFinite(value)) throw new Error(`checkMonotone: objective ${i} is not finite: ${value}`);
    if (value > lowest + bound) {
      throw new Error(
        `checkMonotone: objective ${i} rises: ${value} after ${lowest}, by ${value - lowest}, bound ${bound}`,
      );
    }
    lowest = Math.min(lowest, value);
  }
}
