import { type BernsteinForm, bernsteinCoefficients, bernsteinRange, subdivideBernstein } from '../exact/bernstein.js';
import { absolute, compare, divide, larger, type Rational, subtract, zero } from '../exact/rational.js';
import { roundDown, roundUp } from '../exact/round.js';
import { toRational } from '../exact/to-rational.js';
import type { Approximant } from '../targets/approximant.js';
import type { TargetFunction } from '../targets/target-function.js';
import { branchAndBound, cellOf, type Found, type SearchLimits } from './boxes/branch-and-bound.js';
import { type Judge, type Judgement, type Origin, splitsOf } from './boxes/cell.js';
import { checkBox } from './boxes/check-box.js';
import { polynomialDifference, polynomialOf } from './polynomial-of.js';
import type { SupNormCertificate } from './sup-norm-certificate.js';

/** The certificate by Bernstein coefficients on boxes that are halved; see `certifySupNorm`. */
export function certifyByBernstein(f: TargetFunction, h: Approximant, limits: SearchLimits): SupNormCertificate {
  const { lower, upper, widths } = checkBox('certifySupNorm', f);
  const [p, q] = [polynomialOf('f', f), polynomialOf('h', h)];
  if (typeof p === 'string' || typeof q === 'string') {
    const reason = typeof p === 'string' ? p : q;
    throw new RangeError(`certifySupNorm: method 'bernstein-coefficients' needs two polynomials: ${String(reason)}`);
  }
  const box = f.domain.map(([a, b]) => [toRational(a), toRational(b)] as const);
  const whole = bernsteinCoefficients(polynomialDifference(p, q), box);
  const judge: Judge = (low, high, origin) => judgementOf(origin ? halfOf(origin, low, high) : whole, low, high);
  const found: Found = { lower: 0, witness: Array.from(lower), evaluations: 0 };
  const root = cellOf(lower, upper, judge, found);
  const { status, bound } = branchAndBound([root], widths, judge, found, limits);
  return {
    lower: found.lower,
    upper: bound,
    method: 'bernstein-coefficients',
    witness: found.witness,
    evaluations: found.evaluations,
    grid: [],
    splits: splitsOf(root),
    status: status === 'open' ? 'aborted' : status,
  };
}

/** Coefficients of one half, from those of the parent. */
function halfOf({ parent, axis, side }: Origin, low: Float64Array, high: Float64Array): BernsteinForm {
  const { lower, upper, form } = parent;
  if (!form) throw new RangeError('certifySupNorm: the box has no coefficients');
  const [a, b] = [toRational(lower[axis]), toRational(upper[axis])];
  const t = divide(subtract(toRational(side === 0 ? high[axis] : low[axis]), a), subtract(b, a));
  return subdivideBernstein(form, axis, t)[side];
}

/** The largest |coefficient|, and the largest |value| at a corner. */
function judgementOf(form: BernsteinForm, low: Float64Array, high: Float64Array): Judgement {
  const [least, most] = bernsteinRange(form);
  const bound = larger(absolute(least), absolute(most));
  let best: Rational = zero;
  let corner = 0;
  for (let c = 0; c < 2 ** low.length; c++) {
    let index = 0;
    form.degrees.forEach((n, d) => {
      index = index * (n + 1) + ((c >> d) & 1) * n;
    });
    const value = absolute(form.coefficients[index]);
    if (compare(value, best) > 0) [best, corner] = [value, c];
  }
  const at = Array.from(low, (l, d) => ((corner >> d) & 1 ? high[d] : l));
  return { bound: roundUp(bound), at, error: roundDown(best), form };
}
