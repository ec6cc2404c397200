import { call, multiply, negate, number, power } from '../construct.js';
import type { Expression, FunctionName } from '../expression.js';
import { joinTerm, productOf, splitTerm } from './coefficient.js';

type Call = Expression & { readonly op: 'call' };

const odd: readonly FunctionName[] = ['sin', 'tan', 'asin', 'atan', 'sinh', 'tanh'];
const even: readonly FunctionName[] = ['cos', 'cosh', 'abs'];
const positive: readonly FunctionName[] = ['exp', 'sqrt', 'cosh', 'sigmoid', 'abs'];

/** A function of what is simplified already, in a shorter or a more usual form. */
export function simplifyCall(e: Call): Expression {
  const { name, argument } = e;
  if (odd.includes(name) && argument.op === 'negate') return negate(call(name, argument.argument));
  if (even.includes(name)) {
    const { ratio, core } = splitTerm(argument);
    const reflected = ratio.n < 0 ? joinTerm({ ratio: { n: -ratio.n, d: ratio.d }, core }) : undefined;
    if (reflected) return call(name, reflected);
  }
  switch (name) {
    case 'abs':
      return isNonnegative(argument) ? argument : e;
    case 'exp':
      return exponential(e);
    case 'log':
      return logarithm(e);
    default:
      return e;
  }
}

function isNonnegative(e: Expression): boolean {
  if (e.op === 'call') return positive.includes(e.name);
  return e.op === 'power' && e.exponent.op === 'number' && e.exponent.value % 2 === 0;
}

/** e^(a + c·log u) = u^c·e^a. */
function exponential(e: Call): Expression {
  const factors: Expression[] = [];
  const rest: Expression[] = [];
  for (const term of e.argument.op === 'add' ? e.argument.terms : [e.argument]) {
    const { ratio, core } = splitTerm(term);
    if (core?.op === 'call' && core.name === 'log') factors.push(power(core.argument, number(ratio.n / ratio.d)));
    else rest.push(term);
  }
  if (factors.length === 0) return e;
  if (rest.length > 0) factors.push(call('exp', rest.length === 1 ? rest[0] : { op: 'add', terms: rest }));
  return productOf(factors);
}

/** log e^u = u, log(1/u) = −log u, and log(u^c) = c·log u unless c is even, where u may be negative. */
function logarithm(e: Call): Expression {
  const { argument } = e;
  if (argument.op === 'call' && argument.name === 'exp') return argument.argument;
  if (argument.op === 'divide' && argument.numerator.op === 'number' && argument.numerator.value === 1) {
    return negate(call('log', argument.denominator));
  }
  if (argument.op !== 'power' || argument.exponent.op !== 'number') return e;
  const { base, exponent } = argument;
  return exponent.value % 2 === 0 ? e : multiply(exponent, call('log', base));
}
