import { absolute, add, type Interval, intersect, magnitude, middle, multiply, subtract } from '../exact/interval.js';
import type { Approximant } from '../targets/approximant.js';
import type { TargetFunction } from '../targets/target-function.js';
import { dualOfFunction, isFormula } from './dual/of-function.js';
import type { SupNormCertificate } from './sup-norm-certificate.js';
import { forEachBox } from './walk-splits.js';

/** How many boxes are looked at for each of the certificate, at most, before it counts as not confirmed; and for all certificates. */
const perBox = 64;
const least = 20_000;

/** What is wrong with a certificate by intervals; see `certificateFault`. */
export function intervalFault(
  f: TargetFunction,
  h: Approximant,
  { lower, upper, witness, splits, gap }: SupNormCertificate,
): string | undefined {
  if (!isFormula(f)) return 'f has no layers and no formula to read';
  if (!isFormula(h)) return 'h has no layers and no formula to read';
  if (gap === undefined || !isShort(gap)) return `the gap is no number of at most 12 binary digits: ${String(gap)}`;
  const expected = lower + gap;
  if (upper !== expected + (Math.abs(expected) * 2 ** -52 + Number.MIN_VALUE)) {
    return `upper is ${upper}, not lower and the gap: ${expected}`;
  }
  const there = absolute(errorAt(f, h, witness));
  if (there[0] < lower * (1 - 2 ** -30)) {
    return `lower is ${lower}, the error at the witness ${witness.join(', ')} is only ${there[0]} for sure`;
  }
  if (lower > there[1])
    return `lower is ${lower}, the error at the witness ${witness.join(', ')} is ${there[1]} at most`;
  const scale = magnitude(dualOfFunction(f, points(witness))[0]) + magnitude(dualOfFunction(h, points(witness))[0]);
  if (there[0] - lower > 2 ** -20 * scale) return `lower is ${lower}, the witness shows more: ${there[0]}`;
  let left = Math.max(least, perBox * (splits?.length ?? 0));
  const fault = forEachBox(splits, f.domain, (box) => {
    const open = [box];
    for (let part = open.pop(); part; part = open.pop()) {
      if (left-- <= 0) return 'the bound is not confirmed within the evaluations allowed';
      const error = errorOn(f, h, part);
      if (magnitude(error) <= upper) continue;
      const centre = part.map((side) => middle(side));
      const inside = absolute(errorAt(f, h, centre));
      if (inside[0] > upper) return `upper is ${upper}, the error at ${centre.join(', ')} is at least ${inside[0]}`;
      const halves = halved(part, f);
      if (!halves) return `upper is ${upper}, on a box of two neighbouring doubles only ${magnitude(error)} is sure`;
      open.push(...halves);
    }
    return undefined;
  });
  return fault;
}

function points(x: readonly number[]): Interval[] {
  return x.map((t): Interval => [t, t]);
}

function errorAt(f: Approximant, h: Approximant, x: readonly number[]): Interval {
  return subtract(dualOfFunction(f, points(x))[0], dualOfFunction(h, points(x))[0]);
}

/** f − h on a box: what interval arithmetic gives, and the mean value form e(c) + Σ ∂_i e(X)·(X_i − c_i) (Moore 1966), in common. */
function errorOn(f: Approximant, h: Approximant, box: readonly Interval[]): Interval {
  const [inF, inH] = [dualOfFunction(f, box), dualOfFunction(h, box)];
  const centre = box.map((side) => middle(side));
  let mean = errorAt(f, h, centre);
  box.forEach((side, i) => {
    mean = add(mean, multiply(subtract(inF[i + 1], inH[i + 1]), subtract(side, [centre[i], centre[i]])));
  });
  return intersect(mean, subtract(inF[0], inH[0]));
}

/** Both halves across the widest side against the domain; undefined where no double lies between its ends. */
function halved(box: readonly Interval[], { domain }: TargetFunction): Interval[][] | undefined {
  const shares = box.map(([a, b], i) => (b - a) / (domain[i][1] - domain[i][0]));
  const axis = shares.indexOf(Math.max(...shares));
  const [a, b] = box[axis];
  const m = middle(box[axis]);
  if (!(m > a && m < b)) return undefined;
  return [
    box.map((side, i): Interval => (i === axis ? [a, m] : side)),
    box.map((side, i) => (i === axis ? [m, b] : side)),
  ];
}

function isShort(gap: number): boolean {
  if (!(gap > 0 && Number.isFinite(gap))) return false;
  const unit = 2 ** (Math.floor(Math.log2(gap)) - 12);
  return Number.isInteger(gap / unit) && gap / unit <= 2 ** 14;
}
