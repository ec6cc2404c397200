import { nextUp } from '../exact/next-double.js';
import { absolute, compare, type Rational, subtract } from '../exact/rational.js';
import { roundDown } from '../exact/round.js';
import { toRational } from '../exact/to-rational.js';
import { enclose } from './enclose.js';
import { intervalOf } from './interval-of.js';
import type { TargetFunction } from './target-function.js';

/** Options of {@link checkModulus}. */
export interface CheckModulusOptions {
  /** Equidistant points, besides the breakpoints. At least 2. Default: 257. */
  readonly points?: number;
  /** Compare all pairs when there are at most this many breakpoints, which decides the question. Default: 512. */
  readonly maxBreakpoints?: number;
}

/** Defaults of {@link checkModulus}. */
export const checkModulusDefaults: Required<CheckModulusOptions> = { points: 257, maxBreakpoints: 512 };

/** Two points at which |f(x) − f(y)| is larger than omega(|x − y|). */
export interface ModulusWitness {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Lower bound of |f(x) − f(y)|. */
  readonly difference: number;
  /** omega(|x − y|). */
  readonly allowed: number;
}

/** What {@link checkModulus} found. */
export interface ModulusCheck {
  /**
   * 'refuted': the modulus is false, see `witness`. 'verified': true, up to one rounding of |x − y|. 'not-refuted': no pair of those
   * looked at contradicts it, which is no proof.
   */
  readonly status: 'refuted' | 'verified' | 'not-refuted';
  readonly witness?: ModulusWitness;
  /** Pairs compared. */
  readonly pairs: number;
}

/**
 * Looks for two points that contradict the declared modulus of f.
 *
 * For piecewise linear f and concave omega all pairs of breakpoints decide: with |x − y| fixed the difference is largest where one
 * of the points is a breakpoint, and then, |affine| − concave being convex, where both are. Otherwise neighbours on grids of every
 * dyadic width are compared, and the neighbours nearest to a contradiction are halved 48 times, always going on with the steepest
 * pairs around, which finds jumps and cusps. A pair counts as a contradiction only when rounding cannot have made it one. Cost: B²/2 pairs, or points + B + 1344 values.
 */
export function checkModulus(f: TargetFunction<1>, options: CheckModulusOptions = {}): ModulusCheck {
  const { points = checkModulusDefaults.points, maxBreakpoints = checkModulusDefaults.maxBreakpoints } = options;
  const [a, b] = intervalOf('checkModulus', f.domain);
  if (!(Number.isInteger(points) && points >= 2)) {
    throw new RangeError(`checkModulus: points must be an integer of at least 2: got ${points}`);
  }
  const inner = (f.breakpoints ?? []).filter((t) => t > a && t < b);
  const decides =
    f.breakpoints !== undefined &&
    f.evaluateRational !== undefined &&
    f.modulus.concave &&
    inner.length + 2 <= maxBreakpoints;
  return decides ? comparePairs(f, [a, ...inner, b]) : probe(f, a, b, points, inner);
}

interface Sample {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

function sampleAt(f: TargetFunction<1>, x: number): Sample {
  const [low, high] = enclose(f, x);
  return { x, low, high };
}

/** The witness that two samples are, if the difference is too large whatever the roundings were. */
function contradiction(f: TargetFunction<1>, p: Sample, q: Sample): ModulusWitness | undefined {
  const allowed = f.modulus.omega(distance(p.x, q.x));
  // In float64 first: exact arithmetic is for the pairs that could contradict.
  if (!(Math.max(p.high - q.low, q.high - p.low) > allowed * (1 - 2 ** -50))) return undefined;
  const difference = f.evaluateRational
    ? absolute(subtract(f.evaluateRational([toRational(p.x)]), f.evaluateRational([toRational(q.x)])))
    : gap(p, q);
  if (compare(difference, toRational(allowed)) <= 0) return undefined;
  return { x: [p.x], y: [q.x], difference: roundDown(difference), allowed };
}

/** |x − y|, rounded up, so that omega of it is allowed for the pair. */
function distance(x: number, y: number): number {
  const difference = x - y;
  // Knuth's two-sum: the exact error of the subtraction.
  const back = difference - x;
  const error = x - (difference - back) - (y + back);
  return error === 0 ? Math.abs(difference) : nextUp(Math.abs(difference));
}

/** Lower bound of the difference of two enclosed values. */
function gap(p: Sample, q: Sample): Rational {
  const apart = p.low > q.high ? [p.low, q.high] : q.low > p.high ? [q.low, p.high] : [0, 0];
  return subtract(toRational(apart[0]), toRational(apart[1]));
}

function comparePairs(f: TargetFunction<1>, points: readonly number[]): ModulusCheck {
  const samples = points.map((x) => sampleAt(f, x));
  let pairs = 0;
  for (let j = 1; j < samples.length; j++) {
    for (let i = 0; i < j; i++) {
      pairs++;
      const witness = contradiction(f, samples[i], samples[j]);
      if (witness) return { status: 'refuted', witness, pairs };
    }
  }
  return { status: 'verified', pairs };
}

function probe(f: TargetFunction<1>, a: number, b: number, points: number, inner: readonly number[]): ModulusCheck {
  const grid = Array.from({ length: points }, (_, i) => Math.min(b, a + (i * (b - a)) / (points - 1)));
  const sorted = [...new Set([...grid, b, ...inner])].sort((s, t) => s - t);
  const samples = sorted.map((x) => sampleAt(f, x));
  let pairs = 0;
  const refutation = (p: Sample, q: Sample): ModulusCheck | undefined => {
    pairs++;
    const witness = contradiction(f, p, q);
    return witness && { status: 'refuted', witness, pairs };
  };
  for (let width = 1; width < samples.length; width *= 2) {
    for (let i = 0; i + width < samples.length; i++) {
      const found = refutation(samples[i], samples[i + width]);
      if (found) return found;
    }
  }
  let steepest = steepestOf(
    f,
    samples.slice(1).map((q, i): Pair => [samples[i], q]),
  );
  for (let level = 0; level < levels; level++) {
    steepest = steepestOf(
      f,
      steepest.flatMap((pair) => halvesAround(f, a, b, pair)),
    );
    for (const pair of steepest) {
      const found = refutation(...pair);
      if (found) return found;
    }
  }
  return { status: 'not-refuted', pairs };
}

type Pair = readonly [Sample, Sample];

/** Halvings of the steepest pairs: from any domain down to a few units in the last place. */
const levels = 48;
/** Pairs that go on from one level to the next. */
const kept = 4;

/** The pairs nearest to a contradiction. */
function steepestOf(f: TargetFunction<1>, pairs: readonly Pair[]): Pair[] {
  const ratio = ([p, q]: Pair): number =>
    Math.max(p.low - q.high, q.low - p.high, 0) / f.modulus.omega(distance(p.x, q.x));
  const starts = new Set<number>();
  return pairs
    .map((pair) => ({ pair, steepness: ratio(pair) }))
    .sort((s, t) => t.steepness - s.steepness)
    .filter(({ pair: [p] }) => !starts.has(p.x) && starts.add(p.x))
    .slice(0, kept)
    .map(({ pair }) => pair);
}

/** Half-width pairs on the pair and on one width to each side: beside a cusp the steepest pair does not contain it. */
function halvesAround(f: TargetFunction<1>, a: number, b: number, [p, q]: Pair): Pair[] {
  const half = (q.x - p.x) / 2;
  const xs = Array.from({ length: 7 }, (_, i) => p.x + (i - 2) * half).filter((x) => x >= a && x <= b);
  const samples = xs.filter((x, i) => i === 0 || x > xs[i - 1]).map((x) => sampleAt(f, x));
  return samples.slice(1).map((s, i): Pair => [samples[i], s]);
}
