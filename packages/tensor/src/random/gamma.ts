import { exp } from '../math/exp.js';
import { checkCount, checkKey } from './check.js';
import { checkNumber, checkOptions } from './check-options.js';
import type { Key } from './key.js';
import { log } from './log.js';
import { normalQuantile } from './normal-quantile.js';
import { openUnit } from './unit.js';

/** Options of `gamma`. */
export interface GammaOptions {
  /** Shape parameter, a positive number: the mean of the draws is alpha scale, their variance alpha scale². */
  readonly alpha: number;
  /** Default 1; 0 gives zeros. */
  readonly scale?: number;
}

/** Defaults of `gamma`. */
export const gammaDefaults: Required<Pick<GammaOptions, 'scale'>> = { scale: 1 };

/** The attempt that the extra number for alpha < 1 comes from; proposals end before. */
const BOOST = 510;

/**
 * Draws from a gamma distribution, with density x^(alpha - 1) e^(-x / scale) up to a constant: Marsaglia and Tsang's transformed rejection, for alpha < 1
 * a draw for alpha + 1 times p^(1 / alpha).
 *
 * Draw i depends on the key and i alone, however many proposals it and others take: proposal t of draw i is made of the attempts 2t and 2t + 1
 * of block i. So the first k of n draws are the k draws. The bits do not depend on the platform's Math functions. Draws for small
 * alpha may be 0: below alpha = 0.05 some are smaller than any double.
 *
 * @param count number of draws; 0 gives an empty array
 * @throws RangeError where alpha is not positive, scale is negative, draws could overflow, or the key or count is none.
 * Cost: about 2.1 Threefry blocks and 1.05 quantiles a draw, for alpha < 1 a logarithm and an exponential more.
 *
 * Source: Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000).
 */
export function gamma(key: Key, count: number, options: GammaOptions): Float64Array {
  checkKey('gamma', key);
  checkCount('gamma', 'count', count);
  checkOptions('gamma', options, ['alpha', 'scale']);
  const { alpha, scale = gammaDefaults.scale } = options;
  checkNumber('gamma', 'alpha', alpha);
  checkNumber('gamma', 'scale', scale);
  if (!(alpha > 0 && Number.isFinite(alpha))) throw new RangeError(`gamma: alpha is not positive and finite: ${alpha}`);
  const shape = alpha < 1 ? alpha + 1 : alpha;
  const d = shape - 1 / 3;
  const c = 1 / (3 * Math.sqrt(d));
  // A standard normal draw is below 8.21.
  const reach = 1 + 8.21 * c;
  if (!(scale >= 0 && Number.isFinite(d * reach * reach * reach * scale))) {
    throw new RangeError(`gamma: scale is negative or makes draws overflow: ${scale}`);
  }
  const words = new Uint32Array(2);
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const standard = d * proposal(key, i, d, c, words);
    const boost = alpha < 1 ? exp(log(openUnit(key, i, BOOST, words)) / alpha) : 1;
    out[i] = standard * boost * scale;
  }
  return out;
}

/** The accepted (1 + c z)³ of draw `index`; at least 95 in 100 are. */
function proposal(key: Key, index: number, d: number, c: number, words: Uint32Array): number {
  for (let attempt = 0; attempt < BOOST; attempt += 2) {
    const z = normalQuantile(openUnit(key, index, attempt, words));
    const root = 1 + c * z;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = openUnit(key, index, attempt + 1, words);
    const square = z * z;
    // The squeeze accepts nearly all of what the logarithms would.
    if (u < 1 - 0.0331 * square * square) return v;
    if (log(u) < 0.5 * square + d * (1 - v + log(v))) return v;
  }
  // Probability below 2^-1100: reached only if the generator is broken.
  throw new RangeError(`gamma: every proposal was refused: d is ${d}`);
}
