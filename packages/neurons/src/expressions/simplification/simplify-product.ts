import { pow } from '@neuronseek/tensor/math';
import { add, call, divide, negate, number, power } from '../construct.js';
import type { Expression } from '../expression.js';
import { factorsOf, joinTerm, productOf } from './coefficient.js';
import { compareExpressions, keyOf } from './key-of.js';
import { invertRatio, multiplyRatios, type Ratio, unit } from './ratio.js';

interface Powers {
  /** Undefined once a double cannot hold it, or something is divided by 0. */
  ratio: Ratio | undefined;
  readonly bases: Map<string, { base: Expression; exponent: number }>;
  /** What stands in exponents of e. */
  readonly exponents: Expression[];
}

/**
 * A product, quotient, power or root with equal bases collected and numbers multiplied; undefined where a double would overflow.
 *
 * A point may be won, as 0 by x/x = 1, but none is lost: x^a·x^b = x^(a + b) and (x^a)^b = x^(ab) hold wherever the left side is finite, except that
 * for even a and fractional b the base is |x|.
 */
export function simplifyProduct(e: Expression): Expression | undefined {
  const powers: Powers = { ratio: unit, bases: new Map(), exponents: [] };
  collect(powers, e, 1);
  const { ratio, bases, exponents } = powers;
  if (!ratio) return undefined;
  if (ratio.n === 0) return number(0);
  const above: Expression[] = [];
  const below: Expression[] = [];
  for (const { base, exponent } of bases.values()) {
    if (exponent > 0) above.push(raised(base, exponent));
    if (exponent < 0) below.push(raised(base, -exponent));
  }
  if (exponents.length > 0) above.push(call('exp', exponents.length === 1 ? exponents[0] : add(...exponents)));
  above.sort(compareExpressions);
  below.sort(compareExpressions);
  const numerator = above.length === 0 ? undefined : productOf(above);
  const core = below.length === 0 ? numerator : divide(numerator ?? number(1), productOf(below));
  return joinTerm({ ratio, core });
}

function collect(powers: Powers, e: Expression, k: number): void {
  const whole = Number.isInteger(k);
  switch (e.op) {
    case 'number':
      collectNumber(powers, e.value, k);
      return;
    case 'negate':
      if (!whole) break;
      if (k % 2 !== 0) collectNumber(powers, -1, 1);
      collect(powers, e.argument, k);
      return;
    case 'multiply':
      if (!whole) break;
      for (const factor of factorsOf(e)) collect(powers, factor, k);
      return;
    case 'divide':
      if (!whole) break;
      collect(powers, e.numerator, k);
      collect(powers, e.denominator, -k);
      return;
    case 'power': {
      if (e.exponent.op !== 'number') break;
      const a = e.exponent.value;
      const exponent = a * k;
      if (!Number.isFinite(exponent) || (exponent === 0 && a !== 0)) break;
      const even = Number.isInteger(a) && a % 2 === 0;
      collect(powers, even && a !== 0 && !whole ? call('abs', e.base) : e.base, exponent);
      return;
    }
    case 'call':
      if (e.name === 'sqrt') {
        collect(powers, e.argument, k / 2);
        return;
      }
      if (e.name === 'exp') {
        powers.exponents.push(
          k === 1 ? e.argument : k === -1 ? negate(e.argument) : productOf([number(k), e.argument]),
        );
        return;
      }
      if (e.name === 'abs' && whole && k % 2 === 0) {
        collect(powers, e.argument, k);
        return;
      }
  }
  const key = keyOf(e);
  const known = powers.bases.get(key);
  powers.bases.set(key, { base: e, exponent: (known?.exponent ?? 0) + k });
}

function collectNumber(powers: Powers, value: number, k: number): void {
  const size = pow(value, Math.abs(k));
  const factor = k === 0 ? unit : Number.isFinite(size) && (size !== 0 || value === 0) ? { n: size, d: 1 } : undefined;
  const oriented = factor && k < 0 ? invertRatio(factor) : factor;
  powers.ratio = powers.ratio && oriented && multiplyRatios(powers.ratio, oriented);
}

function raised(base: Expression, exponent: number): Expression {
  if (exponent === 1) return base;
  return exponent === 0.5 ? call('sqrt', base) : power(base, number(exponent));
}
