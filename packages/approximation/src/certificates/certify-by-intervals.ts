import { above } from '../exact/interval.js';
import type { Approximant } from '../targets/approximant.js';
import type { TargetFunction } from '../targets/target-function.js';
import { branchAndBound, cellOf, type Found, type SearchLimits } from './boxes/branch-and-bound.js';
import { splitsOf } from './boxes/cell.js';
import { checkBox } from './boxes/check-box.js';
import { intervalJudge } from './interval-judge.js';
import type { SupNormCertificate } from './sup-norm-certificate.js';

/** Part of the tolerance that the search uses itself; the rest is room for another arithmetic to confirm the bound in. */
export const searchShare = 0.85;
/** What the gap between the bounds is stretched by for the same reason. */
const room = 9 / 8;

/** The certificate by boxes and affine forms; see `certifySupNorm`. */
export function certifyByIntervals(f: TargetFunction, h: Approximant, limits: SearchLimits): SupNormCertificate {
  const { lower, upper, widths } = checkBox('certifySupNorm', f);
  const judge = intervalJudge(f, h);
  const found: Found = { lower: 0, witness: Array.from(lower), evaluations: 0 };
  const root = cellOf(lower, upper, judge, found);
  const { status, bound } = branchAndBound([root], widths, judge, found, {
    ...limits,
    tolerance: limits.tolerance * searchShare,
  });
  return intervalCertificate(found, bound, splitsOf(root), status === 'open' ? 'aborted' : status);
}

/** The certificate from what a search has found: `upper` is `lower` plus a gap of at most 12 binary digits that leaves room for the checker. */
export function intervalCertificate(
  { lower, witness, evaluations }: Found,
  bound: number,
  splits: string,
  status: SupNormCertificate['status'],
): SupNormCertificate {
  if (!Number.isFinite(bound)) {
    throw new RangeError("certifySupNorm: method 'interval' found no finite bound within maxEvaluations");
  }
  const gap = shortAbove(Math.max((bound - lower) * room, bound * 2 ** -40, 2 ** -1000));
  return { lower, upper: above(lower + gap), method: 'interval', witness, evaluations, grid: [], splits, gap, status };
}

/** The smallest number of 12 binary digits that is at least x > 0. */
function shortAbove(x: number): number {
  let unit = 2 ** (Math.floor(Math.log2(x)) - 11);
  while (unit * 4096 < x) unit *= 2;
  return Math.ceil(x / unit) * unit;
}
