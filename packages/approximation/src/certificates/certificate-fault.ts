import type { Approximant } from '../targets/approximant.js';
import { intervalOf } from '../targets/interval-of.js';
import type { TargetFunction } from '../targets/target-function.js';
import { bernsteinFault } from './bernstein-fault.js';
import { breakpointFault } from './breakpoint-fault.js';
import { checkOperands } from './check-operands.js';
import { gridFault } from './grid-fault.js';
import { intervalFault } from './interval-fault.js';
import { moduliFault } from './moduli-fault.js';
import type { SupNormCertificate } from './sup-norm-certificate.js';

/**
 * What is wrong with a certificate of sup |f − h|, as a sentence; undefined when nothing is.
 *
 * Shares no code with `certifySupNorm` but f, h and rational arithmetic: everything is computed again, without float64 sums, and the
 * weights of a network with one hidden ReLU layer are read instead of calling it. Besides false bounds it refuses bounds that are
 * not those the method yields on this grid, to 2^−46 of the largest number in sight ('modulus-grid') or to the bit
 * ('breakpoints'), so that a certificate made for other functions does not pass for being loose. What f and h declare of
 * themselves is taken as given, except where the points looked at contradict it: neighbours on the grid, and on 'breakpoints'
 * the middle of every piece. Of methods that halve boxes it makes the boxes again from the domain and the text of the tree. 'interval':
 * f − h is enclosed anew on every box by interval arithmetic with the mean value form, which halves on where that is weaker; `upper` must be
 * `lower` plus `gap`. 'bernstein-coefficients': on every box from the monomials, and to the bit. 'branch-and-bound': in rational arithmetic, to 2^−44. Throws a RangeError for operands that do not fit each other. Cost: that of making the certificate.
 */
export function certificateFault(
  f: TargetFunction,
  h: Approximant,
  certificate: SupNormCertificate,
): string | undefined {
  const { method } = certificate;
  checkOperands('certificateFault', f, h, method);
  switch (method) {
    case 'breakpoints':
      return gridFormFault(f, certificate) ?? breakpointFault(f, h, certificate);
    case 'modulus-grid':
      return gridFormFault(f, certificate) ?? gridFault(f, h, certificate);
    case 'interval':
      return boxFormFault(f, certificate) ?? intervalFault(f, h, certificate);
    case 'branch-and-bound':
      return boxFormFault(f, certificate) ?? moduliFault(f, h, certificate);
    case 'bernstein-coefficients':
      return boxFormFault(f, certificate) ?? bernsteinFault(f, h, certificate);
    default:
      return `the method is unknown: ${String(method)}`;
  }
}

function boundsFault({ lower, upper }: SupNormCertificate): string | undefined {
  if (![lower, upper].every(Number.isFinite)) return `the bounds are not finite: ${lower}, ${upper}`;
  if (!(0 <= lower && lower <= upper)) return `the bounds are no interval of errors: [${lower}, ${upper}]`;
  return undefined;
}

function gridFormFault(f: TargetFunction, certificate: SupNormCertificate): string | undefined {
  const [a, b] = intervalOf('certificateFault', f.domain);
  const fault = boundsFault(certificate);
  if (fault) return fault;
  const { witness, evaluations, grid } = certificate;
  if (!Array.isArray(grid) || grid.length < 2) return 'the grid has fewer than 2 points';
  if (grid[0] !== a || grid[grid.length - 1] !== b) {
    return `the grid goes from ${grid[0]} to ${grid[grid.length - 1]}, the domain from ${a} to ${b}`;
  }
  const back = grid.findIndex((x, i) => i > 0 && !(x > grid[i - 1]));
  if (back >= 0) return `the grid does not ascend at ${back}: ${grid[back - 1]}, ${grid[back]}`;
  if (evaluations !== grid.length) return `${evaluations} evaluations on a grid of ${grid.length} points`;
  if (!Array.isArray(witness) || witness.length !== 1 || !grid.includes(witness[0])) {
    return `the witness is no point of the grid: ${String(witness)}`;
  }
  return undefined;
}

/** Of certificates that halve boxes. */
function boxFormFault(f: TargetFunction, certificate: SupNormCertificate): string | undefined {
  const fault = boundsFault(certificate);
  if (fault) return fault;
  const { witness, evaluations, grid, splits } = certificate;
  if (!Array.isArray(grid) || grid.length > 0) return 'a certificate of boxes has no grid';
  const inside = ([a, b]: readonly [number, number], i: number): boolean => witness[i] >= a && witness[i] <= b;
  if (!Array.isArray(witness) || witness.length !== f.dimension || !f.domain.every(inside)) {
    return `the witness is no point of the domain: ${String(witness)}`;
  }
  const boxes = typeof splits === 'string' ? splits.length : 0;
  if (evaluations !== boxes) return `${evaluations} evaluations in a tree of ${boxes} boxes`;
  return undefined;
}
