import { nextDown, nextUp } from '../exact/next-double.js';
import { outward } from '../exact/outward.js';
import { absolute, subtract } from '../exact/rational.js';
import { toRational } from '../exact/to-rational.js';
import type { Approximant } from '../targets/approximant.js';
import type { Modulus } from '../targets/modulus.js';
import type { TargetFunction } from '../targets/target-function.js';
import { branchAndBound, cellOf, type Found, type SearchLimits } from './boxes/branch-and-bound.js';
import { type Judge, splitsOf } from './boxes/cell.js';
import { checkBox } from './boxes/check-box.js';
import type { SupNormCertificate } from './sup-norm-certificate.js';

/** The certificate by values in the middle of boxes and moduli; see `certifySupNorm`. */
export function certifyByModuli(f: TargetFunction, h: Approximant, limits: SearchLimits): SupNormCertificate {
  const { modulus } = h;
  if (!modulus) throw new RangeError("certifySupNorm: method 'branch-and-bound' needs a modulus of both: h has none");
  const { lower, upper, widths } = checkBox('certifySupNorm', f);
  const judge = moduliJudge(f, h, modulus);
  const found: Found = { lower: 0, witness: Array.from(lower), evaluations: 0 };
  const root = cellOf(lower, upper, judge, found);
  const { status, bound } = branchAndBound([root], widths, judge, found, limits);
  return {
    lower: found.lower,
    upper: bound,
    method: 'branch-and-bound',
    witness: found.witness,
    evaluations: found.evaluations,
    grid: [],
    splits: splitsOf(root),
    status: status === 'open' ? 'aborted' : status,
  };
}

function moduliJudge(f: TargetFunction, h: Approximant, modulus: Modulus): Judge {
  return (low, high) => {
    const at = Array.from(low, (l, i) => l + (high[i] - l) / 2);
    const error = errorAt(f, h, at);
    let square = 0;
    at.forEach((m, i) => {
      const reach = nextUp(Math.max(high[i] - m, m - low[i]));
      square = nextUp(square + nextUp(reach * reach));
    });
    // In one dimension the root is the reach itself.
    const radius = at.length === 1 ? nextUp(Math.max(high[0] - at[0], at[0] - low[0])) : nextUp(Math.sqrt(square));
    const bound = nextUp(error[1] + nextUp(f.modulus.omega(radius) + modulus.omega(radius)));
    if (!Number.isFinite(bound)) {
      throw new RangeError(`certifySupNorm: the bound around ${at.join(', ')} is not finite: got ${bound}`);
    }
    return { bound, at, error: error[0] };
  };
}

/** Bounds of |f − h| at a point. */
function errorAt(f: Approximant, h: Approximant, x: readonly number[]): readonly [number, number] {
  if (f.evaluateRational && h.evaluateRational) {
    const point = x.map(toRational);
    return outward(absolute(subtract(f.evaluateRational(point), h.evaluateRational(point))));
  }
  const [inF, inH] = [valueAt(f, x), valueAt(h, x)];
  const apart = Math.max(inF[0] - inH[1], inH[0] - inF[1]);
  const spread = Math.max(inF[1] - inH[0], inH[1] - inF[0]);
  return [apart > 0 ? Math.max(0, nextDown(apart)) : 0, spread > 0 ? nextUp(spread) : 0];
}

function valueAt(g: Approximant, x: readonly number[]): readonly [number, number] {
  if (g.evaluateRational) return outward(g.evaluateRational(x.map(toRational)));
  const value = g.evaluate(x);
  if (!Number.isFinite(value))
    throw new RangeError(`evaluate: evaluate([${x.join(', ')}]) is not finite: got ${value}`);
  if (g.evaluationError === 0) return [value, value];
  return [nextDown(value - g.evaluationError), nextUp(value + g.evaluationError)];
}
