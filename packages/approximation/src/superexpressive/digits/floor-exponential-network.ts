import { nextUp } from '../../exact/next-double.js';
import { multiply, type Rational, rational, subtract } from '../../exact/rational.js';
import { roundNearest } from '../../exact/round.js';
import { toRational } from '../../exact/to-rational.js';
import type { Approximant } from '../../targets/approximant.js';
import { requireUnitCube } from '../../targets/require-unit-cube.js';
import type { TargetFunction } from '../../targets/target-function.js';

/** A network of widths (d, 1, 2) with the activation 2^t − 1 for t < 0, ⌊t⌋ for t ≥ 0. */
export interface FloorExponentialNetwork extends Approximant {
  /** A: the digits of all cells. */
  readonly code: bigint;
  /** M: the first layer computes ⌊M·x_j⌋. */
  readonly cells: number;
  /** log₂ B, digits of a cell. */
  readonly bitsPerCell: number;
  /** δ, the value of the last digit. */
  readonly step: number;
  /** R: values begin at −R. */
  readonly radius: number;
  /** What sup |f − h| is at most; no more than ε. */
  readonly bound: number;
  /** d + 3 neurons, and binary digits of A. */
  readonly neurons: number;
  readonly bits: number;
}

/** Digits at most: 2 MB. */
const mostBits = 2 ** 24;

/**
 * The network of Cheng, Wang and Wang (2026, theorem 4.1) for f on [0, 1]^d:
 *
 *     u = σ(M·x),   v = σ(−1 − β·Σ_j (M + 1)^(j−1)·u_j),   w = σ(2A·(v + 1)), σ(2A/B·(v + 1)),   h = −R + δ·(w_1 − B·w_2),   B = 2^β
 *
 * σ(t) = 2^t − 1 for t < 0 and ⌊t⌋ for t ≥ 0. The digit r of A = Σ_r q_r·B^r is read by shifting, q_r = ⌊(f(node r) + R)/δ⌋. Here δ is a power of two in
 * (ε/4, ε/2], and M the least with ω(√d/M) + δ ≤ ε, up to float64 roundings that are counted: on its cell f moves by ω(√d/M) at most, whether its modulus is
 * meant in the Euclidean or in the maximum norm, and the digit is off by δ.
 *
 * `evaluate` and `evaluateRational` go through the layers with A as one integer. Throws a RangeError for ε that is not positive or too small for float64 values
 * of f, a domain that is not [0, 1]^d, a modulus that never falls below ε, and more than 2^24 digits. Cost: (M + 1)^d values of f; O(digits) a value.
 */
export function floorExponentialNetwork(f: TargetFunction, epsilon: number): FloorExponentialNetwork {
  const name = 'floorExponentialNetwork';
  const d = f.dimension;
  if (!(epsilon > 0 && Number.isFinite(epsilon))) {
    throw new RangeError(`${name}: epsilon must be positive and finite: got ${epsilon}`);
  }
  requireUnitCube(name, f.domain, d);
  const radius = Math.max(Math.abs(f.range[0]), Math.abs(f.range[1]));
  const step = 2 ** -Math.ceil(Math.log2(2 / epsilon));
  const rounding = nextUp(radius * 2 ** -50 + f.evaluationError);
  const reachOf = (cells: number): number =>
    nextUp(f.modulus.omega((nextUp(Math.sqrt(d)) / cells) * (1 + 2 ** -50)) + rounding) + step;
  const bitsPerCell = Math.max(1, Math.ceil(Math.log2(Math.floor((2 * radius) / step) + 2)));
  const cells = leastCells(name, epsilon, (m) => reachOf(m) <= epsilon, (mostBits / bitsPerCell) ** (1 / d));
  const count = (cells + 1) ** d;
  const digits = Array.from({ length: count }, (_, r) => {
    const node = Array.from({ length: d }, (_unused, j) => (Math.floor(r / (cells + 1) ** j) % (cells + 1)) / cells);
    const q = Math.floor((f.evaluate(node) + radius) / step);
    return Math.min(2 ** bitsPerCell - 1, Math.max(0, q))
      .toString(2)
      .padStart(bitsPerCell, '0');
  });
  const code = BigInt(`0b${digits.reverse().join('')}`);
  const network = { code, cells, bitsPerCell, step, radius };
  const exact = (x: readonly Rational[]): Rational => throughLayers(network, x);
  return {
    ...network,
    dimension: d,
    bound: reachOf(cells),
    neurons: d + 3,
    bits: count * bitsPerCell,
    evaluate: (x) => roundNearest(exact(x.map(toRational))),
    evaluationError: nextUp(radius * 2 ** -51) + Number.MIN_VALUE,
    evaluateRational: exact,
  };
}

/** h(x), layer by layer: v + 1 = 2^(−1 − β·r) is a power of two, so that the products of the last layer are shifts. */
function throughLayers(
  {
    code,
    cells,
    bitsPerCell,
    step,
    radius,
  }: Pick<FloorExponentialNetwork, 'code' | 'cells' | 'bitsPerCell' | 'step' | 'radius'>,
  x: readonly Rational[],
): Rational {
  let r = 0n;
  let weight = 1n;
  for (const { numerator, denominator } of x) {
    // ⌊M·x⌋; on the domain x is not negative.
    r += weight * ((BigInt(cells) * numerator) / denominator);
    weight *= BigInt(cells + 1);
  }
  const shift = BigInt(bitsPerCell) * r;
  const [first, second] = [code >> shift, code >> (shift + BigInt(bitsPerCell))];
  const digit = rational(first - (second << BigInt(bitsPerCell)));
  return subtract(multiply(toRational(step), digit), toRational(radius));
}

/** The least m that is fine, between 1 and `most`, where with one all larger ones are. */
function leastCells(name: string, epsilon: number, isFine: (m: number) => boolean, most: number): number {
  let high = 1;
  while (!isFine(high)) {
    high *= 2;
    if (high > 2 * most) {
      throw new RangeError(
        `${name}: epsilon ${epsilon} takes more than ${mostBits} digits, or is too small for float64 values`,
      );
    }
  }
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isFine(middle)) high = middle;
    else low = middle;
  }
  if (high + 1 > most) {
    throw new RangeError(
      `${name}: epsilon ${epsilon} takes more than ${mostBits} digits, or is too small for float64 values`,
    );
  }
  return high;
}
