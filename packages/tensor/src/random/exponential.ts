import { checkCount, checkKey } from './check.js';
import { checkNumber, checkOptions } from './check-options.js';
import type { Key } from './key.js';
import { log } from './log.js';
import { openUnit } from './unit.js';

/** Options of `exponential`. */
export interface ExponentialOptions {
  /** Mean, default 1; 0 gives zeros. */
  readonly scale?: number;
}

/** Defaults of `exponential`. */
export const exponentialDefaults: Required<ExponentialOptions> = { scale: 1 };

/**
 * Draws from an exponential distribution: -scale log p, with p as in `normal`.
 *
 * Draw i depends on the key and i alone, so the first k of n draws are the k draws; none lies beyond 36.74 scale. The bits do not
 * depend on the platform's Math functions.
 *
 * @param count number of draws; 0 gives an empty array
 * @throws RangeError where scale is negative or 37 scale is not finite, or the key or count is none. Cost: one Threefry block and one logarithm a draw.
 */
export function exponential(key: Key, count: number, options: ExponentialOptions = {}): Float64Array {
  checkKey('exponential', key);
  checkCount('exponential', 'count', count);
  checkOptions('exponential', options, ['scale']);
  const { scale = exponentialDefaults.scale } = options;
  checkNumber('exponential', 'scale', scale);
  if (!(scale >= 0 && Number.isFinite(37 * scale))) {
    throw new RangeError(`exponential: scale is negative or makes draws overflow: ${scale}`);
  }
  const words = new Uint32Array(2);
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) out[i] = scale * -log(openUnit(key, i, 0, words));
  return out;
}
