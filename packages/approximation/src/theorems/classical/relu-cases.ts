import { deepSawtooth } from '../../classical/deep-sawtooth.js';
import { reluProduct } from '../../classical/relu-product.js';
import { sawtoothSquare } from '../../classical/sawtooth-square.js';
import { piecewiseLinearNetwork } from '../../constructions/piecewise-linear-network.js';
import { absolute, compare, larger, multiply, type Rational, rational, subtract, zero } from '../../exact/rational.js';
import { roundDown } from '../../exact/round.js';
import type { Approximant } from '../../targets/approximant.js';
import { piecewiseLinearTarget } from '../../targets/piecewise-linear-target.js';
import { shrinkingCase } from '../shrinking-case.js';
import { textOf } from './text-of.js';

const exact = (h: Approximant, ...x: Rational[]): Rational => h.evaluateRational?.(x) ?? zero;

/** Position of an error in units of the bound: margin 1 − |error|/unit. */
function marginOf(error: Rational, unit: Rational): number {
  return roundDown(subtract(rational(1n), multiply(absolute(error), rational(unit.denominator, unit.numerator))));
}

/** 0 ≤ f_m − x² ≤ 4^(−m−1) at a drawn dyadic x, and equality at odd multiples of 2^(−m−1), 0 at even ones; exactly. */
export const reluSquareCase = shrinkingCase((draw) => {
  const m = draw(1, 40);
  const [numerator, bits] = [BigInt(draw(0, 2 ** 30)), draw(0, 30)];
  const h = sawtoothSquare(m);
  const unit = rational(1n, 4n ** BigInt(m + 1));
  const errorAt = (x: Rational): Rational => subtract(exact(h, x), multiply(x, x));
  const x = rational(numerator % (2n ** BigInt(bits) + 1n), 2n ** BigInt(bits));
  const j = numerator % 2n ** BigInt(m + 1);
  const edge = rational(j, 2n ** BigInt(m + 1));
  const [error, there] = [errorAt(x), errorAt(edge)];
  const margin = Math.min(marginOf(error, unit), marginOf(there, unit));
  if (error.numerator < 0n || compare(error, unit) > 0) {
    return { margin, fault: `m = ${m}, x = ${textOf(x)}: the error is ${textOf(error)}, allowed 0 … ${textOf(unit)}` };
  }
  const due = j % 2n === 1n ? unit : zero;
  if (compare(there, due) === 0) return { margin };
  return { margin, fault: `m = ${m}, x = ${textOf(edge)}: the error is ${textOf(there)}, not ${textOf(due)}` };
});

/** −4 ≤ (h − x·y)/(M²·4^(−m−1)) ≤ 2 at a drawn point of [−M, M]², and 0 on the axes; exactly. */
export const reluProductCase = shrinkingCase((draw) => {
  const m = draw(1, 16);
  const exponent = draw(0, 8) - 4;
  const M = exponent < 0 ? rational(1n, 2n ** BigInt(-exponent)) : rational(2n ** BigInt(exponent));
  const [x, y] = [0, 1].map(() => multiply(M, rational(BigInt(draw(0, 8192) - 4096), 4096n)));
  const h = reluProduct(m, 2 ** exponent);
  const error = subtract(exact(h, x, y), multiply(x, y));
  const unit = multiply(multiply(M, M), rational(1n, 4n ** BigInt(m)));
  const margin = marginOf(error, unit);
  const text = `m = ${m}, M = 2^${exponent}, x = ${textOf(x)}, y = ${textOf(y)}`;
  if (compare(absolute(error), unit) > 0 || compare(error, multiply(unit, rational(1n, 2n))) > 0) {
    return { margin, fault: `${text}: the error is ${textOf(error)}, the bound ${textOf(unit)}` };
  }
  const axes = [exact(h, x, zero), exact(h, zero, y)];
  if (axes.every(({ numerator }) => numerator === 0n)) return { margin };
  return { margin, fault: `${text}: on the axes the value is ${axes.map(textOf).join(', ')}, not 0` };
});

/** A network with one hidden layer of fewer than 2^m − 1 units misses the m-fold tent map by 1/2 or more at one of j/2^m; exactly. */
export const depthSeparationCase = shrinkingCase((draw) => {
  const m = draw(2, 6);
  const units = draw(1, 2 ** m - 2);
  const knots = Array.from({ length: units + 1 }, (_, i) => i / units);
  const values = knots.map(() => draw(0, 16) / 16);
  const shallow = piecewiseLinearNetwork(piecewiseLinearTarget(knots, values), units);
  const deep = deepSawtooth(m);
  let error = zero;
  for (let j = 0n; j <= 2n ** BigInt(m); j++) {
    const x = rational(j, 2n ** BigInt(m));
    error = larger(error, absolute(subtract(exact(shallow, x), exact(deep, x))));
  }
  const half = rational(1n, 2n);
  const margin = roundDown(subtract(multiply(error, rational(2n)), rational(1n)));
  if (compare(error, half) >= 0) return { margin };
  return {
    margin,
    fault: `m = ${m}, ${units} units through ${values.join(', ')}: the error is ${textOf(error)} < 1/2`,
  };
});
