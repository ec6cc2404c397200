import { add, call, divide, feature, multiply, negate, number, power, total } from './construct.js';
import type { Expression } from './expression.js';
import { functionRows } from './function-row.js';
import { substituteVector } from './substitute-vector.js';

/**
 * The derivative of a formula with respect to the feature `by`. Where it does not depend on it there is no term: the result is a formula of what is
 * left, the number 0 where nothing is.
 */
export function differentiateExpression(expression: Expression, by: number): Expression {
  return derivative(expression, by) ?? number(0);
}

/** Undefined where e is constant in the variable: the feature with this index, or the vector symbol. */
function derivative(e: Expression, by: number | 'vector'): Expression | undefined {
  switch (e.op) {
    case 'number':
      return undefined;
    case 'feature':
      return e.index === by ? number(1) : undefined;
    case 'vector':
      return by === 'vector' ? number(1) : undefined;
    case 'total': {
      // x_d is one of the elements, and may stand beside them by its name.
      const named = derivative(e.argument, by);
      const element = derivative(e.argument, 'vector');
      const own = element && by !== 'vector' ? substituteVector(element, feature(by)) : undefined;
      return sumOf([named && total(named), own]);
    }
    case 'add':
      return sumOf(e.terms.map((term) => derivative(term, by)));
    case 'multiply':
      return sumOf(
        e.factors.map((factor, i) => {
          const changed = derivative(factor, by);
          return changed && productOf(changed, ...e.factors.slice(0, i), ...e.factors.slice(i + 1));
        }),
      );
    case 'negate': {
      const inner = derivative(e.argument, by);
      return inner && negate(inner);
    }
    case 'divide':
      return quotient(e.numerator, e.denominator, by);
    case 'power':
      return powerRule(e, by);
    case 'call': {
      const inner = derivative(e.argument, by);
      return inner && productOf(inner, functionRows[e.name].derivative(e.argument, e));
    }
  }
}

/** a′/b − a·b′/b². */
function quotient(a: Expression, b: Expression, by: number | 'vector'): Expression | undefined {
  const [above, below] = [derivative(a, by), derivative(b, by)];
  return sumOf([above && divide(above, b), below && negate(divide(productOf(below, a), power(b, number(2))))]);
}

/** b·a^(b − 1)·a′ + a^b·log(a)·b′. */
function powerRule(e: Expression & { readonly op: 'power' }, by: number | 'vector'): Expression | undefined {
  const { base, exponent } = e;
  // a⁰ is 1 everywhere, also where 0·a⁻¹ is not.
  if (exponent.op === 'number' && exponent.value === 0) return undefined;
  const [changedBase, changedExponent] = [derivative(base, by), derivative(exponent, by)];
  return sumOf([
    changedBase && productOf(changedBase, exponent, lowered(base, exponent)),
    changedExponent && productOf(changedExponent, e, call('log', base)),
  ]);
}

function lowered(base: Expression, exponent: Expression): Expression {
  if (exponent.op !== 'number') return power(base, add(exponent, number(-1)));
  if (exponent.value === 1) return number(1);
  return exponent.value === 2 ? base : power(base, number(exponent.value - 1));
}

function sumOf(terms: readonly (Expression | undefined)[]): Expression | undefined {
  const present = terms.filter((term) => term !== undefined);
  return present.length < 2 ? present[0] : add(...present);
}

/** The product without its ones. */
function productOf(...factors: readonly Expression[]): Expression {
  const present = factors.filter((factor) => factor.op !== 'number' || factor.value !== 1);
  if (present.length === 0) return number(1);
  return present.length === 1 ? present[0] : multiply(...present);
}
