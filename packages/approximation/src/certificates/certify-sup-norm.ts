import type { Approximant } from '../targets/approximant.js';
import { intervalOf } from '../targets/interval-of.js';
import type { TargetFunction } from '../targets/target-function.js';
import { certifyByBreakpoints } from './certify-by-breakpoints.js';
import { certifyByGrid } from './certify-by-grid.js';
import { certifyByIntervals } from './certify-by-intervals.js';
import { checkOperands } from './check-operands.js';
import type { SupNormCertificate } from './sup-norm-certificate.js';

/** What {@link certifySupNorm} reports after each round of refinement. */
export interface CertifyEvent {
  readonly evaluations: number;
  readonly lower: number;
  readonly upper: number;
}

/** Options of {@link certifySupNorm}. */
export interface CertifySupNormOptions {
  /** Default: 'breakpoints' where both functions have breakpoints and `evaluateRational`, else 'modulus-grid'. */
  readonly method?: SupNormCertificate['method'];
  /** Stop when upper − lower is at most this; 'modulus-grid' only. Default: 1e-3. */
  readonly tolerance?: number;
  /** Stop before more points than this, which breakpoints alone may exceed; 'modulus-grid' only. Default: 100000. */
  readonly maxEvaluations?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: CertifyEvent) => void;
}

/** Defaults of {@link certifySupNorm}. */
export const certifySupNormDefaults: Required<Pick<CertifySupNormOptions, 'tolerance' | 'maxEvaluations'>> = {
  tolerance: 1e-3,
  maxEvaluations: 100_000,
};

/**
 * Certified bounds of sup |f − h| over the domain of f, in dimension 1.
 *
 * 'breakpoints': f and h are affine between neighbouring breakpoints, so the largest error stands at one of them; computed in
 * rational arithmetic, lower and upper are its roundings to float64 downward and upward, and differ by a unit in the last place at
 * most. 'modulus-grid': on a cell [l, r] of a grid the error is at most max(e(l), e(r)) + omega_f(w) + omega_h(w), w = (r − l)/2
 * (the mean of e(l) and e(r) instead of the maximum where both moduli are concave), every step rounded outward; cells that keep
 * upper from falling are halved until the tolerance is met. Cost: B exact evaluations; or evaluations as the moduli demand, for a
 * Hölder exponent α about tolerance^(−1/α) of them near the largest error.
 *
 * Throws a RangeError for a method that f or h does not support, for values that are not finite, and where two neighbouring points
 * contradict a declared modulus.
 */
export function certifySupNorm(
  f: TargetFunction,
  h: Approximant,
  options: CertifySupNormOptions = {},
): SupNormCertificate {
  const { tolerance = certifySupNormDefaults.tolerance, maxEvaluations = certifySupNormDefaults.maxEvaluations } =
    options;
  const name = 'certifySupNorm';
  checkOperands(name, f, h, options.method);
  if (!(tolerance >= 0)) throw new RangeError(`${name}: tolerance must not be negative: got ${tolerance}`);
  if (!(Number.isSafeInteger(maxEvaluations) && maxEvaluations >= 2)) {
    throw new RangeError(`${name}: maxEvaluations must be an integer of at least 2: got ${maxEvaluations}`);
  }
  const exact = [f, h].every((g) => g.breakpoints !== undefined && g.evaluateRational !== undefined);
  const { method = exact ? 'breakpoints' : 'modulus-grid', signal, onProgress } = options;
  switch (method) {
    case 'breakpoints':
      return certifyByBreakpoints(f, h, intervalOf(name, f.domain));
    case 'modulus-grid':
      return certifyByGrid(f, h, intervalOf(name, f.domain), { tolerance, maxEvaluations, signal, onProgress });
    case 'interval':
      return certifyByIntervals(f, h, { tolerance, maxEvaluations, signal, onProgress });
    default:
      throw new RangeError(`${name}: unknown method: ${String(method)}`);
  }
}
