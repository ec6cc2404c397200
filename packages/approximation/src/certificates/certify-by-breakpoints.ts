import { distance } from '../exact/distance.js';
import { compare, type Rational, zero } from '../exact/rational.js';
import { roundDown, roundUp } from '../exact/round.js';
import { toRational } from '../exact/to-rational.js';
import type { Approximant } from '../targets/approximant.js';
import type { SupNormCertificate } from './sup-norm-certificate.js';

/** The certificate at the union of all breakpoints; see `certifySupNorm`. */
export function certifyByBreakpoints(
  f: Approximant,
  h: Approximant,
  [a, b]: readonly [number, number],
): SupNormCertificate {
  const [fBreaks, fAt] = exactOf('f', f);
  const [hBreaks, hAt] = exactOf('h', h);
  const inner = [...fBreaks, ...hBreaks].filter((t) => t > a && t < b);
  const grid = [...new Set([a, ...inner, b])].sort((s, t) => s - t);
  let largest = zero;
  let witness = a;
  for (const x of grid) {
    const point = [toRational(x)];
    const error = distance(fAt(point), hAt(point));
    if (compare(error, largest) > 0) {
      largest = error;
      witness = x;
    }
  }
  return {
    lower: roundDown(largest),
    upper: roundUp(largest),
    method: 'breakpoints',
    witness: [witness],
    evaluations: grid.length,
    grid,
    status: 'converged',
  };
}

function exactOf(label: string, g: Approximant): readonly [readonly number[], (x: readonly Rational[]) => Rational] {
  if (!g.breakpoints || !g.evaluateRational) {
    throw new RangeError(
      `certifySupNorm: method 'breakpoints' needs breakpoints and evaluateRational of both: ${label} has ` +
        `${g.breakpoints ? 'breakpoints only' : g.evaluateRational ? 'evaluateRational only' : 'neither'}`,
    );
  }
  return [g.breakpoints, (x) => g.evaluateRational?.(x) ?? zero];
}
