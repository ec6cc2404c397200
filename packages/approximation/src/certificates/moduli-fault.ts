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
import type { TargetFunction } from '../targets/target-function.js';
import type { SupNormCertificate } from './sup-norm-certificate.js';
import { forEachBox } from './walk-splits.js';

/** The float64 roundings of an honest maker stay below this part of the numbers it meets. */
const roundings = rational(1n, 2n ** 44n);
/** The same for numbers so small that float64 cannot round them relative to their size. */
const subnormal = toRational(64 * Number.MIN_VALUE);

/** What is wrong with a certificate by moduli on boxes; see `certificateFault`. Everything is computed again in rational arithmetic. */
export function moduliFault(
  f: TargetFunction,
  h: Approximant,
  { lower, upper, witness, splits }: SupNormCertificate,
): string | undefined {
  const { modulus } = h;
  if (!modulus) return 'h has no modulus';
  const slack = add(errorOf(f), errorOf(h));
  let scale = add(slack, toRational(upper));
  let bound = zero;
  let known: readonly [at: readonly Rational[], inF: Rational, inH: Rational] | undefined;
  const fault = forEachBox(splits, f.domain, (box) => {
    // The middle is the double that halving would take.
    const middle = box.map(([a, b]) => a + (b - a) / 2);
    const at = middle.map(toRational);
    const [inF, inH] = [valueAt(f, middle, at), valueAt(h, middle, at)];
    scale = larger(scale, larger(absolute(inF), absolute(inH)));
    let square = zero;
    box.forEach(([a, b], i) => {
      const reach = larger(subtract(toRational(b), at[i]), subtract(at[i], toRational(a)));
      square = add(square, multiply(reach, reach));
    });
    const radius = rootAbove(square);
    const reach = add(toRational(f.modulus.omega(radius)), toRational(modulus.omega(radius)));
    bound = larger(bound, add(add(absolute(subtract(inF, inH)), slack), reach));
    if (known) {
      let distance = zero;
      for (let i = 0; i < at.length; i++) {
        const apart = subtract(at[i], known[0][i]);
        distance = add(distance, multiply(apart, apart));
      }
      const apart = rootAbove(distance);
      for (const [label, g, here, there, omega] of [
        ['f', f, inF, known[1], f.modulus] as const,
        ['h', h, inH, known[2], modulus] as const,
      ]) {
        const least = subtract(absolute(subtract(here, there)), multiply(rational(2n), errorOf(g)));
        if (compare(least, toRational(omega.omega(apart))) > 0) {
          return `the modulus of ${label} is false between ${known[0].map(roundDown).join(', ')} and ${middle.join(', ')}`;
        }
      }
    }
    known = [at, inF, inH];
    return undefined;
  });
  if (fault) return fault;
  const tolerance = add(multiply(scale, roundings), subnormal);
  const point = witness.map(toRational);
  const there = subtract(absolute(subtract(valueAt(f, witness, point), valueAt(h, witness, point))), slack);
  if (compare(larger(zero, there), toRational(lower)) < 0) {
    return `lower is ${lower}, the error at the witness ${witness.join(', ')} is only ${roundDown(there)} for sure`;
  }
  if (compare(subtract(larger(zero, there), toRational(lower)), tolerance) > 0) {
    return `lower is ${lower}, the witness shows more: ${roundDown(there)}`;
  }
  // A maker may have bounded with its last unit: its own roundings are allowed for on both sides.
  if (compare(subtract(bound, toRational(upper)), zero) > 0) {
    return `upper is ${upper}, the boxes show only ${roundUp(bound)}`;
  }
  if (compare(subtract(toRational(upper), bound), tolerance) > 0) {
    return `upper is ${upper}, not what the boxes yield: ${roundUp(bound)}`;
  }
  return undefined;
}

function errorOf(g: Approximant): Rational {
  return g.evaluateRational ? zero : toRational(g.evaluationError);
}

function valueAt(g: Approximant, x: readonly number[], point: readonly Rational[]): Rational {
  return g.evaluateRational ? g.evaluateRational(point) : toRational(g.evaluate(x));
}

/** The smallest double whose square is not below r. */
function rootAbove(r: Rational): number {
  let root = Math.sqrt(roundUp(r));
  const fits = (x: number): boolean => compare(multiply(toRational(x), toRational(x)), r) >= 0;
  while (!fits(root)) root *= 1 + 2 ** -52;
  while (root > 0 && fits(root * (1 - 2 ** -53))) root *= 1 - 2 ** -53;
  return root;
}
