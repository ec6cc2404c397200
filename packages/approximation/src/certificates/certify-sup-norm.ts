import type { Approximant } from '../targets/approximant.js';
import { intervalOf } from '../targets/interval-of.js';
import type { TargetFunction } from '../targets/target-function.js';
import { certifyByBernstein } from './certify-by-bernstein.js';
import { certifyByBreakpoints } from './certify-by-breakpoints.js';
import { certifyByGrid } from './certify-by-grid.js';
import { certifyByIntervals } from './certify-by-intervals.js';
import { certifyByModuli } from './certify-by-moduli.js';
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
 * Certified bounds of sup |f − h| over the domain of f.
 *
 * 'breakpoints': f and h are affine between neighbouring breakpoints, so the largest error stands at one of them; computed in
 * rational arithmetic, lower and upper are its roundings to float64 downward and upward, and differ by a unit in the last place at
 * most. Dimension 1. 'modulus-grid', dimension 1: on a cell [l, r] of a grid the error is at most max(e(l), e(r)) + omega_f(w) + omega_h(w), w = (r − l)/2
 * (the mean of e(l) and e(r) instead of the maximum where both moduli are concave), every step rounded outward; cells that keep
 * upper from falling are halved until the tolerance is met.
 *
 * The others halve boxes, in any dimension up to 26, always the one with the largest bound. 'branch-and-bound' bounds the error on a
 * box by the error in its middle and the moduli over the half of its diagonal (Piyavskii 1972, Shubert 1972); moduli may be meant in the Euclidean or the
 * maximum norm. 'interval' bounds f − h by an affine form with rounding errors included, so that the error of the bound falls with
 * the square of the width; f and h are read from their layers or formulas, networks of any layers of @neuronseek/network.
 * `tolerance` must be positive there. 'bernstein-coefficients', for two polynomials: the largest coefficient of f − h on the box in the Bernstein basis,
 * exactly, and the largest value at a corner, which are both rounded once.
 *
 * Cost: B exact evaluations; or evaluations as the moduli demand, for a
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
    case 'bernstein-coefficients':
      return certifyByBernstein(f, h, { tolerance, maxEvaluations, signal, onProgress });
    case 'branch-and-bound':
      return certifyByModuli(f, h, { tolerance, maxEvaluations, signal, onProgress });
    default:
      throw new RangeError(`${name}: unknown method: ${String(method)}`);
  }
}
