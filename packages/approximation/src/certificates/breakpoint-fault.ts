import { add, compare, larger, multiply, type Rational, rational, zero } from '../exact/rational.js';
import { roundDown, roundUp } from '../exact/round.js';
import { toRational } from '../exact/to-rational.js';
import type { Approximant } from '../targets/approximant.js';
import type { TargetFunction } from '../targets/target-function.js';
import { hingesOf, hingeValues, isNetwork } from './hinge-values.js';
import type { SupNormCertificate } from './sup-norm-certificate.js';

/** What is wrong with a certificate by breakpoints whose form is right; see `certificateFault`. */
export function breakpointFault(
  f: TargetFunction,
  h: Approximant,
  { lower, upper, witness, grid }: SupNormCertificate,
): string | undefined {
  const points = grid.map(toRational);
  const valuesF = affineValues('f', f, points);
  if (typeof valuesF === 'string') return valuesF;
  const hinges = isNetwork(h) ? hingesOf(h) : undefined;
  const [left, right] = [points[0], points[points.length - 1]];
  const known = new Set(points.map(textOf));
  const missed = hinges?.bends.find(
    ({ at }) => compare(at, left) > 0 && compare(at, right) < 0 && !known.has(textOf(at)),
  );
  if (missed) return `the grid misses a bend of h at ${textOf(missed.at)}`;
  const valuesH = hinges ? hingeValues(hinges, points) : affineValues('h', h, points);
  if (typeof valuesH === 'string') return valuesH;
  const errors = points.map((_, i) => gap(valuesF[i], valuesH[i]));
  const largest = errors.reduce(larger, zero);
  if (roundUp(largest) !== upper)
    return `upper is ${upper}, the largest error on the grid rounds up to ${roundUp(largest)}`;
  if (roundDown(largest) !== lower) {
    return `lower is ${lower}, the largest error on the grid rounds down to ${roundDown(largest)}`;
  }
  const there = errors[grid.indexOf(witness[0])];
  if (compare(there, largest) !== 0)
    return `the error at the witness ${witness[0]} is not the largest: ${roundUp(there)}`;
  return undefined;
}

/** |p − q|, not in lowest terms: common factors of numbers of thousands of bits take longer than all the rest. */
function gap(p: Rational, q: Rational): Rational {
  const numerator = p.numerator * q.denominator - q.numerator * p.denominator;
  return { numerator: numerator < 0n ? -numerator : numerator, denominator: p.denominator * q.denominator };
}

function textOf({ numerator, denominator }: Rational): string {
  return `${numerator}/${denominator}`;
}

/** Values of g at the points, or what contradicts that g is affine between neighbours. */
function affineValues(label: string, g: Approximant, points: readonly Rational[]): Rational[] | string {
  const { breakpoints } = g;
  if (!breakpoints || !g.evaluateRational) return `${label} has no breakpoints and exact values`;
  const known = new Set(points.map(textOf));
  const [left, right] = [points[0], points[points.length - 1]];
  for (const t of breakpoints) {
    const at = toRational(t);
    if (compare(at, left) > 0 && compare(at, right) < 0 && !known.has(textOf(at))) {
      return `the grid misses the breakpoint ${t} of ${label}`;
    }
  }
  const values: Rational[] = [];
  for (let i = 0; i < points.length; i++) {
    values.push(g.evaluateRational([points[i]]));
    if (i === 0) continue;
    const half = rational(1n, 2n);
    const middle = g.evaluateRational([multiply(half, add(points[i - 1], points[i]))]);
    if (compare(middle, multiply(half, add(values[i - 1], values[i]))) !== 0) {
      return `${label} is not affine between ${textOf(points[i - 1])} and ${textOf(points[i])}`;
    }
  }
  return values;
}
