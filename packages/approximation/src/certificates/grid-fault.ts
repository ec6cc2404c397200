import {
  absolute,
  add,
  compare,
  larger,
  multiply,
  type Rational,
  rational,
  subtract,
  zero,
} from '../exact/rational.js';
import { roundDown, roundUp } from '../exact/round.js';
import { toRational } from '../exact/to-rational.js';
import type { Approximant } from '../targets/approximant.js';
import type { Modulus } from '../targets/modulus.js';
import type { TargetFunction } from '../targets/target-function.js';
import { hingesOf, hingeValues, isNetwork } from './hinge-values.js';
import type { SupNormCertificate } from './sup-norm-certificate.js';

/** Values of a function on the grid and how far each may be off. */
interface Values {
  readonly label: string;
  readonly values: readonly Rational[];
  readonly error: Rational;
  readonly modulus: Modulus;
}

/** The float64 roundings of an honest maker stay below this part of the numbers it meets. */
const roundings = rational(1n, 2n ** 46n);
/** The same for numbers so small that float64 cannot round them relative to their size. */
const subnormal = toRational(64 * Number.MIN_VALUE);
const half = rational(1n, 2n);

/** What is wrong with a certificate on a grid whose form is right; see `certificateFault`. */
export function gridFault(
  f: TargetFunction,
  h: Approximant,
  { lower, upper, witness, grid }: SupNormCertificate,
): string | undefined {
  if (!h.modulus) return 'h has no modulus';
  const points = grid.map(toRational);
  const inF: Values = { label: 'f', ...valuesOf(f, points, grid), modulus: f.modulus };
  const inH: Values = { label: 'h', ...valuesOf(h, points, grid), modulus: h.modulus };
  const slack = add(inF.error, inH.error);
  const errors = points.map((_, i) => absolute(subtract(inF.values[i], inH.values[i])));
  const scale = [...inF.values, ...inH.values, toRational(upper)].reduce((s, v) => larger(s, absolute(v)), slack);
  const tolerance = add(multiply(scale, roundings), subnormal);
  const bound = supremum(points, errors, slack, inF, inH);
  if (typeof bound === 'string') return bound;
  if (compare(bound, toRational(upper)) > 0) return `upper is ${upper}, the grid shows only ${roundUp(bound)}`;
  if (compare(subtract(toRational(upper), bound), tolerance) > 0) {
    return `upper is ${upper}, not what the grid yields: ${roundUp(bound)}`;
  }
  const sure = errors.map((error) => larger(zero, subtract(error, slack)));
  const there = sure[grid.indexOf(witness[0])];
  if (compare(there, toRational(lower)) < 0) {
    return `lower is ${lower}, the error at the witness ${witness[0]} is only ${roundDown(there)} for sure`;
  }
  const largest = sure.reduce(larger, zero);
  if (compare(subtract(largest, toRational(lower)), tolerance) > 0) {
    return `lower is ${lower}, not what the grid yields: ${roundDown(largest)}`;
  }
  return undefined;
}

function valuesOf(
  g: Approximant,
  points: readonly Rational[],
  grid: readonly number[],
): { readonly values: readonly Rational[]; readonly error: Rational } {
  const hinges = isNetwork(g) ? hingesOf(g) : undefined;
  if (hinges) return { values: hingeValues(hinges, points), error: zero };
  const { evaluateRational } = g;
  if (evaluateRational) return { values: points.map((x) => evaluateRational.call(g, [x])), error: zero };
  return { values: grid.map((x) => toRational(g.evaluate([x]))), error: toRational(g.evaluationError) };
}

/** The bound that the cells yield in exact arithmetic, or the neighbours that contradict a modulus. */
function supremum(
  points: readonly Rational[],
  errors: readonly Rational[],
  slack: Rational,
  f: Values,
  h: Values,
): Rational | string {
  const concave = f.modulus.concave && h.modulus.concave;
  let bound = zero;
  for (let i = 1; i < points.length; i++) {
    const width = subtract(points[i], points[i - 1]);
    for (const { label, values, error, modulus } of [f, h]) {
      const apart = subtract(absolute(subtract(values[i], values[i - 1])), add(error, error));
      if (compare(apart, omega(modulus, width)) > 0) {
        return `the modulus of ${label} is false between ${roundDown(points[i - 1])} and ${roundDown(points[i])}`;
      }
    }
    const ends = concave ? multiply(half, add(errors[i - 1], errors[i])) : larger(errors[i - 1], errors[i]);
    const middle = multiply(half, width);
    const reach = add(omega(f.modulus, middle), omega(h.modulus, middle));
    bound = larger(bound, add(add(ends, slack), reach));
  }
  return bound;
}

function omega(modulus: Modulus, width: Rational): Rational {
  return toRational(modulus.omega(roundUp(width)));
}
