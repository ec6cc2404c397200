import { nextDown, nextUp } from '../exact/next-double.js';
import { outward } from '../exact/outward.js';
import { absolute, subtract } from '../exact/rational.js';
import { toRational } from '../exact/to-rational.js';
import type { Approximant } from '../targets/approximant.js';
import { enclose } from '../targets/enclose.js';
import type { Modulus } from '../targets/modulus.js';
import type { TargetFunction } from '../targets/target-function.js';
import type { CertifySupNormOptions } from './certify-sup-norm.js';
import type { SupNormCertificate } from './sup-norm-certificate.js';

type GridOptions = Required<Pick<CertifySupNormOptions, 'tolerance' | 'maxEvaluations'>> &
  Pick<CertifySupNormOptions, 'signal' | 'onProgress'>;

/** Enclosures of f and h at a point and of the error |f − h| there. */
interface Sample {
  readonly x: number;
  readonly f: readonly [number, number];
  readonly h: readonly [number, number];
  readonly error: readonly [number, number];
}

interface Cell {
  readonly left: Sample;
  readonly right: Sample;
  /** Upper bound of the error on the cell. */
  readonly bound: number;
}

/** Cells of the first grid, besides those that breakpoints make. */
const firstCells = 16;

/** The certificate on a grid that is refined where it must be; see `certifySupNorm`. */
export function certifyByGrid(
  f: TargetFunction,
  h: Approximant,
  [a, b]: readonly [number, number],
  { tolerance, maxEvaluations, signal, onProgress }: GridOptions,
): SupNormCertificate {
  const { modulus } = h;
  if (!modulus) throw new RangeError("certifySupNorm: method 'modulus-grid' needs a modulus of both: h has none");
  const sample = (x: number): Sample => sampleAt(f, h, x);
  const cell = (left: Sample, right: Sample): Cell => ({
    left,
    right,
    bound: boundOf(f.modulus, modulus, left, right),
  });
  const samples = firstGrid(f, h, a, b, maxEvaluations).map(sample);
  let cells = samples.slice(1).map((right, i) => cell(samples[i], right));
  for (;;) {
    const witness = worstOf(cells);
    const lower = witness.error[0];
    const upper = cells.reduce((largest, { bound }) => Math.max(largest, bound), 0);
    const evaluations = cells.length + 1;
    onProgress?.({ evaluations, lower, upper });
    const limit = nextUp(lower + tolerance);
    // A cell that cannot be halved in float64 stays as it is: its bound still counts.
    const open = cells.filter((c) => c.bound > limit && middleOf(c) !== undefined);
    const status =
      upper - lower <= tolerance
        ? 'converged'
        : signal?.aborted
          ? 'aborted'
          : open.length === 0 || evaluations >= maxEvaluations
            ? 'max-evaluations'
            : undefined;
    if (status) {
      const grid = [a, ...cells.map(({ right }) => right.x)];
      return { lower, upper, method: 'modulus-grid', witness: [witness.x], evaluations, grid, status };
    }
    const halved = new Set(open.sort((p, q) => q.bound - p.bound).slice(0, Math.max(0, maxEvaluations - evaluations)));
    cells = cells.flatMap((c) => {
      const x = halved.has(c) ? middleOf(c) : undefined;
      if (x === undefined) return [c];
      const middle = sample(x);
      return [cell(c.left, middle), cell(middle, c.right)];
    });
  }
}

function firstGrid(f: Approximant, h: Approximant, a: number, b: number, maxEvaluations: number): number[] {
  const count = Math.min(firstCells, maxEvaluations - 1);
  const even = Array.from({ length: count }, (_, i) => a + (i * (b - a)) / count);
  const inner = [...even, ...(f.breakpoints ?? []), ...(h.breakpoints ?? [])].filter((x) => x > a && x < b);
  return [...new Set([a, ...inner, b])].sort((s, t) => s - t);
}

function middleOf({ left, right }: Cell): number | undefined {
  const x = left.x + (right.x - left.x) / 2;
  return x > left.x && x < right.x ? x : undefined;
}

function sampleAt(f: Approximant, h: Approximant, x: number): Sample {
  if (f.evaluateRational && h.evaluateRational) {
    const point = [toRational(x)];
    const [valueF, valueH] = [f.evaluateRational(point), h.evaluateRational(point)];
    const error = outward(absolute(subtract(valueF, valueH)));
    return { x, f: outward(valueF), h: outward(valueH), error };
  }
  const inF = enclose(f, x);
  const inH = enclose(h, x);
  const apart = Math.max(inF[0] - inH[1], inH[0] - inF[1]);
  const spread = Math.max(inF[1] - inH[0], inH[1] - inF[0]);
  return { x, f: inF, h: inH, error: [apart > 0 ? Math.max(0, nextDown(apart)) : 0, spread > 0 ? nextUp(spread) : 0] };
}

/** Upper bound of the error between two samples, each step rounded up. */
function boundOf(omegaF: Modulus, omegaH: Modulus, left: Sample, right: Sample): number {
  const whole = nextUp(right.x - left.x);
  refuseFalse('f', omegaF, left, right, left.f, right.f, whole);
  refuseFalse('h', omegaH, left, right, left.h, right.h, whole);
  const half = nextUp(whole / 2);
  const reach = nextUp(omegaF.omega(half) + omegaH.omega(half));
  const ends =
    omegaF.concave && omegaH.concave
      ? nextUp(nextUp(left.error[1] + right.error[1]) / 2)
      : Math.max(left.error[1], right.error[1]);
  const bound = nextUp(ends + reach);
  if (!Number.isFinite(bound)) {
    throw new RangeError(`certifySupNorm: the bound on [${left.x}, ${right.x}] is not finite: got ${bound}`);
  }
  return bound;
}

function refuseFalse(
  label: string,
  modulus: Modulus,
  left: Sample,
  right: Sample,
  p: readonly [number, number],
  q: readonly [number, number],
  width: number,
): void {
  const difference = nextDown(Math.max(p[0] - q[1], q[0] - p[1]));
  const allowed = modulus.omega(width);
  if (!(difference <= allowed)) {
    throw new RangeError(
      `certifySupNorm: the modulus of ${label} is false: |${label}(${left.x}) − ${label}(${right.x})| is at least ` +
        `${difference}, omega allows ${allowed}`,
    );
  }
}

/** The sample whose error is surely the largest. */
function worstOf(cells: readonly Cell[]): Sample {
  return cells.reduce((worst, { right }) => (right.error[0] > worst.error[0] ? right : worst), cells[0].left);
}
