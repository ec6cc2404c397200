import { call, feature, number, total } from '../construct.js';
import type { Expression } from '../expression.js';
import { mapParts, nodeCount, partsOf } from '../map-parts.js';
import { substituteVector } from '../substitute-vector.js';
import { productOf } from './coefficient.js';
import { foldedNumber } from './fold-constants.js';
import { keyOf } from './key-of.js';
import { simplifyCall } from './simplify-call.js';
import { simplifyProduct } from './simplify-product.js';
import { simplifySum } from './simplify-sum.js';

/** Rounds after which a formula is taken as it is; real ones settle after three or four. */
const mostRounds = 64;

/** One formula of `inputs` features; see `simplify`. */
export function simplifyExpression(expression: Expression, inputs: number): Expression {
  const seen = new Map<string, number>();
  const forms: Expression[] = [];
  let form = expression;
  for (let round = 0; round < mostRounds; round++) {
    const key = keyOf(form);
    const first = seen.get(key);
    // Rules that undo each other go round in a circle, of which one form is chosen whatever the round began with.
    if (first !== undefined) return least(forms.slice(first));
    seen.set(key, round);
    forms.push(form);
    form = step(form, inputs);
  }
  return form;
}

function least(forms: readonly Expression[]): Expression {
  return forms.reduce((a, b) => {
    const sizes = nodeCount(a) - nodeCount(b);
    return sizes < 0 || (sizes === 0 && keyOf(a) <= keyOf(b)) ? a : b;
  });
}

/** Every node rewritten once, from the leaves up, where that makes it no larger. */
function step(e: Expression, inputs: number): Expression {
  const simplified = mapParts(e, (part) => step(part, inputs));
  const folded = foldedNumber(simplified);
  if (folded !== undefined) return number(folded);
  const rewritten = rewrite(simplified, inputs);
  return rewritten !== undefined && nodeCount(rewritten) <= nodeCount(simplified) ? rewritten : simplified;
}

function rewrite(e: Expression, inputs: number): Expression | undefined {
  switch (e.op) {
    case 'number':
      return Object.is(e.value, -0) ? number(0) : e;
    case 'add':
      return simplifySum(e.terms);
    case 'negate':
      return e.argument.op === 'add' ? shorter(simplifySum([e]), simplifyProduct(e)) : simplifyProduct(e);
    case 'multiply':
    case 'divide':
      return simplifyProduct(e);
    case 'power':
      return simplifyPower(e.base, e.exponent, e);
    case 'call':
      return e.name === 'sqrt' ? simplifyProduct(e) : simplifyCall(e);
    case 'total':
      return simplifyTotal(e.argument, inputs);
    default:
      return e;
  }
}

function shorter(a: Expression | undefined, b: Expression | undefined): Expression | undefined {
  if (!a || !b) return a ?? b;
  return nodeCount(a) < nodeCount(b) ? a : b;
}

function simplifyPower(base: Expression, exponent: Expression, e: Expression): Expression | undefined {
  if (exponent.op === 'number') return simplifyProduct(e);
  if (base.op === 'number' && base.value === 1) return base;
  // e^a is positive, so that powers of it are e^(a·b).
  if (base.op === 'call' && base.name === 'exp') return call('exp', productOf([base.argument, exponent]));
  return e;
}

/** Σ_d of what does not depend on d leaves the sum as a factor, a number is D times itself, and one input needs no sum. */
function simplifyTotal(argument: Expression, inputs: number): Expression {
  if (argument.op === 'number') return foldedTotal(argument.value * inputs) ?? total(argument);
  if (inputs === 1) return substituteVector(argument, feature(0));
  if (argument.op === 'negate') return { op: 'negate', argument: total(argument.argument) };
  if (argument.op === 'divide' && !hasVector(argument.denominator)) {
    return { ...argument, numerator: total(argument.numerator) };
  }
  if (argument.op !== 'multiply') return total(argument);
  const outside = argument.factors.filter((factor) => !hasVector(factor));
  const inside = argument.factors.filter(hasVector);
  if (outside.length === 0 || inside.length === 0) return total(argument);
  return productOf([...outside, total(productOf(inside))]);
}

function foldedTotal(value: number): Expression | undefined {
  return Number.isFinite(value) ? number(value) : undefined;
}

function hasVector(e: Expression): boolean {
  return e.op === 'vector' || partsOf(e).some(hasVector);
}
