import { type Rational, rational } from '../exact/rational.js';
import { roundNearest, roundUp } from '../exact/round.js';
import { toRational } from '../exact/to-rational.js';
import type { Approximant } from '../targets/approximant.js';
import { lipschitzModulus } from '../targets/lipschitz-modulus.js';
import { type OrbitCode, orbitPoints } from './orbit-code.js';

/**
 * The function that an orbit code stands for, exactly: piecewise linear with nodes at j/K, which is what the network makes of w (see `encodeOrbit`). On the
 * domain [0, 1]; beyond it the first and the last piece go on.
 *
 * `evaluate` is the exact value rounded once. Cost: m·K steps of the orbit on m·K bits when it is made, then O(m·K) bits for a value.
 */
export function orbitFunction(code: OrbitCode): Approximant<1> {
  const { cells, bits, amplitude, start } = code;
  // Everything over one denominator, a power of two: doubles are dyadic, and so is the orbit.
  const [a, b] = [toRational(amplitude), toRational(start)];
  const shift = Math.max(bitsOf(a.denominator) + bits, bitsOf(b.denominator));
  const one = 1n << BigInt(bits);
  const scale = BigInt(shift - bits - bitsOf(a.denominator));
  // Slopes over 2^shift, and values at the nodes over 2^shift·K.
  const slopes = orbitPoints(code).map((t) => (a.numerator * (2n * t - one)) << scale);
  const nodes: bigint[] = [(b.numerator << BigInt(shift - bitsOf(b.denominator))) * BigInt(cells)];
  for (const slope of slopes) nodes.push(nodes[nodes.length - 1] + slope);
  const denominator = BigInt(cells) << BigInt(shift);

  const exact = ([x]: readonly Rational[]): Rational => {
    const scaled = x.numerator * BigInt(cells);
    const cell = Number(clamp(floorDivide(scaled, x.denominator), cells - 1));
    const rest = scaled - BigInt(cell) * x.denominator;
    if (rest === 0n) return rational(nodes[cell], denominator);
    return rational(nodes[cell] * x.denominator + slopes[cell] * rest, denominator * x.denominator);
  };
  const size = (values: readonly bigint[]): bigint =>
    values.reduce((most, v) => (v > most ? v : -v > most ? -v : most), 0n);
  return {
    dimension: 1,
    evaluate: ([x]) => roundNearest(exact([toRational(x)])),
    evaluationError: roundUp(rational(size(nodes), denominator << 53n)) + Number.MIN_VALUE,
    evaluateRational: exact,
    modulus: lipschitzModulus(roundUp(rational(size(slopes), 1n << BigInt(shift)))),
    breakpoints: Array.from({ length: cells - 1 }, (_, j) => (j + 1) / cells),
  };
}

function bitsOf(powerOfTwo: bigint): number {
  return powerOfTwo.toString(2).length - 1;
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

function clamp(cell: bigint, last: number): bigint {
  return cell < 0n ? 0n : cell > BigInt(last) ? BigInt(last) : cell;
}
