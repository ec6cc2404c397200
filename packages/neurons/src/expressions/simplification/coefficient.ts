import { divide, multiply, negate, number } from '../construct.js';
import type { Expression } from '../expression.js';
import { invertRatio, multiplyRatios, type Ratio, settled, unit } from './ratio.js';

/** ratio·core; without a core the ratio alone. */
export interface Term {
  readonly ratio: Ratio;
  readonly core: Expression | undefined;
}

/** Splits the number off a term: −2·x/3 is (−2/3)·x. What a double cannot hold stays where it is. */
export function splitTerm(e: Expression): Term {
  const whole: Term = { ratio: unit, core: e };
  switch (e.op) {
    case 'number':
      return { ratio: { n: e.value, d: 1 }, core: undefined };
    case 'negate': {
      const { ratio, core } = splitTerm(e.argument);
      return { ratio: { n: -ratio.n, d: ratio.d }, core };
    }
    case 'multiply': {
      let ratio: Ratio | undefined = unit;
      const rest: Expression[] = [];
      for (const factor of e.factors) {
        if (factor.op !== 'number') rest.push(factor);
        else if (ratio) ratio = multiplyRatios(ratio, { n: factor.value, d: 1 });
      }
      return ratio && ratio.n !== 0 ? { ratio, core: rest.length === 0 ? undefined : productOf(rest) } : whole;
    }
    case 'divide': {
      const above = splitTerm(e.numerator);
      const below = splitTerm(e.denominator);
      const inverse = invertRatio(below.ratio);
      const ratio = inverse && multiplyRatios(above.ratio, inverse);
      if (!ratio || ratio.n === 0) return whole;
      if (!below.core) return { ratio, core: above.core };
      return { ratio, core: divide(above.core ?? number(1), below.core) };
    }
    default:
      return whole;
  }
}

/** The other way, in the fewest nodes: 2·x, x/3, −x; undefined where a double cannot hold the coefficient. */
export function joinTerm({ ratio, core }: Term): Expression | undefined {
  const coefficient = settled(ratio);
  if (!coefficient) return undefined;
  if (!core) {
    const value = ratio.n / ratio.d;
    return Number.isFinite(value) ? number(value + 0) : undefined;
  }
  if (ratio.n === 0) return number(0);
  const [above, below] = core.op === 'divide' ? [core.numerator, core.denominator] : [core, undefined];
  if ('over' in coefficient) {
    const { over } = coefficient;
    return divide(above, below ? productOf([number(over), ...factorsOf(below)]) : number(over));
  }
  const { times } = coefficient;
  if (below) return divide(scaledBy(times, above), below);
  return scaledBy(times, core);
}

function scaledBy(times: number, core: Expression): Expression {
  if (times === 1) return core;
  if (core.op === 'number') return number(times * core.value);
  return times === -1 ? negate(core) : productOf([number(times), ...factorsOf(core)]);
}

export function factorsOf(e: Expression): readonly Expression[] {
  return e.op === 'multiply' ? e.factors : [e];
}

/** The product of one or more factors. */
export function productOf(factors: readonly Expression[]): Expression {
  return factors.length === 1 ? factors[0] : multiply(...factors);
}
